"""Leftovers: each is put right or left with a reason, and its case is one key away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import StandingClock
from tests.ui.screens.conftest import ReferPlace
from tests.ui.screens.given import settle, texts_of
from victimcare.casework.cases import Case
from victimcare.casework.identity import identity_of
from victimcare.example.vault import PASSPHRASE, USER
from victimcare.exchange.leftovers import LEFT, MENDED, leftovers, open_leftovers
from victimcare.exchange.mending import case_with_reference
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.leftovers import LeftoversScreen
from victimcare.ui.screens.leftovers_side import NUMBER_HIDDEN
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work


@pytest.fixture
def vault(example_vault_dir: Path, clock: StandingClock) -> Iterator[Vault]:
    opened = Vault.open(example_vault_dir, USER, PASSPHRASE, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def rest(qtbot: QtBot, work: Work) -> Callable[[], None]:
    def wait() -> None:
        settle(qtbot, work)
        settle(qtbot, work)

    return wait


@pytest.fixture
def screen(qtbot: QtBot, window: MainWindow, rest: Callable[[], None]) -> LeftoversScreen:
    window.add_screen("leftovers", LeftoversScreen)
    window.add_screen("case", ReferPlace)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(Place("leftovers"))
    rest()
    shown = window.screen_shown
    assert isinstance(shown, LeftoversScreen)
    return shown


def values(screen: LeftoversScreen) -> list[str]:
    return [row.value for row in screen.table.rows_model.rows]


def choose(screen: LeftoversScreen, value: str) -> Any:
    row = next(row for row in screen.table.rows_model.rows if row.value == value)
    screen.table.choose(row.id)
    return row


def case_of(vault: Vault, reference: str) -> Any:
    with vault.reading(Reading.names()) as session:
        return case_with_reference(session, reference)


def test_what_waits_is_listed_with_why(screen: LeftoversScreen) -> None:
    assert values(screen) == ["31/02/1990", "19/07/2016", "Organ grinder", "Yugoslav?", "maybe later"]
    assert screen.head.about.text() == "5 wait"
    choose(screen, "31/02/1990")
    assert "Why: no such day" in texts_of(screen.side.facts)


def test_a_code_puts_a_cell_right_in_its_case(vault: Vault, window: MainWindow, screen: LeftoversScreen, rest: Callable[[], None]) -> None:
    row = choose(screen, "Yugoslav?")
    assert not screen.side.mend.isEnabled()
    screen.side.code.set_value("RS")
    screen.side.mend.click()
    rest()
    assert "Put right" in window.message.text()
    assert "Yugoslav?" not in values(screen)
    case_id = case_of(vault, row.link)
    with vault.reading() as session:
        assert session.scalar(select(Case.nationality).where(Case.id == case_id)) == "RS"


def test_a_date_puts_a_birth_right(vault: Vault, screen: LeftoversScreen, rest: Callable[[], None]) -> None:
    row = choose(screen, "31/02/1990")
    screen.side.to_mend()
    QTest.keyClicks(screen.side.day, "28 Feb 1990")
    QTest.keyClick(screen.side.day, Qt.Key.Key_Tab)
    screen.side.mend.click()
    rest()
    case_id = case_of(vault, row.link)
    with vault.reading(Reading.case(case_id)) as session:
        identity = identity_of(session, case_id)
    assert identity is not None
    assert identity.born_on == date(1990, 2, 28)


def test_what_cannot_be_is_refused_and_stays(vault: Vault, window: MainWindow, screen: LeftoversScreen, rest: Callable[[], None]) -> None:
    choose(screen, "maybe later")
    screen.side.code.set_value("UNDECIDED")
    screen.side.case.setText("no such reference")
    screen.side.mend.click()
    rest()
    assert "No case has this reference." in window.message.text()
    with vault.reading() as session:
        assert open_leftovers(session) == 5
    assert screen.side.code.value() == "UNDECIDED"  # what was chosen is still there


def test_leaving_needs_a_reason_and_is_kept(vault: Vault, screen: LeftoversScreen, rest: Callable[[], None]) -> None:
    choose(screen, "Organ grinder")
    assert not screen.side.leave.isEnabled()
    screen.side.reason.set_text("A nickname, not a form of exploitation")
    screen.side.leave.click()
    rest()
    assert "Organ grinder" not in values(screen)
    screen.states.set_value(LEFT)
    rest()
    assert values(screen) == ["Organ grinder"]
    screen.states.set_value(MENDED)
    rest()
    assert values(screen) == []
    assert "Nothing was put right yet" in screen.shown.text()
    with vault.reading(Reading.office("import leftovers")) as session:
        assert [row.value for row in leftovers(session, status=LEFT)] == ["Organ grinder"]


def test_enter_opens_the_case_it_belongs_to(vault: Vault, window: MainWindow, screen: LeftoversScreen, rest: Callable[[], None]) -> None:
    row = choose(screen, "maybe later")
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    rest()
    shown = window.screen_shown
    assert isinstance(shown, ReferPlace)
    assert shown.came_for == Place("case", case_of(vault, row.link))


def test_filters_narrow_and_a_number_to_call_is_not_shown(screen: LeftoversScreen) -> None:
    screen.finder.setText("not in the list")
    assert values(screen) == ["Organ grinder", "Yugoslav?", "maybe later"]
    screen.sheets.set_value("contacts")
    assert values(screen) == []
    screen.sheets.set_value(None)
    choose(screen, "Yugoslav?")
    said = texts_of(screen.side)
    assert NUMBER_HIDDEN in said
    assert "07700" not in said


def test_locking_takes_every_text_away(window: MainWindow, screen: LeftoversScreen) -> None:
    row = choose(screen, "Yugoslav?")
    name = row.cells["Family name"]
    assert name in texts_of(screen.side)
    window.lock("asked")
    assert values(screen) == []
    said = texts_of(screen)
    assert not [word for word in (name, "Yugoslav?", row.link) if word in said]
