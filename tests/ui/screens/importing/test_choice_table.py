"""A list with a choice in each row: one real field, in the row the keyboard is on, reached and left by keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from victimcare.ui.screens.importing.choice_table import ChoiceTable
from victimcare.ui.widgets.table import Column

CODES = (("", "Not known"), ("PL", "Poland"), ("RO", "Romania"))


@dataclass(frozen=True)
class Row:
    id: int
    wording: str
    code: str


@pytest.fixture
def table(qtbot: QtBot) -> ChoiceTable:
    columns = [Column("Wording", lambda row: row.wording), Column("Means", lambda row: dict(CODES)[row.code], width=200)]
    made = ChoiceTable(columns, "Values", at=1, choices=lambda row: CODES if row.wording != "fixed" else (), value=lambda row: row.code)
    made.show_rows([Row(1, "PL", "PL"), Row(2, "fixed", ""), Row(3, "Rom", "RO")])
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def fields(table: ChoiceTable) -> list[str]:
    return [box.currentText() for box in table.findChildren(QComboBox) if box.isVisible()]


def test_only_the_current_row_has_a_field_and_only_where_there_is_a_choice(table: ChoiceTable) -> None:
    table.selectRow(0)
    assert fields(table) == ["Poland"]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert fields(table) == []
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert fields(table) == ["Romania"]


def test_the_field_covers_its_own_cell(table: ChoiceTable) -> None:
    table.selectRow(2)
    assert table.box is not None
    assert table.box.geometry().topLeft() == table.visualRect(table.rows_model.index(2, 1)).topLeft()


def test_enter_goes_to_the_choice_and_tells_what_was_picked(qtbot: QtBot, table: ChoiceTable) -> None:
    picked: list[tuple[Any, Any]] = []
    table.picked.connect(lambda row, code: picked.append((row.id, code)))
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert table.box is not None
    qtbot.waitUntil(lambda: table.box is not None and table.box.view().isVisible())
    table.box.hidePopup()
    table.activateWindow()
    qtbot.waitUntil(table.box.hasFocus)
    table.box.set_value("RO")
    qtbot.waitUntil(lambda: picked == [(1, "RO")])
    table.show_rows([Row(1, "PL", "RO"), Row(2, "fixed", ""), Row(3, "Rom", "RO")])
    assert table.box is not None
    assert table.box.hasFocus()  # the keyboard stays where one was typing
    QTest.keyClick(table.box, Qt.Key.Key_Escape)
    assert table.hasFocus()


def test_a_click_on_the_drawn_field_opens_it(qtbot: QtBot, table: ChoiceTable) -> None:
    table.selectRow(0)
    at: QPoint = table.visualRect(table.rows_model.index(2, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.current_key() == 3
    assert table.box is not None
    qtbot.waitUntil(lambda: table.box is not None and table.box.view().isVisible())
    table.box.hidePopup()
