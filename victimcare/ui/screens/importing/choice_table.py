"""A list in which one column is a choice: drawn as a field in every row, and a real field in the row the keyboard is on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from victimcare.ui import icons
from victimcare.ui.style import look
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.row_delegate import RowDelegate
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.table import Column, Row, RowsModel

Choices = Callable[[Row], Sequence[tuple[Any, str]]]


class ChoiceTable(RowsTable):
    """`choices(row)`: what may be chosen in column `at`, none where there is nothing to choose; `value(row)`: what is. Enter goes to the choice."""

    picked = Signal(object, object)  # row, code

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        *,
        at: int,
        choices: Choices,
        value: Callable[[Row], Any],
        key: Callable[[Row], Any] = attrgetter("id"),
    ) -> None:
        super().__init__(columns, name, key)
        self.at, self._choices, self._value, self._name = at, choices, value, name
        self.box: _RowBox | None = None
        self._boxed = QPersistentModelIndex()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_ChoiceDelegate(self))
        self.setSortingEnabled(False)
        self.opened.connect(lambda _: self.to_choice())
        self.clicked.connect(self._clicked)
        self.selectionModel().currentRowChanged.connect(lambda index, _: self._place(index))

    def show_rows(self, rows: Iterable[Row]) -> None:
        had_keyboard = self.box is not None and self.box.hasFocus()
        self._drop()
        super().show_rows(rows)
        self._place(self.currentIndex())
        if had_keyboard and self.box is not None:
            self.box.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The row with the keyboard stays in sight when there is less room."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def has_choice(self, row: Row) -> bool:
        """Whether there is something to choose in this row."""
        return bool(self._choices(row))

    def to_choice(self) -> None:
        """Put the keyboard into the choice of the current row and show what there is."""
        if self.box is not None:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.box.showPopup()

    def _place(self, index: QModelIndex) -> None:
        self._drop()
        row = self._row_at(index)
        choices = self._choices(row) if row is not None else ()
        if row is None or not choices:
            return
        self.box = box = _RowBox(choices, f"{self.rows_model.columns[self.at].title}: {self.rows_model.cell_text(row, 0)}", self._value(row), self)
        box.chosen.connect(lambda code: QTimer.singleShot(0, self, lambda: self.picked.emit(row, code)))
        at = self.rows_model.index(index.row(), self.at)
        self._boxed = QPersistentModelIndex(at)
        self.setIndexWidget(at, box)
        QWidget.setTabOrder(self, box)

    def _drop(self) -> None:
        """Take the field away. Qt deletes it only once it has told what was chosen."""
        if self.box is not None:
            box, self.box = self.box, None
            if box.hasFocus():
                self.setFocus()
            box.hide()
            self.setIndexWidget(self._boxed, None)  # type: ignore[arg-type]

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == self.at:
            self.to_choice()


class _RowBox(CodeBox):
    """The field of the current row. The wheel scrolls the list and never changes a choice; Esc goes back to the row."""

    def __init__(self, choices: Sequence[tuple[Any, str]], name: str, value: Any, table: QWidget) -> None:
        super().__init__(choices, name, value, small=True)
        self._table = table

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._table.setFocus()
        else:
            super().keyPressEvent(event)


class _ChoiceDelegate(RowDelegate):
    """Draws the choice of the other rows as a field with its arrow."""

    def __init__(self, table: ChoiceTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        row = index.data(RowsModel.RowRole)
        if index.column() != self._table.at or not hasattr(row, "id") or not self._table.has_choice(row):
            super().paint(painter, option, index)
            return
        px, rect = look().px, QRect(option.rect)
        field = QRectF(rect).adjusted(0.5, 1.5, -0.5, -1.5)
        super().paint(painter, _narrowed(option, px(22)), index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawRoundedRect(field, px(4), px(4))
        painter.restore()
        arrow = QRect(int(field.right()) - px(18), rect.top() + (rect.height() - px(12)) // 2, px(12), px(12))
        painter.drawPixmap(arrow, icons.picture("down", "muted", 12, 2.0))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The field of the current row covers its cell: the style would leave it less."""
        editor.setGeometry(option.rect)  # type: ignore[attr-defined]


def _narrowed(option: QStyleOptionViewItem, right: int) -> QStyleOptionViewItem:
    made = QStyleOptionViewItem(option)
    made.rect = QRect(option.rect).adjusted(0, 0, -right, 0)  # type: ignore[attr-defined]
    return made
