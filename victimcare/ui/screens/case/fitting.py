"""A part that scrolls where it has to, and stands whole where the page around it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget


class Fitting(QScrollArea):
    """As high as what is in it, less where there is no room. `set_whole(True)`: never less, since the page scrolls."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._is_whole, self._inside = False, inside
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        inside.setObjectName("column")
        self.setWidget(inside)
        inside.installEventFilter(self)

    def set_whole(self, is_whole: bool) -> None:
        """Whether it must be as high as what is in it."""
        if is_whole != self._is_whole:
            self._is_whole = is_whole
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        inside = self._inside
        layout = inside.layout()
        width = self.viewport().width()
        height = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else inside.sizeHint().height()
        return QSize(inside.sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height() if self._is_whole else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Slot(QWidget):
    """A place for a box with words that wrap. It tells how high the box should and must be; Qt's scroll area would ask only the first."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        layout = self.layout()
        hint = super().sizeHint()
        return QSize(hint.width(), layout.totalHeightForWidth(self.width())) if layout is not None and layout.hasHeightForWidth() else hint

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        hint = super().minimumSizeHint()
        return QSize(hint.width(), layout.totalMinimumHeightForWidth(self.width())) if layout is not None and layout.hasHeightForWidth() else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
