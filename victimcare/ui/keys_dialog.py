"""What F1 shows: the keys of the screen one is on, then those of the whole window, in two columns that scroll where they have to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from victimcare.ui.commands import Command, Key
from victimcare.ui.style import look, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Words

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
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("Keys")
        inside = _in_two_columns([("", title), *here] if here else [], [("", "Everywhere"), *everywhere])
        self.area.setWidget(inside)
        page.addWidget(self.area)
        self.close_button = Button("Close", self.accept, key="Esc")
        page.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self.close_button.setFocus()
        self._fit(inside, parent)

    def _fit(self, inside: QWidget, parent: QWidget) -> None:
        """As wide and as high as its lines need, as far as there is room over the window."""
        for one in (self, *self.findChildren(QWidget)):
            one.ensurePolished()
        room, layout, around = look().px(48), inside.layout(), self.layout()
        assert layout is not None
        assert around is not None
        width = min(look().px(WIDTH), parent.width() - room)
        margins = around.contentsMargins()
        beside = margins.top() + margins.bottom() + around.spacing() + self.close_button.sizeHint().height()
        needed = layout.totalHeightForWidth(width - margins.left() - margins.right()) + beside
        self.resize(width, min(needed, parent.height() - room))


def _in_two_columns(here: list[Line], everywhere: list[Line]) -> QWidget:
    """The lines of each part and its heading (a line without a key); the longer part goes on in the second column."""
    inside = QWidget()
    inside.setObjectName("column")
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
