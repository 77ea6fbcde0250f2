"""What is planned for a day: appointments, with their time and with what they still lack, and tasks.

One that somebody else than the worker of the case is to keep or to do is also on that person's Today.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from victimcare.casework.appointments import PLANNED, USUAL_MINUTES, Appointment, lacks_interpreter
from victimcare.casework.case_now import CaseNow
from victimcare.casework.cases import OPEN as OPEN_CASE
from victimcare.casework.cases import Case
from victimcare.casework.dates import from_office_time, in_office_time
from victimcare.casework.merging import leads
from victimcare.casework.tasks import OPEN, Task
from victimcare.overview.lines import Group, Line, Question, days
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import short_day
from victimcare.reference.languages import language_label
from victimcare.store.clock import day_of
from victimcare.store.withdrawn import standing

SOON = timedelta(hours=1)


def appointment_lines(question: Question) -> list[Line]:
    """Planned appointments of today, and past ones of which nobody said how they went, by time; one query, coded facts alone."""
    end = from_office_time(question.today + timedelta(days=1), time())
    wanted = (Appointment.id, Appointment.at, Appointment.minutes, Appointment.kind, Appointment.interpreter)
    language = (Appointment.language, Case.language.label("their_language"), Case.interpreter.label("needs"))
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, *wanted, *language)
        .join(CaseNow, CaseNow.case_id == Case.id)
        .join(Appointment, Appointment.case_id == Case.id)
        .where(CaseNow.next_due_on <= question.today, Appointment.at < end, Appointment.status == PLANNED, standing(Appointment))
        .where(_theirs(question, Appointment.worker_id))
        .order_by(Appointment.at, Appointment.id)
    )
    return question.lines(Group.TODAY, query, lambda row: _appointment(row, question.session.now))


def task_lines(question: Question) -> list[Line]:
    """Open tasks whose day has come, of cases and (for everybody, or for whom they are) of the office; two queries, coded facts alone."""
    today = question.today
    due = (Task.due_on <= today, Task.status == OPEN, standing(Task))
    of_cases = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, Task.id, Task.due_on)
        .join(CaseNow, CaseNow.case_id == Case.id)
        .join(Task, Task.case_id == Case.id)
        .where(CaseNow.next_due_on <= today, *due, _theirs(question, Task.worker_id))
        .order_by(Task.due_on, Task.id)
    )

    def line(row: Any) -> Line:
        late = (today - row.due_on).days
        why = f"due {short_day(row.due_on, today)}, {days(late)} late" if late else "due today"
        of_office = row.case_id is None
        what, place = ("Do a task of the office", "tasks") if of_office else ("Do a task", "case")
        return Line("TASK", Group.LATE if late else Group.TODAY, row.case_id, row.reference or "", what, why, row.due_on, place, row.id)

    mine = or_(Task.worker_id.is_(None), Task.worker_id == question.worker_id)
    of_office = (
        select(Task.case_id.label("case_id"), Case.reference, false().label("is_restricted"), Task.id, Task.due_on)
        .outerjoin(Case, Case.id == Task.case_id)
        .where(Task.case_id.is_(None), *due, mine)
        .order_by(Task.due_on, Task.id)
    )
    return question.lines(Group.TODAY, of_cases, line) + question.lines(Group.TODAY, of_office, line)


def _appointment(row: Any, now: datetime) -> Line:
    at = in_office_time(row.at)
    kind = label("engagement_kind", row.kind)
    minutes = int((row.at - now).total_seconds() // 60)
    lack = _lack(row) if row.at + timedelta(minutes=row.minutes or USUAL_MINUTES) > now else ""
    when = f"{at:%H:%M}" if day_of(row.at) == day_of(now) else f"{short_day(at.date(), day_of(now))}, {at:%H:%M}"
    group, what, why = Group.TODAY, f"{at:%H:%M} {kind}", f"in {_hours(minutes)}"
    if day_of(row.at) < day_of(now):
        group, what, why = Group.LATE, "Say how the appointment went", f"{when}: {kind[:1].lower()}{kind[1:]}"
    elif minutes < 0 and not row.at + timedelta(minutes=row.minutes or USUAL_MINUTES) > now:
        what, why = "Say how the appointment went", f"it was at {when}: {kind[:1].lower()}{kind[1:]}"
    elif row.at - now <= SOON:
        group, why = Group.NOW, f"in {_hours(minutes)}" if minutes > 0 else "now" if minutes == 0 else f"since {when}"
    return Line("APPOINTMENT", group, row.case_id, row.reference, what, "; ".join(filter(None, (why, lack))), day_of(row.at), "case", row.id)


def _lack(row: Any) -> str:
    """ "no interpreter in Albanian is booked"; "" where none is needed or one is booked."""
    if not lacks_interpreter(row.interpreter, row.needs):
        return ""
    language = row.language or row.their_language
    return f"no interpreter{f' in {language_label(language)}' if language else ''} is booked"


def _hours(minutes: int) -> str:
    """ "40 minutes", "3 h 5 min"."""
    if minutes < 60:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


def _theirs(question: Question, worker: Any) -> ColumnElement[bool]:
    """Of the cases asked about, or given to who is signed in, in an open case."""
    return or_(and_(*question.cases), and_(Case.status == OPEN_CASE, leads(Case.id), worker == question.worker_id))
