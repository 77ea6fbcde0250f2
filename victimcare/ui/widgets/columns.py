"""Parts of a page side by side; where there is no room, the main part first and the others under it, and the page scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from victimcare.ui.style import look, space

WIDEST = 16_777_215  # Qt's own limit, meaning none


class Columns(QScrollArea):
    """`parts` are (widget, width in px at 100 %); one width is 0: the main part, which takes the rest but needs `main_width`.

    Not `main_first`: one under the other they keep their order, as the steps of a form do.
    """

    def __init__(self, *parts: tuple[QWidget, int], main_width: int = 480, main_first: bool = True) -> None:
        super().__init__()
        self._parts, self._main_first = parts, main_first
        self._needs = sum(width or main_width for _, width in parts)
        self._is_stacked: bool | None = None
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QFrame()
        inside.setProperty("ground", "panel")
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        space(self._layout, gap=0)
        self.setWidget(inside)
        look().changed.connect(self._arrange)
        self._arrange()

    @property
    def is_stacked(self) -> bool:
        """Whether the parts stand one under the other now."""
        return bool(self._is_stacked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_stacked = self.width() * 100 < self._needs * look().zoom
        for part, width in self._parts:
            part.setMinimumWidth(0 if is_stacked or not width else look().px(width))
            part.setMaximumWidth(WIDEST if is_stacked or not width else look().px(width))
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        for part, _ in self._parts:
            self._layout.removeWidget(part)
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.TopToBottom if is_stacked else direction.LeftToRight)
        for part, width in sorted(self._parts, key=lambda one: one[1] != 0) if is_stacked and self._main_first else self._parts:
            self._layout.addWidget(part, 0 if width else 1)
