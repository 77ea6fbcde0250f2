"""Tasks: things to do that no other record brings back by itself. Of a case, or of the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.casework.dates import FIRST_DAY, DateRefused, possible_day
from victimcare.casework.opening import Sealed, columns, fitting, needed, opened, texts_of
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

OPEN, DONE, DROPPED = "OPEN", "DONE", "DROPPED"
TEXTS = ("what", "outcome")


class TaskSettled(Refused):
    """The task is done or dropped already."""

    def __init__(self) -> None:
        super().__init__("That task is done or dropped already.", "Write a new task for what is still to do.")


class Task(Record):
    """One thing to do. `status`: OPEN, DONE or DROPPED. Without `case_id` it is of the office."""

    __tablename__ = "task"
    __write_right__ = Right.CASEWORK
    __withdrawable__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID | None] = link("case", optional=True)
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    due_on: Mapped[date | None] = mapped_column(default=None, index=True)
    status: Mapped[str] = mapped_column(default="OPEN")
    done_on: Mapped[date | None] = mapped_column(default=None)
    what = SealedText()
    outcome = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class TaskRow:
    """A task; texts "" when not opened. `worker_id` None: whoever has the case."""

    id: UUID
    version: int
    worker_id: UUID | None
    due_on: date | None
    status: str
    done_on: date | None
    made_at: datetime
    made_by: UUID
    what: str
    outcome: str


def add_task(session: VaultSession, *, what: str, case_id: UUID | None = None, due_on: date | None = None, worker_id: UUID | None = None) -> UUID:
    """Write down something to do, of a case or (without one) of the office. Raises TextRefused, DateRefused."""
    task = Task(case_id=case_id, worker_id=worker_id, due_on=_possible(due_on))
    task.what = needed(what, "what is to do")
    session.add(task)
    return task.id


def change_task(session: VaultSession, *, task_id: UUID, version: int, what: str, due_on: date | None, worker_id: UUID | None) -> None:
    """Say anew what is to do, by when and whose it is. Raises TaskSettled, Conflict, TextRefused, DateRefused."""
    task = _open(session, task_id, version)
    task.due_on, task.worker_id = _possible(due_on), worker_id
    task.what = needed(what, "what is to do")


def settle_task(session: VaultSession, *, task_id: UUID, version: int, is_done: bool = True, outcome: str = "", on: date | None = None) -> None:
    """Done, or dropped; `outcome`: how, or why it is not done. Raises TaskSettled, Conflict, DateRefused, TextRefused (dropped without why)."""
    task = _open(session, task_id, version)
    task.status, task.done_on = DONE if is_done else DROPPED, possible_day(on or session.today, today=session.today)
    text = fitting(outcome) if is_done else needed(outcome, "a few words why it is not to be done")
    if text:
        task.outcome = text


def tasks_of(session: VaultSession, case_id: UUID | None, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[TaskRow, ...]:
    """The tasks of a case, or (None) of the office: open ones first, soonest first, then the newest settled. One query."""
    query = select(*columns(Task, TaskRow.__slots__[: -len(TEXTS)]))
    query = query.where(Task.case_id.is_(None) if case_id is None else Task.case_id == case_id, standing(Task, also_withdrawn=also_withdrawn))
    rows = session.execute(query.order_by(Task.id.desc())).all()
    texts = opened(session, [row.id for row in rows], sealed)
    found = [TaskRow(*row, **texts_of(texts, row.id, TEXTS)) for row in rows]
    return tuple(sorted(found, key=lambda row: (row.status != OPEN, row.status == OPEN and (row.due_on or date.max))))


def _possible(due_on: date | None) -> date | None:
    if due_on is not None and due_on < FIRST_DAY:
        raise DateRefused("That day is too long ago.", "Check the year.")
    return due_on


def _open(session: VaultSession, task_id: UUID, version: int) -> Any:
    task = session.get_for_change(Task, task_id, version=version)
    if task.status != OPEN:
        raise TaskSettled
    return task
