"""Requests to other states that nobody has answered: after two weeks somebody asks again, or takes the request back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from victimcare.casework.case_now import CaseNow
from victimcare.casework.cases import Case
from victimcare.casework.mitigations import Mitigation
from victimcare.casework.safeguarding import SafeguardingRequest
from victimcare.overview.lines import Group, Line, Question, days, rules
from victimcare.reference.countries import country_label
from victimcare.reference.dates_text import short_day
from victimcare.store.withdrawn import standing


def safeguarding_lines(question: Question) -> list[Line]:
    """Requests asked `safeguarding_answer_days` ago or earlier and not answered, oldest first; one query, narrowed by what comes next in each case."""
    today = question.today
    until = today - timedelta(days=rules()["safeguarding_answer_days"])
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, SafeguardingRequest.id, SafeguardingRequest.country, SafeguardingRequest.asked_on)
        .join(CaseNow, CaseNow.case_id == Case.id)
        .join(SafeguardingRequest, SafeguardingRequest.case_id == Case.id)
        .join(Mitigation, Mitigation.id == SafeguardingRequest.mitigation_id)
        .where(
            CaseNow.next_due_on <= today,
            SafeguardingRequest.answered_on.is_(None),
            SafeguardingRequest.asked_on <= until,
            standing(SafeguardingRequest),
            standing(Mitigation),
            *question.cases,
        )
        .order_by(SafeguardingRequest.asked_on, SafeguardingRequest.id)
    )

    def line(row: Any) -> Line:
        why = f"asked {short_day(row.asked_on, today)}, no answer for {days((today - row.asked_on).days)}"
        what = f"Safeguarding of family: {country_label(row.country)}"
        return Line("SAFEGUARDING", Group.WAITING, row.case_id, row.reference, what, why, row.asked_on, "case", row.id)

    return question.lines(Group.WAITING, query, line)
