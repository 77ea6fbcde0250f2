"""Step 2 of an import: where each column goes, what cannot be taken, and the buttons that try it, keep it and do it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from victimcare.ui.screens.importing import corrections
from victimcare.ui.screens.importing.below import CELLS, VALUES, Below
from victimcare.ui.screens.importing.choice_table import ChoiceTable
from victimcare.ui.screens.importing.register import Prepared
from victimcare.ui.screens.importing.rows import ASKS, ColumnRow, column_rows, columns_of_columns
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import count, number


class ColumnsStep(QWidget):
    """Signals: what a person asks for; `corrected(mappings)`: the mappings as they are to be now."""

    corrected = Signal(object)
    import_asked = Signal()
    trial_asked = Signal()
    keep_asked = Signal()
    rejects_asked = Signal()
    drop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._prepared: Prepared | None = None
        self.columns = ChoiceTable(
            columns_of_columns(), "Columns of the register", at=2,
            choices=lambda row: corrections.field_choices(row.sheet), value=lambda row: row.column.field,
        )  # fmt: skip
        self.below = Below()
        self.do = Button("Import", self.import_asked.emit, kind="primary", key="Ctrl+Enter")
        self.try_it = Button("Try it, write nothing", self.trial_asked.emit, key="T")
        self.keep = Button("Keep this mapping", self.keep_asked.emit)
        self.rejects = Button("Save the rejected rows", self.rejects_asked.emit)
        self.drop = Button("Drop my corrections", self.drop_asked.emit, kind="flat")
        self.tells = Words()
        page = QVBoxLayout(self)
        space(page, gap=0)
        page.addWidget(self._lists(), 1)
        page.addWidget(self._foot())
        self.columns.picked.connect(self._field_said)
        self.columns.chosen.connect(self.below.show_column)
        self.below.corrected.connect(self.corrected)
        self.setFocusProxy(self.columns)

    def show_register(self, prepared: Prepared | None, *, is_new: bool = False) -> None:
        """Show a register that was read; `is_new`: go to the first column that asks for a look."""
        self._prepared = prepared
        rows = column_rows(prepared) if prepared else ()
        self.columns.show_rows(rows)
        self.below.show_register(prepared)
        if is_new:
            asks = [row for row in rows if isinstance(row, ColumnRow) and row.column.sure in ASKS]
            self.below.parts.set_value(VALUES if asks else CELLS)
            first = next((row for row in asks or rows if isinstance(row, ColumnRow)), None)
            if first is not None:
                self.columns.choose(first.id)
        self.below.show_column(self.columns.current_row())
        self._tell()

    def next_to_look_at(self) -> None:
        """Go to the next column that asks for a look."""
        rows = [row for row in self.columns.rows_model.rows if isinstance(row, ColumnRow)]
        at = next((place for place, row in enumerate(rows) if row.id == self.columns.current_key()), -1)
        for row in (*rows[at + 1 :], *rows[: at + 1]):
            if row.column.sure in ASKS:
                self.columns.choose(row.id)
                self.below.go_to(VALUES)
                return

    def set_busy(self, is_busy: bool) -> None:
        """Nothing new can be asked for while a job of this register runs."""
        self._tell()
        if is_busy:
            for button in (self.do, self.try_it):
                button.setEnabled(False)

    def _lists(self) -> QScrollArea:
        """Both lists; where there is no room for some rows of each, the page scrolls."""
        area, inside = QScrollArea(), QFrame()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setProperty("ground", "panel")
        lists = QVBoxLayout(inside)
        space(lists, 16, 0, 24, 0, gap=4)
        lists.addWidget(self.columns, 3)
        lists.addWidget(self.below, 2)
        size(self.columns, least_height=210)
        size(self.below, least_height=190)
        area.setWidget(inside)
        return area

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("edge", "top")
        flow = Flow(foot)
        space(flow, 24, 11, 24, 11, gap=8)
        for part in (self.do, self.try_it, self.keep, self.rejects, self.drop, self.tells):
            flow.addWidget(part)
        size(foot, least_height=56)
        return foot

    def _tell(self) -> None:
        plan = self._prepared.plan if self._prepared else None
        rows = plan.rows_taken if plan else 0
        is_something = plan is not None and plan.is_something
        self.do.setText(f"Import {count(rows, 'row', 'rows')}" if rows else "Keep what waits" if is_something else "Nothing to import")
        self.do.setEnabled(is_something)
        self.try_it.setEnabled(is_something)
        self.rejects.setEnabled(bool(plan and plan.problems))
        self.drop.setVisible(self._prepared is not None and self._prepared.mappings != self._prepared.first)
        self.tells.setText(self._words())

    def _words(self) -> str:
        if self._prepared is None:
            return ""
        plan = self._prepared.plan
        if plan is None:
            return "Nothing is written yet. Say first what is unclear."
        if plan.rows_read and plan.again == plan.rows_read and not plan.is_something:
            return f"All {number(plan.again)} rows are here already. Nothing comes in twice."
        parts = ["Nothing is written yet."]
        if plan.again:
            parts.append(f"{count(plan.again, 'row is', 'rows are')} here already and will not come in twice.")
        if plan.more:
            parts.append(f"{count(len(plan.more), 'of them says', 'of them say')} more now: it will go to the notes.")
        if plan.waiting:
            what = ("row or cell", "rows or cells") if any(one.is_row for one in plan.waiting) else ("cell", "cells")
            parts.append(f"{count(len(plan.waiting), *what)} will wait in Leftovers.")
        return " ".join(parts)

    def _field_said(self, row: ColumnRow, key: str) -> None:
        if self._prepared is not None:
            self.corrected.emit(corrections.to_field(self._prepared.sheets, self._prepared.mappings, *row.id, key))
