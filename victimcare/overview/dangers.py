"""Risks to look at again: the level somebody gave was for a time, and that time is over."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from victimcare.casework.cases import Case
from victimcare.casework.risk import RiskReview
from victimcare.overview.lines import Group, Line, Question, days
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import short_day
from victimcare.store.withdrawn import standing


def risk_lines(question: Question) -> list[Line]:
    """Cases whose newest standing risk review has come to its day of looking again; one query, coded facts alone."""
    today, newer = question.today, aliased(RiskReview)
    later = or_(newer.on > RiskReview.on, and_(newer.on == RiskReview.on, newer.id > RiskReview.id))
    replaced = select(newer.id).where(newer.case_id == RiskReview.case_id, later, standing(newer)).correlate(RiskReview).exists()
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, RiskReview.id, RiskReview.level, RiskReview.review_on)
        .join(RiskReview, RiskReview.case_id == Case.id)
        .where(RiskReview.review_on <= today, standing(RiskReview), ~replaced, *question.cases)
        .order_by(RiskReview.review_on, RiskReview.id)
    )

    def line(row: Any) -> Line:
        late = (today - row.review_on).days
        due = f"due {short_day(row.review_on, today)}, {days(late)} late" if late else "due today"
        why = f"{due}; last level: {label('risk_level', row.level).lower()}"
        return Line("RISK_REVIEW", Group.LATE if late else Group.TODAY, row.case_id, row.reference, "Review the risk", why, row.review_on, "case", row.id)

    return question.lines(Group.TODAY, query, line)
