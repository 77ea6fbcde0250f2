"""Safeguarding requests to another state: who asked whom, when, the answer, and whether asking raised the risk."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class SafeguardingRequest(Record):
    """One request, a step of a mitigation. `country`: ISO 3166-1 alpha-2. `answer`: a code of `safeguarding_answer`. `raised_risk`: YES, NO or UNKNOWN."""

    __tablename__ = "safeguarding_request"
    __write_right__ = Right.CASEWORK
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    mitigation_id: Mapped[UUID] = link("mitigation")
    asked_on: Mapped[date]
    country: Mapped[str]
    answered_on: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[str | None] = mapped_column(default=None)
    raised_risk: Mapped[str | None] = mapped_column(default=None)
    asked_by = SealedText()
    asked_whom = SealedText()
    answer_words = SealedText()
