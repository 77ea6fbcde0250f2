"""A date as a person types it: `24 Nov 2026`, `24/11/26`, `24.11`, `today`, `fri`, `+3`; arrows go a day, Page Up and Down a month."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from victimcare.ui.style import restyle, size
from victimcare.ui.words import MONTHS, WEEKDAYS, day

HOW = "Type a date such as 24 Nov 2026, 24/11/26, today or +3"
_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_NAMED = re.compile(r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)? ?([a-z]{3,9})\.?,?(?: ?(\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_STEP = re.compile(r"([+-])(\d{1,4})")


def read_date(text: str, today: date) -> date | None:
    """The date a person means, day before month, or None. Two figures of a year: up to ten years ahead this century, else the last.

    A day without a year is the one nearest to today. A weekday is the next such day, today included.
    """
    typed = " ".join(text.strip().lower().split())
    near = {"today": 0, "t": 0, "yesterday": -1, "tomorrow": 1}
    if typed in near:
        return today + timedelta(near[typed])
    if step := _STEP.fullmatch(typed):
        return _safe(lambda: today + timedelta(int(step[1] + step[2])))
    if (name := typed[:3].capitalize()) in WEEKDAYS and typed.isalpha():
        return today + timedelta((WEEKDAYS.index(name) - today.weekday()) % 7)
    if iso := _ISO.fullmatch(typed):
        return _safe(lambda: date(int(iso[1]), int(iso[2]), int(iso[3])))
    if numbers := _NUMBERS.fullmatch(typed):
        return _in_year(int(numbers[1]), int(numbers[2]), numbers[3], today)
    if (named := _NAMED.fullmatch(typed)) and (month := named[2][:3].capitalize()) in MONTHS:
        return _in_year(int(named[1]), MONTHS.index(month) + 1, named[3], today)
    return None


def _in_year(of_month: int, month: int, year: str | None, today: date) -> date | None:
    if year is None:
        near = [_safe(lambda y=y: date(y, month, of_month)) for y in (today.year - 1, today.year, today.year + 1)]  # type: ignore[misc]
        return min((one for one in near if one), key=lambda one: abs(one - today), default=None)
    number = int(year)
    if len(year) == 2:
        number += today.year // 100 * 100
        number -= 100 if number > today.year + 10 else 0
    return _safe(lambda: date(number, month, of_month))


def _safe(make: Callable[[], date]) -> date | None:
    try:
        return make()
    except (ValueError, OverflowError):
        return None


class DateBox(QLineEdit):
    """A field for a date. `changed(date or None)` when it holds another date. Empty is None; `is_valid()` says whether it can be read."""

    changed = Signal(object)

    def __init__(self, value: date | None = None, *, name: str = "Date", today: Callable[[], date] = date.today, small: bool = False) -> None:
        super().__init__()
        self._today = today
        self._value: date | None = None
        self.setAccessibleName(name)
        self.setAccessibleDescription(HOW)
        self.setPlaceholderText("1 Dec, fri, +14")  # no whole date: it would look filled in
        self.setProperty("small", small)
        size(self, width=120)
        self.textEdited.connect(self._edited)
        self.set_value(value)

    def value(self) -> date | None:
        """The date, or None when empty or not understood."""
        return self._value

    def is_valid(self) -> bool:
        """False when something stands there that is no date."""
        return not self.text().strip() or self._value is not None

    def set_value(self, value: date | None) -> None:
        """Show a date."""
        self.setText(day(value))
        self._take(value)
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        months = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
        key, start = Qt.Key(event.key()), self._value or self._today()
        if key in steps:
            self.set_value(_safe(lambda: start + timedelta(steps[key])) or start)
        elif key in months:
            moved = QDate(start.year, start.month, start.day).addMonths(months[key])
            self.set_value(date(moved.year(), moved.month(), moved.day()))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._value is not None:
            self.setText(day(self._value))
        self._mark()
        super().focusOutEvent(event)

    def _edited(self, text: str) -> None:
        self._take(read_date(text, self._today()))
        if self.property("invalid") and self.is_valid():
            self._mark()

    def _take(self, value: date | None) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def _mark(self) -> None:
        is_wrong = not self.is_valid()
        if bool(self.property("invalid")) != is_wrong:
            self.setProperty("invalid", is_wrong)
            restyle(self)
        self.setToolTip(f"This is not a date. {HOW}." if is_wrong else "")
        self.setAccessibleDescription(f"Not a date. {HOW}" if is_wrong else HOW)
