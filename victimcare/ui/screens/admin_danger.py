"""Danger now, as the office has it: supervisors write its steps and numbers, in the order in which they are to be done."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from victimcare.casework.danger_steps import MOST_STEPS, DangerPage, Step, danger_page, rows_now, write_danger_steps
from victimcare.casework.drafts import DraftRow, discard_draft, draft_of, keep_draft
from victimcare.refused import Refused
from victimcare.store.errors import Conflict
from victimcare.store.reading import Reading
from victimcare.ui.door import beside
from victimcare.ui.screens.admin_part import section
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button, IconButton
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.note_box import NoteBox

if TYPE_CHECKING:
    from victimcare.ui.window import MainWindow
    from victimcare.ui.work import Work

FORM = "danger steps"
KEEP_AFTER_MS = 1_000
MEANWHILE = ("Somebody else wrote these steps meanwhile. F9 shows theirs; what you typed is kept here.", "Save again to put yours in their place.")
ABOUT = "What F9 shows caseworkers, from anywhere. Short, plain words for somebody who is frightened; whom to call stands big beside them."


class DangerSteps(QWidget):
    """One row a step; a section of Settings. What is typed is kept, sealed, until it is saved or thrown away."""

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__()
        self.work, self.frame = work, window
        self.rows: list[_Row] = []
        self._seen: tuple[UUID, ...] = ()
        self._is_sure = False
        self.message, self.told = Message(framed=False), Words("", "small")
        self._lines, column = QVBoxLayout(), QVBoxLayout(self)
        for layout in (self._lines, column):
            space(layout, gap=8)
        section(column, "Danger now", ABOUT)
        column.addLayout(self._lines)
        self.add_button = Button("Add a step", self._add_empty, icon="plus")
        self.save_button = Button("Save these steps", self.save, kind="primary")
        self.usual_button = Button("Go back to the public steps", self._to_usual, kind="flat")
        column.addLayout(beside(self.add_button))
        column.addWidget(self.message)
        column.addLayout(beside(self.save_button, self.usual_button))
        column.addWidget(self.told)
        self._keep_soon = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep_soon.timeout.connect(self.keep)

    def open(self) -> None:
        """Read the steps, unless somebody is writing them."""
        if not self._keep_soon.isActive():
            self.work.read(self, _read, self._take, key="steps", reading=Reading.office("danger steps"), failed=self.frame.refuse)

    def forget(self) -> None:
        """Keep what was typed, and take it off the widgets."""
        if self._keep_soon.isActive():
            self.keep()
        self._fill(())
        self._is_sure = False

    def keep(self) -> None:
        """Keep what was typed as a draft, now."""
        self._keep_soon.stop()
        body = json.dumps([[step.what, step.number] for step in self.steps()], ensure_ascii=False)
        self.work.change(self, lambda session: keep_draft(session, form=FORM, body=body), lambda _: self.told.setText("Draft kept, not saved"))

    def save(self) -> None:
        """Write them in place of those there were."""
        steps = [step for step in self.steps() if step.what or step.number]
        empty = next((row for row in self.rows if row.number.text().strip() and not row.what.text().strip()), None)
        if empty is not None:
            self.message.say("caution", "Say what to do in the step that has a number.")
            empty.what.setFocus()
            return
        self._write(steps)

    def steps(self) -> list[Step]:
        """What the rows say."""
        return [Step(row.what.text().strip(), row.number.text().strip()) for row in self.rows]

    def _write(self, steps: list[Step]) -> None:
        self._keep_soon.stop()
        seen = self._seen

        def write(session: Any) -> DangerPage:
            write_danger_steps(session, steps, seen=seen)
            discard_draft(session, form=FORM)
            session.flush()
            return danger_page(session)

        self.work.change(self, write, self._written, failed=self._refused)

    def _refused(self, refused: Refused) -> None:
        self.keep()
        if isinstance(refused, Conflict):
            self.message.say("caution", *MEANWHILE)
            self.work.read(self, rows_now, self._take_seen, key="rows")
        else:
            self.message.refuse(refused)

    def _take_seen(self, rows: tuple[UUID, ...]) -> None:
        self._seen = rows

    def _written(self, page: DangerPage) -> None:
        self._show(page)
        self.told.setText("Saved. F9 shows these steps." if page.is_own else "Saved. F9 shows the public steps.")

    def _to_usual(self) -> None:
        """The office's own words go with it: said once, done when asked again."""
        if self._is_sure:
            self._write([])
        else:
            self._is_sure = True
            self.message.say("caution", "Your office's own steps are thrown away for good by that.", "Press it again to go back to the public steps.")

    def _take(self, found: tuple[DangerPage, DraftRow | None]) -> None:
        page, draft = found
        self._show(page)
        if draft is not None:
            self._fill([Step(*one) for one in json.loads(draft.body)])
            self.told.setText("Draft, not saved")

    def _show(self, page: DangerPage) -> None:
        self.message.put_away()
        self._seen, self._is_sure = page.rows, False
        self._fill(page.steps)
        self.usual_button.setVisible(page.is_own)
        self.told.setText("" if page.is_own else "These are the public steps. Change what is different in your office, then save.")

    def _fill(self, steps: Any) -> None:
        clear(self._lines)
        self.rows = []
        for step in steps:
            self._add(step)
        self._number()

    def _add(self, step: Step) -> _Row:
        row = _Row(step)
        row.what.edited.connect(self._edited)
        row.number.textEdited.connect(self._edited)
        row.up.clicked.connect(partial(self._move_up, row))
        row.gone.clicked.connect(partial(self._remove, row))
        self.rows.append(row)
        self._lines.addWidget(row)
        return row

    def _add_empty(self) -> None:
        row = self._add(Step(""))
        self._number()
        row.what.setFocus()

    def _move_up(self, row: _Row, *_: object) -> None:
        at = self.rows.index(row)
        if at:
            steps = self.steps()
            steps[at - 1], steps[at] = steps[at], steps[at - 1]
            self._fill(steps)
            self.rows[at - 1].up.setFocus()
            self._edited()

    def _remove(self, row: _Row, *_: object) -> None:
        steps = self.steps()
        del steps[self.rows.index(row)]
        self._fill(steps)
        self._edited()

    def _number(self) -> None:
        for at, row in enumerate(self.rows, start=1):
            row.tell_place(at)
        self.add_button.setEnabled(len(self.rows) < MOST_STEPS)

    def _edited(self, *_: object) -> None:
        if not self._keep_soon.isActive():
            self._keep_soon.start()


class _Row(QWidget):
    """One step: its place, what to do, whom to call."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.place, self.what, self.number = Words(""), NoteBox("What to do", "What to do"), QLineEdit(step.number)
        self.what.set_text(step.what)
        self.number.setPlaceholderText("Number, or nothing")
        self.up, self.gone = IconButton("up", "Earlier"), IconButton("bin", "Take this step out")
        size(self.place, width=20)
        size(self.number, width=150)
        row = QHBoxLayout(self)
        space(row, gap=8)
        row.addWidget(self.place)
        row.addWidget(self.what, 1)
        for widget in (self.number, self.up, self.gone):
            row.addWidget(widget)

    def tell_place(self, at: int) -> None:
        """Which step it is now."""
        self.place.setText(str(at))
        self.what.setAccessibleName(f"Step {at}: what to do")
        self.number.setAccessibleName(f"Step {at}: whom to call")
        self.up.setAccessibleName(f"Step {at}: earlier")
        self.gone.setAccessibleName(f"Step {at}: take it out")


def _read(session: Any) -> tuple[DangerPage, DraftRow | None]:
    return danger_page(session), draft_of(session, FORM)
