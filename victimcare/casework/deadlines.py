"""Deadlines: what the Victims' Code, the NRM and others set days for. The rule and the day of the event fix the day it is due.

A deadline and what came of it are only ever added to: what is met stays as it was recorded, since the log may be evidence.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class Entitlement(Record):
    """The person's rights under the Victims' Code from a day on: ENHANCED (without any row) or STANDARD, with a reason for going down."""

    __tablename__ = "entitlement"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    level: Mapped[str]
    why = SealedText()


class Deadline(Record):
    """One thing owed by a day. `rule`: a code of `deadline_rule`. `event_on`: the day of its trigger. `is_enhanced`: by which period.

    `about_id`: the arrest, prosecution, referral or NRM event that triggered it, if one is recorded.
    """

    __tablename__ = "deadline"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    rule: Mapped[str]
    event_on: Mapped[date]
    is_enhanced: Mapped[bool]
    due_on: Mapped[date] = mapped_column(index=True)
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    about_id: Mapped[UUID | None] = mapped_column(default=None, index=True)


class DeadlineOutcome(Record):
    """What came of a deadline, once: `result` MET, LATE or NOT_APPLICABLE. `on`: the day it was done or decided.

    `channel`, `language`, `understood` (YES, NO, UNKNOWN): how the person was told. `reason`: why late or not applicable (`deadline_reason`).
    """

    __tablename__ = "deadline_outcome"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    deadline_id: Mapped[UUID] = link("deadline")
    on: Mapped[date]
    result: Mapped[str]
    reason: Mapped[str | None] = mapped_column(default=None)
    channel: Mapped[str | None] = mapped_column(default=None)
    language: Mapped[str | None] = mapped_column(default=None)
    understood: Mapped[str | None] = mapped_column(default=None)
    contact_id: Mapped[UUID | None] = link("contact", optional=True)
    told = SealedText()
    understood_words = SealedText()
    why = SealedText()
