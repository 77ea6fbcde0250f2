"""What of a case left the office, to whom, and on what ground. Only ever added to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class Disclosure(Record):
    """One disclosure. `kind`: a code of `disclosure_kind`. `to`: an agency code, "" for the person themselves. `fields`: what went, as a list."""

    __tablename__ = "disclosure"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    kind: Mapped[str]
    to: Mapped[str] = mapped_column(default="")
    recipient = SealedText()
    fields = SealedText()
    why = SealedText()
