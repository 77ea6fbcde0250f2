"""Linked cases: family, same house, same investigation. The link warns where one must not know of the other.

A link is shown on both cases, by reference alone: nothing of the other's file is read for it. Its words stay with the case
it was made in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.cases import Case
from victimcare.casework.dates import possible_day
from victimcare.casework.opening import Sealed, fitting, opened, text_of
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.errors import NoKey
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession


class LinkRefused(Refused):
    """A link between two cases that cannot be made or ended."""


class CaseLink(Record):
    """That two cases belong together. `kind`: a code of `case_link_kind`. `must_not_know`: neither may learn of the other through us."""

    __tablename__ = "case_link"
    __write_right__ = Right.CASEWORK

    case_id: Mapped[UUID] = link("case")
    other_case_id: Mapped[UUID] = link("case")
    kind: Mapped[str]
    must_not_know: Mapped[bool]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    words = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class LinkRow:
    """A link as one of its two cases shows it. `other_id` None and `reference` "" where the other may not be read.

    `words` "" on the other case, and when not opened.
    """

    id: UUID
    version: int
    kind: str
    must_not_know: bool
    ended_on: date | None
    made_at: datetime
    made_by: UUID
    other_id: UUID | None
    reference: str
    words: str


def link_cases(session: VaultSession, *, case_id: UUID, other_case_id: UUID, kind: str, must_not_know: bool, words: str = "") -> UUID:
    """Link two cases one may open. Raises UnknownCode, NoKey, TextRefused, LinkRefused (the same case, linked so already, not here)."""
    known("case_link_kind", kind)
    if case_id == other_case_id:
        raise LinkRefused("That is this case itself.", "Give the reference of the other case.")
    if session.scalar(select(Case.id).where(Case.id == other_case_id)) is None or not session.can_open(other_case_id):
        raise LinkRefused("There is no such case among those you may open.", "Check the reference.")
    both = or_(*(and_(CaseLink.case_id == one, CaseLink.other_case_id == other) for one, other in ((case_id, other_case_id), (other_case_id, case_id))))
    if session.scalar(select(CaseLink.id).where(both, CaseLink.kind == kind, CaseLink.ended_on.is_(None))) is not None:
        raise LinkRefused("The two cases are linked so already.", "Change that link, or choose another kind.")
    row = CaseLink(case_id=case_id, other_case_id=other_case_id, kind=kind, must_not_know=must_not_know)
    if words:
        row.words = fitting(words)
    session.add(row)
    return row.id


def change_link(session: VaultSession, *, link_id: UUID, version: int, must_not_know: bool) -> None:
    """Say anew whether one must not know of the other. Raises Conflict, NoKey where one of the two may not be opened."""
    _mine(session, link_id, version).must_not_know = must_not_know


def end_link(session: VaultSession, *, link_id: UUID, version: int, on: date) -> None:
    """The two no longer belong together, or never did; that they were linked stays. Raises Conflict, NoKey, DateRefused, LinkRefused."""
    row = _mine(session, link_id, version)
    if row.ended_on is not None:
        raise LinkRefused("That link has ended already.", "Look at the case again.")
    row.ended_on = possible_day(on, today=session.today)


def links_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[LinkRow, ...]:
    """The links of a case from either side, standing ones first, newest first: one query. Of the other case its reference alone is read."""
    other = case((CaseLink.case_id == case_id, CaseLink.other_case_id), else_=CaseLink.case_id)
    names = ("id", "version", "kind", "must_not_know", "ended_on", "made_at", "made_by", "case_id")
    query = (
        select(*(getattr(CaseLink, name) for name in names), Case.id.label("other_id"), Case.reference, Case.is_restricted)
        .join(Case, Case.id == other)
        .where(or_(CaseLink.case_id == case_id, CaseLink.other_case_id == case_id))
        .order_by(CaseLink.ended_on.is_not(None), CaseLink.id.desc())
    )
    rows = session.execute(query).all()
    texts = opened(session, [row.id for row in rows if row.case_id == case_id], sealed)
    found = []
    for row in rows:
        facts = {name: getattr(row, name) for name in names[:-1]}
        is_known = not row.is_restricted or session.can_open(row.other_id)
        other_id, reference = (row.other_id, row.reference) if is_known else (None, "")
        words = text_of(texts, row.id, "words") if row.case_id == case_id else ""
        found.append(LinkRow(**facts, other_id=other_id, reference=reference, words=words))
    return tuple(found)


def _mine(session: VaultSession, link_id: UUID, version: int) -> CaseLink:
    row = session.get_for_change(CaseLink, link_id, version=version)
    if not session.can_open(row.case_id) or not session.can_open(row.other_case_id):
        raise NoKey
    return row
