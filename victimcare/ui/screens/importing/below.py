"""What stands under the columns: cells that cannot be taken, possible duplicates, or what the values of the chosen column mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from victimcare.exchange.mapping import LEAVE, SheetMapping
from victimcare.ui.screens.importing import corrections
from victimcare.ui.screens.importing.choice_table import ChoiceTable
from victimcare.ui.screens.importing.register import Prepared
from victimcare.ui.screens.importing.rows import (
    LATER,
    CellRow,
    ColumnRow,
    DuplicateRow,
    cell_rows,
    columns_of_cells,
    columns_of_duplicates,
    columns_of_wordings,
    is_one_wording,
)
from victimcare.ui.style import size, space
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import number

CELLS, DUPLICATES, VALUES = "cells", "duplicates", "values"
TITLES = {CELLS: "Cells that cannot be taken as they are", DUPLICATES: "Possible duplicates: listed, never merged"}
HOURS = tuple((hour, f"{hour}:00") for hour in range(15, 23))


class Below(QWidget):
    """`corrected(mappings)`: a person said what a wording, a date or an hour means."""

    corrected = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._prepared: Prepared | None = None
        self._column: ColumnRow | None = None
        self._said: dict[Any, CellRow] = {}
        self._words: dict[str, str] = {}
        self.title, self.about = Words("", "section"), Words("", "muted")
        self.parts = Segments(((CELLS, "Cells"), (DUPLICATES, "Duplicates"), (VALUES, "Values")), "Below the columns")
        self.cells = ChoiceTable(
            columns_of_cells(), TITLES[CELLS], at=6, choices=self._codes_of_cell, value=lambda row: LATER if row.code is None else row.code
        )
        self.duplicates = RowsTable(columns_of_duplicates(), TITLES[DUPLICATES])
        self.wordings = ChoiceTable(columns_of_wordings(self._words), "Values of the chosen column", at=2, choices=self._codes, value=lambda row: row.code)
        self.orders = CodeBox(corrections.ORDERS, "Dates are written", small=True, empty="not clear yet")
        self.delimiters = CodeBox(corrections.DELIMITERS, "Several in one cell", small=True)
        self.hours = CodeBox(HOURS, "Evenings begin at", small=True, empty="nobody said: ask first")
        self._labels = {
            box: Words(words)
            for box, words in (
                (self.orders, "Dates are written"),
                (self.delimiters, "Several in one cell"),
                (self.hours, "Evenings begin at"),
            )
        }
        self._lay_out()
        self.cells.picked.connect(self._cell_said)
        self.wordings.picked.connect(lambda row, code: self._wording_said(row.wording, code))
        self.parts.chosen.connect(lambda _: self._show_part())
        self.orders.chosen.connect(self._order_said)
        self.delimiters.chosen.connect(self._delimiter_said)
        self.hours.chosen.connect(self._hour_said)

    def show_register(self, prepared: Prepared | None) -> None:
        """Show what this register has to say; None for nothing."""
        is_another = prepared is None or self._prepared is None or prepared.sheets is not self._prepared.sheets
        if is_another:
            self._said = {}
        self._prepared = prepared
        rows = cell_rows(prepared, self._said) if prepared else ()
        self._said.update({row.id: row for row in rows})
        self.cells.show_rows(rows)
        found = prepared.plan.duplicates if prepared and prepared.plan else ()
        self.duplicates.show_rows(DuplicateRow(at, one) for at, one in enumerate(found))
        if prepared is None:
            self.show_column(None)
        self._show_part()

    def show_column(self, row: ColumnRow | None) -> None:
        """The column whose values are meant."""
        self._column = row
        if self.parts.value() == VALUES:
            self._show_part()

    def go_to(self, part: str) -> None:
        """Show a part and put the keyboard there."""
        self.parts.set_value(part)
        (self.hours if part == VALUES and not self.hours.isHidden() else self._table()).setFocus()

    # What is shown

    def _lay_out(self) -> None:
        page, head, options = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        space(page, gap=4)
        space(head, 8, 4, 0, 0, gap=12)
        space(options, 8, 0, 0, 4, gap=8)
        for part in (self.title, self.about):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.parts)
        self._options, self._stack = QWidget(), QStackedWidget()
        self._options.setLayout(options)
        for box, words in self._labels.items():
            words.setBuddy(box)
            size(box, width=220)
            options.addWidget(words)
            options.addWidget(box)
        options.addStretch(1)
        for table in (self.cells, self.duplicates, self.wordings):
            self._stack.addWidget(table)
        page.addLayout(head)
        page.addWidget(self._options)
        page.addWidget(self._stack, 1)

    def _table(self) -> RowsTable:
        return {CELLS: self.cells, DUPLICATES: self.duplicates, VALUES: self.wordings}[self.parts.value()]

    def _show_part(self) -> None:
        part = self.parts.value()
        self._stack.setCurrentWidget(self._table())
        self._options.setVisible(part == VALUES)
        if part == VALUES:
            self._show_values()
            return
        rows = self._table().rows_model.rowCount()
        self.title.setText(TITLES[part])
        self.about.setText(f"{number(rows)} in {number(self._prepared.rows)} rows" if self._prepared and rows else "none")

    def _show_values(self) -> None:
        row, prepared = self._column, self._prepared
        if row is None or prepared is None:
            self.title.setText("Values")
            self.about.setText("choose a column above")
            self.wordings.show_rows(())
            self._options.hide()
            return
        (at, place), target = row.id, row.column.target
        sheet = prepared.sheets[at]
        found = corrections.wordings(sheet, row.column, place)
        self._words.clear()
        if target is not None and corrections.has_codes(target):
            self._words.update({one.code: corrections.code_words(target, one.code) for one in found})
        else:
            self._words[LEAVE] = "as it stands" if target is not None else "kept in the notes"
        self.title.setText(f"What “{row.column.heading}” means")
        self.about.setText(f"{number(len(found))} wordings" if len(found) < corrections.MOST_WORDINGS else f"the {number(len(found))} commonest wordings")
        self.wordings.show_rows(found)
        self._show_option(self.orders, target is not None and target.kind == "date", row.column.order)
        self._show_option(self.delimiters, target is not None and target.is_several, row.column.delimiter)
        self._show_option(self.hours, target is not None and target.kind == "safe_call" and corrections.asks_hour(sheet, place), row.column.from_hour)
        self._options.setVisible(any(not box.isHidden() for box in self._labels))

    def _show_option(self, box: CodeBox, is_shown: bool, value: Any) -> None:
        box.setVisible(is_shown)
        self._labels[box].setVisible(is_shown)
        if is_shown:
            box.blockSignals(True)
            box.set_value(value)
            box.blockSignals(False)

    # What there is to choose

    def _codes(self, row: corrections.Wording) -> Sequence[tuple[str, str]]:
        target = self._column.column.target if self._column else None
        if target is None or not corrections.has_codes(target):
            return ()
        choices = corrections.code_choices(corrections.list_of(target))
        if target.kind == "safe_call":
            choices = choices[1:]
        return choices if row.code in dict(choices) else ((row.code, corrections.code_words(target, row.code)), *choices)

    def _codes_of_cell(self, row: CellRow) -> Sequence[tuple[str, str]]:
        if row.column is None or self._prepared is None or not is_one_wording(row):
            return ()
        at, place = row.column
        target = self._prepared.mappings[at].columns[place].target
        if target is None or not target.codelist:
            return ()
        return ((LATER, "Choose a code"), *corrections.code_choices(target.codelist, "Leave it: not known"))

    # What a person says

    def _cell_said(self, row: CellRow, code: str) -> None:
        if row.column is None or self._prepared is None:
            return
        at, place = row.column
        if code == LATER:
            self.corrected.emit(corrections.without_code(self._prepared.mappings, at, place, row.problem.value))
        else:
            self.corrected.emit(corrections.with_code(self._prepared.mappings, at, place, row.problem.value, code))

    def _wording_said(self, wording: str, code: str) -> None:
        where = self._where()
        if where:
            self.corrected.emit(corrections.with_code(*where, wording, code))

    def _order_said(self, order: Any) -> None:
        where = self._where()
        if where and order is not None:
            self.corrected.emit(corrections.with_order(*where, order))

    def _delimiter_said(self, delimiter: Any) -> None:
        where = self._where()
        if where and delimiter is not None:
            self.corrected.emit(corrections.with_delimiter(*where, delimiter))

    def _hour_said(self, hour: Any) -> None:
        where = self._where()
        if where:
            self.corrected.emit(corrections.with_hour(*where, hour))

    def _where(self) -> tuple[tuple[SheetMapping, ...], int, int] | None:
        return (self._prepared.mappings, *self._column.id) if self._prepared and self._column else None
