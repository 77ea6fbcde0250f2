"""What F1 shows: the keys of the screen one is on, then those of the whole window, in two columns that scroll where they have to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from victimcare.ui.commands import Command, Key
from victimcare.ui.style import look, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.over_window import fit_over, scrolling

WIDTH = 920

Line = tuple[str, str]


class KeysDialog(QDialog):
    """`listed`: every key and what it does, in order. No larger than the window it lies over."""

    def __init__(self, parent: QWidget, title: str, keys: Sequence[Key], commands: Sequence[Command]) -> None:
        super().__init__(parent)
        self.setWindowTitle("victimcare")
        self.setProperty("ground", "panel")
        here = [(key.shown, key.words) for key in keys]
        everywhere = [(Key(one.keys.split(" ")[0], one.words).shown, one.words) for one in commands if one.keys]
        self.listed = [*here, *everywhere]
        page = QVBoxLayout(self)
        space(page, 8, 8, 24, 16, gap=12)
        inside = _in_two_columns([("", title), *here] if here else [], [("", "Everywhere"), *everywhere])
        self.area = scrolling(inside, "Keys")
        page.addWidget(self.area)
        close = Button("Close", self.accept, key="Esc")
        page.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()
        fit_over(self, self.area, parent, WIDTH)


def _in_two_columns(here: list[Line], everywhere: list[Line]) -> QWidget:
    """The lines of each part and its heading (a line without a key); the longer part goes on in the second column."""
    inside = QWidget()
    across = QHBoxLayout(inside)
    space(across, 16, 8, 16, 8, gap=32)
    half = (len(here) + len(everywhere) + 1) // 2
    lines = [*here, *everywhere]
    if half < len(lines) and not lines[half - 1][0]:
        half -= 1  # a heading goes with what it is over
    for part in (lines[:half], lines[half:]):
        grid = QGridLayout()
        across.addLayout(grid, 1)
        space(grid, gap=4)
        grid.setHorizontalSpacing(look().px(24))
        grid.setColumnStretch(1, 1)
        for at, (keys, words) in enumerate(part):
            if keys:
                grid.addWidget(Words(keys, "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(Words(words, wraps=True), at, 1)
            else:
                grid.addWidget(Words(words, "section"), at, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
                grid.setRowMinimumHeight(at, look().px(32 if at else 0))
        grid.setRowStretch(len(part), 1)
    return inside
