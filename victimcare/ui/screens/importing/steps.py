"""Which step of a few one is at, in words: `1 File > 2 Columns > 3 Import`. Steps one has been at can be gone back to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from victimcare.ui import icons
from victimcare.ui.style import look, space


class Steps(QWidget):
    """`asked(place)`: a person wants to go back to that step, counted from 0."""

    asked = Signal(int)

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names, self._buttons = names, [QToolButton() for _ in names]
        self._at = 0
        row = QHBoxLayout(self)
        space(row, gap=4)
        for place, button in enumerate(self._buttons):
            if place:
                arrow = QLabel()
                icons.put(arrow, "right", "muted", 12)
                row.addWidget(arrow)
            button.setText(f"{place + 1} {names[place]}")
            button.clicked.connect(partial(self.asked.emit, place))
            row.addWidget(button)
        look().changed.connect(self._dress)

    def show_step(self, at: int, *, furthest: int) -> None:
        """The step one is at, and the last one that can be gone to."""
        self._at = at
        for place, button in enumerate(self._buttons):
            button.setEnabled(place == at or place <= furthest)
            button.setAccessibleName(f"Step {place + 1} of {len(self._names)}, {self._names[place]}" + (", you are here" if place == at else ""))
        self._dress()

    def _dress(self) -> None:
        for place, button in enumerate(self._buttons):
            button.setFont(look().font("strong" if place == self._at else "body"))
