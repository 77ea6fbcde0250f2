"""The life of a case file: closed, reopened, handed over, restricted, each a dated event with who and why. Only ever added to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


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
