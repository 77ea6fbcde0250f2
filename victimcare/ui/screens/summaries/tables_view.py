"""The middle of Summaries: one table of the statement at a time, as it may leave, with its definition and its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import wrap

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from victimcare.reference.codelists import readable
from victimcare.summaries.shown import Cell, ShownTable, shown
from victimcare.summaries.statement import StatedTable, Statement
from victimcare.summaries.tables import TOTAL
from victimcare.ui import icons
from victimcare.ui.style import look, size, space
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.table import Column, Mark
from victimcare.ui.words import number

ROW = 26
HEADER_WIDTH = 16  # characters
MEANINGS = {"[c]": "[c] hidden, so that nobody can be identified.", "[r]": "[r] revised since it was released."}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table as it is shown."""

    id: int
    cells: tuple[Cell, ...]
    is_part: bool


class TableTabs(QWidget):
    """The tables by number and short name; arrow keys move the choice, and there is one Tab stop. `chosen(place)`."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._flow = Flow(self)
        space(self._flow, gap=4)
        self.setAccessibleName("Tables of the statement")

    def show_tables(self, tables: Sequence[StatedTable], at: int) -> None:
        """Show these, one of them chosen."""
        while item := self._flow.takeAt(0):
            widget = item.widget()
            if widget is not None:
                self._group.removeButton(widget)  # type: ignore[arg-type]
                widget.hide()
                widget.deleteLater()
        for place, one in enumerate(tables):
            button = _Tab(f"{place + 1} {readable(one.spec.code)}", self)
            if one.cleared.withheld:
                icons.put(button, "lock", "muted", 14)
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAccessibleName(f"Table {place + 1}, {one.table.name}" + (", withheld" if one.cleared.withheld else ""))
            button.setChecked(place == at)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == at else Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(partial(self.chosen.emit, place))
            self._group.addButton(button, place)
            self._flow.addWidget(button)
        self.setFocusProxy(self._group.button(at))
        self.updateGeometry()

    def count(self) -> int:
        """How many tables there are."""
        return len(self._group.buttons())

    def choose(self, at: int) -> None:
        """Choose a table as a click does."""
        button = self._group.button(max(0, min(at, self.count() - 1)))
        if button is not None:
            for other in self._group.buttons():
                other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is button else Qt.FocusPolicy.ClickFocus)
            self.setFocusProxy(button)
            button.setFocus()
            button.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self._group.checkedId() + step)


class _Tab(QToolButton):
    """Leaves the arrow keys to the whole row of tabs."""

    def __init__(self, text: str, tabs: QWidget) -> None:
        super().__init__(tabs)
        self.setText(text)
        self.setCheckable(True)
        self.setProperty("seg", "only")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)


class TablesView(QFrame):
    """Shows a statement. `table` is the list of the table chosen, None where it is withheld or empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self._statement: Statement | None = None
        self._at = 0
        self.tabs = TableTabs()
        self.tabs.chosen.connect(self.show_table)
        self.table: RowsTable | None = None
        self.title, self.part = Words("", "strong", wraps=True), State("part", "Part-year", "info")
        self.withheld, self.definition, self.about = (
            State("lock", "Withheld", "caution", plain=True),
            Words("", "small", wraps=True),
            Words("", "muted", wraps=True),
        )
        page, self._room = QVBoxLayout(self), QVBoxLayout()
        space(page, 20, 12, 20, 12, gap=10)
        space(self._room, -8, 0, 0, 0, gap=0)
        page.addWidget(self.tabs)
        page.addWidget(self.title)
        page.addWidget(self.part)
        page.addWidget(self.withheld)
        page.addLayout(self._room)
        page.addWidget(self.definition)
        page.addWidget(self.about)
        page.addStretch(1)
        self.setFocusProxy(self.tabs)
        look().changed.connect(self._fit)
        self.say("Counting")

    def say(self, words: str) -> None:
        """No statement: say why."""
        self._statement = None
        self._clear()
        for part in (self.part, self.withheld, self.tabs, self.title, self.definition):
            part.hide()
        self.about.setText(words)
        self.about.show()

    def show_statement(self, statement: Statement) -> None:
        """Show the tables, the one chosen before if there is one like it."""
        before = self._statement.tables[self._at].spec.code if self._statement else ""
        codes = [one.spec.code for one in statement.tables]
        self._statement = statement
        self._at = codes.index(before) if before in codes else 0
        had_keyboard = self.tabs.isAncestorOf(self.window().focusWidget() or self)
        self.tabs.show_tables(statement.tables, self._at)
        self.tabs.show()
        if had_keyboard:
            self.tabs.setFocus()
        self.about.hide()
        self.show_table(self._at)

    def show_table(self, at: int) -> None:
        """Show one of the tables, counted from 0."""
        if self._statement is None:
            return
        self._at = at
        stated, one = self._statement.tables[at], shown(self._statement)[at]
        self._clear()
        self.title.setText(f"Table {at + 1}. {one.name}, {self._statement.period.label}")
        parts = [span.label for span in stated.spans if span.is_part]
        self.part.show_state("part", "Part-year", "info", f"{'; '.join(parts).replace(' (part-year)', '')}: not to be set beside a whole year.")
        self.part.setVisible(bool(parts) and not one.withheld)
        self.withheld.show_state("lock", "Withheld", "caution", one.withheld.removeprefix("Withheld: ").capitalize())
        self.withheld.setVisible(bool(one.withheld))
        marks = {cell[-3:] for row in one.rows for cell in row if isinstance(cell, str)}
        meanings = [words for mark, words in MEANINGS.items() if mark in marks]
        self.definition.setText(" ".join(part for part in (*meanings, one.definition, *one.notes) if part))
        for part in (self.title, self.definition):
            part.show()
        if one.rows:
            self._show_rows(stated, one)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def text(self) -> str:
        """What is read of the table chosen: for screen readers and tests."""
        rows = self.table.rows_model.as_text(range(self.table.rows_model.rowCount()), range(self.table.rows_model.columnCount())) if self.table else ""
        states = [state.accessibleName() for state in (self.part, self.withheld) if not state.isHidden()]
        return "\n".join((self.title.text(), *states, rows, self.definition.text(), self.about.text() if not self.about.isHidden() else ""))

    def _show_rows(self, stated: StatedTable, one: ShownTable) -> None:
        labelled = next((place for place in range(len(one.headers)) if place not in one.numbers), 0)
        rows = [TableRow(place, cells, str(cells[labelled]).endswith("(part-year)")) for place, cells in enumerate(one.rows)]
        total = _total_at(stated, one)
        self.table = table = RowsTable([self._column(one, place, labelled, total, rows) for place in range(len(one.headers))], one.name, row_height=ROW)
        table.setSortingEnabled(False)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.show_rows(rows)
        lines = max(column.title.count("\n") + 1 for column in table.rows_model.columns)
        size(table.horizontalHeader(), height=16 * lines + 12)
        self._room.addWidget(table)
        self._fit()

    def _column(self, one: ShownTable, place: int, labelled: int, total: str, rows: list[TableRow]) -> Column:
        title = "\n".join(wrap(one.headers[place], HEADER_WIDTH))
        is_number = place in one.numbers
        width = (
            max(
                [
                    *(_width(line, "small") * 1.1 for line in title.split("\n")),
                    *(_width(_written(row.cells[place]), "body") + (24 if row.is_part else 0) for row in rows),
                ]
            )
            + 20
        )
        is_total = one.headers[place] == total
        return Column(
            title, lambda row: _written(row.cells[place]), align="right" if is_number else "left", width=round(width),
            strong=lambda row: is_total, mark=(lambda row: Mark("part", "", "info") if row.is_part else None) if place == labelled else None,
            tip=lambda row: one.headers[place],
        )  # fmt: skip

    def _fit(self) -> None:
        """As high as its rows: the page scrolls, not the table."""
        if self.table is not None:
            rows = self.table.rows_model.rowCount()
            is_wide = self.table.horizontalHeader().length() > self.table.width() > 0
            bar = look().px(12) if is_wide else 0
            self.table.setFixedHeight(look().px(ROW) * rows + self.table.horizontalHeader().height() + look().px(2) + bar)

    def _clear(self) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
            self.table = None


def _total_at(stated: StatedTable, one: ShownTable) -> str:
    """The heading of the column that sums the others, "" for none."""
    across = stated.table.dimensions[1:] and stated.table.dimensions[1].levels
    sums = [axis.total for axis in stated.spec.by if axis.total]
    return sums[-1] if sums and across and across[-1] == TOTAL and sums[-1] in one.headers else ""


def _written(cell: Cell) -> str:
    return number(cell) if isinstance(cell, int) else str(cell)


def _width(text: str, kind: str) -> int:
    """Px at 100 % that a text needs."""
    return round(QFontMetrics(look().font(kind)).horizontalAdvance(text) * 100 / look().zoom)
