"""A real window on a real vault, in a dressed application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayoutItem
from pytestqt.qtbot import QtBot

from victimcare.store.vault import Vault
from victimcare.ui import style
from victimcare.ui.settings import Settings
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work


@pytest.fixture(autouse=True)
def dressed(qapp: object) -> style.Look:
    """The light look at 100 %."""
    look = style.look() if style._look is not None else style.dress(qapp, "light")  # type: ignore[arg-type]
    look.zoom, look.theme = 100, "light"
    look.apply()
    return look


@pytest.fixture(autouse=True)
def nothing_lies_where_another_does(qapp: object) -> Iterator[None]:
    """No layout's item that is gone is still listed where something else lies now: when that goes, the process ends (`widgets/in_layout.py`)."""
    yield
    at: dict[int, object] = {}
    for one in shiboken6.getAllValidWrappers():
        if isinstance(one, QLayoutItem | QObject):
            place = shiboken6.getCppPointer(one)[0]
            assert at.setdefault(place, one) is one, (type(at[place]), type(one))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings")


@pytest.fixture
def work(vault: Vault, qapp: object) -> Iterator[Work]:
    made = Work(vault)
    yield made
    made.stop()


@pytest.fixture
def window(qtbot: QtBot, work: Work, settings: Settings) -> MainWindow:
    made = MainWindow(work, settings, vault_name="MSKU casework", vault_id="v1", user="VLO 17")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    return made
