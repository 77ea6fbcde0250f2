"""A long job in one line: what it does, how far it is, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import number


class ProgressLine(QWidget):
    """Hidden until a job is told of. `cancelled` when the person asks to stop it."""

    cancelled = Signal()

    def __init__(self, *, cancels: bool = True) -> None:
        super().__init__()
        self._words, self._bar = Words("", "small"), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        size(self._bar, width=160)
        self._cancel = Button("Cancel", self._ask_to_stop, kind="link")
        if not cancels:  # shown before it is laid out, it would be a window of its own for a moment and take the keyboard
            self._cancel.hide()
        self.setFocusProxy(self._cancel)
        row = QHBoxLayout(self)
        space(row, gap=12)
        for part in (self._words, self._bar, self._cancel):
            row.addWidget(part)
        row.addStretch(1)
        self.hide()

    def tell(self, done: int, total: int, words: str) -> None:
        """`total` 0 when nobody knows: then the bar only moves."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        text = f"{words}, {number(done)} of {number(total)}" if total else words
        self._words.setText(text)
        self._bar.setAccessibleDescription(text)
        self.show()

    def end(self) -> None:
        """The job is over."""
        self._cancel.setEnabled(True)
        self.hide()

    def text(self) -> str:
        """What it says now."""
        return "" if self.isHidden() else self._words.text()

    def _ask_to_stop(self) -> None:
        self._cancel.setEnabled(False)
        self._words.setText("Stopping")
        self.cancelled.emit()
