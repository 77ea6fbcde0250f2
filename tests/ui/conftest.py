"""A real window on a real vault, in a dressed application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
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
