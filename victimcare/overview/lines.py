"""What one line of Today is, whose cases are asked about, and how a long kind is cut short.

Files of one person that are read as one (`casework/merging.py`) are asked about under the file that leads, with its worker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, select

from victimcare.casework.cases import OPEN, Case
from victimcare.resources import resource_json
from victimcare.store.session import VaultSession

COUNTED = 300
"""How far what is not shown is counted: past it the exact number helps nobody and costs a look at every case."""


class Scope(StrEnum):
    """Whose cases: those of one worker, those of the units the worker has cases in, or all one may see."""

    MINE = "MINE"
    TEAM = "TEAM"
    ALL = "ALL"


class Group(StrEnum):
    """What a line is, in the order the screen shows them."""

    LATE = "LATE"
    NOW = "NOW"
    TODAY = "TODAY"
    WAITING = "WAITING"
    AT_RISK = "AT_RISK"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do, and why it is here. No name and no sealed word is in it: the screen adds names it may show.

    `place`: where the work is done ("case", "referral", "draft", "draft.<form>" of no case, "leftovers", "cases.imported", "today.<group>").
    `about`: the row it is about, such as the referral. `count`: how many things the line stands for.
    """

    kind: str
    group: Group
    case_id: UUID | None
    reference: str
    what: str
    why: str
    when: date | None
    place: str
    about: UUID | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """What Today is asked: `cases` are conditions on `Case`; `limit`: lines a kind, None for all.

    `worker_id`: whose Today it is; `is_own`: that of who is signed in, not of somebody they cover for. `parts`: file -> the file it is
    read as part of. `unopened` gathers the cases of lines that were left out because who is signed in cannot open them.
    """

    session: VaultSession
    cases: tuple[ColumnElement[bool], ...]
    limit: int | None
    worker_id: UUID | None = None
    is_own: bool = True
    parts: Mapping[UUID, UUID] = field(default_factory=dict)
    unopened: list[UUID] = field(default_factory=list, compare=False)

    @property
    def today(self) -> date:
        """The office's day."""
        return self.session.today

    def lines(self, group: Group, query: Select[*tuple[Any, ...]], line: Callable[[Any], Line]) -> list[Line]:
        """The rows of `query` as lines, at most `limit`, then one line that counts the rest.

        `query` gives `case_id` and `is_restricted` among its columns; restricted cases of others are left out.
        """
        rows = self.session.execute(query if self.limit is None else query.limit(self.limit + 1)).all()
        found = [line(row) for row in self.readable(rows[: self.limit])]
        if self.limit is not None and len(rows) > self.limit:
            rest = query.order_by(None).limit(self.limit + COUNTED).subquery()
            total = self.session.scalar(select(func.count()).select_from(rest)) or 0
            found.append(more(group, total - self.limit, found[-1].what if found else ""))
        return found

    def readable(self, rows: Sequence[Any]) -> list[Any]:
        """`rows` (with `case_id` and `is_restricted`) without restricted cases of others, which `unopened` counts."""
        found = [row for row in rows if not row.is_restricted or self.session.can_open(row.case_id)]
        if len(found) < len(rows):
            kept = {row.case_id for row in found}
            self.unopened.extend(row.case_id for row in rows if row.case_id not in kept)
        return found

    def cut(self, group: Group, found: list[Line]) -> list[Line]:
        """`found` cut to the limit, with one line that counts the rest."""
        if self.limit is None or len(found) <= self.limit:
            return found
        shown = found[: self.limit]
        return [*shown, more(group, min(len(found) - self.limit, COUNTED), shown[-1].what if shown else "")]


def more(group: Group, count: int, like: str) -> Line:
    """The line that stands for those of a kind that are not shown."""
    what = f"{count} more like this" if count < COUNTED else f"{COUNTED} or more like this"
    return Line("MORE", group, None, "", what, f"the first are shown; like: {like}" if like else "", None, f"today.{group.value}", count=count)


def cases_of(scope: Scope, worker_id: UUID | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `Case` for `scope`: open ones of that worker, of the worker's units, or all."""
    mine = false() if worker_id is None else Case.worker_id == worker_id
    if scope == Scope.MINE:
        return Case.status == OPEN, mine
    if scope == Scope.TEAM:
        return Case.status == OPEN, Case.unit.in_(select(Case.unit).where(Case.status == OPEN, mine))
    return (Case.status == OPEN,)


def rules() -> Any:
    """The numbers that put a line on Today."""
    return resource_json("rules/today.json")


def days(count: int) -> str:
    """ "1 day", "4 days"."""
    return f"{count} day" if count == 1 else f"{count} days"
