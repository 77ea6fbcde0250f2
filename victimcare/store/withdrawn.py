"""Entries withdrawn: the row, who, when and why stay. In the wrong case, or what must not be held: its sealed part is destroyed.

An entry taken back within the session keeps its text and is shown struck through. Nothing is deleted either way.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class Withdrawn(Record):
    """That one entry no longer counts. `owner`: its table. `row_id`: the entry. `reason`: a code of `withdrawal_reason`. `why`: in words."""

    __tablename__ = "withdrawn"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    owner: Mapped[str]
    row_id: Mapped[UUID] = mapped_column(unique=True)
    reason: Mapped[str]
    why = SealedText()
