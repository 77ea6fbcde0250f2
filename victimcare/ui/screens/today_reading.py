"""What Today reads: the lines of whoever's Today is shown, and, once the keyboard rests on one, what is sealed about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from victimcare.casework.cover import CoverRow, covers_now
from victimcare.casework.office_rules import PLAN_CHECK, days_of, usual_days
from victimcare.casework.safe_contact import Plan, plan_of
from victimcare.casework.snoozes import why_put_off
from victimcare.casework.suspensions import Suspended, standing_suspensions
from victimcare.casework.workers import worker_of_member
from victimcare.overview.coming import Coming, coming
from victimcare.overview.lines import Line, Scope
from victimcare.overview.today import Today, is_nobody_here, today_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one reading of Today gave. `me`: the worker who is signed in. `covers`: those of the office."""

    all: Today
    next: tuple[Coming, ...]
    today: date
    is_nobody_here: bool = False
    covers: tuple[CoverRow, ...] = ()
    me: UUID | None = None
    plan_days: int = usual_days(PLAN_CHECK)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What waits and was not put off."""
        return self.all.lines


NOTHING = Waiting(Today((), (), 0), (), date.min)


@dataclass(frozen=True, slots=True, repr=False)
class OneLine:
    """How the person of a line may be reached, and what is suspended now. `why_put_off`: the reason, of a line that was put off."""

    plan: Plan | None = None
    suspended: tuple[Suspended, ...] = ()
    why_put_off: str = ""


def read_today(session: Any, whose: Scope | UUID, limit: int | None) -> Waiting:
    """`whose`: a scope of one's own, or the worker one covers for."""
    asked: dict[str, Any] = {"scope": whose} if isinstance(whose, Scope) else {"worker_id": whose}
    waits, after = today_of(session, **asked, limit=limit), coming(session, **asked)
    me = worker_of_member(session, session.member.id)
    return Waiting(waits, after, session.today, is_nobody_here(session), covers_now(session), me, days_of(session, PLAN_CHECK))


def read_line(session: Any, case_id: UUID | None, snooze_id: UUID | None) -> OneLine:
    """Needs a noted reading, of the case where the line is about one."""
    why = why_put_off(session, snooze_id) if snooze_id is not None else ""
    if case_id is None:
        return OneLine(why_put_off=why)
    return OneLine(plan_of(session, case_id), standing_suspensions(session, [case_id]).get(case_id, ()), why)
