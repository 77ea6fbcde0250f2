"""People at risk of being lost: long not reached although tried more than once and in more than one safe way.

No published definition was found; the numbers are the product's own (`resources/rules/today.json`): no achieved contact for 28 days
and three attempts by two safe ways is at risk, 56 days is lost, any contact resets. Somebody who declines a prosecution and is in
contact is not at risk: stance is not looked at.

Which attempts count: those made in a way, on a day and at an hour that the safe-contact plan called safe at the time, and that was
not suspended then. What was tried in an unsafe way says nothing about whether the person can be reached, and must not be tried
more. So that nobody is missed for what the plan lacks: where no plan was made, or it names no way at all, every way counts; where it
calls none safe, those to ask about first count; and where it leaves one way alone, that one is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from victimcare.casework.case_now import CHUNK, CaseNow
from victimcare.casework.cases import OPEN, Case
from victimcare.casework.contacts import PERSON, Contact
from victimcare.casework.merging import leads
from victimcare.casework.safe_contact import SafeChannel, SafeContactPlan
from victimcare.casework.safe_hours import ASK, YES, SafeHours, answer_at, is_safe_on
from victimcare.casework.suspensions import ChannelReview, ChannelSuspension
from victimcare.overview.due import uncorrected, worked_here
from victimcare.overview.lines import Group, Line, Question, days, more, rules
from victimcare.store.clock import day_of
from victimcare.store.session import VaultSession

MOST_LOOKED_AT = 2 * CHUNK
"""People tried often enough that are looked at for a list that is cut; whole it looks at everybody."""


@dataclass(frozen=True, slots=True)
class Ways:
    """`plans`: (in force from, hours), oldest first. `stopped`: (channel, from, until or None) of suspensions."""

    plans: Sequence[tuple[datetime, tuple[SafeHours, ...]]] = ()
    stopped: Sequence[tuple[str, datetime, datetime | None]] = ()

    def counts(self, channel: str, at: datetime, *, is_time_known: bool) -> bool:
        """Whether an attempt counts. Before the first plan that plan decides: who records a past writes both on one day."""
        if any(channel == one and since < at and (until is None or at < until) for one, since, until in self.stopped):
            return False
        hours = next((agreed for since, agreed in reversed(self.plans) if since <= at), self.plans[0][1] if self.plans else ())
        wanted = _usable(hours)
        if not wanted:
            return True
        return answer_at(hours, channel, at) == wanted if is_time_known else is_safe_on(hours, channel, at, wanted)

    def needed(self, most: int) -> int:
        """By how many ways somebody must have been tried: `most`, or as many as are left."""
        hours = self.plans[-1][1] if self.plans else ()
        if not _usable(hours):
            return most
        stopped = {channel for channel, _, until in self.stopped if until is None}
        left = {row.channel for row in hours if row.is_safe == _usable(hours)} - stopped
        return max(1, min(most, len(left)))


def lost_lines(question: Question) -> list[Line]:
    """One line a person at risk or lost, longest not reached first.

    `case_now` gives who was tried often enough; in which ways is looked up only until enough lines are found, so that of the rest it is
    known only how many there are at most.
    """
    today, rule = question.today, rules()
    since = func.coalesce(CaseNow.last_achieved_on, Case.received_on)
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, since.label("since"))
        .join(CaseNow, CaseNow.case_id == Case.id)
        .where(
            CaseNow.attempts_since >= rule["attempts"], since <= today - timedelta(days=rule["at_risk_days"]), worked_here(), leads(Case.id), *question.cases
        )
        .order_by(since, Case.id)
    )
    candidates = question.session.execute(query if question.limit is None else query.limit(MOST_LOOKED_AT)).all()
    found: list[Line] = []
    looked_at = 0
    while looked_at < len(candidates) and (question.limit is None or len(found) <= question.limit):
        part = candidates[looked_at : looked_at + CHUNK]
        looked_at += len(part)
        tried = _tried(question, [row.case_id for row in part])
        at_risk = [row for row in part if row.case_id in tried]
        found += [_line(row, *tried[row.case_id], today) for row in question.readable(at_risk)]
    is_capped = question.limit is not None and len(candidates) == MOST_LOOKED_AT
    if question.limit is None or (len(found) <= question.limit and not is_capped):
        return found
    shown, rest = found[: question.limit], max(0, len(found) - question.limit) + len(candidates) - looked_at
    words = "More like this, not counted" if is_capped else f"Up to {rest} more like this" if looked_at < len(candidates) else f"{rest} more like this"
    return [*shown, replace(more(Group.AT_RISK, max(1, rest), shown[-1].what if shown else ""), what=words)]


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


def _line(row: Any, attempts: int, ways: int, today: date) -> Line:
    silent = (today - row.since).days
    why = f"not reached for {days(silent)}, {attempts} attempts by {'the one safe way' if ways == 1 else f'{ways} safe ways'}"
    is_lost = silent >= rules()["lost_days"]
    what = "Contact is lost: decide what to do" if is_lost else "Try another safe way"
    return Line("LOST" if is_lost else "AT_RISK", Group.AT_RISK, row.case_id, row.reference, what, why, row.since, "case")


def _usable(hours: Iterable[SafeHours]) -> str:
    """What a plan says of the ways that may be used: YES; ASK where none is safe; "" where it names none."""
    said = {row.is_safe for row in hours}
    return YES if YES in said else ASK if ASK in said else ""


def _tried(question: Question, case_ids: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Case -> (attempts that count, by how many ways) since the person was last reached; only those tried enough.

    A person's files that are read as one are looked at together. Three queries, whatever the number of cases up to CHUNK.
    """
    wanted = set(case_ids)
    lead_of = {case_id: case_id for case_id in case_ids} | {part: into for part, into in question.parts.items() if into in wanted}
    session, ids, rule = question.session, list(lead_of), rules()
    tried = and_(Contact.direction == "OUTBOUND", Contact.person_contacted == PERSON, Contact.outcome != "CANCELLED_US")
    query = select(Contact.case_id, Contact.channel, Contact.at, Contact.is_time_known, Contact.is_achieved)
    rows = session.execute(query.where(Contact.case_id.in_(ids), or_(Contact.is_achieved, tried), uncorrected(Contact))).all()
    reached: dict[UUID, datetime] = {}
    for row in rows:
        lead = lead_of[row.case_id]
        if row.is_achieved and (lead not in reached or row.at > reached[lead]):
            reached[lead] = row.at
    ways = _ways(session, lead_of)
    channels: dict[UUID, list[str]] = {}
    for row in rows:
        lead = lead_of[row.case_id]
        is_since = not row.is_achieved and (lead not in reached or row.at > reached[lead])
        if is_since and ways.get(lead, Ways()).counts(row.channel, row.at, is_time_known=row.is_time_known):
            channels.setdefault(lead, []).append(row.channel)
    counted = {lead: (len(tries), len(set(tries))) for lead, tries in channels.items()}
    return {lead: (tries, by) for lead, (tries, by) in counted.items() if tries >= rule["attempts"] and by >= ways.get(lead, Ways()).needed(rule["channels"])}


def _ways(session: VaultSession, lead_of: dict[UUID, UUID]) -> dict[UUID, Ways]:
    """Leading file -> every plan of the person and what was ever suspended."""
    hours: dict[UUID, list[SafeHours]] = {}
    made: dict[UUID, tuple[UUID, datetime]] = {}
    agreed = (getattr(SafeChannel, name) for name in SafeHours.__slots__)
    query = select(SafeContactPlan.id, SafeContactPlan.case_id, SafeContactPlan.made_at, SafeContactPlan.checked_on, *agreed)
    query = query.outerjoin(SafeChannel, SafeChannel.plan_id == SafeContactPlan.id).where(SafeContactPlan.case_id.in_(lead_of))
    for plan_id, case_id, since, checked_on, channel, *said in session.execute(query.order_by(SafeContactPlan.id)):
        if plan_id not in made:
            made[plan_id] = lead_of[case_id], _in_force(since, checked_on)
        if channel is not None:
            hours.setdefault(plan_id, []).append(SafeHours(channel, *said))
    plans: dict[UUID, list[tuple[datetime, tuple[SafeHours, ...]]]] = {}
    for plan_id, (lead, since) in made.items():
        plans.setdefault(lead, []).append((since, tuple(hours.get(plan_id, ()))))
    stopped: dict[UUID, list[tuple[str, datetime, datetime | None]]] = {}
    suspended = select(ChannelSuspension.case_id, ChannelSuspension.channel, ChannelSuspension.at, ChannelReview.made_at)
    suspended = suspended.outerjoin(ChannelReview, ChannelReview.suspension_id == ChannelSuspension.id)
    for case_id, channel, at, until in session.execute(suspended.where(ChannelSuspension.case_id.in_(lead_of))):
        stopped.setdefault(lead_of[case_id], []).append((channel, at, until))
    return {lead: Ways(plans.get(lead, ()), stopped.get(lead, ())) for lead in plans.keys() | stopped.keys()}


def _in_force(made_at: datetime, checked_on: date | None) -> datetime:
    """From when a plan holds: from the day it was gone through with the person, where that was before it was written down."""
    if checked_on is None or checked_on >= day_of(made_at):
        return made_at
    return made_at.replace(year=checked_on.year, month=checked_on.month, day=checked_on.day, hour=0, minute=0)
