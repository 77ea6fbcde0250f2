"""Appointments: when, where, who comes, and whether it came about. Not met is an outcome, never a fault."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class Appointment(Record):
    """One appointment. `kind`: a code of `engagement_kind`. `status`: a code of `appointment_status`. `interpreter`: YES, NO or UNKNOWN."""

    __tablename__ = "appointment"
    __write_right__ = Right.CASEWORK
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
