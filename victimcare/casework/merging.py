"""Duplicates merged by a link: nothing moves, nothing is sealed anew; both are read as one, and ending the link undoes it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class Merged(Record):
    """`case_id` is read as part of `into_case_id` from `from_on` on, until `until_on` ends it."""

    __tablename__ = "merged"
    __write_right__ = Right.CASEWORK
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    into_case_id: Mapped[UUID] = link("case")
    from_on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(default=None)
    why = SealedText()
