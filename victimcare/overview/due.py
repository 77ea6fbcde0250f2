"""What is due: contacts promised, barriers to look at again, safe-contact plans to go through with the person.

Never by stance: what somebody says about a prosecution neither hides a line nor moves it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from victimcare.casework.barriers import Barrier
from victimcare.casework.case_now import STANDING, CaseNow
from victimcare.casework.cases import Case
from victimcare.casework.contacts import Contact
from victimcare.casework.dates import in_office_time
from victimcare.casework.merging import leads, of_person
from victimcare.casework.office_rules import PLAN_CHECK, days_of
from victimcare.casework.safe_contact import SafeContactPlan, hours_of
from victimcare.casework.safe_hours import YES, SafeHours, safe_now
from victimcare.overview.lines import Group, Line, Question, days
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text, short_day
from victimcare.store.withdrawn import standing


def contact_lines(question: Question) -> list[Line]:
    """Contacts whose day has come: late ones, and of today's those that are safe at this hour before the others."""
    today = question.today
    next_on = (
        select(Contact.next_on)
        .where(of_person(Contact.case_id, Case.id), uncorrected(Contact))
        .order_by(Contact.at.desc(), Contact.id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    # case_now narrows first, by its index: few cases have anything due, and only for those the newest contact is looked up.
    due = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, CaseNow.next_due_on, next_on.label("due"))
        .join(CaseNow, CaseNow.case_id == Case.id)
        .where(CaseNow.next_due_on <= today, leads(Case.id), *question.cases)
        .subquery("due")
    )
    lines = question.lines(Group.LATE, select(due).where(due.c.due <= today).order_by(due.c.next_due_on, due.c.case_id), _planned)
    agreed = hours_of(question.session, [line.case_id for line in lines if line.case_id])
    return [_timed(line, agreed.get(line.case_id, ()) if line.case_id else (), question.session.now, today) for line in lines]


def review_lines(question: Question) -> list[Line]:
    """Standing barriers whose review has come."""
    today = question.today
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, Barrier.id, Barrier.code, Barrier.review_on)
        .join(Barrier, Barrier.case_id == Case.id)
        .where(Barrier.review_on <= today, Barrier.status.in_(STANDING), standing(Barrier), *question.cases)
        .order_by(Barrier.review_on, Barrier.id)
    )

    def line(row: Any) -> Line:
        late = (today - row.review_on).days
        why = f"due {short_day(row.review_on, today)}, {days(late)} late" if late else "due today"
        return Line(
            "BARRIER_REVIEW",
            Group.LATE if late else Group.TODAY,
            row.case_id,
            row.reference,
            f"Look again at: {label('barrier', row.code)}",
            why,
            row.review_on,
            "case",
            row.id,
        )

    return question.lines(Group.TODAY, query, line)


def plan_lines(question: Question) -> list[Line]:
    """Safe-contact plans nobody went through with the person for as long as the rule allows."""
    today = question.today
    stale_after = timedelta(days=days_of(question.session, PLAN_CHECK))
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, CaseNow.plan_checked_on)
        .join(CaseNow, CaseNow.case_id == Case.id)
        .where(CaseNow.plan_checked_on <= today - stale_after, worked_here(), leads(Case.id), *question.cases)
        .order_by(CaseNow.plan_checked_on, Case.id)
    )

    def line(row: Any) -> Line:
        why = f"not checked for {days((today - row.plan_checked_on).days)}, last on {day_text(row.plan_checked_on)}"
        return Line("PLAN", Group.TODAY, row.case_id, row.reference, "Check the safe-contact plan", why, row.plan_checked_on, "case")

    return question.lines(Group.TODAY, query, line)


def worked_here() -> ColumnElement[bool]:
    """Whether a case is in use here: opened by hand, or taken from a register and then contacted or given a plan."""
    contact = select(Contact.id).where(Contact.case_id == Case.id, Contact.imported.is_(False), standing(Contact)).correlate(Case).exists()
    plan = select(SafeContactPlan.id).where(SafeContactPlan.case_id == Case.id, SafeContactPlan.imported.is_(False)).correlate(Case).exists()
    return or_(Case.imported.is_(False), contact, plan)


def uncorrected(contact: Any) -> ColumnElement[bool]:
    """That `contact` was not withdrawn and no later entry corrects it."""
    later = aliased(Contact)
    corrected = select(later.id).where(later.corrects_id == contact.id, standing(later)).correlate(contact).exists()
    return and_(~corrected, standing(contact))


def _planned(row: Any) -> Line:
    return Line("CONTACT", Group.LATE, row.case_id, row.reference, "Make the contact that was planned", "", row.due, "case")


def _timed(line: Line, agreed: tuple[SafeHours, ...], now: datetime, today: date) -> Line:
    """The line with its group and reason, from the hours agreed with the person."""
    if line.when is None:
        return line
    safe = safe_words(agreed, now)
    late = (today - line.when).days
    if late:
        why = f"due {short_day(line.when, today)}, {days(late)} late" + (f"; {safe}" if safe else "")
        return _with(line, Group.LATE, line.what, why)
    if safe:
        return _with(line, Group.NOW, line.what, safe)
    return _with(line, Group.TODAY, line.what, "due today; no agreed hour is open now" if agreed else "due today; no safe hours are recorded")


def safe_words(agreed: tuple[SafeHours, ...], now: datetime) -> str:
    """By which means the person may be reached now and how long all of them hold; "" when none is safe."""
    local = in_office_time(now)
    channels = dict.fromkeys(row.channel for row in agreed if row.is_safe == YES and row.covers(local))
    open_now = {channel: safe_now(agreed, channel, now) for channel in channels}
    safe = {channel: found.until for channel, found in open_now.items() if found.answer == YES}
    if not safe:
        return ""
    ends = [until for until in safe.values() if until is not None]
    until = f"safe until {_clock(min(ends), local)}" if ends else "safe at any hour"
    return f"{until}: {' or '.join(label('contact_channel', channel).lower() for channel in safe)}"


def _clock(until: datetime, local: datetime) -> str:
    end = in_office_time(until)
    return f"{end:%H:%M}" if end.date() == local.date() else f"{short_day(end.date(), local.date())} {end:%H:%M}"


def _with(line: Line, group: Group, what: str, why: str) -> Line:
    return Line(line.kind, group, line.case_id, line.reference, what, why, line.when, line.place, line.about, line.count)
