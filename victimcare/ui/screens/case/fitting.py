"""A part that scrolls where it has to and stands whole where the page around it scrolls, the sides made of it, and a page that is filled unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QListView, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from victimcare.ui.style import space
from victimcare.ui.widgets.in_layout import in_layout


@contextmanager
def in_one_go(page: QWidget, rows: QListView) -> Iterator[None]:
    """Fill a page and the list on it unseen and lay them out, so that nobody sees parts that are half there, one over the other."""
    page.setUpdatesEnabled(False)
    try:
        yield
        for layout in page.findChildren(QLayout):
            _show_added(layout)
        # What asked for another size asks its parent in turn: sent together they are done before anything is drawn.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        for _ in range(2):  # the first may bring a scroll bar, and with it another width
            rows.executeDelayedItemsLayout()
    finally:
        page.setUpdatesEnabled(True)


def _show_added(layout: QLayout) -> None:
    """Show what was put into a layout; Qt itself does so only in its next turn, after a page without it was drawn."""
    for one in in_layout(layout):
        if isinstance(one, QWidget) and one.isHidden() and not one.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            one.show()


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


def side_of(parts: Iterable[QWidget], edge: str, left: int) -> QFrame:
    """A side of a page: its parts one under the other, a line at its `edge`, `left` px free at the left."""
    frame = QFrame()
    frame.setProperty("ground", "window")
    frame.setProperty("edge", edge)
    outer = QVBoxLayout(frame)
    space(outer, gap=0)
    inside = QWidget()
    layout = QVBoxLayout(inside)
    space(layout, left, 12, 16, 12, gap=0)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    outer.addWidget(Fitting(inside))
    outer.addStretch(1)
    return frame
