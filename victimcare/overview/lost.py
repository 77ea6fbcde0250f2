"""People at risk of being lost: long not reached although tried more than once and in more than one way.

No published definition was found; the numbers are the product's own (`resources/rules/today.json`): no achieved
contact for 28 days and three attempts by two channels is at risk, 56 days is lost, any contact resets. Somebody who
declines a prosecution and is in contact is not at risk: stance is not looked at.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from victimcare.casework.case_now import CHUNK, CaseNow
from victimcare.casework.cases import OPEN, Case
from victimcare.casework.contacts import PERSON, Contact
from victimcare.casework.merging import leads
from victimcare.overview.due import uncorrected, worked_here
from victimcare.overview.lines import Group, Line, Question, days, rules
from victimcare.store.session import VaultSession


def lost_lines(question: Question) -> list[Line]:
    """One line a person at risk or lost, longest not reached first.

    `case_now` gives who was tried often enough; by how many ways is looked up only until enough lines are found.
    """
    today, rule = question.today, rules()
    since = func.coalesce(CaseNow.last_achieved_on, Case.received_on)
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, since.label("since"), CaseNow.attempts_since)
        .join(CaseNow, CaseNow.case_id == Case.id)
        .where(CaseNow.attempts_since >= rule["attempts"], since <= today - timedelta(days=rule["at_risk_days"]), worked_here(), leads(Case.id), *question.cases)
        .order_by(since, Case.id)
    )
    candidates = question.session.execute(query).all()
    found: list[Line] = []
    for start in range(0, len(candidates), CHUNK):
        part = question.readable(candidates[start : start + CHUNK])
        ways = _ways(question, [row.case_id for row in part])
        found += [_line(row, ways[row.case_id], today) for row in part if ways.get(row.case_id, 0) >= rule["channels"]]
        if question.is_enough(len(found)):
            break
    return question.cut(Group.AT_RISK, found)


def untouched_cases(session: VaultSession) -> frozenset[UUID]:
    """The cases taken from a register that nobody here has contacted or given a plan since."""
    return frozenset(session.scalars(select(Case.id).where(Case.imported.is_(True), Case.status == OPEN, ~worked_here())))


def untouched_lines(question: Question) -> list[Line]:
    """One line for all people taken from a register whom nobody here has contacted since: a count, not thousands of lines."""
    query = select(func.count()).select_from(Case).where(Case.imported.is_(True), ~worked_here(), *question.cases)
    count = question.session.scalar(query) or 0
    if not count:
        return []
    what = "Look through people taken from the register"
    why = f"{count} open, nobody contacted here since the import: take up or close"
    return [Line("UNTOUCHED", Group.WAITING, None, "", what, why, None, "cases.imported", count=count)]


def _line(row: Any, ways: int, today: date) -> Line:
    silent = (today - row.since).days
    why = f"not reached for {days(silent)}, {row.attempts_since} attempts by {ways} ways"
    is_lost = silent >= rules()["lost_days"]
    what = "Contact is lost: decide what to do" if is_lost else "Try another safe way"
    return Line("LOST" if is_lost else "AT_RISK", Group.AT_RISK, row.case_id, row.reference, what, why, row.since, "case")


def _ways(question: Question, case_ids: list[UUID]) -> dict[UUID, int]:
    """Case -> by how many channels the person was tried since last reached (what counts as a try: `case_now`)."""
    reached = aliased(Contact)
    after = (
        select(reached.id)
        .where(reached.case_id == Contact.case_id, reached.is_achieved.is_(True), reached.at >= Contact.at, uncorrected(reached))
        .correlate(Contact)
        .exists()
    )
    query = select(Contact.case_id, func.count(Contact.channel.distinct())).where(
        Contact.case_id.in_(case_ids),
        Contact.is_achieved.is_(False),
        Contact.direction == "OUTBOUND",
        Contact.person_contacted == PERSON,
        Contact.outcome != "CANCELLED_US",
        uncorrected(Contact),
        ~after,
    )
    return dict(question.session.execute(query.group_by(Contact.case_id)).all())
