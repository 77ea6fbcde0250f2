"""Deadlines that come by themselves: what the records say happened starts the rules that fit, meets what it answers, ends what fell away.

Which event does what is data (`resources/rules/deadlines.json`). Rows taken from a register start nothing: an import of ten
years would put thousands of deadlines of 2016 on Today, for things that were done or missed long ago. What really is still
owed of such a row is recorded by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from victimcare.casework.cases import OPEN, Case
from victimcare.casework.deadlines import Deadline, is_open, meet_deadline, record_deadline, set_not_applicable
from victimcare.reference.deadline_rules import ended_by, rule_on, rule_shown, started_by, versions_of, voided_by
from victimcare.store.session import VaultSession

LATE_REASON, VOID_REASON = "OTHER_BODY_LATE", "FELL_AWAY"  # of `deadline_reason`


def event_happened(session: VaultSession, *, event: str, on: date, about_id: UUID, case_ids: Iterable[UUID]) -> tuple[UUID, ...]:
    """Take note of an event ("ARREST", "CHARGE", "OUTCOME.ACQUITTED", "NRM.RG_POSITIVE") in each open case of `case_ids`.

    Open deadlines it answers are met on that day (late ones because who owes them was late), those that fell away no longer
    apply, and the rules it starts become deadlines, never twice about the same row. Gives the deadlines that are there now.
    """
    starts, ends, voids = started_by(event), ended_by(event), voided_by(event)
    cases = list(case_ids) if starts or ends or voids else []
    if not cases:
        return ()
    _settle(session, cases, on, ends, voids)
    in_force = [rule for rule in starts if any(version.is_valid(on) for version in versions_of(rule)) and not _has_passed(rule, on, session.today)]
    still_open = session.scalars(select(Case.id).where(Case.id.in_(cases), Case.status == OPEN).order_by(Case.id)).all()
    return tuple(record_deadline(session, case_id=case_id, rule=rule, event_on=on, about_id=about_id) for case_id in still_open for rule in in_force)


def _has_passed(rule: str, on: date, today: date) -> bool:
    """Whether the rule gives only a day to know of, and that day is over: there is nothing left to do or to know."""
    version = rule_on(rule, on)
    return version.is_milestone and version.due_on(on, enhanced=True) < today


def _settle(session: VaultSession, cases: list[UUID], on: date, ends: tuple[str, ...], voids: tuple[str, ...]) -> None:
    if not ends and not voids:
        return
    query = select(Deadline).where(Deadline.case_id.in_(cases), Deadline.rule.in_((*ends, *voids)), Deadline.event_on <= on, is_open())
    for deadline in session.scalars(query.order_by(Deadline.id)).all():
        if deadline.rule in ends:
            is_late = rule_shown(deadline.rule, deadline.event_on).is_late(deadline.due_on, on)
            meet_deadline(session, deadline_id=deadline.id, on=on, reason=LATE_REASON if is_late else None)
        else:
            set_not_applicable(session, deadline_id=deadline.id, reason=VOID_REASON, on=on)
