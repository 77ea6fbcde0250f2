"""Danger now: what to do first, in big plain words. Reached from anywhere; that it was opened is noted.

The public steps show at once, and the office's own take their place as soon as they are read. Of the case one came from its
reference alone is here, and the way back to it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from victimcare.casework.case_list import case_head
from victimcare.casework.danger_steps import DangerPage, Step, danger_page, usual_steps
from victimcare.refused import Refused
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.screens.admin_part import reading_page
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

NUMBER_WIDTH = 190
NOTED = "That this page was opened is noted. These are your office's own steps."
NOTED_USUAL = "That this page was opened is noted. These are public steps: a supervisor can write your office's own in Admin, Settings."
NOTED_HIDDEN = "That this page was opened is noted. Your office has steps of its own, which open to caseworkers alone: these are the public ones."
NOT_NOTED = "That this page was opened could not be noted, since nothing can be written here. Your office's own steps, if it has any, do not open so."


class DangerScreen(Screen):
    """`place.id`: the case that was open, if one was."""

    title = "Danger now"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        self._case_id: UUID | None = None
        self._known = DangerPage(usual_steps(), is_own=False)
        self.back_button = Button("Back", window.back, key="Esc")
        self.case_button = Button("Back to the case", self._to_case, icon="folder")
        self.head = PageHead("Danger now", "What to do first", self.case_button, self.back_button, line=True)
        self.page.addWidget(self.head)
        column = reading_page(self.page)
        self.steps, self.noted = QVBoxLayout(), State("info", "Note", "info")
        space(self.steps, gap=4)
        column.addLayout(self.steps)
        column.addSpacing(8)
        column.addWidget(self.noted)
        column.addStretch(1)
        self.setFocusProxy(self.back_button)

    def open(self, place: Place) -> None:
        self._case_id = place.id if isinstance(place.id, UUID) else None
        self.case_button.setVisible(self._case_id is not None)
        self.case_button.setText("Back to the case")
        self.noted.hide()
        self._show_steps(self._known.steps)
        self.work.read(self, danger_page, self._take, key="steps", reading=Reading.danger(self._case_id), failed=self._not_noted)
        if self._case_id is not None:
            case_id = self._case_id
            self.work.read(self, lambda session: case_head(session, case_id), self._name_case, key="case")

    def refresh(self, kinds: set[str]) -> None:
        if "danger_step" in kinds:
            self.work.read(self, danger_page, self._take, key="steps", reading=Reading.danger(self._case_id), failed=self._not_noted)

    def keys(self) -> list[Key]:
        return [Key("Esc", "Back to where you were", self.frame.back)]

    def forget(self) -> None:
        self._known, self._case_id = DangerPage(usual_steps(), is_own=False), None
        clear(self.steps)
        self.case_button.setText("Back to the case")

    def _take(self, page: DangerPage) -> None:
        self._known = page
        self._show_steps(page.steps)
        self._say(NOTED if page.is_own else NOTED_HIDDEN if page.is_hidden else NOTED_USUAL)

    def _not_noted(self, _: Refused) -> None:
        self._say(NOT_NOTED, is_caution=True)

    def _say(self, words: str, *, is_caution: bool = False) -> None:
        icon, word = ("caution", "Caution") if is_caution else ("info", "Note")
        self.noted.show_state(icon, word, icon, words)
        self.noted.show()

    def _name_case(self, head: Any) -> None:
        if head is not None and head.id == self._case_id:
            self.case_button.setText(f"Back to {head.reference}")

    def _to_case(self) -> None:
        if self._case_id is not None:
            self.frame.go(Place("case", self._case_id))

    def _show_steps(self, steps: tuple[Step, ...]) -> None:
        clear(self.steps)
        for at, step in enumerate(steps, start=1):
            self.steps.addWidget(_step(at, step))


def _step(at: int, step: Step) -> QFrame:
    """One step: its place, whom to call, big, and what to do."""
    frame = QFrame()
    frame.setProperty("edge", "bottom")
    row, text, top = QHBoxLayout(frame), QVBoxLayout(), Qt.AlignmentFlag.AlignTop
    space(row, 0, 8, 0, 10, gap=16)
    space(text, gap=2)
    place, what = Words(str(at), "title"), Words(step.what, "section", wraps=True)
    size(place, width=24)
    what.setAccessibleName(f"Step {at}. {f'Call {step.number}. ' if step.number else ''}{step.what}")
    row.addWidget(place, 0, top)
    text.addWidget(what)
    if step.source:
        text.addWidget(Words(step.source, "muted", wraps=True))
    row.addLayout(text, 1)
    number = Words(step.number, "title", wraps=True, tone="late" if step.number else "")
    number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    size(number, width=NUMBER_WIDTH)
    row.addWidget(number, 0, top)
    return frame
