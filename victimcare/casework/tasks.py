"""Tasks: things to do that no other record brings back by itself. Of a case, or of the office."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class Task(Record):
    """One thing to do. `status`: OPEN, DONE or DROPPED. Without `case_id` it is of the office."""

    __tablename__ = "task"
    __write_right__ = Right.CASEWORK
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID | None] = link("case", optional=True)
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    due_on: Mapped[date | None] = mapped_column(default=None, index=True)
    status: Mapped[str] = mapped_column(default="OPEN")
    done_on: Mapped[date | None] = mapped_column(default=None)
    what = SealedText()
    outcome = SealedText()
