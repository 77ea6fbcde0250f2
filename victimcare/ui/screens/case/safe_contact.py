"""Safe contact, above everything: how, when, who must not know, what is suspended. A number shows only from here, after the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from victimcare.casework.safe_contact import NEVER_A_COMPANION, Plan, check_plan, interpreter_words
from victimcare.casework.safe_hours import HoursRefused
from victimcare.casework.suspensions import Suspended
from victimcare.overview.case_page import CasePage, SafeContact
from victimcare.overview.due import safe_words
from victimcare.ui import icons
from victimcare.ui.commands import Key
from victimcare.ui.screens.case.hours_text import agreed_words
from victimcare.ui.screens.case.numbers import Numbers
from victimcare.ui.style import look, restyle, size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.window import MainWindow
from victimcare.ui.words import ago, day, short_day
from victimcare.ui.work import Work

NARROW = 860  # px at 100 %
AFTER_THE_PLAN = (
    ("must_not_know", "Must not know"),
    ("may_be_told", "May know"),
    ("code_word", "Code word"),
    ("danger_word", "Word for danger"),
    ("cover_story", "If asked"),
    ("voicemail", "Voicemail"),
    ("alternative", "Else through"),
)


class SafeContactPanel(QFrame):
    """What stands above a case. `open_box(form)` opens a box of the page. Numbers go when one leaves."""

    def __init__(self, work: Work, window: MainWindow, open_box: Callable[[str], object]) -> None:
        super().__init__()
        self.setObjectName("safe")
        self._work, self._frame, self._open_box = work, window, open_box
        self._page: CasePage | None = None
        self.state, self.now = Said("safe", "Safe contact", "safe"), Said("clock", "Safe now", "now")
        self.summary, self.details = Words("", "section", wraps=True), Words("", wraps=True)
        self.suspended = QVBoxLayout()
        self.numbers = Numbers(work, window.locker.clear_clipboard_soon, window.refuse)
        self.show_button = Button("Show number", self.numbers.ask, icon="eye", key="V")
        self.change_button = Button("Change plan", partial(open_box, "plan"), key="C")
        self.holds_button = Button("Plan still holds", self.check, icon="tick", key="Y")
        self.add_button = Button("Add a number", partial(open_box, "number"), icon="plus")
        self.numbers.toggled.connect(self._tell_shown)
        self.numbers.end_asked.connect(lambda point: open_box(f"number_end {point}"))
        self._lay_out()
        self._minute = QTimer(self, interval=30_000)
        self._minute.timeout.connect(self._tell_now)
        self._minute.start()

    def keys(self) -> list[Key]:
        """What the panel answers to."""
        return [Key("V", "Show or hide the number", self.numbers.ask), Key("Y", "The plan was gone through with the person and holds", self.check)]

    def show_page(self, page: CasePage, today: date) -> None:
        """Show the plan of a case; numbers of another case, or of another plan, go."""
        self._page = page
        self.numbers.show_page(page, today)
        safe = page.safe_contact
        self.setProperty("state", "caution" if safe.is_stale or safe.suspended else "")
        restyle(self)
        self._tell_checked(safe, today)
        self._tell_suspended(safe.suspended, today)
        plan = safe.plan
        said = agreed_words([row for row in plan.hours if row.channel not in {one.channel for one in safe.suspended}]) if plan else ""
        self.summary.setText((plan.summary or said) if plan else "Nobody has recorded how to reach this person safely.")
        self.summary.setToolTip(said if plan and plan.summary else "")
        self.details.setText(_details(plan) if plan else "Make a plan with them before anybody calls.")
        self.details.setVisible(bool(self.details.text()))
        self.change_button.setText("Change plan" if plan else "Make a plan")
        self.holds_button.setVisible(plan is not None)
        self._tell_now()

    def check(self) -> None:
        """The plan was gone through with the person today and holds; where there is none, or none that can hold, its box opens."""
        if self._page is None:
            return
        if self._page.safe_contact.plan is None:
            self._open_box("plan")
            return
        case_id = self._page.facts.id

        def told(_: object) -> None:
            self._frame.say(
                "safe", "Checked with the person today: the plan holds.", "If that was a slip, press C and save: the plan then counts as not checked."
            )

        def failed(refused: Any) -> None:
            self._frame.refuse(refused)
            if isinstance(refused, HoursRefused):
                self._open_box("plan")

        self._work.change(self, lambda session: check_plan(session, case_id=case_id, on=session.today), told, failed=failed)

    def forget(self) -> None:
        """Drop the plan and the numbers."""
        self._page = None
        self.numbers.forget()
        clear(self.suspended)
        for words in (self.summary, self.details):
            words.setText("")
            words.setToolTip("")
        self.state.show_state("safe", "Safe contact", "safe")
        self.now.hide()

    def _tell_checked(self, safe: SafeContact, today: date) -> None:
        if safe.plan is None:
            self.state.show_state("caution", "No plan", "caution")
        elif safe.plan.checked_on is None:
            self.state.show_state("caution", "Safe contact", "caution", "never gone through with the person")
        elif safe.is_stale:
            self.state.show_state(
                "caution", "Safe contact", "caution", f"not checked for {(today - safe.plan.checked_on).days} days, last on {day(safe.plan.checked_on)}"
            )
        else:
            by = f" by {safe.checked_by}" if safe.checked_by else ""
            until = f", next check by {short_day(safe.check_by, today)}" if safe.check_by else ""
            self.state.show_state("safe", "Safe contact", "safe", f"checked {ago(safe.plan.checked_on, today)}{by}{until}")

    def _tell_suspended(self, suspended: tuple[Suspended, ...], today: date) -> None:
        """Each suspended channel with why, and the way to its review."""
        clear(self.suspended)
        for one in suspended:
            line, what = QWidget(), one.since(today).partition(" suspended")
            row = QHBoxLayout(line)
            space(row, gap=12)
            state = State(
                "caution", f"{what[0]} suspended", "caution", f"{one.words(today).removeprefix(f'{what[0]} suspended ')}. Review before using.", plain=True
            )
            review = Button("Review", partial(self._open_box, f"channel_review {one.id}"), small=True)
            review.setAccessibleName(f"Review: {one.words(today)}")
            row.addWidget(state, 1, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(review)
            self.suspended.addWidget(line)

    def _tell_now(self) -> None:
        if self._page is None or self._page.safe_contact.plan is None:
            self.now.hide()
            return
        words = safe_words(self._page.safe_contact.hours, _now(self._work))
        self.now.setVisible(True)
        if words:
            self.now.show_state("clock", "Safe now", "now", words.removeprefix("safe "))
        else:
            self.now.show_state("clock", "Not a safe hour", "caution", "no agreed hour is open now")

    def _tell_shown(self, is_shown: bool) -> None:
        self.show_button.setText("Hide number" if is_shown else "Show number")
        icons.put(self.show_button, "hide" if is_shown else "eye")

    def _lay_out(self) -> None:
        text, first, beside, buttons = QVBoxLayout(), Flow(), QVBoxLayout(), QGridLayout()
        layout = self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        space(layout, 12, 7, 12, 8, gap=16)
        space(self.suspended, gap=2)
        for one, gap in ((text, 2), (first, 20), (beside, 0), (buttons, 8)):
            space(one, gap=gap)
        first.addWidget(self.state)
        first.addWidget(self.now)
        text.addLayout(first)
        text.addLayout(self.suspended)
        for part in (self.summary, self.details, self.numbers):
            text.addWidget(part)
        text.addStretch(1)
        for place, button in enumerate((self.show_button, self.change_button, self.add_button, self.holds_button)):
            buttons.addWidget(button, place // 2, place % 2)
        beside.addLayout(buttons)
        beside.addStretch(1)
        layout.addLayout(text, 1)
        layout.addLayout(beside)
        size(self, least_height=86)
        look().changed.connect(self._arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Buttons at the right, or under the words where there is no room beside them."""
        is_narrow = self.width() * 100 < NARROW * look().zoom
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)


class Said(QWidget):
    """A state on one line: icon, word, and muted words about it."""

    def __init__(self, icon: str, word: str, tone: str) -> None:
        super().__init__()
        self._icon, self._word, self._about = QLabel(), Words(word, "strong"), Words("", "muted")
        row = QHBoxLayout(self)
        space(row, gap=8)
        for part in (self._icon, self._word, self._about):
            row.addWidget(part)
        self.show_state(icon, word, tone)

    def show_state(self, icon: str, word: str, tone: str, about: str = "") -> None:
        """Say another state."""
        icons.put(self._icon, icon, tone)
        self._word.setText(word)
        self._word.set_tone(tone)
        self._about.setText(about)
        self.setAccessibleName(f"{word}. {about}".strip())


def _details(plan: Plan) -> str:
    told = [f"{words}: {text.rstrip('.')}." for name, words in AFTER_THE_PLAN if (text := getattr(plan, name))]
    if plan.withhold_number == "YES":
        told.append("Withhold our number.")
    if wanted := interpreter_words(plan):
        told.append(f"Interpreter: {wanted}. {NEVER_A_COMPANION}")
    return " ".join(told)


def _now(work: Work) -> datetime:
    return work.vault.clock()
