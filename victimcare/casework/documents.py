"""Documents: sealed in parts of 1 MiB, opened in memory, never written out in clear but where the user asks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class Document(Record):
    """One document. `kind`: TEXT, IMAGE, PDF, MAIL or OTHER. `size`: bytes. `parts`: how many sealed parts. `contact_id`: the contact it came with."""

    __tablename__ = "document"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    kind: Mapped[str]
    size: Mapped[int]
    parts: Mapped[int]
    sensitivity: Mapped[str]
    contact_id: Mapped[UUID | None] = link("contact", optional=True)
    name = SealedText()
    media_type = SealedText()
    sha256 = SealedText()
    words = SealedText()
