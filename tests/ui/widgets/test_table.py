"""Lists keep what was chosen, sort, copy, are read aloud and stay quick."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from victimcare.ui.settings import Settings
from victimcare.ui.style import LIGHT, Look
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.table import Column, Group, Mark, RowsModel

DOWN = Qt.SortOrder.DescendingOrder


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    days: int | None
    is_late: bool = False


COLUMNS = (
    Column("Reference", lambda row: f"VC-{row.id:04}", tone="muted"),
    Column("Name used", lambda row: row.name, mark=lambda row: Mark("late", "Late", "late") if row.is_late else None),
    Column("Last contact", lambda row: "" if row.days is None else f"{row.days} days ago", sort=lambda row: row.days, align="right"),
)
PEOPLE = (Person(1, "Merita", 29), Person(2, "ana", 3, True), Person(3, "Богдан", None), Person(4, "Zofia", 11))


@pytest.fixture
def table(qtbot: QtBot) -> RowsTable:
    made = RowsTable(COLUMNS, "Cases")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show_rows(PEOPLE)
    made.show()
    qtbot.waitExposed(made)
    return made


def order(table: RowsTable) -> list[int]:
    return [table.rows_model.key_at(at) for at in range(table.rows_model.rowCount())]


def test_the_model_keeps_the_rules_of_its_kind(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows(PEOPLE)
    model.sort(2, DOWN)
    model.show_rows(())
    assert tester.model() is model


def test_sorting_puts_nothing_last_both_ways_and_takes_names_without_case(table: RowsTable) -> None:
    table.sort_by("Last contact")
    assert order(table) == [2, 4, 1, 3]
    table.sort_by("Last contact", DOWN)
    assert order(table) == [1, 4, 2, 3]
    table.sort_by("Name used")
    assert order(table) == [2, 1, 4, 3]


def test_what_was_chosen_stays_chosen_by_id_when_rows_change(table: RowsTable) -> None:
    table.choose(4)
    table.show_rows([Person(9, "New", 1), *reversed(PEOPLE)])
    assert table.current_row() == PEOPLE[3]
    assert {index.row() for index in table.selectionModel().selectedRows()} == {table.rows_model.place_of(4)}
    table.sort_by("Name used")
    assert table.current_key() == 4
    table.show_rows([replace(PEOPLE[3], name="Zosia"), PEOPLE[0]])
    assert table.current_row().name == "Zosia"


def test_when_the_chosen_row_is_gone_the_keyboard_stays_at_its_place(table: RowsTable) -> None:
    table.choose(2)
    table.show_rows([one for one in PEOPLE if one.id != 2])
    assert table.current_key() == 3


def test_enter_opens_and_letters_are_left_to_the_screen(qtbot: QtBot, table: RowsTable) -> None:
    opened: list[Person] = []
    table.opened.connect(opened.append)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, "Z")
    assert table.current_key() == 2
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [PEOPLE[1]]


def test_copying_gives_headings_states_and_text(qtbot: QtBot, table: RowsTable) -> None:
    table.choose(2)
    table.setColumnHidden(0, True)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name used\tLast contact\nLate ana\t3 days ago"


def test_a_cell_is_read_aloud_with_its_heading_and_state(table: RowsTable) -> None:
    model = table.rows_model
    assert model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Name used: Late ana"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Name used"


def test_headings_span_cannot_be_chosen_and_hold_their_rows_when_sorted(qtbot: QtBot, table: RowsTable) -> None:
    late, now = Group("Late", Mark("late", "", "late"), "2", "a date has passed"), Group("Now", Mark("clock", "", "now"))
    table.show_rows([late, PEOPLE[0], PEOPLE[1], now, PEOPLE[3], PEOPLE[2]])
    assert table.columnSpan(0, 0) == 3
    assert table.rowHeight(0) > table.rowHeight(1)
    table.sort_by("Name used")
    assert order(table) == [None, 2, 1, None, 4, 3]
    table.setFocus()
    table.choose(1)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current_key() == 4
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert table.current_key() == 1
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.current_key() == 2
    table.show_rows(PEOPLE)
    assert table.rowHeight(0) == table.rowHeight(1)
    assert table.columnSpan(0, 0) == 1


def test_a_ring_shows_which_row_has_the_keyboard(qtbot: QtBot, table: RowsTable) -> None:
    table.choose(2)
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    image = table.viewport().grab().toImage()
    y = table.rowViewportPosition(1) + 10
    assert image.pixelColor(0, y).name() == LIGHT.focus.lower()
    assert image.pixelColor(0, y + 28).name() == LIGHT.panel.lower()


def test_columns_are_found_as_they_were_left(qtbot: QtBot, settings: Settings, table: RowsTable) -> None:
    table.remember(settings, "v1", "cases")
    table.horizontalHeader().moveSection(2, 0)
    table.setColumnWidth(1, 222)
    table.columns_menu().actions()[0].trigger()
    table.sort_by("Last contact", DOWN)
    table.setColumnHidden(1, False)
    qtbot.waitUntil(lambda: "sorted" in settings.columns_of("v1", "cases"))
    again = RowsTable(COLUMNS, "Cases")
    qtbot.addWidget(again)
    again.remember(settings, "v1", "cases")
    again.show_rows(PEOPLE)
    assert again.horizontalHeader().visualIndex(2) == 0
    assert again.columnWidth(1) == 222
    assert order(again) == [1, 4, 2, 3]
    again.reset_columns()
    assert again.horizontalHeader().visualIndex(2) == 2


def test_a_hidden_column_stays_hidden_next_time(qtbot: QtBot, settings: Settings, table: RowsTable) -> None:
    table.remember(settings, "v1", "cases")
    table.columns_menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: settings.columns_of("v1", "cases").get("hidden") == ["last_contact"])
    again = RowsTable(COLUMNS, "Cases")
    qtbot.addWidget(again)
    again.remember(settings, "v1", "cases")
    assert again.isColumnHidden(2)


def test_rows_and_columns_grow_with_the_zoom(table: RowsTable, dressed: Look) -> None:
    dressed.set_zoom(200)
    assert table.rowHeight(0) == 56
    assert table.columnWidth(0) == 240


def test_only_what_shows_is_asked_of_a_hundred_thousand_rows(qtbot: QtBot) -> None:
    asked: list[int] = []
    columns = (Column("Name", lambda row: asked.append(row.id) or row.name, sort=lambda row: row.name),)
    table = RowsTable(columns, "Cases")
    qtbot.addWidget(table)
    table.resize(400, 600)
    table.show()
    table.show_rows(Person(at, f"n{at % 977}", at) for at in range(100_000))
    table.grab()
    assert 0 < len(set(asked)) < 100
    table.sort_by("Name")
    table.choose(99_999)
    table.grab()
    assert len(set(asked)) < 300


@given(st.lists(st.tuples(st.integers(0, 50), st.none() | st.integers(0, 5)), unique_by=lambda one: one[0]), st.booleans())
def test_sorting_loses_no_row_and_agrees_with_plain_sorting(pairs: list[tuple[int, int | None]], is_down: bool) -> None:
    model = RowsModel(COLUMNS)
    model.show_rows([Person(key, "x", days) for key, days in pairs])
    model.sort(2, DOWN if is_down else Qt.SortOrder.AscendingOrder)
    days = [row.days for row in model.rows]
    full = [one for one in days if one is not None]
    assert full == sorted(full, reverse=is_down)
    assert days[len(full) :] == [None] * (len(days) - len(full))
    assert {row.id for row in model.rows} == {key for key, _ in pairs}
    assert all(model.rows[model.place_of(key) or 0].id == key for key, _ in pairs)
