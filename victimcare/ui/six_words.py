"""The six words that stand for a newcomer's key, large and in order, to be read out and compared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from victimcare.ui.style import size, space
from victimcare.ui.widgets.labels import Words

ACROSS = 3


class SixWords(QFrame):
    """Two lines of three, each word with its number."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        super().__init__()
        self.setObjectName("paper")
        self._grid = QGridLayout(self)
        space(self._grid, 12, 8, 12, 8, gap=6)
        self._labels: list[Words] = []
        for at in range(6):
            number, word = Words(str(at + 1), "muted"), Words("", "words")
            word.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            size(number, width=12)
            row, column = divmod(at, ACROSS)
            self._grid.addWidget(number, row, 2 * column)
            self._grid.addWidget(word, row, 2 * column + 1)
            self._grid.setColumnStretch(2 * column + 1, 1)
            self._labels.append(word)
        self.show_words(words)

    def show_words(self, words: Sequence[str]) -> None:
        """Show other words, or none."""
        for at, label in enumerate(self._labels):
            label.setText(words[at] if at < len(words) else "")
        self.setAccessibleName("Six words: " + " ".join(words) if words else "")

    def text(self) -> str:
        """The words in order."""
        return " ".join(label.text() for label in self._labels).strip()
