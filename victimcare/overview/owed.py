"""What is owed by a day: deadlines of the Victims' Code, the NRM and others that are due today or late, counted in working days.

A day that only has to be known of (the earliest end of a recovery period) is never late: it stands under Today until somebody
has marked it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from victimcare.casework.cases import Case
from victimcare.casework.deadlines import Deadline, is_open
from victimcare.overview.lines import Group, Line, Question
from victimcare.reference.dates_text import short_day
from victimcare.reference.deadline_rules import DeadlineRule, rule_shown
from victimcare.reference.working_days import working_days_between


def deadline_lines(question: Question) -> list[Line]:
    """Open deadlines whose day has come, oldest first: one query, narrowed by what comes next in each case."""
    today = question.today
    query = (
        select(
            Case.id.label("case_id"), Case.reference, Case.is_restricted, Deadline.id, Deadline.rule, Deadline.event_on, Deadline.due_on, Deadline.is_enhanced
        )
        .join(Deadline, Deadline.case_id == Case.id)
        .where(Deadline.due_on <= today, is_open(), *question.cases)
        .order_by(Deadline.due_on, Deadline.id)
    )

    def line(row: Any) -> Line:
        rule = rule_shown(row.rule, row.event_on)
        group = Group.LATE if rule.is_late(row.due_on, today) else Group.TODAY
        return Line("DEADLINE", group, row.case_id, row.reference, rule.label, due_words(rule, row, today), row.due_on, "case", row.id)

    return question.lines(Group.LATE, query, line)


def due_words(rule: DeadlineRule, row: Any, today: date) -> str:
    """Such as "due Fri 20 Nov, 1 working day, 2 working days late". `row` has `due_on` and `is_enhanced`."""
    period = rule.period(enhanced=row.is_enhanced)
    if row.due_on == today:
        return f"due today, {period}"
    if rule.is_milestone:
        return f"{short_day(row.due_on, today)}, {period}"
    if row.due_on > today:
        return f"due {short_day(row.due_on, today)}, {period}"
    return f"due {short_day(row.due_on, today)}, {period}; {late_words(row.due_on, today)}"


def late_words(due_on: date, today: date) -> str:
    """ "2 working days late"; "late, no working day since" on a weekend after it."""
    late = working_days_between(due_on, today)
    if not late:
        return "late, no working day since"
    return f"{late} working day late" if late == 1 else f"{late} working days late"
