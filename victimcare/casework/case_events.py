"""The life of a case file: closed, reopened, handed over, restricted, merged, each a dated event with who and why. Only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.opening import Sealed, columns, fitting, opened, text_of
from victimcare.reference.codelists import known
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

HANDED_OVER, CLOSED, REOPENED, RESTRICTED, UNRESTRICTED = "HANDED_OVER", "CLOSED", "REOPENED", "RESTRICTED", "UNRESTRICTED"
MERGED, UNMERGED = "MERGED", "UNMERGED"
REASONS = {CLOSED: "case_close_reason"}
"""The list of reasons, of the kinds that have one."""


class CaseEvent(Record):
    """One step. `kind`: a code of `case_event_kind`. `reason`: a code, where the kind has a list. `worker_id`: to whom it was handed over."""

    __tablename__ = "case_event"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    kind: Mapped[str]
    reason: Mapped[str | None] = mapped_column(default=None)
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    why = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class CaseEventRow:
    """One step as the stream shows it; `why` "" when not opened."""

    id: UUID
    on: date
    kind: str
    reason: str | None
    worker_id: UUID | None
    made_at: datetime
    made_by: UUID
    why: str


def record_step(
    session: VaultSession, *, case_id: UUID, kind: str, on: date | None = None, reason: str | None = None, worker_id: UUID | None = None, why: str = ""
) -> UUID:
    """Write down one step, of today unless `on` says another day. Raises UnknownCode, TextRefused."""
    known("case_event_kind", kind)
    if reason is not None:
        known(REASONS[kind], reason)
    event = CaseEvent(case_id=case_id, on=on or session.today, kind=kind, reason=reason, worker_id=worker_id)
    words = fitting(why)
    if words:
        event.why = words
    session.add(event)
    return event.id


def case_events_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[CaseEventRow, ...]:
    """The steps of one case, newest first; `sealed` holds texts opened already."""
    wanted = columns(CaseEvent, CaseEventRow.__slots__[:-1])
    rows = session.execute(select(*wanted).where(CaseEvent.case_id == case_id).order_by(CaseEvent.on.desc(), CaseEvent.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(CaseEventRow(**row, why=text_of(texts, row["id"], "why")) for row in rows)
