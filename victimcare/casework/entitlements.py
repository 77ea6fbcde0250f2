"""Entitlement: whether the Victims' Code gives a person enhanced rights, from a day on. Everybody has them until somebody says why not.

Modern slavery counts among the most serious crimes, and most people supported are vulnerable or intimidated: so nobody is
asked to prove it, and only going down asks why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.casework.dates import possible_day
from victimcare.casework.opening import Sealed, columns, fitting, needed, opened, text_of
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

ENHANCED, STANDARD = "ENHANCED", "STANDARD"


class Entitlement(Record):
    """The person's rights from a day on: ENHANCED (without any row) or STANDARD, with a reason for going down."""

    __tablename__ = "entitlement"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    level: Mapped[str]
    why = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class EntitlementRow:
    """One change; `why` "" when not opened."""

    id: UUID
    on: date
    level: str
    made_at: datetime
    made_by: UUID
    why: str


def record_entitlement(session: VaultSession, *, case_id: UUID, level: str, why: str = "", on: date | None = None) -> UUID:
    """Say which rights the person has from a day on. STANDARD needs `why`; going back to ENHANCED does not.

    Deadlines recorded before keep their day. Raises TextRefused without a reason for going down, DateRefused.
    """
    assert level in (ENHANCED, STANDARD), "one of the two levels"
    entry = Entitlement(case_id=case_id, on=possible_day(on or session.today, today=session.today), level=level)
    words = needed(why, "a reason for standard rights") if level == STANDARD else fitting(why)
    if words:
        entry.why = words
    session.add(entry)
    return entry.id


def has_enhanced_rights(session: VaultSession, case_id: UUID, on: date) -> bool:
    """Whether the person has enhanced rights on that day."""
    query = select(Entitlement.level).where(Entitlement.case_id == case_id, Entitlement.on <= on)
    return session.scalar(query.order_by(Entitlement.on.desc(), Entitlement.id.desc()).limit(1)) != STANDARD


def entitlements_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[EntitlementRow, ...]:
    """The changes of a case, newest first; none: enhanced."""
    wanted = columns(Entitlement, EntitlementRow.__slots__[:-1])
    rows = session.execute(select(*wanted).where(Entitlement.case_id == case_id).order_by(Entitlement.on.desc(), Entitlement.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(EntitlementRow(**row, why=text_of(texts, row["id"], "why")) for row in rows)
