"""Cover: one worker's whole Today in the hands of another for a period, and back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class Cover(Record):
    """`by_id` works for `worker_id` from `from_on` to `until_on`, both included; `ended_on`: given back on that day, earlier."""

    __tablename__ = "cover"
    __write_right__ = Right.CASEWORK

    worker_id: Mapped[UUID] = link("worker")
    by_id: Mapped[UUID] = link("worker")
    from_on: Mapped[date]
    until_on: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    note = SealedText()
