"""What the person or the worker was told or shown before a step, such as the right to review before a retraction. Only ever added to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class InformationGiven(Record):
    """`code` of `information_given` shown on a day. `language`, `understood` (YES, NO, UNKNOWN): of the person, if it was for them."""

    __tablename__ = "information_given"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    code: Mapped[str]
    language: Mapped[str | None] = mapped_column(default=None)
    understood: Mapped[str | None] = mapped_column(default=None)
    words = SealedText()
