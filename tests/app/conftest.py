"""The whole program on a real vault, from the first window on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from victimcare.app.desk import Desk
from victimcare.app.entrance import Entrance
from victimcare.store.vault import Vault
from victimcare.ui import style
from victimcare.ui.settings import Settings


@pytest.fixture(autouse=True)
def dressed(qapp: object) -> style.Look:
    """The light look at 100 %."""
    look = style.look() if style._look is not None else style.dress(qapp, "light")  # type: ignore[arg-type]
    look.zoom, look.theme = 100, "light"
    look.apply()
    return look


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings")


@pytest.fixture
def entrance(qtbot: QtBot, qapp: object, settings: Settings) -> Iterator[Entrance]:
    made = Entrance(settings, qapp)  # type: ignore[arg-type]
    yield made
    if made.window is not None:
        made.window.close()
    made.finish()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk_on(qtbot: QtBot, settings: Settings) -> Iterator[Callable[[Vault], Desk]]:
    """`desk_on(vault)`: the main window of an open vault, shown; locked when the test ends."""
    made: list[Desk] = []

    def show(vault: Vault) -> Desk:
        desk = Desk(vault, settings)
        desk.window.resize(1366, 768)
        desk.window.show()
        qtbot.waitExposed(desk.window)
        made.append(desk)
        return desk

    yield show
    for desk in made:
        desk.window.lock()
        desk.ending.join()
        desk.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
