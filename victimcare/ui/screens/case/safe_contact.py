"""Safe contact, above everything: how, when, who must not know. A number shows only from here, after the plan, and each time noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from victimcare.casework.contact_points import ShownContactPoint, contact_points, show_contact_point
from victimcare.overview.case_page import CasePage, SafeContact
from victimcare.overview.due import safe_words
from victimcare.reference.codelists import label
from victimcare.refused import Refused
from victimcare.store.reading import Reading
from victimcare.ui import icons
from victimcare.ui.screens.case.hours_text import agreed_words
from victimcare.ui.style import look, restyle, size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.words import ago, day, short_day
from victimcare.ui.work import Work

SHOWN_SECONDS = 60
NARROW = 860  # px at 100 %
AFTER_THE_PLAN = (
    ("must_not_know", "Must not know"),
    ("may_be_told", "May know"),
    ("code_word", "Code word"),
    ("cover_story", "If asked"),
    ("voicemail", "Voicemail"),
)


class SafeContactPanel(QFrame):
    """`refused`: what to do with a refusal. Numbers are read when asked for, shown for a minute, and dropped when one leaves."""

    def __init__(self, work: Work, change_plan: Callable[[], object], refused: Callable[[Refused], object]) -> None:
        super().__init__()
        self.setObjectName("safe")
        self._work, self._refused = work, refused
        self._page: CasePage | None = None
        self.state, self.now = Said("safe", "Safe contact", "safe"), Said("clock", "Safe now", "now")
        self.summary, self.details = Words("", "section", wraps=True), Words("", wraps=True)
        self.show_button = Button("Show number", self.ask_number, icon="eye")
        self.change_button = Button("Change plan", change_plan)
        self.asking, self.numbers = self._question(), QVBoxLayout()
        space(self.numbers, 0, 4, 0, 0, gap=4)
        self._lay_out()
        self._hide_again = QTimer(self, singleShot=True, interval=SHOWN_SECONDS * 1000)
        self._hide_again.timeout.connect(self.hide_numbers)
        self._minute = QTimer(self, interval=30_000)
        self._minute.timeout.connect(self._tell_now)
        self._minute.start()

    def show_page(self, page: CasePage, today: date) -> None:
        """Show the plan of a case; numbers of another case, or of another plan, go."""
        if self._page is not None and (self._page.facts.id != page.facts.id or self._page.safe_contact.plan != page.safe_contact.plan):
            self.hide_numbers()
        self._page = page
        safe = page.safe_contact
        self.setProperty("state", "caution" if safe.is_stale else "")
        restyle(self)
        self._tell_checked(safe, today)
        plan = safe.plan
        self.summary.setText((plan.summary or agreed_words(plan.hours)) if plan else "Nobody has recorded how to reach this person safely.")
        told = [f"{words}: {text.rstrip('.')}." for name, words in AFTER_THE_PLAN if (text := getattr(plan, name))] if plan else []
        if plan and plan.summary and plan.hours:
            self.summary.setToolTip(agreed_words(plan.hours))
        self.details.setText(" ".join(told) if plan else "Make a plan with them before anybody calls.")
        self.details.setVisible(bool(self.details.text()))
        self.change_button.setText("Change plan" if plan else "Make a plan")
        self._tell_now()

    def ask_number(self) -> None:
        """Show the numbers, or first ask where the plan is stale; hide them where they show."""
        if self.numbers.count():
            self.hide_numbers()
        elif self._page is not None and self._page.safe_contact.is_stale and self.asking.isHidden():
            self.asking.show()
            self.asking.findChildren(Button)[0].setFocus()
        else:
            self.show_numbers()

    def show_numbers(self) -> None:
        """Read them (the audit notes it first) and show them."""
        self.asking.hide()
        if self._page is not None:
            case_id = self._page.facts.id

            def read(session: Any) -> tuple[ShownContactPoint, ...]:
                return tuple(show_contact_point(session, row.id) for row in contact_points(session, case_id) if row.ended_on is None)

            self._work.read(self, read, self._show_numbers, key="numbers", reading=Reading.numbers(case_id), failed=self._refused)

    def hide_numbers(self) -> None:
        """Take every number off the screen."""
        self._hide_again.stop()
        while self.numbers.count():
            item = self.numbers.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()  # or it would show as a window of its own
                widget.setParent(None)
                widget.deleteLater()
        self.show_button.setText("Show number")
        icons.put(self.show_button, "eye")

    def forget(self) -> None:
        """Drop the plan and the numbers."""
        self._page = None
        self.hide_numbers()
        self.asking.hide()
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

    def _tell_now(self) -> None:
        if self._page is None or self._page.safe_contact.plan is None:
            self.now.hide()
            return
        words = safe_words(self._page.safe_contact.plan.hours, _now(self._work))
        self.now.setVisible(True)
        if words:
            self.now.show_state("clock", "Safe now", "now", words.removeprefix("safe "))
        else:
            self.now.show_state("clock", "Not a safe hour", "caution", "no agreed hour is open now")

    def _show_numbers(self, found: tuple[ShownContactPoint, ...]) -> None:
        self.hide_numbers()
        for point in found:
            self.numbers.addWidget(_line(label("contact_point_kind", point.kind), point.value, point.label))
        if not found:
            self.numbers.addWidget(Words("No number or address is recorded. Add one with Change plan.", "muted"))
        self.show_button.setText("Hide number")
        icons.put(self.show_button, "hide")
        self._hide_again.start()

    def _question(self) -> QWidget:
        asking = QFrame()
        row = QHBoxLayout(asking)
        space(row, 0, 4, 0, 0, gap=8)
        row.addWidget(
            State(
                "caution",
                "Caution",
                "caution",
                "The plan may no longer hold. Use a number only if you know that it is safe now, and ask first thing.",
                plain=True,
            ),
            1,
        )
        row.addWidget(Button("Show it", self.show_numbers, small=True))
        row.addWidget(Button("Not now", asking.hide, small=True))
        asking.hide()
        return asking

    def _lay_out(self) -> None:
        text, first, buttons = QVBoxLayout(), Flow(), QHBoxLayout()
        layout = self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        space(layout, 12, 7, 12, 8, gap=16)
        space(text, gap=2)
        space(first, gap=20)
        space(buttons, gap=8)
        first.addWidget(self.state)
        first.addWidget(self.now)
        for part in (self.summary, self.details, self.asking):
            text.addWidget(part)
        text.insertLayout(0, first)
        text.addLayout(self.numbers)
        for button in (self.show_button, self.change_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addLayout(text, 1)
        layout.addLayout(buttons)
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


def _now(work: Work) -> datetime:
    return work.vault.clock()


def _line(kind: str, value: str, whose: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    space(row, gap=12)
    shown = Words(value, "section")
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    shown.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    shown.setAccessibleName(f"{kind}: {value}. {whose}".rstrip(". "))
    row.addWidget(Words(kind, "muted"))
    row.addWidget(shown)
    row.addWidget(Words(whose, "muted"))
    row.addStretch(1)
    return line
