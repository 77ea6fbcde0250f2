"""Lines of Today put off until a day, with a reason; for whoever put them off. Only ever added to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class Snooze(Record):
    """One line put off. `kind`, `case_id`, `about_id`: which line, as Today names it. `until`: the first day it shows again."""

    __tablename__ = "snooze"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID | None] = link("case", optional=True)
    member_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str]
    about_id: Mapped[UUID | None] = mapped_column(default=None)
    until: Mapped[date]
    why = SealedText()
