"""Tasks of the office: what is to do that belongs to no case. Written down, done or dropped over the list, in place.

What is to do is sealed: opening the list is noted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from victimcare.casework.tasks import DONE, DROPPED, OPEN, TaskRow, add_task, settle_task, tasks_of
from victimcare.casework.workers import workers
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, column
from victimcare.ui.screens.list_screen import ListScreen
from victimcare.ui.screens.office_box import OfficeBox, Wrong
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.widgets.table import Column, Mark
from victimcare.ui.words import count, day

WIDTH = 300
STATES = {OPEN: "Open", DONE: "Done", DROPPED: "Dropped"}


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """A task with whose it is, and whether its day has passed."""

    row: TaskRow
    whose: str
    is_late: bool

    @property
    def id(self) -> UUID:
        return self.row.id


def listed(session: Any) -> tuple[Listed, ...]:
    """Every task of the office, open ones first. Needs a noted reading of the office's sealed parts."""
    names = {one.id: one.name for one in workers(session)}
    found = tasks_of(session, None)
    return tuple(Listed(row, names.get(row.worker_id, "") if row.worker_id else "", _is_late(row, session.today)) for row in found)


def _is_late(row: TaskRow, today: date) -> bool:
    return row.status == OPEN and row.due_on is not None and row.due_on < today


COLUMNS = (
    Column("What", lambda one: one.row.what, width=300, stretch=True, tip=lambda one: one.row.what),
    Column("By", lambda one: day(one.row.due_on), sort=lambda one: one.row.due_on, width=128, mark=lambda one: Mark("late", "Late", "late") if one.is_late else None),
    Column("Whose", lambda one: one.whose or "Anybody", width=112, tone="muted"),
    Column("State", lambda one: STATES[one.row.status], width=96, tone="muted"),
)  # fmt: skip


class OfficeTasksScreen(ListScreen):
    """`Place("tasks", task_id or None)`."""

    name = "tasks"
    title = "Tasks of the office"
    reads = frozenset({"task"})
    reading = Reading.office("tasks")
    rows = staticmethod(listed)

    def __init__(self, work: Any, window: Any) -> None:
        super().__init__(work, window)
        self.head = PageHead("Tasks of the office", "", Button("New task", self.new, kind="primary", icon="plus", key="N"))
        self.which = Segments([(OPEN, "Open"), ("ALL", "All")], "Which")
        self.table = RowsTable(COLUMNS, "Tasks of the office")
        self.new_box, self.settle_box = NewTaskBox(work), SettleTaskBox(work)
        frame, side = column(WIDTH, "left")
        self.what, self.outcome = Words("", "section", wraps=True), Words("", wraps=True)
        self.done_button = Button("Done, or not to be done", self.settle, key="D")
        for widget in (self.what, self.outcome, self.done_button):
            side.addWidget(widget)
        side.addStretch(1)
        self._stand(self.which, self._boxes(), frame, WIDTH, least_height=160)
        self.which.chosen.connect(lambda _: self._show())
        self.table.opened.connect(lambda _: self.settle())
        for box in self._boxes():
            box.saved.connect(lambda words: self.frame.say("safe", words))
            box.gone.connect(self.table.setFocus, Qt.ConnectionType.QueuedConnection)

    def keys(self) -> list[Key]:
        return [
            Key("N", "New task of the office", self.new), Key("D", "Say that the chosen task is done, or not to be done", self.settle),
            Key("Return", "Say that the chosen task is done, or not to be done"),
        ]  # fmt: skip

    def new(self) -> None:
        """Open the box for a new task."""
        self._start(self.new_box, self.settle_box, None)

    def settle(self) -> None:
        """Open the box for what came of the chosen task."""
        one = self.table.current_row()
        if one is not None and one.row.status == OPEN:
            self.settle_box.row = one.row
            self._start(self.settle_box, self.new_box, one.row.id)

    def forget(self) -> None:
        self._rows = ()
        for box in self._boxes():
            box.forget()
        self.settle_box.row = None
        self.table.show_rows(())
        self._choose(None)

    def _start(self, box: OfficeBox, other: OfficeBox, about: UUID | None) -> None:
        if other.isVisible():
            other.close_keeping()
        box.start(about, self._today)

    def _boxes(self) -> tuple[OfficeBox, ...]:
        return self.new_box, self.settle_box

    def _take(self, answer: tuple[tuple[Any, ...], date]) -> None:
        super()._take(answer)
        self.work.read(self, workers, lambda found: self.new_box.whose.fill([(str(one.id), one.name) for one in found]), key="workers")

    def _show(self) -> None:
        shown = [one for one in self._rows if self.which.value() == "ALL" or one.row.status == OPEN]
        there = sum(one.row.status == OPEN for one in self._rows)
        self._fill(shown, f"{count(there, 'task', 'tasks')} open", "Nothing is to do for the office. N writes a task down.")

    def _choose(self, one: Listed | None) -> None:
        self.what.setText(one.row.what if one else "")
        self.outcome.setText(one.row.outcome if one else "")
        self.done_button.setVisible(one is not None and one.row.status == OPEN)


class NewTaskBox(OfficeBox):
    """What, by when, whose."""

    form, heading, verb, done = "office task", "A new task of the office", "Add the task", "The task is written down."

    def __init__(self, work: Any) -> None:
        super().__init__(work)
        what = QLineEdit()
        what.setPlaceholderText("What is to do, in a few words")
        self.what = self.field("what", "What", what)
        due_on = DateBox(None, name="Day it is due", today=lambda: self.today)
        due_on.setProperty("starts_empty", True)
        self.due_on = self.field("due_on", "By", due_on)
        self.whose = self.field("whose", "Whose", CodeBox((), "Whose it is", empty="Anybody", small=True))

    def wrong(self) -> Wrong:
        if not self.what.text().strip():
            return "Say what is to do.", self.what
        return None if self.due_on.is_valid() else ("That is not a date. Type such as 27 Nov, fri or +3, or leave it empty.", self.due_on)

    def deed(self) -> Callable[[Any], Any]:
        what, due_on, whose = self.what.text(), self.due_on.value(), self.whose.value()
        return lambda session: add_task(session, what=what, due_on=due_on, worker_id=UUID(whose) if whose else None)


class SettleTaskBox(OfficeBox):
    """Done, or not to be done and why. `row`: the task."""

    form, heading, done = "office task done", "What came of the task", "What came of the task is written down."

    def __init__(self, work: Any) -> None:
        super().__init__(work)
        self.row: TaskRow | None = None
        outcome = QLineEdit()
        outcome.setPlaceholderText("How it was done, or why it is not to be done")
        self.status = self.field("status", "It is", CodeBox([(DONE, "Done"), (DROPPED, "Not to be done")], "What came of it", DONE, small=True))
        self.status.setProperty("first", DONE)
        self.outcome = self.field("outcome", "In words", outcome)

    def wrong(self) -> Wrong:
        if self.status.value() == DROPPED and not self.outcome.text().strip():
            return "Say in a few words why it is not to be done.", self.outcome
        return None

    def deed(self) -> Callable[[Any], Any]:
        row, is_done, outcome = self.row, self.status.value() == DONE, self.outcome.text()
        assert row is not None, "a task is chosen"
        return lambda session: settle_task(session, task_id=row.id, version=row.version, is_done=is_done, outcome=outcome)
