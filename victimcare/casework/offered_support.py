"""Everything offered to a person, so that a later claim of inducement can be answered. Only ever added to.

Each entry answers whether the same would be given whatever the person says about a prosecution: an entry without that
answer is worth nothing when it is asked for, years later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.dates import possible_day
from victimcare.casework.identity import birth_date
from victimcare.casework.opening import Sealed, columns, fitting, needed, opened, texts_of
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

YES, NO = "YES", "NO"
MOST_PENCE = 100_000_00
TEXTS = ("detail", "note")


class OfferRefused(Refused):
    """An entry that would not answer the question it is kept for."""


class OfferedSupport(Record):
    """One offer. `regardless`: YES when it would be given whatever the person's stance; must be answered. `response`: `contact_outcome.response_to_offer`.

    `value_pence`: what it is worth, if known. `paid_by`: an agency code, "" for this office. `told_on`: when the person was last told
    that support does not depend on speaking to the police, and in which `told_language`.
    """

    __tablename__ = "offered_support"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __withdrawable__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    code: Mapped[str]
    response: Mapped[str]
    regardless: Mapped[str]
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    agency: Mapped[str] = mapped_column(default="")
    value_pence: Mapped[int | None] = mapped_column(default=None)
    paid_by: Mapped[str] = mapped_column(default="")
    told_on: Mapped[date | None] = mapped_column(default=None)
    told_language: Mapped[str | None] = mapped_column(default=None)
    contact_id: Mapped[UUID | None] = link("contact", optional=True)
    detail = SealedText()
    note = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class OfferRow:
    """One offer; `detail` (what exactly) and `note` (who decided that it hangs on the stance, and why) "" when not opened."""

    id: UUID
    on: date
    code: str
    response: str
    regardless: str
    worker_id: UUID | None
    agency: str
    value_pence: int | None
    paid_by: str
    told_on: date | None
    told_language: str | None
    contact_id: UUID | None
    made_at: datetime
    made_by: UUID
    detail: str
    note: str


class OfferFacts(TypedDict, total=False):
    """What may also be known of an offer. `agency`: who made it, `paid_by`: who paid, agency codes, "" for this office."""

    worker_id: UUID | None
    agency: str
    value_pence: int | None
    paid_by: str
    told_on: date | None
    told_language: str | None
    contact_id: UUID | None


def record_offer(
    session: VaultSession,
    *,
    case_id: UUID,
    on: date,
    code: str,
    response: str,
    regardless: str | None,
    detail: str = "",
    note: str = "",
    **facts: Unpack[OfferFacts],
) -> UUID:
    """Record what was offered and what the person said to it. `regardless`: YES or NO; None, not answered, is refused.

    NO needs `note`: which supervisor decided that, and why. Raises OfferRefused, UnknownCode, DateRefused, TextRefused.
    """
    known("offered_support", code)
    known("contact_outcome.response_to_offer", response)
    possible_day(on, today=session.today, born_on=birth_date(session, case_id))
    if regardless not in (YES, NO):
        raise OfferRefused("It must be answered whether this is given whatever the person says about a prosecution.", "Choose yes or no.")
    _possible(session, facts)
    offer = OfferedSupport(case_id=case_id, on=on, code=code, response=response, regardless=regardless, **facts)
    why = needed(note, "a note of the supervisor: who decided that this hangs on the stance, and why") if regardless == NO else fitting(note)
    for name, text in (("detail", fitting(detail)), ("note", why)):
        if text:
            setattr(offer, name, text)
    session.add(offer)
    return offer.id


def offers_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[OfferRow, ...]:
    """Everything offered in one case, newest first."""
    wanted = columns(OfferedSupport, OfferRow.__slots__[: -len(TEXTS)])
    here = select(*wanted).where(OfferedSupport.case_id == case_id, standing(OfferedSupport, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(OfferedSupport.on.desc(), OfferedSupport.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(OfferRow(**row, **texts_of(texts, row["id"], TEXTS)) for row in rows)


def last_told(offers: Sequence[OfferRow]) -> OfferRow | None:
    """The entry that says when the person was last told that support does not depend on speaking to the police; None where none does."""
    told = [row for row in offers if row.told_on is not None]
    return max(told, key=lambda row: (row.told_on or date.min, row.id), default=None)


def pounds(pence: int | None) -> str:
    """A value in words: "£12.50", "£40", "" where it is not known."""
    if pence is None:
        return ""
    return f"£{pence // 100:,}.{pence % 100:02}" if pence % 100 else f"£{pence // 100:,}"


def _possible(session: VaultSession, facts: OfferFacts) -> None:
    """Raises UnknownCode, DateRefused, OfferRefused for a fact that cannot be so."""
    for agency in (facts.get("agency"), facts.get("paid_by")):
        if agency:
            known("agency", agency)
    told_on, told_language, pence = facts.get("told_on"), facts.get("told_language"), facts.get("value_pence")
    if told_on is not None:
        possible_day(told_on, today=session.today)
    if told_language is not None:
        known("language", told_language)
        if told_on is None:
            raise OfferRefused("There is a language but no day on which the person was told.", "Give the day, or take the language out.")
    if pence is not None and not 0 <= pence <= MOST_PENCE:
        raise OfferRefused(f"A value is between £0 and {pounds(MOST_PENCE)}.", "Check the amount.")
