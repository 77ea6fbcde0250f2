"""Risk reviews: how great the danger is, of which kinds, and when to look again. Dated, only ever added to; the newest counts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class RiskReview(Record):
    """One review. `level`: a code of `risk_level`. `review_on`: when to look again."""

    __tablename__ = "risk_review"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    level: Mapped[str]
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    review_on: Mapped[date | None] = mapped_column(default=None)
    words = SealedText()
    plan = SealedText()


class RiskReviewType(Record):
    """A kind of danger seen in a review: a code of `risk_level.risk_type`."""

    __tablename__ = "risk_review_type"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    review_id: Mapped[UUID] = link("risk_review")
    type: Mapped[str]
