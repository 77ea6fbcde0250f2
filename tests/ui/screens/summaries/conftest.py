"""The screen Summaries in a window on the example vault, as a caseworker and as an analyst."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import StandingClock
from tests.ui.screens.given import settle
from victimcare.example.vault import PASSPHRASE, USER
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.screens.summaries import SummariesScreen
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
        qtbot.waitUntil(lambda: not work.jobs, timeout=60_000)
        settle(qtbot, work)

    return wait


@pytest.fixture
def screen(qtbot: QtBot, window: MainWindow, rest: Callable[[], None]) -> SummariesScreen:
    window.add_screen("summaries", SummariesScreen, RailItem("Summaries", "table", "Ctrl+6"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(Place("summaries"))
    rest()
    shown = window.screen_shown
    assert isinstance(shown, SummariesScreen)
    return shown
