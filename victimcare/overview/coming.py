"""What comes next, after what waits today: the first days ahead on which something is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from victimcare.casework.case_now import (
    APPOINTMENT,
    BARRIER_REVIEW,
    DEADLINE,
    MILESTONE,
    NEXT_STEP,
    REFERRAL_ANSWER,
    RISK_REVIEW,
    SAFEGUARDING_ANSWER,
    TASK,
    CaseNow,
)
from victimcare.casework.cases import Case
from victimcare.casework.merging import leads
from victimcare.casework.workers import worker_of_member
from victimcare.overview.lines import Scope, cases_of
from victimcare.store.session import VaultSession

WORDS = {
    NEXT_STEP: "Planned contact",
    APPOINTMENT: "An appointment",
    TASK: "A task",
    BARRIER_REVIEW: "Look again at a barrier",
    REFERRAL_ANSWER: "A partner's answer",
    DEADLINE: "A deadline",
    MILESTONE: "A day to know of",
    RISK_REVIEW: "Review the risk",
    SAFEGUARDING_ANSWER: "An answer from another state",
}


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing ahead. Names are the screen's."""

    on: date
    what: str
    case_id: UUID
    reference: str


def coming(session: VaultSession, *, scope: Scope = Scope.MINE, worker_id: UUID | None = None, limit: int = 3) -> tuple[Coming, ...]:
    """The next `limit` things due after today, soonest first; coded facts alone, one query. `worker_id`: whose, the signed-in member's without."""
    worker = worker_of_member(session, session.member.id) if worker_id is None else worker_id
    query = (
        select(Case.id, Case.reference, Case.is_restricted, CaseNow.next_due_on, CaseNow.next_due_kind)
        .join(CaseNow, CaseNow.case_id == Case.id)
        .where(CaseNow.next_due_on > session.today, leads(Case.id), *cases_of(scope, worker))
        .order_by(CaseNow.next_due_on, Case.id)
        .limit(limit + 20)  # room for restricted cases of others, which are left out
    )
    rows = [row for row in session.execute(query) if not row.is_restricted or session.can_open(row.id)]
    return tuple(Coming(row.next_due_on, WORDS.get(row.next_due_kind, row.next_due_kind), row.id, row.reference) for row in rows[:limit])
