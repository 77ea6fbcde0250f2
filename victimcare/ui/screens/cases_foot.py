"""The foot of the Cases list: how many are shown, in what order, how many are chosen, and the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from victimcare.ui.style import size, space
from victimcare.ui.widgets.labels import Title, Words
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.words import number


class CasesFoot(QFrame):
    """`tell(table, everybody)` after each change of what is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown, self.order, self.picked = Words("", "muted"), Title("", "muted", whole_up_to=120), Words("", "muted")
        row = QHBoxLayout(self)
        self.setProperty("edge", "top")
        space(row, 24, 0, 24, 0, gap=16)
        for words in (self.shown, self.order, self.picked):
            row.addWidget(words)
        row.addStretch(1)
        row.addWidget(Title("Enter opens, Ctrl+C copies the row", "muted", whole_up_to=80))  # the first to give way
        size(self, height=32)

    def tell(self, table: RowsTable, everybody: int) -> None:
        """Say how many of `everybody` the table shows, how it is sorted and how many are chosen."""
        rows, sorted_by = table.rows_model.rowCount(), table.rows_model.sorted_by
        self.shown.setText(f"{number(rows)} of {number(everybody)} shown" if rows or everybody else "Nobody is here yet. N adds the first person")
        self.order.setText(_order_words(table, *sorted_by) if sorted_by else "")
        chosen = len(table.selectionModel().selectedRows())
        self.picked.setText(f"{number(chosen)} chosen" if chosen else "")


def _order_words(table: RowsTable, at: int, order: Qt.SortOrder) -> str:
    column, is_down = table.rows_model.columns[at], order == Qt.SortOrder.DescendingOrder
    if column.title in ("Last contact", "Received", "Plan checked", "Next date"):
        return f"{column.title}: {'newest' if is_down else 'oldest'} first"
    return f"By {column.title.lower()}" + (", last first" if is_down else "")
