"""Controls in a row that goes on in the next line where there is no room, as words do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from victimcare.ui.style import look, space


class Flow(QLayout):
    """Margins and gap by `style.space`; lines stand no further apart than 8 px at 100 %. The first control takes what its line has left over when `first_grows`."""

    def __init__(self, parent: QWidget | None = None, *, first_grows: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._first_grows = first_grows
        space(self, gap=8)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, moves=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._items:
            if not item.isEmpty():
                least = least.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return least + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, moves: bool) -> int:
        margins, gap = self.contentsMargins(), self.spacing()
        inside = rect.marginsRemoved(margins)
        top, between = inside.top(), min(gap, look().px(8))
        for line in self._lines(inside.width(), gap):
            height = max(item.sizeHint().height() for item in line)
            if moves:
                self._place(line, inside, top, height, gap)
            top += height + between
        return max(top - between, inside.top()) - rect.top() + margins.bottom()

    def _place(self, line: list[QLayoutItem], inside: QRect, top: int, height: int, gap: int) -> None:
        spare = inside.width() - sum(item.sizeHint().width() + gap for item in line) + gap
        left = inside.left()
        for item in line:
            hint = item.sizeHint()
            grows = self._first_grows and item is self._items[0]
            width = max(item.minimumSize().width(), min(hint.width() + (spare if grows else 0), inside.width(), item.maximumSize().width()))
            item.setGeometry(QRect(QPoint(left, top + (height - hint.height()) // 2), QSize(width, hint.height())))
            left += width + gap

    def _lines(self, width: int, gap: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            needed = item.sizeHint().width()
            if not lines or used + gap + needed > width:
                lines.append([])
                used = -gap
            lines[-1].append(item)
            used += gap + needed
        return lines
