"""Tasks of the case: what is to do, by when and whose; the box that writes one down and the one that says it is done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from victimcare.casework.tasks import OPEN, TaskRow, add_task, change_task, settle_task
from victimcare.overview.case_page import CasePage
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import count, short_day

DONE, DROPPED, CHANGED = "DONE", "DROPPED", "CHANGED"
DOES = ((DONE, "Done"), (DROPPED, "Not to be done"), (CHANGED, "Change it"))


class TaskBox(CaseBox):
    """A new one: what, by when, whose."""

    heading = "A task"
    verb = "Add the task"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.what, self.due_on, self.whose = _fields(self, None)
        self.setFocusProxy(self.what)

    def wrong(self) -> tuple[str, QWidget] | None:
        return _wrong(self.what, self.due_on)

    def deed(self) -> Deed:
        case_id, what, due_on, whose = self.ground.case_id, self.what.text(), self.due_on.value(), self.whose.value()
        return lambda session: add_task(session, case_id=case_id, what=what, due_on=due_on, worker_id=UUID(whose) if whose else None)


class TaskStepBox(CaseBox):
    """`about`: the task. Done, unless something else is chosen; dropping asks why."""

    heading = "A task done"
    verb = "Save"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.row = next(row for row in ground.page.file.tasks if row.id == ground.about)
        self.asked = Words(self.row.what, wraps=True)
        self.form.addRow(self.asked)
        self.does = self.field("does", "It is", Segments(DOES, "What came of it"))
        self.outcome = self.field("outcome", "In words", NoteBox("What came of it, in words", "How it was done, or why it is not to be done"))
        self.what, self.due_on, self.whose = _fields(self, self.row)
        self.does.chosen.connect(self._look)
        self._look()
        self._is_touched = False
        self._keep_soon.stop()
        self.setFocusProxy(self.does)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.does.value() == CHANGED:
            return _wrong(self.what, self.due_on)
        if self.does.value() == DROPPED and not self.outcome.text():
            return "Say in a few words why it is not to be done.", self.outcome
        return None

    def deed(self) -> Deed:
        row, does, outcome = self.row, self.does.value(), self.outcome.text()
        what, due_on, whose = self.what.text(), self.due_on.value(), self.whose.value()
        worker_id = UUID(whose) if whose else None
        if does == CHANGED:
            return lambda session: change_task(session, task_id=row.id, version=row.version, what=what, due_on=due_on, worker_id=worker_id)
        return lambda session: settle_task(session, task_id=row.id, version=row.version, is_done=does == DONE, outcome=outcome)

    def forget(self) -> None:
        super().forget()
        self.asked.setText("")

    def _look(self, *_: object) -> None:
        is_change = self.does.value() == CHANGED
        self.form.setRowVisible(self.outcome, not is_change)
        for field in (self.what, self.due_on, self.whose):
            self.form.setRowVisible(field, is_change)


class TasksPart(Part):
    """Open ones, soonest first; Enter on one says what came of it."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Tasks", "T", "Write down a task", doors.to_box("task"))
        self._doors = doors

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        found = open_tasks(page)
        for row in found:
            is_late = row.due_on is not None and row.due_on < today
            state = "" if row.due_on is None else "late" if is_late else "today" if row.due_on == today else short_day(row.due_on, today)
            due = f"Due {short_day(row.due_on, today)}" if is_late and row.due_on else ""
            about = (", ".join(filter(None, (due, f"for {page.names[row.worker_id]}" if row.worker_id in page.names else ""))),)
            strong, tone, pressed = is_late or row.due_on == today, "late" if is_late else "text", self._doors.to_box("task_step", row.id)
            self.add(Card(row.what, state, about, is_strong=strong, tone=tone, pressed=pressed, deed="Say what came of it"))
        if not found:
            settled = len(page.file.tasks)
            self.nothing(f"None open, {count(settled, 'is', 'are')} done or dropped" if settled else "None")


def open_tasks(page: CasePage) -> list[TaskRow]:
    """Those still to do, soonest first."""
    return sorted((row for row in page.file.tasks if row.status == OPEN), key=lambda row: row.due_on or date.max)


def _fields(box: CaseBox, row: TaskRow | None) -> tuple[NoteBox, DateBox, CodeBox]:
    what = box.field("what", "What", NoteBox("What is to do", "What is to do, in a few words"))
    due_on = box.field("due_on", "By", DateBox(row.due_on if row else None, name="Day it is due", today=box.ground.today))
    workers = [(str(id), name) for id, name in box.ground.page.file.workers.items()]
    whose = box.field("whose", "Whose", CodeBox(workers, "Whose it is", str(row.worker_id) if row and row.worker_id else None, empty="Whoever has the case"))
    if row is not None:
        what.set_text(row.what)
    return what, due_on, whose


def _wrong(what: NoteBox, due_on: DateBox) -> tuple[str, QWidget] | None:
    if not what.text().strip():
        return "Say what is to do.", what
    return None if due_on.is_valid() else ("That is not a date. Type such as 27 Nov, fri or +3, or leave it empty.", due_on)
