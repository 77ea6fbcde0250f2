"""A time of day as a person types it: `14:02`, `1402`, `9`, `2.30 pm`. Empty means that it is not known."""

from __future__ import annotations

import re
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from victimcare.ui.style import restyle, size

HOW = "Type a time such as 14:02, or leave it empty if it is not known"
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))? ?(am|pm)?")


def read_time(text: str) -> time | None:
    """The time a person means, or None."""
    found = _TIME.fullmatch(" ".join(text.strip().lower().split()))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None


class TimeBox(QLineEdit):
    """A field for a time. `changed` when it holds another time; `is_valid()` says whether it can be read."""

    changed = Signal(object)

    def __init__(self, value: time | None = None, *, name: str = "Time") -> None:
        super().__init__()
        self._value: time | None = None
        self.setAccessibleName(name)
        self.setAccessibleDescription(HOW)
        self.setToolTip(HOW)
        self.setPlaceholderText("Time")
        size(self, width=66)
        self.textEdited.connect(self._edited)
        self.set_value(value)

    def value(self) -> time | None:
        """The time, or None when empty or not understood."""
        return self._value

    def is_valid(self) -> bool:
        """False when something stands there that is no time."""
        return not self.text().strip() or self._value is not None

    def set_value(self, value: time | None) -> None:
        """Show a time."""
        self.setText(f"{value:%H:%M}" if value else "")
        self._take(value)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._value is not None:
            self.setText(f"{self._value:%H:%M}")
        self._mark()
        super().focusOutEvent(event)

    def _edited(self, text: str) -> None:
        self._take(read_time(text))

    def _take(self, value: time | None) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def _mark(self) -> None:
        if bool(self.property("invalid")) == self.is_valid():
            self.setProperty("invalid", not self.is_valid())
            restyle(self)
