"""The window with the casework screens, and people known by name."""

from __future__ import annotations

from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import Hands, settle
from victimcare.ui.navigation import Place, RailItem, Screen
from victimcare.ui.people import People
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.cases import CasesScreen
from victimcare.ui.screens.new_case import NewCaseScreen
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work


class ReferPlace(Screen):
    """Stands for the screen that refers: it remembers for whom one came."""

    came_for: Place | None = None

    def open(self, place: Place) -> None:
        self.came_for = place


@pytest.fixture
def people(qtbot: QtBot, work: Work) -> People:
    return People(work)


@pytest.fixture
def desk(qtbot: QtBot, window: MainWindow, work: Work, people: People) -> MainWindow:
    """The window with Cases, a case and New case; call `go` after people were put into the vault."""
    window.add_screen("cases", partial(CasesScreen, people=people), RailItem("Cases", "folder", "Ctrl+2"))
    window.add_screen("case", partial(CaseScreen, people=people), under="cases")
    window.add_screen("new_case", partial(NewCaseScreen, people=people), under="cases")
    window.add_screen("refer", ReferPlace)
    window.activateWindow()
    return window


@pytest.fixture
def hands(qtbot: QtBot, desk: MainWindow, work: Work) -> Hands:
    return Hands(qtbot, desk, work)


@pytest.fixture
def show(qtbot: QtBot, desk: MainWindow, work: Work, people: People):  # type: ignore[no-untyped-def]
    """`show(place)`: read the names anew, go there, wait until it is shown; answers the screen."""

    def go(place: Place) -> Screen:
        people.load()
        settle(qtbot, work)
        desk.activateWindow()
        qtbot.waitUntil(desk.isActiveWindow)
        desk.go(place)
        settle(qtbot, work)
        screen = desk.screen_shown
        assert screen is not None
        return screen

    return go
