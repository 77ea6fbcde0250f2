"""Retention: how long a file is kept, when that is looked at, and whether a legal hold forbids erasing it. The newest review counts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class RetentionReview(Record):
    """One review. `category`: a code of `retention_category`. `hold`: whether the file must not be erased, whatever its age."""

    __tablename__ = "retention_review"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    category: Mapped[str]
    hold: Mapped[bool]
    review_on: Mapped[date | None] = mapped_column(default=None, index=True)
    why = SealedText()
