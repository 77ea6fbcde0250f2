"""The view of a list: keyboard first, a ring round the current row, columns the person arranges and finds again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from victimcare.ui.settings import Settings
from victimcare.ui.style import look
from victimcare.ui.widgets.row_delegate import RowDelegate
from victimcare.ui.widgets.table import Column, Group, Index, Row, RowsModel

GROUP_HEIGHT = 36
SCREENFUL = 40  # rows


class RowsTable(QTableView):
    """A list of rows. `opened(row)`: Enter or a double click. `chosen(row or None)`: the current row is another."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, columns: Sequence[Column], name: str, key: Callable[[Row], Any] = attrgetter("id"), *, row_height: int = 28) -> None:
        """`name` is what a screen reader calls the list, such as "Cases"."""
        super().__init__()
        self.rows_model = RowsModel(columns, key)
        self._kept: tuple[Settings, str, str] | None = None
        self._headings: list[int] = []
        self._keep_soon = QTimer(self, singleShot=True, interval=400)
        self._keep_soon.timeout.connect(self._keep_columns)
        self.setModel(self.rows_model)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setProperty("vc_row_height", row_height)
        self._dress()
        self.reset_columns()
        self.doubleClicked.connect(lambda index: self._open(index))
        self.selectionModel().currentRowChanged.connect(lambda index, _: self.chosen.emit(self._row_at(index)))
        look().changed.connect(self._zoomed)

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Replace the rows; what was chosen stays chosen by id, and the view stays where it was."""
        model, scroll = self.rows_model, self.verticalScrollBar().value()
        chosen = {model.key_at(index.row()) for index in self.selectionModel().selectedRows()}
        current = self.current_key()
        was_at = self.currentIndex().row()
        model.show_rows(rows)
        self._span_groups()
        self._choose(chosen, current, was_at)
        self.verticalScrollBar().setValue(scroll)

    def rows_in_view(self) -> list[Row]:
        """The rows one sees, without headings; at least a screenful, since a table not shown yet has no height."""
        top = max(self.rowAt(0), 0)
        seen = self.rows_model.rows[top : top + max(SCREENFUL, self.viewport().height() // max(self.verticalHeader().defaultSectionSize(), 1) + 2)]
        return [row for row in seen if not isinstance(row, Group)]

    def current_row(self) -> Row | None:
        """The row the keyboard is on."""
        return self._row_at(self.currentIndex())

    def current_key(self) -> Any:
        """What the current row is known by."""
        index = self.currentIndex()
        return self.rows_model.key_at(index.row()) if index.isValid() else None

    def choose(self, key: Any) -> None:
        """Go to the row known by `key`, if it is there."""
        place = self.rows_model.place_of(key)
        if place is not None:
            self.selectRow(place)
            self.scrollTo(self.rows_model.index(place, 0))

    def sort_by(self, title: str, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the column with this title, as a click on its header does."""
        at = next(at for at, column in enumerate(self.rows_model.columns) if column.title == title)
        self.sortByColumn(at, order)

    def remember(self, settings: Settings, vault_id: str, table: str) -> None:
        """Bring back how the person left the columns of this table in this vault, and keep it from now on."""
        self._kept = (settings, vault_id, table)
        self._restore(settings.columns_of(vault_id, table))
        header = self.horizontalHeader()
        header.sectionResized.connect(self._keep_soon.start)
        header.sectionMoved.connect(self._keep_soon.start)
        header.sortIndicatorChanged.connect(self._keep_soon.start)

    def columns_menu(self) -> QMenu:
        """A menu that shows and hides columns and puts all back; the first column always shows."""
        menu = QMenu("Columns", self)
        for at, column in enumerate(self.rows_model.columns[1:], start=1):
            entry = menu.addAction(column.title)
            entry.setCheckable(True)
            entry.setChecked(not self.isColumnHidden(at))
            entry.toggled.connect(lambda is_on, at=at: self._show_column(at, is_on))
        menu.addSeparator()
        menu.addAction("Put the columns back", self.reset_columns)
        return menu

    def reset_columns(self) -> None:
        """Columns as the program shows them at first."""
        header = self.horizontalHeader()
        for at, column in enumerate(self.rows_model.columns):
            header.moveSection(header.visualIndex(at), at)
            self.setColumnHidden(at, not column.shown)
            self.setColumnWidth(at, look().px(column.width))
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive)
        self._keep_soon.start()

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as text."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        header = self.horizontalHeader()
        shown = [header.logicalIndex(at) for at in range(header.count())]
        QGuiApplication.clipboard().setText(self.rows_model.as_text(places, [at for at in shown if not self.isColumnHidden(at)]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.rows_model.rowCount():
            self._to_end(event.key() == Qt.Key.Key_Home)
        elif event.text().isprintable() and event.text().strip() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()  # single letters belong to the screen's commands, not to a search in the table
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The next place for the keyboard, over headings: they cannot be chosen."""
        start = self.currentIndex().row()
        found = super().moveCursor(action, modifiers)
        step = 1 if found.row() > start else -1
        row = found.row()
        while 0 <= row < self.rows_model.rowCount() and isinstance(self.rows_model.rows[row], Group):
            row += step
        return self.rows_model.index(row, 0) if 0 <= row < self.rows_model.rowCount() else self.currentIndex()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._to_end(True)

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            painter = QPainter(self.viewport())
            width = look().px(2)
            painter.setPen(Qt.PenStyle.NoPen)
            ring, colour = self._row_rect(self.currentIndex().row()), look().colour("focus")
            for side in (
                QRect(ring.left(), ring.top(), ring.width(), width), QRect(ring.left(), ring.bottom() - width + 1, ring.width(), width),
                QRect(ring.left(), ring.top(), width, ring.height()), QRect(ring.right() - width + 1, ring.top(), width, ring.height()),
            ):  # fmt: skip
                painter.fillRect(side, colour)
            painter.end()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                self.viewport().update(self._row_rect(index.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(look().px(int(self.property("vc_row_height"))))
        rows.setMinimumSectionSize(1)
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(look().px(40))
        self.setSortingEnabled(True)

    def _zoomed(self) -> None:
        for at, column in enumerate(self.rows_model.columns):
            if not column.stretch:
                self.setColumnWidth(at, look().px(column.width))
        self._restore(self._kept[0].columns_of(*self._kept[1:]) if self._kept else {})
        self._span_groups()

    def _row_rect(self, row: int) -> QRect:
        top = self.rowViewportPosition(row)
        right = min(self.viewport().width(), self.horizontalHeader().length() - self.horizontalHeader().offset())
        return QRect(0, top, right, self.rowHeight(row))

    def _row_at(self, index: Index) -> Row | None:
        row = self.rows_model.rows[index.row()] if index.isValid() else None
        return None if isinstance(row, Group) else row

    def _open(self, index: Index) -> None:
        row = self._row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _to_end(self, is_first: bool) -> None:
        places = range(self.rows_model.rowCount())
        for place in places if is_first else reversed(places):
            if not isinstance(self.rows_model.rows[place], Group):
                self.selectRow(place)
                self.scrollTo(self.rows_model.index(place, 0))
                return

    def _span_groups(self) -> None:
        self.clearSpans()
        for place in self._headings:
            self.setRowHeight(place, self.verticalHeader().defaultSectionSize())
        self._headings = [place for place, row in enumerate(self.rows_model.rows) if isinstance(row, Group)]
        columns = self.rows_model.columnCount()
        for place in self._headings:
            if columns > 1:
                self.setSpan(place, 0, 1, columns)
            self.setRowHeight(place, look().px(GROUP_HEIGHT))

    def _choose(self, chosen: set[Any], current: Any, was_at: int) -> None:
        model, marks = self.rows_model, QItemSelection()
        places = model.places_of({*chosen, current})
        for key in chosen & places.keys():
            marks.select(model.index(places[key], 0), model.index(places[key], model.columnCount() - 1))
        self.selectionModel().select(marks, QItemSelectionModel.SelectionFlag.Select)
        place = places.get(current)
        if place is None and was_at >= 0 and model.rowCount():  # its row is gone: the one now in its place
            place = next((at for at in (*range(was_at, model.rowCount()), *range(min(was_at, model.rowCount()) - 1, -1, -1))
                          if not isinstance(model.rows[at], Group)), None)  # fmt: skip
            if place is not None:
                self.selectRow(place)
        if place is not None:
            self.selectionModel().setCurrentIndex(model.index(place, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _show_column(self, at: int, is_on: bool) -> None:
        self.setColumnHidden(at, not is_on)
        self._keep_soon.start()

    def _keep_columns(self) -> None:
        if self._kept is None:
            return
        settings, vault_id, table = self._kept
        header, columns = self.horizontalHeader(), self.rows_model.columns
        state: dict[str, Any] = {
            "order": [columns[header.logicalIndex(at)].name for at in range(header.count())],
            "widths": {one.name: round(header.sectionSize(at) * 100 / look().zoom) for at, one in enumerate(columns)
                       if not one.stretch and not self.isColumnHidden(at)},
            "hidden": [one.name for at, one in enumerate(columns) if self.isColumnHidden(at)],
        }  # fmt: skip
        if self.rows_model.sorted_by is not None:
            at, order = self.rows_model.sorted_by
            state["sorted"] = [columns[at].name, order == Qt.SortOrder.DescendingOrder]
        settings.keep_columns(vault_id, table, state)

    def _restore(self, state: dict[str, Any]) -> None:
        places = {column.name: at for at, column in enumerate(self.rows_model.columns)}
        header = self.horizontalHeader()
        for to, name in enumerate(name for name in state.get("order", []) if name in places):
            header.moveSection(header.visualIndex(places[name]), to)
        for name, width in state.get("widths", {}).items():
            if name in places and isinstance(width, int):
                self.setColumnWidth(places[name], look().px(width))
        if "hidden" in state:
            for name, at in places.items():
                self.setColumnHidden(at, name in state["hidden"])
        name, is_down = state.get("sorted", ["", False])
        if name in places:
            self.sortByColumn(places[name], Qt.SortOrder.DescendingOrder if is_down else Qt.SortOrder.AscendingOrder)

    def contextMenuEvent(self, event: Any) -> None:
        menu = QMenu(self)
        if self.current_row() is not None:
            menu.addAction("Open\tEnter", lambda: self._open(self.currentIndex()))
            menu.addAction("Copy the row\tCtrl+C", self.copy)
        menu.addMenu(self.columns_menu())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = event.globalPos()
        menu.popup(QPoint(at.x(), at.y()))
