"""What of a case left the office on paper or in a file, to whom, and on what ground. Only ever added to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.opening import Sealed, columns, fitting, list_text, opened, text_of, texts_in
from victimcare.reference.codelists import known
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

CASE_FILE, SHEET, WHAT_WE_HOLD, SCHEDULE = "CASE_FILE", "HAND_OVER_SHEET", "WHAT_WE_HOLD", "SCHEDULE"


class Disclosure(Record):
    """One disclosure. `kind`: a code of `disclosure_kind`. `to`: an agency code, "" for the person themselves. `fields`: what went, as a list."""

    __tablename__ = "disclosure"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    kind: Mapped[str]
    to: Mapped[str] = mapped_column(default="")
    recipient = SealedText()
    fields = SealedText()
    why = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class DisclosureRow:
    """One disclosure; `fields` () and texts "" when not opened."""

    id: UUID
    on: date
    kind: str
    to: str
    made_at: datetime
    made_by: UUID
    recipient: str
    fields: tuple[str, ...]
    why: str


def record_disclosure(session: VaultSession, *, case_id: UUID, kind: str, to: str = "", recipient: str = "", fields: Iterable[str] = (), why: str = "") -> UUID:
    """Write down that a paper was made today. Raises UnknownCode, TextRefused."""
    known("disclosure_kind", kind)
    if to:
        known("agency", to)
    row = Disclosure(case_id=case_id, on=session.today, kind=kind, to=to)
    for name, text in (("recipient", fitting(recipient)), ("fields", list_text(fields)), ("why", fitting(why))):
        if text:
            setattr(row, name, text)
    session.add(row)
    return row.id


def disclosures_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[DisclosureRow, ...]:
    """What left of a case, newest first."""
    wanted = columns(Disclosure, DisclosureRow.__slots__[:-3])
    rows = session.execute(select(*wanted).where(Disclosure.case_id == case_id).order_by(Disclosure.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(
        DisclosureRow(
            **row,
            recipient=text_of(texts, row["id"], "recipient"),
            fields=texts_in(text_of(texts, row["id"], "fields")),
            why=text_of(texts, row["id"], "why"),
        )
        for row in rows
    )
