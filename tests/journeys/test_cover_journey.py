"""A colleague's cover, through two windows with the keyboard alone: handed over, worked, given back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import StandingClock
from tests.ui.conftest import dressed  # noqa: F401
from tests.ui.screens.given import TODAY, Hands, at, person, settle
from victimcare.app.screens import add_screens
from victimcare.casework.cases import Case
from victimcare.casework.contacts import contacts_of, log_contact
from victimcare.store import people as members
from victimcare.store.restrict import restrict
from victimcare.store.rights import Role
from victimcare.store.vault import Reading, Vault
from victimcare.ui.navigation import Place
from victimcare.ui.people import People
from victimcare.ui.screens.today import TodayScreen
from victimcare.ui.screens.today_rows import TodayRow
from victimcare.ui.settings import Settings
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work


class Seat:
    """One person's window with every screen, and their hands."""

    def __init__(self, qtbot: QtBot, vault: Vault, folder: Path) -> None:
        self.qtbot, self.vault, self.work = qtbot, vault, Work(vault)
        self.window = MainWindow(self.work, Settings(folder), vault_name="MSKU casework", vault_id="v1", user=vault.member.name)
        qtbot.addWidget(self.window)
        self.people = People(self.work)
        add_screens(self.window, self.people, vault.member.rights)
        self.window.resize(1366, 768)
        self.window.show()
        self.hands = Hands(qtbot, self.window, self.work)

    def today(self) -> TodayScreen:
        """Sit down at it: Today, read anew."""
        self.people.load()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.window.go(Place("cases"))
        settle(self.qtbot, self.work)
        self.hands.press("Ctrl+1")
        screen = self.window.screen_shown
        assert isinstance(screen, TodayScreen)
        screen._read()
        settle(self.qtbot, self.work)
        return screen

    def leave(self) -> None:
        self.window.hide()
        self.work.stop()


@pytest.fixture
def colleague(vault: Vault, clock: StandingClock) -> Iterator[Vault]:
    code = members.invite(vault, "VLO 23", frozenset({Role.CASEWORKER}))
    other = Vault.join(vault.folder, "VLO 23", code, "another long passphrase", clock=clock)
    members.approve(vault, other.member.id)
    other.refresh_membership()
    vault.refresh_membership()
    yield other
    other.close()


@pytest.fixture
def seats(qtbot: QtBot, vault: Vault, colleague: Vault, tmp_path: Path) -> Iterator[tuple[Seat, Seat]]:
    made = Seat(qtbot, vault, tmp_path / "one"), Seat(qtbot, colleague, tmp_path / "two")
    yield made
    for seat in made:
        seat.leave()


@pytest.fixture
def olga(vault: Vault) -> UUID:
    """A late contact with Olga, and one with somebody whom only VLO 17 may read."""
    with vault.transaction() as session:
        cases = [person(session, name) for name in ("Olga", "Ana")]
        for case_id in cases:
            log_contact(session, case_id=case_id, at=at(11, 20), channel="TEXT", outcome="SPOKEN", next_on=TODAY - timedelta(days=1))
        session.flush()
        case = session.get(Case, cases[1])
        assert case is not None
        restrict(session, case_id=case.id, version=case.version, members=[vault.member.id])
    return cases[0]


def names(screen: TodayScreen) -> list[str]:
    return [row.name for row in screen.table.rows_model.rows if isinstance(row, TodayRow)]


@pytest.mark.usefixtures("dressed")
def test_a_colleagues_cover(seats: tuple[Seat, Seat], olga: UUID, vault: Vault) -> None:
    mine, theirs = seats

    screen = mine.today()
    assert sorted(names(screen)) == ["Ana", "Olga"]
    started = mine.hands.count
    mine.hands.press("H")
    mine.hands.type("VLO 23")
    screen.cover.box.note.setText("Olga likes to be rung on Mondays")
    mine.hands.press("Ctrl+Return")
    assert mine.hands.count - started == 3
    assert "VLO 23 covers for you until Mon 30 Nov" in screen.cover.strip.text()

    covering = theirs.today()
    assert names(covering) == []
    theirs.hands.press("4")
    assert names(covering) == ["Olga"]
    told = covering.cover.strip.text()
    assert "You cover for VLO 17 until Mon 30 Nov" in told
    assert "1 line you cannot open: ask a supervisor." in told
    assert "Mondays" not in told
    note = next(one for one in covering.cover.strip.findChildren(Button) if one.text().startswith("Read the note"))
    note.setFocus()
    theirs.hands.press("Space")
    assert "Note: Olga likes to be rung on Mondays" in covering.cover.strip.text()
    theirs.hands.press("Ctrl+1")
    covering.table.setFocus()
    theirs.hands.press("L")
    theirs.hands.type("She is well")
    theirs.hands.press("Ctrl+Return")
    covering = theirs.today()
    assert names(covering) == []
    theirs.hands.press("B")
    assert len(covering.whose.values) == 3
    assert "You cover" not in covering.cover.strip.text()

    screen = mine.today()
    assert names(screen) == ["Ana"]
    assert not screen.cover.strip.isVisible()
    with vault.reading(Reading.case(olga)) as session:
        newest = contacts_of(session, olga)[0]
    assert (newest.said, newest.made_by) == ("She is well", theirs.vault.member.id)
