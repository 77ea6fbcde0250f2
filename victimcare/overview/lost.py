"""People at risk of being lost: long not reached although tried more than once and in more than one way.

No published definition was found; the numbers are the product's own (`resources/rules/today.json`): no achieved
contact for 28 days and three attempts by two channels is at risk, 56 days is lost, any contact resets. Somebody who
declines a prosecution and is in contact is not at risk: stance is not looked at.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from victimcare.casework.case_now import CaseNow
from victimcare.casework.cases import Case
from victimcare.casework.contacts import PERSON, Contact
from victimcare.overview.due import uncorrected, worked_here
from victimcare.overview.lines import Group, Line, Question, days, rules


def lost_lines(question: Question) -> list[Line]:
    """One line a person at risk or lost, longest not reached first."""
    today, rule = question.today, rules()
    since = func.coalesce(CaseNow.last_achieved_on, Case.received_on)
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, since.label("since"), CaseNow.attempts_since, _channels().label("channels"))
        .join(CaseNow, CaseNow.case_id == Case.id)
        .where(
            CaseNow.attempts_since >= rule["attempts"],
            since <= today - timedelta(days=rule["at_risk_days"]),
            worked_here(),
            _channels() >= rule["channels"],
            *question.cases,
        )
        .order_by(since, Case.id)
    )

    def line(row: Any) -> Line:
        silent = (today - row.since).days
        why = f"not reached for {days(silent)}, {row.attempts_since} attempts by {row.channels} ways"
        is_lost = silent >= rule["lost_days"]
        what = "Contact is lost: decide what to do" if is_lost else "Try another safe way"
        return Line("LOST" if is_lost else "AT_RISK", Group.AT_RISK, row.case_id, row.reference, what, why, row.since, "case")

    return question.lines(Group.AT_RISK, query, line)


def untouched_lines(question: Question) -> list[Line]:
    """One line for all people taken from a register whom nobody here has contacted since: a count, not thousands of lines."""
    query = select(func.count()).select_from(Case).where(Case.imported.is_(True), ~worked_here(), *question.cases)
    count = question.session.scalar(query) or 0
    if not count:
        return []
    what = "Look through people taken from the register"
    why = f"{count} open, nobody contacted here since the import: take up or close"
    return [Line("UNTOUCHED", Group.WAITING, None, "", what, why, None, "cases.imported", count=count)]


def _channels() -> Any:
    """By how many channels the person was tried since last reached (what counts as a try: `case_now`)."""
    reached = aliased(Contact)
    after = (
        select(reached.id)
        .where(reached.case_id == Contact.case_id, reached.is_achieved.is_(True), reached.at >= Contact.at, uncorrected(reached))
        .correlate(Contact)
        .exists()
    )
    return (
        select(func.count(Contact.channel.distinct()))
        .where(
            Contact.case_id == Case.id,
            Contact.is_achieved.is_(False),
            Contact.direction == "OUTBOUND",
            Contact.person_contacted == PERSON,
            Contact.outcome != "CANCELLED_US",
            uncorrected(Contact),
            ~after,
        )
        .correlate(Case)
        .scalar_subquery()
    )
