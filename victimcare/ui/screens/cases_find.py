"""The field above the Cases list in which one types any part of a name."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from victimcare.ui import icons
from victimcare.ui.style import look, size
from victimcare.ui.widgets.rows_table import RowsTable


class FindField(QLineEdit):
    """The text filter: Down goes into the list, Enter opens what is chosen there, Esc empties it."""

    def __init__(self, hint: str, table: RowsTable) -> None:
        super().__init__()
        self._table = table
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setToolTip(f"{hint}, in any spelling (/)")
        self.setProperty("small", True)
        size(self, least_width=220)
        look().changed.connect(self._leave_room)
        self._leave_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px = QPainter(self), look().px
        painter.drawPixmap(QRect(px(9), (self.height() - px(16)) // 2, px(16), px(16)), icons.picture("search"))
        if not self.text():
            painter.setFont(look().font("small"))
            painter.setPen(look().colour("muted"))
            painter.drawText(self.rect().adjusted(0, 0, -px(9), 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "/")
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._table.setFocus()
            self._table.keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._table.keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self._table.setFocus()
        else:
            super().keyPressEvent(event)

    def _leave_room(self) -> None:
        self.setTextMargins(look().px(22), 0, look().px(16), 0)
