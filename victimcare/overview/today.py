"""Today: what waits for the worker, each line with its reason, computed from recorded facts each time it is asked.

Nothing is pushed or remembered: a line appears when the records say so and goes when they no longer do. Stance is
never read here. People taken over from an old register do not each get a line for what the register left undone
(thousands of people not reached since 2017 would hide the three who matter): they are one line with a count until
somebody here contacts them or makes a plan with them; from then on they are like everybody else. Each kind shows at most
`lines_a_kind` lines and then how many more there are; `limit=None` shows all.

What somebody put off is left out for them alone, until its day, and told apart. Files of one person that are read as one have their
lines under the file that leads. A case that the reader cannot open has no line for them; who covers for a colleague is told how many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select

from victimcare.casework.case_now import CHUNK
from victimcare.casework.cases import Case
from victimcare.casework.merging import Merged
from victimcare.casework.snoozes import SnoozeRow, my_snoozes
from victimcare.casework.workers import worker_of_member
from victimcare.overview.dangers import risk_lines
from victimcare.overview.due import contact_lines, plan_lines, review_lines
from victimcare.overview.kept import approval_lines, retention_lines
from victimcare.overview.lines import Group, Line, Question, Scope, cases_of, rules
from victimcare.overview.lost import lost_lines, untouched_lines
from victimcare.overview.owed import deadline_lines
from victimcare.overview.planned import appointment_lines, task_lines
from victimcare.overview.safety import suspension_lines
from victimcare.overview.unanswered import safeguarding_lines
from victimcare.overview.waiting import consent_lines, draft_lines, leftover_lines, referral_lines, unsent_lines
from victimcare.store.clock import day_of
from victimcare.store.session import VaultSession

URGENT = (Group.LATE, Group.AT_RISK)
"""What is put off for days, never for weeks."""

OF_ITSELF = ("DRAFT", "APPROVAL")
"""Kinds asked of everything at once, whichever cases are asked about."""

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
    approval_lines,
    retention_lines,
    leftover_lines,
    untouched_lines,
    lost_lines,
)


@dataclass(frozen=True, slots=True)
class PutOff:
    """A line that the reader put off, and the first day it shows again."""

    line: Line
    snooze_id: UUID
    until: date


@dataclass(frozen=True, slots=True)
class Today:
    """What waits. `unopened`: how many lines are of cases the reader cannot open, counted only for whom the reader covers for."""

    lines: tuple[Line, ...]
    put_off: tuple[PutOff, ...]
    unopened: int


def today_of(session: VaultSession, *, scope: Scope = Scope.MINE, worker_id: UUID | None = None, limit: int | None = -1) -> Today:
    """What waits, grouped (LATE, NOW, TODAY, WAITING, AT_RISK) and in each group oldest first; coded facts alone.

    `worker_id`: whose, the signed-in member's without. `limit`: lines a kind, the rule's without, None for all.
    One query a kind, each narrowed by `case_now`; where files are read as one, one more for the parts.
    """
    me = worker_of_member(session, session.member.id)
    worker = me if worker_id is None else worker_id
    parts: dict[UUID, UUID] = dict(session.execute(select(Merged.case_id, Merged.into_case_id).where(Merged.until_on.is_(None))).all())
    cases = cases_of(scope, worker)
    question = Question(session, cases, rules()["lines_a_kind"] if limit == -1 else limit, worker, is_own=worker == me, parts=parts)
    if parts:
        question = replace(question, cases=(*cases, Case.id.not_in(select(Merged.case_id).where(Merged.until_on.is_(None)))))
    lines = [line for kind in KINDS for line in kind(question)]
    lines += _of_parts(question, cases)
    order = list(Group)
    lines.sort(key=lambda line: (order.index(line.group), line.kind == "MORE", line.when or date.max))
    shown, put_off = _apart(lines, my_snoozes(session), session.today)
    return Today(tuple(shown), tuple(put_off), 0 if question.is_own else len(question.unopened))


def today_lines(session: VaultSession, *, scope: Scope = Scope.MINE, worker_id: UUID | None = None, limit: int | None = -1) -> tuple[Line, ...]:
    """The lines of `today_of`."""
    return today_of(session, scope=scope, worker_id=worker_id, limit=limit).lines


def last_day_off(line: Line, today: date) -> date:
    """The latest day to which a line may be put off: what is late, at risk or about an unsafe way comes back within days, nothing
    waits past its own day."""
    kept = rules()
    is_urgent = line.group in URGENT or line.kind == "SUSPENDED"
    last = today + timedelta(days=kept["put_off_days_urgent" if is_urgent else "put_off_days"])
    return last if line.when is None or line.when <= today else min(last, line.when)


def is_nobody_here(session: VaultSession) -> bool:
    """Whether the vault holds no case at all yet."""
    return session.scalar(select(Case.id).limit(1)) is None


def _of_parts(question: Question, cases: Iterable[ColumnElement[bool]]) -> list[Line]:
    """What is recorded in files that are read as part of those asked about, told under the file that leads; most vaults have none."""
    if not question.parts:
        return []
    session = question.session
    leading: dict[UUID, str] = {}
    ids = list(set(question.parts.values()))
    for start in range(0, len(ids), CHUNK):
        rows = session.execute(select(Case.id, Case.reference, Case.is_restricted).where(Case.id.in_(ids[start : start + CHUNK]), *cases)).all()
        leading.update((row.id, row.reference) for row in rows if not row.is_restricted or session.can_open(row.id))
    theirs = [part for part, into in question.parts.items() if into in leading]
    found: list[Line] = []
    for start in range(0, len(theirs), CHUNK):
        asked = replace(question, cases=(Case.id.in_(theirs[start : start + CHUNK]),))
        found += [line for kind in KINDS for line in kind(asked) if line.case_id in question.parts and line.kind not in OF_ITSELF]
    into = [(line, question.parts[line.case_id]) for line in found if line.case_id is not None]
    return [replace(line, case_id=lead, reference=leading[lead]) for line, lead in into if lead in leading]


def _apart(lines: list[Line], snoozes: Iterable[SnoozeRow], today: date) -> tuple[list[Line], list[PutOff]]:
    """The lines to show, and those put off, soonest back first."""
    by_line = {(one.kind, one.case_id, one.about_id): one for one in snoozes}
    shown, put_off = [], []
    for line in lines:
        snooze = by_line.get((line.kind, line.case_id, line.about))
        until = _until(line, snooze) if snooze is not None else today
        if snooze is not None and until > today:
            put_off.append(PutOff(line, snooze.id, until))
        else:
            shown.append(line)
    return shown, sorted(put_off, key=lambda one: one.until)


def _until(line: Line, snooze: SnoozeRow) -> date:
    """The day the line comes back. What became late meanwhile comes back sooner; what is due anew was never put off."""
    on = day_of(snooze.made_at)
    if line.about is None and line.when is not None and line.when > on:
        return on
    return min(snooze.until, last_day_off(line, on))
