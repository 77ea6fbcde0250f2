"""Dates as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from victimcare.ui.widgets.date_box import DateBox, read_date
from victimcare.ui.words import day

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24 Nov 2026", TODAY), ("24 november 2026", TODAY), ("24nov26", TODAY), ("Tue 24 Nov 2026", TODAY), ("24th Nov", TODAY),
        ("24/11/26", TODAY), ("24.11.2026", TODAY), ("24-11-26", TODAY), ("2026-11-24", TODAY), (" Today ", TODAY), ("+3", date(2026, 11, 27)),
        ("-30", date(2026, 10, 25)), ("yesterday", date(2026, 11, 23)), ("tomorrow", date(2026, 11, 25)), ("fri", date(2026, 11, 27)),
        ("Tuesday", TODAY), ("3 jan", date(2027, 1, 3)), ("1/9", date(2026, 9, 1)), ("5/4/85", date(1985, 4, 5)), ("29/2/24", date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_what_is_understood(typed: str, meant: date) -> None:
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["31/02/1990", "soon", "24 foo 2026", "13/13/26", "+99999", "0/0", "24/11/26 14:00", "1", "2026"])
def test_what_is_not_a_date_is_never_guessed(typed: str) -> None:
    assert read_date(typed, TODAY) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_what_is_shown_can_be_typed(on: date) -> None:
    assert read_date(day(on), TODAY) == on


@given(st.dates(min_value=TODAY - timedelta(180), max_value=TODAY + timedelta(180)))
def test_a_day_without_a_year_is_the_nearest(on: date) -> None:
    assert read_date(f"{on.day}/{on.month}", TODAY) == on


@pytest.fixture
def box(qtbot: QtBot) -> DateBox:
    page, made = QWidget(), DateBox(name="Received on", today=lambda: TODAY)
    layout = QVBoxLayout(page)
    layout.addWidget(made)
    layout.addWidget(QLineEdit())
    qtbot.addWidget(page)
    made.page = page  # type: ignore[attr-defined]
    page.show()
    page.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def test_leaving_the_field_shows_the_date_in_full(qtbot: QtBot, box: DateBox) -> None:
    told: list[date | None] = []
    box.changed.connect(told.append)
    qtbot.keyClicks(box, "24/11/26")
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.text() == "24 Nov 2026"
    assert box.value() == TODAY
    assert told[-1] == TODAY


def test_a_field_that_is_no_date_says_what_to_type_and_keeps_the_text(qtbot: QtBot, box: DateBox) -> None:
    qtbot.keyClicks(box, "31/02/1990")
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.text() == "31/02/1990"
    assert box.value() is None
    assert not box.is_valid()
    assert "24 Nov 2026" in box.toolTip()
    assert "Not a date" in box.accessibleDescription()
    assert box.property("invalid") is True
    box.selectAll()
    qtbot.keyClicks(box, "today")
    assert box.property("invalid") is False


def test_arrows_go_a_day_and_page_keys_a_month(qtbot: QtBot, box: DateBox) -> None:
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == date(2026, 11, 25)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_PageDown)
    assert box.value() == date(2026, 10, 24)
    box.set_value(date(2026, 1, 31))
    qtbot.keyClick(box, Qt.Key.Key_PageUp)
    assert box.value() == date(2026, 2, 28)


def test_an_emptied_field_holds_no_date_and_is_valid(qtbot: QtBot, box: DateBox) -> None:
    box.set_value(TODAY)
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert box.value() is None
    assert box.is_valid()
