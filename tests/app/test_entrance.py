"""Which window follows which: locked, closed, quit, opened again."""

from __future__ import annotations

import gc
import threading
import weakref
from datetime import date
from pathlib import Path
from uuid import UUID

import shiboken6
from PySide6.QtGui import QKeySequence, QShortcut
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import PASSPHRASE
from victimcare.app.entrance import Entrance
from victimcare.casework.new_person import new_case
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.workers import Worker
from victimcare.overview.case_page import CasePage
from victimcare.store.vault import Vault
from victimcare.ui.first_run import FirstRun
from victimcare.ui.navigation import Place
from victimcare.ui.unlock import UnlockWindow
from victimcare.ui.window import MainWindow


def opened(qtbot: QtBot, entrance: Entrance, folder: Path) -> MainWindow:
    """The main window, by typing the passphrase."""
    entrance.unlock(str(folder), "VLO 17")
    return unlocked(qtbot, entrance)


def unlocked(qtbot: QtBot, entrance: Entrance) -> MainWindow:
    window = entrance.window
    assert isinstance(window, UnlockWindow)
    window.passphrase.setText(PASSPHRASE)
    window.unlock()
    qtbot.waitUntil(lambda: isinstance(entrance.window, MainWindow))
    assert isinstance(entrance.window, MainWindow)
    return entrance.window


def test_lock_shows_the_unlock_window_and_does_not_end_the_program(qtbot: QtBot, entrance: Entrance, vault: Vault, vault_dir: Path) -> None:
    vault.close()
    window = opened(qtbot, entrance, vault_dir)
    with qtbot.assertNotEmitted(entrance.ended, wait=200):
        window.lock()
    locked = entrance.window
    assert isinstance(locked, UnlockWindow)
    assert locked.isVisible()
    assert locked.user.text() == "VLO 17"
    assert not shiboken6.isValid(window)


def test_who_unlocks_again_at_once_is_not_asked_about_another_window(qtbot: QtBot, entrance: Entrance, vault: Vault, vault_dir: Path) -> None:
    vault.close()
    for _ in range(3):
        window = opened(qtbot, entrance, vault_dir)
        window.lock()
    unlocked(qtbot, entrance)
    assert not entrance.desk.vault.presence.others()


def test_closing_any_window_ends_the_program(qtbot: QtBot, entrance: Entrance, vault: Vault, vault_dir: Path) -> None:
    vault.close()
    entrance.show()
    assert isinstance(entrance.window, FirstRun)
    with qtbot.waitSignal(entrance.ended):
        entrance.window.close()
    entrance.unlock(str(vault_dir))
    assert entrance.window is not None
    with qtbot.waitSignal(entrance.ended):
        next(one for one in entrance.window.findChildren(QShortcut) if one.key() == QKeySequence("Ctrl+Q")).activated.emit()
    window = opened(qtbot, entrance, vault_dir)
    desk = entrance.desk
    with qtbot.waitSignal(entrance.ended):
        window.close()
    assert not isinstance(entrance.window, UnlockWindow)
    entrance.finish()
    assert not desk.ending.is_alive()


def test_quit_by_key_shows_no_other_window(qtbot: QtBot, entrance: Entrance, vault: Vault, vault_dir: Path) -> None:
    vault.close()
    window = opened(qtbot, entrance, vault_dir)
    with qtbot.waitSignal(entrance.ended):
        next(one for one in window.commands.all() if one.name == "quit").run()
    assert entrance.window is window
    assert not window.isVisible()


def test_an_import_goes_on_after_lock_and_its_rows_are_there_on_unlock(qtbot: QtBot, entrance: Entrance, vault: Vault, vault_dir: Path) -> None:
    vault.close()
    window = opened(qtbot, entrance, vault_dir)
    may_end = threading.Event()

    def slow(token: object) -> None:
        may_end.wait(10)
        token.write(lambda session: session.add(Worker(name="VLO 40")))  # type: ignore[attr-defined]

    window.work.run(window, slow, lambda _: None, name="the import")
    window.lock()
    locked = entrance.window
    assert isinstance(locked, UnlockWindow)
    locked.passphrase.setText(PASSPHRASE)
    locked.unlock()
    may_end.set()
    qtbot.waitUntil(lambda: isinstance(entrance.window, MainWindow))
    with entrance.desk.vault.reading() as session:
        assert "VLO 40" in session.scalars(select(Worker.name)).all()


def test_an_error_nobody_foresaw_is_said_calmly(qtbot: QtBot, entrance: Entrance, vault: Vault, vault_dir: Path) -> None:
    vault.close()
    window = opened(qtbot, entrance, vault_dir)
    entrance.broke.emit("KeyError")
    assert "Something went wrong (KeyError)" in window.message.text()
    window.lock()
    entrance.broke.emit("ValueError")
    assert isinstance(entrance.window, UnlockWindow)
    assert "ValueError" in entrance.window.message.text()


class _Ring:
    """Something that holds itself, as pages and their models do."""

    def __init__(self) -> None:
        self.ring = self


def test_after_lock_nothing_is_left_in_memory_that_nobody_holds(qtbot: QtBot, entrance: Entrance, vault: Vault, vault_dir: Path) -> None:
    with vault.transaction() as session:
        case_id = new_case(session, received_on=date(2026, 3, 3), source="NRM", name_used="Ana", language=None, hours=[SafeHours("TEXT", "YES")])
    vault.close()
    window = opened(qtbot, entrance, vault_dir)
    window.go(Place("case", case_id))
    qtbot.waitUntil(lambda: _pages(case_id) > 0)
    ring = _Ring()
    gone = weakref.ref(ring)
    gc.collect()  # old by now: nothing would look there until much more is made
    del ring
    window.lock()
    del window
    qtbot.waitUntil(lambda: (_pages(case_id), gone()) == (0, None), timeout=10_000)


def _pages(case_id: UUID) -> int:
    """How many pages of the case lie in memory."""
    return sum(isinstance(one, CasePage) and one.facts.id == case_id for one in gc.get_objects())
