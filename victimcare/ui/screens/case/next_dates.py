"""What comes next for this person: planned contact, answers owed, reviews, the check of the plan, soonest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QWidget

from victimcare.casework.case_now import (
    APPOINTMENT,
    BARRIER_REVIEW,
    DEADLINE,
    MILESTONE,
    NEXT_STEP,
    REFERRAL_ANSWER,
    RISK_REVIEW,
    SAFEGUARDING_ANSWER,
    STANDING,
    TASK,
    safeguarding_due,
)
from victimcare.casework.dates import in_office_time
from victimcare.casework.tasks import OPEN
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import label
from victimcare.reference.countries import country_label
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.screens.case.safeguarding import unanswered
from victimcare.ui.words import WEEKDAYS, short_day

MOST = 6
ICONS = {
    NEXT_STEP: "people",
    BARRIER_REVIEW: "barrier",
    REFERRAL_ANSWER: "refer",
    DEADLINE: "flag",
    MILESTONE: "calendar",
    APPOINTMENT: "calendar",
    TASK: "flag",
    RISK_REVIEW: "risk",
    SAFEGUARDING_ANSWER: "hourglass",
    "PLAN": "safe",
}


class NextDatesPart(Part):
    """Late in word, icon and colour; the rest plain."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Next dates")

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        due = sorted(one for one in due_dates(page) if one[1] != MILESTONE or one[0] >= today)[:MOST]
        for on, kind, what in due:
            self.add(_line(on, ICONS[kind], what, today))
        if not due:
            self.nothing("Nothing is planned")


def due_dates(page: CasePage) -> Iterator[tuple[date, str, str]]:
    """(day, kind, what) of everything that is due of an open case."""
    if page.facts.status != "OPEN":
        return
    head = page.head
    step = _next_step(page)
    if step is not None:
        yield step[0], NEXT_STEP, step[1]
    elif head.next_due_kind == NEXT_STEP and head.next_due_on:
        yield head.next_due_on, NEXT_STEP, "make contact"
    for card in page.barriers:
        if card.barrier.review_on and card.barrier.status in STANDING:
            yield card.barrier.review_on, BARRIER_REVIEW, f"look at: {label('barrier', card.barrier.code).lower()}"
    for one in page.referrals:
        if one.referral.answer_by and one.referral.status_on and one.referral.is_unanswered():
            yield one.referral.answer_by, REFERRAL_ANSWER, f"answer from {one.referral.partner}"
    for request in unanswered(page):
        yield safeguarding_due(request.asked_on), SAFEGUARDING_ANSWER, f"ask again: {country_label(request.country)}"
    for row in page.file.deadlines:
        if row.is_open:
            yield row.due_on, MILESTONE if row.version().is_milestone else DEADLINE, row.version().label
    if page.file.risk_reviews and page.file.risk_reviews[0].review_on:
        yield page.file.risk_reviews[0].review_on, RISK_REVIEW, "review the risk"
    for appointment in page.file.appointments:
        if appointment.is_planned:
            at, kind = in_office_time(appointment.at), label("engagement_kind", appointment.kind)
            yield at.date(), APPOINTMENT, f"{at:%H:%M} {kind[:1].lower()}{kind[1:]}"
    for task in page.file.tasks:
        if task.status == OPEN and task.due_on is not None:
            yield task.due_on, TASK, task.what
    if page.safe_contact.check_by:
        yield page.safe_contact.check_by, "PLAN", "check the plan"


def _next_step(page: CasePage) -> tuple[date, str] | None:
    """The next step of the newest contact, in its own words."""
    if page.head.next_due_kind != NEXT_STEP or page.head.next_due_on is None:
        return None
    newest = next((entry for entry in page.stream if entry.kind == "CONTACT"), None)
    words = dict(newest.parts).get("Next", "") if newest else ""
    return page.head.next_due_on, words[:1].lower() + words[1:] if words else "make contact"


def _line(on: date, icon: str, what: str, today: date) -> QWidget:
    words = what[:1].upper() + what[1:]
    if on < today:
        return Card(words, f"Late, {short_day(on, today)}", icon="late", tone="late", is_strong=True)
    when = "today" if on == today else f"{WEEKDAYS[on.weekday()]} {short_day(on, today)}"
    return Card(words, when, icon=icon, is_strong=on == today)
