"""Drafts: what somebody has begun to write, kept sealed until it is saved or thrown away. Each member sees their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.casework.opening import LONGEST_TEXT, TextRefused
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

LONGEST_DRAFT = 20 * LONGEST_TEXT  # characters: what is too long to save, such as a pasted file, is not lost before it was shortened


class DraftThere(Refused):
    """A draft of that box is kept already."""

    def __init__(self) -> None:
        super().__init__("Something was begun in that box already.", "Save it or throw it away first.")


class Draft(Record):
    """One box being filled in. `form`: which box, such as "contact". `body`: JSON of its fields and cursor, as the form reads them."""

    __tablename__ = "draft"
    __write_right__ = Right.ANY
    __deletable__ = True

    case_id: Mapped[UUID | None] = link("case", optional=True)
    form: Mapped[str]
    member_id: Mapped[UUID]
    body = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class DraftRow:
    """A draft, opened."""

    id: UUID
    case_id: UUID | None
    form: str
    made_at: datetime
    body: str


def keep_draft(session: VaultSession, *, form: str, body: str, case_id: UUID | None = None) -> UUID:
    """Keep what is in the box, in place of what was kept of it before. Raises TextRefused when it is too long to keep."""
    if len(body) > LONGEST_DRAFT:
        raise TextRefused("The draft is too long to keep.", "Shorten it, or save it as a document.")
    draft = _mine(session, form, case_id)
    if draft is None:
        draft = Draft(case_id=case_id, form=form, member_id=session.member.id)
        session.add(draft)
    draft.body = body
    return draft.id


def keep_new_draft(session: VaultSession, *, form: str, body: str, case_id: UUID) -> UUID:
    """Keep a draft where none is. Raises DraftThere, TextRefused."""
    if _mine(session, form, case_id) is not None:
        raise DraftThere
    return keep_draft(session, form=form, body=body, case_id=case_id)


def discard_draft(session: VaultSession, *, form: str, case_id: UUID | None = None) -> None:
    """Throw the draft of that box away, when it was saved or is not wanted. Nothing happens when there is none."""
    draft = _mine(session, form, case_id)
    if draft is not None:
        session.delete(draft)


def discard_copies(session: VaultSession, *, form: str) -> None:
    """Throw away what anybody began in boxes of that name: they hold a text that is to be destroyed."""
    for draft in session.scalars(select(Draft).where(Draft.form == form)):
        session.delete(draft)


def draft_of(session: VaultSession, form: str, case_id: UUID | None = None) -> DraftRow | None:
    """What I had begun to write in that box; needs a reading of the case (of the office without one)."""
    draft = _mine(session, form, case_id)
    return DraftRow(draft.id, draft.case_id, draft.form, draft.made_at, draft.body) if draft else None


def my_drafts(session: VaultSession) -> tuple[tuple[UUID | None, str], ...]:
    """(case, form) of everything I have begun, newest first; no text is opened."""
    query = select(Draft.case_id, Draft.form).where(Draft.member_id == session.member.id).order_by(Draft.id.desc())
    return tuple((case_id, form) for case_id, form in session.execute(query))


def _mine(session: VaultSession, form: str, case_id: UUID | None) -> Draft | None:
    return session.scalar(select(Draft).where(Draft.form == form, Draft.member_id == session.member.id, Draft.case_id.is_not_distinct_from(case_id)))
