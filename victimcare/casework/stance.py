"""Stance: what the person says about a prosecution, each time they say it. Dated, reversible, shown as a history.

Support never depends on it: nothing here orders, scores or compares people, and no referral carries it by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.casework.dates import NOT_ASKED, possible_day
from victimcare.casework.identity import known_birth
from victimcare.casework.opening import Sealed, columns, fitting, opened, text_of
from victimcare.reference.codelists import known
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

CODES = "prosecution_support_stance"
STEPPED_BACK = ("DECLINES", "RETRACTED")  # before recording one, the screen says what it means for the right to review


class StanceEvent(Record):
    """What the person said on one day. `on_or_before`: that day or an earlier one."""

    __tablename__ = "stance_event"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __withdrawable__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    on_or_before: Mapped[bool] = mapped_column(default=False)
    code: Mapped[str]
    imported: Mapped[bool] = mapped_column(default=False)
    words = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class StanceRow:
    """One entry of the history; `words` are the person's own, "" when not opened."""

    id: UUID
    on: date
    on_or_before: bool
    code: str
    imported: bool
    made_at: datetime
    made_by: UUID
    words: str


def record_stance(
    session: VaultSession,
    *,
    case_id: UUID,
    on: date,
    code: str,
    words: str = "",
    on_or_before: bool = False,
    imported: bool = False,
    born_on: date | None = NOT_ASKED,
) -> UUID:
    """Add what the person said. A correction is a newer entry. Raises UnknownCode, DateRefused, TextRefused."""
    known(CODES, code)
    possible_day(on, today=session.today, born_on=known_birth(session, case_id, born_on))
    event = StanceEvent(case_id=case_id, on=on, on_or_before=on_or_before, code=code, imported=imported)
    if words:
        event.words = fitting(words)
    session.add(event)
    return event.id


def stances_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[StanceRow, ...]:
    """The history of one case, newest day first; the first is the stance now."""
    wanted = columns(StanceEvent, StanceRow.__slots__[:-1])
    here = select(*wanted).where(StanceEvent.case_id == case_id, standing(StanceEvent, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(StanceEvent.on.desc(), StanceEvent.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(StanceRow(**row, words=text_of(texts, row["id"], "words")) for row in rows)
