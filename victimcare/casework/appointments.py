"""Appointments: when, where, who comes, and whether it came about. Not met is an outcome, never a fault.

Times are given and told on the office's clock. One that is moved stays, and leads to the one that takes its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.casework.cases import Case
from victimcare.casework.dates import FIRST_DAY, DateRefused
from victimcare.casework.opening import Sealed, columns, fitting, opened, texts_of
from victimcare.reference.codelists import codelist, known, known_or_same
from victimcare.refused import Refused
from victimcare.store.clock import day_of
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

PLANNED, KEPT, NOT_MET, MOVED = "PLANNED", "KEPT", "NOT_MET", "MOVED"
NOT_SAID, NOT_NEEDED, TO_BOOK, BOOKED = "UNKNOWN", "NOT_NEEDED", "TO_BOOK", "BOOKED"
TEXTS = ("place", "who_comes", "purpose", "outcome")
FARTHEST = timedelta(days=5 * 366)  # what is planned later than that is a slip of the keys
USUAL_MINUTES = 60  # how long one takes of which nobody said it


class AppointmentRefused(Refused):
    """What cannot be said of an appointment."""


class Appointment(Record):
    """One appointment. `kind`: a code of `engagement_kind`. `status`: of `appointment_status`. `interpreter`: of `interpreter_booking`."""

    __tablename__ = "appointment"
    __write_right__ = Right.CASEWORK
    __withdrawable__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int | None] = mapped_column(default=None)
    kind: Mapped[str]
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    interpreter: Mapped[str] = mapped_column(default="UNKNOWN")
    language: Mapped[str | None] = mapped_column(default=None)
    status: Mapped[str] = mapped_column(default="PLANNED")
    moved_to_id: Mapped[UUID | None] = link("appointment", optional=True)
    place = SealedText()
    who_comes = SealedText()
    purpose = SealedText()
    outcome = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class AppointmentRow:
    """An appointment; texts "" when not opened. `minutes`: how long, None where nobody said. `is_past`: its time had come when it was read."""

    id: UUID
    version: int
    at: datetime
    minutes: int | None
    kind: str
    worker_id: UUID | None
    interpreter: str
    language: str | None
    status: str
    moved_to_id: UUID | None
    made_at: datetime
    made_by: UUID
    is_past: bool
    place: str
    who_comes: str
    purpose: str
    outcome: str

    @property
    def is_planned(self) -> bool:
        """Whether nobody has said yet how it went."""
        return self.status == PLANNED


@dataclass(frozen=True, slots=True)
class Clash:
    """Another appointment of the same worker at the same time; `reference` "" where it may not be known whose."""

    at: datetime
    reference: str


def record_appointment(
    session: VaultSession,
    *,
    case_id: UUID,
    at: datetime,
    kind: str,
    minutes: int | None = None,
    worker_id: UUID | None = None,
    interpreter: str = NOT_SAID,
    language: str | None = None,
    **texts: str,
) -> UUID:
    """Record an appointment, to come or past. `texts`: place, who_comes, purpose. Raises UnknownCode, DateRefused, TextRefused."""
    row = Appointment(case_id=case_id, at=_possible(session, at), kind=known("engagement_kind", kind), worker_id=worker_id)
    _set(row, minutes=minutes, interpreter=interpreter, language=language, **texts)
    session.add(row)
    return row.id


def change_appointment(session: VaultSession, *, appointment_id: UUID, version: int, **facts: Any) -> None:
    """Change what is known of a planned one, but its time: kind, minutes, worker_id, interpreter, language and texts.

    Raises AppointmentRefused once it is over, Conflict, UnknownCode, TextRefused.
    """
    row = _planned(session, appointment_id, version)
    _set(row, **facts)


def move_appointment(session: VaultSession, *, appointment_id: UUID, version: int, at: datetime, why: str = "", **facts: Any) -> UUID:
    """Move a planned one to another time: a new one with the same facts (or `facts`), linked from the old, which stays as moved.

    Raises as `change_appointment` does, and DateRefused.
    """
    old = _planned(session, appointment_id, version)
    new = Appointment(case_id=old.case_id, at=_possible(session, at), kind=old.kind, interpreter=old.interpreter, language=old.language)
    same: dict[str, Any] = {name: getattr(old, name) for name in ("minutes", "worker_id", *TEXTS[:-1])}
    _set(new, **(same | facts))
    session.add(new)
    session.flush()
    old.status, old.moved_to_id = MOVED, new.id
    _set(old, outcome=why)
    return new.id


def settle_appointment(session: VaultSession, *, appointment_id: UUID, version: int, status: str, outcome: str = "") -> None:
    """Say how it went: KEPT, NOT_MET, CANCELLED_US, CANCELLED_THEM; said again, the newer counts.

    Raises AppointmentRefused for one that was moved, or is still to come and cannot have been kept or not met; Conflict, UnknownCode.
    """
    row = session.get_for_change(Appointment, appointment_id, version=version)
    if row.status == MOVED:
        raise AppointmentRefused("That appointment was moved.", "Say how the one went that took its place.")
    if not codelist("appointment_status").value(known("appointment_status", status)).fields["is_outcome"]:
        raise AppointmentRefused("That is not how an appointment goes.", "Choose whether it was kept, did not come about, or was called off.")
    if status in (KEPT, NOT_MET) and row.at > session.now:
        raise AppointmentRefused("That appointment is still to come.", "Say afterwards how it went, or that it was called off.")
    row.status = status
    _set(row, outcome=outcome)


def outcomes() -> tuple[tuple[str, str], ...]:
    """(code, words) of how an appointment can go."""
    return tuple((value.code, value.label) for value in codelist("appointment_status").values if value.fields["is_outcome"])


def lacks_interpreter(interpreter: str, case_needs: str) -> bool:
    """Whether one is needed and none is booked. `case_needs`: YES, NO or UNKNOWN, of the person."""
    return interpreter == TO_BOOK or (interpreter == NOT_SAID and case_needs == "YES")


def appointments_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[AppointmentRow, ...]:
    """The appointments of a case, the latest first: one query."""
    query = select(*columns(Appointment, AppointmentRow.__slots__[: -len(TEXTS) - 1]))
    query = query.where(Appointment.case_id == case_id, standing(Appointment, also_withdrawn=also_withdrawn))
    rows = session.execute(query.order_by(Appointment.at.desc(), Appointment.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(AppointmentRow(**row, is_past=row["at"] <= session.now, **texts_of(texts, row["id"], TEXTS)) for row in rows)


def clashes(session: VaultSession, *, worker_id: UUID, at: datetime, minutes: int | None = None, but: UUID | None = None) -> tuple[Clash, ...]:
    """What else the worker has planned in that time, but the appointment `but`; to be said, never refused. Coded facts alone, one query."""
    ends, day = at + _length(minutes), timedelta(days=1)
    near = (Appointment.worker_id == worker_id, Appointment.status == PLANNED, Appointment.at > at - day, Appointment.at < ends, standing(Appointment))
    query = select(Appointment.id, Appointment.at, Appointment.minutes, Appointment.case_id, Case.reference, Case.is_restricted)
    rows = session.execute(query.join(Case, Case.id == Appointment.case_id).where(*near).order_by(Appointment.at)).all()
    met = [row for row in rows if row.id != but and row.at + _length(row.minutes) > at]
    return tuple(Clash(row.at, row.reference if not row.is_restricted or session.can_open(row.case_id) else "") for row in met)


def _length(minutes: int | None) -> timedelta:
    return timedelta(minutes=minutes or USUAL_MINUTES)


def _possible(session: VaultSession, at: datetime) -> datetime:
    if at > session.now + FARTHEST:
        raise DateRefused("That day is more than five years ahead.", "Check the year.")
    if day_of(at) < FIRST_DAY:
        raise DateRefused("That day is too long ago.", "Check the year.")
    return at.replace(microsecond=0)


def _planned(session: VaultSession, appointment_id: UUID, version: int) -> Appointment:
    row = session.get_for_change(Appointment, appointment_id, version=version)
    if row.status != PLANNED:
        raise AppointmentRefused("It is said already how that appointment went.", "Make a new appointment.")
    return row


def _set(row: Appointment, **facts: Any) -> None:
    """Write facts and texts, those given alone."""
    for name, list_name in (("kind", "engagement_kind"), ("interpreter", "interpreter_booking"), ("language", "language")):
        if name in facts:
            known_or_same(list_name, facts[name], getattr(row, name))
    for name, value in facts.items():
        if name not in TEXTS:
            setattr(row, name, value)
        elif value or getattr(row, name):
            setattr(row, name, fitting(value))
