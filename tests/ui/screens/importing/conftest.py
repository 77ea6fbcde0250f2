"""The screen Import in a window, small registers to give it, and a way to wait until nothing runs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import settle
from victimcare.referrals.partners import first_partners
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem, Screen
from victimcare.ui.screens.importing import ImportScreen
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

HEADINGS = ("Ref", "Date received", "First name", "Family name", "Mobile", "Nationality", "Safe to call?")
PEOPLE = (
    ("A/2016/001", "23/01/2016", "Żaneta", "Żołnierczyk", "07700 900101", "Poland", "Y"),
    ("A/2016/002", "14/02/2016", "Ana", "Munteanu", "07700 900102", "Romania", "eve only"),
    ("A/2016/003", "29/03/2016", "Arben", "Hoxha", "07700 900103", "Yugoslav?", "N"),
    ("A/2016/004", "30/04/2016", "Linh", "Nguyen", "07700 900104", "Viet Nam", "Y"),
)


@pytest.fixture
def register(tmp_path: Path) -> Callable[..., Path]:
    """`register(rows, headings=..., name=...)`: a CSV file."""

    def write(rows: Sequence[Sequence[str]] = PEOPLE, *, headings: Sequence[str] = HEADINGS, name: str = "register.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows((headings, *rows))
        return path

    return write


@pytest.fixture
def screen(qtbot: QtBot, vault: Vault, window: MainWindow) -> ImportScreen:
    with vault.transaction() as session:
        first_partners(session)
    for name in ("cases", "leftovers"):
        window.add_screen(name, Screen, RailItem(name.title(), "folder"))
    window.add_screen("import", ImportScreen, under="cases")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(Place("import"))
    shown = window.screen_shown
    assert isinstance(shown, ImportScreen)
    return shown


@pytest.fixture
def rest(qtbot: QtBot, work: Work, screen: ImportScreen) -> Callable[[], None]:
    """Wait until every job and every answer has come."""

    def wait() -> None:
        settle(qtbot, work)  # what a field tells comes with the next turn of the event loop
        qtbot.waitUntil(lambda: not work.jobs and screen.is_settled, timeout=60_000)
        settle(qtbot, work)

    return wait


@pytest.fixture
def read(screen: ImportScreen, rest: Callable[[], None]) -> Callable[..., ImportScreen]:
    def go(*paths: Path) -> ImportScreen:
        screen.read(paths)
        rest()
        return screen

    return go
