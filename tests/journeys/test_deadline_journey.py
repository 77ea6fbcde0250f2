"""An arrest is entered for a matter; the next day the person it is owed to stands on Today, is told, and the matter is closed with two keys."""

from __future__ import annotations

from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import StandingClock
from tests.ui.conftest import dressed, settings, window, work  # noqa: F401
from tests.ui.screens.conftest import desk, hands, people, show  # noqa: F401
from tests.ui.screens.given import Hands, person
from victimcare.casework.case_now import case_now_differences
from victimcare.casework.deadlines import deadlines_of
from victimcare.justice.investigations import open_investigation
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.investigations import InvestigationsScreen
from victimcare.ui.screens.today import TodayScreen
from victimcare.ui.window import MainWindow


@pytest.fixture
def office(desk: MainWindow, people: People) -> MainWindow:  # noqa: F811
    desk.add_screen("today", partial(TodayScreen, people=people), RailItem("Today", "today", "Ctrl+1"))
    desk.add_screen("investigations", partial(InvestigationsScreen, people=people), RailItem("Investigations", "investigation", "Ctrl+5"))
    return desk


def test_an_arrest_is_told_the_next_day(office, show, vault: Vault, hands: Hands, clock: StandingClock, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    with vault.transaction() as session:
        ana = person(session, "Ana")
        open_investigation(session, source="NRM", unit="MSKU", received_on=session.today, crime_reference="3000497/26")
    show(Place("investigations"))
    hands.press("C")
    hands.type("VC-2026-0001")
    hands.press("Ctrl+Return")
    hands.press("A")
    hands.next()
    hands.type("s2")
    hands.press("Ctrl+Return")
    clock.forward(days=1)
    screen = show(Place("today"))
    qtbot.waitUntil(lambda: screen.table.current_row() is not None)
    assert "Tell the victim of an arrest" in screen.side.text()
    assert "Due today, 1 working day" in screen.side.text()
    begun = hands.count
    hands.press("D")
    hands.press("Ctrl+Return")
    assert hands.count - begun <= 2
    screen = show(Place("today"))
    assert "Tell the victim of an arrest" not in screen.side.text()
    with vault.reading(Reading.case(ana)) as session:
        [row] = deadlines_of(session, ana)
        assert case_now_differences(session) == ()
    assert row.outcome is not None
    assert row.outcome.result == "MET"
