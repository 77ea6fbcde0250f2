"""The field above everything: people and commands alike, in a list under it. Ctrl+K goes there, Enter opens, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from victimcare.ui import icons
from victimcare.ui.style import look, size, space
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.table import Column, Mark

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is called, what is said beside it (a reference, a shortcut), and what Enter does."""

    words: str
    about: str
    run: Callable[[], object]
    icon: str = "person"

    @property
    def id(self) -> tuple[str, str]:
        """What it is known by in the list."""
        return self.words, self.about


class SearchBox(QLineEdit):
    """`search(text)` answers at once with what fits best first; it must not block (names lie in memory).

    The list is a child of the window, not a window of its own: nothing of it can stay on the screen when the window hides.
    """

    def __init__(self, hint: str, window: QWidget) -> None:
        super().__init__()
        self.search: Callable[[str], list[Hit]] = lambda text: []
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setToolTip(f"{hint} (Ctrl+K)")
        look().changed.connect(self._leave_room)
        self._leave_room()
        size(self, least_width=160, most_width=400)
        self._list = self._make_list(window)
        self.textEdited.connect(self._find)
        window.installEventFilter(self)

    def hits(self) -> list[str]:
        """The words of what is shown now."""
        return [] if self._pop.isHidden() else [hit.words for hit in self._list.rows_model.rows]

    def forget(self) -> None:
        """Empty the field and the list."""
        self.clear()
        self._list.show_rows(())
        self._pop.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self._pop.isHidden():
            self._list.keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._pop.isHidden():
            self._take(self._list.current_row())
        elif key == Qt.Key.Key_Escape:
            self.forget()
            self.window().setFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._pop.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self._pop.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px = QPainter(self), look().px
        painter.drawPixmap(QRect(px(9), (self.height() - px(16)) // 2, px(16), px(16)), icons.picture("search"))
        if not self.text():
            painter.setFont(look().font("small"))
            painter.setPen(look().colour("muted"))
            place = self.rect().adjusted(0, 0, -look().px(9), 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "Ctrl+K")
        painter.end()

    def _leave_room(self) -> None:
        """For the icon at the left and the key at the right."""
        self.setTextMargins(look().px(22), 0, look().px(48), 0)

    def _make_list(self, window: QWidget) -> RowsTable:
        self._pop = QFrame(window)
        self._pop.setObjectName("hits")
        columns = (
            Column("Found", lambda hit: hit.words, mark=lambda hit: Mark(hit.icon), stretch=True),
            Column("Which", lambda hit: hit.about, tone="muted", width=150),
        )
        table = RowsTable(columns, "Found people and commands")
        table.horizontalHeader().hide()
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.clicked.connect(lambda index: self._take(table.rows_model.rows[index.row()]))
        inside = QVBoxLayout(self._pop)
        space(inside, 4, 4, 4, 4, gap=0)
        inside.addWidget(table)
        self._pop.hide()
        return table

    def _find(self, text: str) -> None:
        typed = text.strip()
        hits = self.search(typed)[:MOST_SHOWN] if typed else []
        if typed and not hits:
            hits = [Hit("Nothing found. Try another spelling or part of a reference", "", lambda: None, "info")]
        self._list.show_rows(hits)
        self._pop.setVisible(bool(hits))
        if hits:
            self._list.selectRow(0)
            self._place()
            self._pop.raise_()

    def _place(self) -> None:
        window = self.window()
        corner = self.mapTo(window, QPoint(0, self.height() + look().px(4)))
        rows = self._list.rows_model.rowCount()
        height = min(rows * look().px(28) + look().px(10), window.height() - corner.y() - look().px(8))
        width = min(max(self.width(), look().px(520)), window.width() - corner.x() - look().px(8))
        self._pop.setGeometry(corner.x(), corner.y(), width, height)

    def _take(self, hit: Hit | None) -> None:
        if hit is not None:
            self.forget()
            self.window().setFocus()
            hit.run()
