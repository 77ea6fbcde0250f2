"""Today: what waits for the worker, each line with its reason, computed from recorded facts each time it is asked.

Nothing is pushed or remembered: a line appears when the records say so and goes when they no longer do. Stance is
never read here. People taken over from an old register do not each get a line for what the register left undone
(thousands of people not reached since 2017 would hide the three who matter): they are one line with a count until
somebody here contacts them or makes a plan with them; from then on they are like everybody else. Each kind shows at most
`lines_a_kind` lines and then how many more there are; `limit=None` shows all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from victimcare.casework.cases import Case
from victimcare.casework.workers import worker_of_member
from victimcare.overview.dangers import risk_lines
from victimcare.overview.due import contact_lines, plan_lines, review_lines
from victimcare.overview.lines import Group, Line, Question, Scope, cases_of, rules
from victimcare.overview.lost import lost_lines, untouched_lines
from victimcare.overview.owed import deadline_lines
from victimcare.overview.planned import appointment_lines, task_lines
from victimcare.overview.safety import suspension_lines
from victimcare.overview.unanswered import safeguarding_lines
from victimcare.overview.waiting import consent_lines, draft_lines, leftover_lines, referral_lines, unsent_lines
from victimcare.store.session import VaultSession

KINDS: tuple[Callable[[Question], list[Line]], ...] = (
    suspension_lines,
    appointment_lines,
    contact_lines,
    task_lines,
    deadline_lines,
    risk_lines,
    review_lines,
    plan_lines,
    draft_lines,
    consent_lines,
    referral_lines,
    safeguarding_lines,
    unsent_lines,
    leftover_lines,
    untouched_lines,
    lost_lines,
)


def today_lines(session: VaultSession, *, scope: Scope = Scope.MINE, worker_id: UUID | None = None, limit: int | None = -1) -> tuple[Line, ...]:
    """What waits, grouped (LATE, NOW, TODAY, WAITING, AT_RISK) and in each group oldest first; coded facts alone.

    `worker_id`: whose, the signed-in member's without. `limit`: lines a kind, the rule's without, None for all.
    One query a kind, each narrowed by `case_now`.
    """
    worker = worker_id if worker_id is not None else worker_of_member(session, session.member.id)
    question = Question(session, cases_of(scope, worker), rules()["lines_a_kind"] if limit == -1 else limit)
    lines = [line for kind in KINDS for line in kind(question)]
    order = list(Group)
    return tuple(sorted(lines, key=lambda line: (order.index(line.group), line.kind == "MORE", line.when or date.max)))


def is_nobody_here(session: VaultSession) -> bool:
    """Whether the vault holds no case at all yet."""
    return session.scalar(select(Case.id).limit(1)) is None
