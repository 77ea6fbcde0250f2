"""Opening a vault: fast, by keyboard, with clear words when it does not open."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE
from victimcare.store.vault import Vault
from victimcare.ui.settings import Settings
from victimcare.ui.unlock import UnlockWindow, delay_seconds

HEAVY = ("sqlalchemy", "sqlcipher3", "cryptography", "alembic", "typst", "rapidfuzz", "victimcare.store", "victimcare.casework")


@pytest.fixture
def opened_before(vault: Vault, vault_dir: Path, settings: Settings) -> Settings:
    settings.remember_vault("MSKU casework", str(vault_dir))
    return settings


@pytest.fixture
def unlock(qtbot: QtBot, opened_before: Settings) -> UnlockWindow:
    def open_vault(folder: str, user: str, passphrase: str) -> Vault:
        return Vault.open(Path(folder), user, passphrase)

    window = UnlockWindow(opened_before, open_vault)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.user.hasFocus)
    return window


def type_in(qtbot: QtBot, window: UnlockWindow, user: str, passphrase: str) -> None:
    window.user.clear()
    window.passphrase.clear()
    qtbot.keyClicks(window.user, user)
    qtbot.keyClicks(window.passphrase, passphrase)
    qtbot.keyClick(window.passphrase, Qt.Key.Key_Return)


@pytest.mark.parametrize("module", ["victimcare.ui.unlock", "victimcare.ui.first_run", "victimcare.ui.work"])
def test_it_is_imported_without_the_store_or_anything_heavy(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_right_passphrase_opens_the_vault(qtbot: QtBot, unlock: UnlockWindow, vault_dir: Path) -> None:
    with qtbot.waitSignal(unlock.opened) as signal:
        type_in(qtbot, unlock, "VLO 17", PASSPHRASE)
    vault, folder, user = signal.args
    assert (folder, user) == (str(vault_dir), "VLO 17")
    with vault.reading() as session:
        assert session.member.name == "VLO 17"
    assert unlock.passphrase.text() == ""
    vault.close()


def test_a_wrong_passphrase_and_an_unknown_user_are_told_alike_and_nothing_is_lost(qtbot: QtBot, unlock: UnlockWindow) -> None:
    said = []
    for user in ("VLO 17", "nobody"):
        type_in(qtbot, unlock, user, "not this one at all")
        qtbot.waitUntil(lambda: bool(unlock.message.text()) and unlock.button.isEnabled())
        said.append(unlock.message.text())
        assert unlock.user.text() == user
        assert unlock.passphrase.selectedText()
    assert said[0] == said[1]
    assert "Check Caps Lock" in said[0]


def test_the_third_wrong_passphrase_has_to_wait(qtbot: QtBot, unlock: UnlockWindow) -> None:
    for _ in range(3):
        unlock.message.put_away()
        type_in(qtbot, unlock, "VLO 17", "not this one at all")
        qtbot.waitUntil(lambda: bool(unlock.message.text()))
    assert unlock.button.text() == "Wait 2 s"
    assert not unlock.button.isEnabled()
    for _ in range(2):
        unlock._again.timeout.emit()
    assert unlock.button.text() == "Unlock"
    assert unlock.button.isEnabled()


def test_the_wait_grows_and_ends_growing() -> None:
    assert [delay_seconds(tries) for tries in range(10)] == [0, 0, 0, 2, 4, 8, 16, 32, 64, 64]


def test_what_is_missing_is_asked_for_without_trying(qtbot: QtBot, unlock: UnlockWindow) -> None:
    qtbot.keyClick(unlock.user, Qt.Key.Key_Return)
    assert "user name" in unlock.message.text()
    assert unlock.user.hasFocus()


def test_the_window_is_busy_while_the_vault_opens(qtbot: QtBot, settings: Settings) -> None:
    gate = threading.Event()

    def slow(folder: str, user: str, passphrase: str) -> str:
        gate.wait(10)
        return "the vault"

    window = UnlockWindow(settings, slow, folder="/somewhere/office", user="VLO 17", words="Locked after 10 minutes")
    qtbot.addWidget(window)
    window.show()
    type_in(qtbot, window, "VLO 17", PASSPHRASE)
    assert window.button.text() == "Unlocking"
    assert not window.passphrase.isEnabled()
    with qtbot.waitSignal(window.opened):
        gate.set()
    assert settings.recent_vaults() == [("office", "/somewhere/office")]


def test_an_error_nobody_foresaw_is_said_by_kind(qtbot: QtBot, settings: Settings) -> None:
    def broken(folder: str, user: str, passphrase: str) -> Any:
        raise MemoryError

    window = UnlockWindow(settings, broken, folder="/x")
    qtbot.addWidget(window)
    with qtbot.captureExceptions():
        type_in(qtbot, window, "VLO 17", PASSPHRASE)
        qtbot.waitUntil(lambda: "MemoryError" in window.message.text())
    assert window.button.isEnabled()


def test_the_rest_of_the_program_loads_meanwhile(qtbot: QtBot, settings: Settings) -> None:
    threads: list[str] = []
    window = UnlockWindow(settings, lambda *_: None, lambda: threads.append(threading.current_thread().name))
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: bool(threads))
    assert threads != [threading.main_thread().name]


def test_caps_lock_is_told_by_icon_and_word(qtbot: QtBot, unlock: UnlockWindow) -> None:
    assert unlock.caps.isHidden()
    qtbot.keyClick(unlock.passphrase, "A")
    assert unlock.caps.isHidden() is False
    assert unlock.caps.accessibleName() == "Caution. Caps Lock is on"
    qtbot.keyClick(unlock.passphrase, "a")
    assert unlock.caps.isHidden()


def test_another_vault_is_added_to_the_list(qtbot: QtBot, unlock: UnlockWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/elsewhere/other office")
    next(one for one in unlock.findChildren(QAbstractButton) if one.text() == "Open another").click()
    assert unlock.folder() == "/elsewhere/other office"
    assert unlock.vault.currentText() == "other office"


def test_the_other_ways_are_told(qtbot: QtBot, unlock: UnlockWindow) -> None:
    for words, signal in (("New vault", unlock.new_asked), ("Restore a backup", unlock.restore_asked), ("Use recovery shares", unlock.recovery_asked)):
        with qtbot.waitSignal(signal):
            next(one for one in unlock.findChildren(QAbstractButton) if one.text() == words).click()


def test_an_invitations_code_leads_on_to_choosing_a_passphrase(qtbot: QtBot, settings: Settings) -> None:
    from victimcare.store.errors import InvitationFound

    def invited(folder: str, user: str, passphrase: str) -> Any:
        raise InvitationFound

    window = UnlockWindow(settings, invited, folder="/x")
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.invitation_found) as signal:
        type_in(qtbot, window, "PC 9", "K7P2 QM4X")
    assert signal.args == ["/x", "PC 9", "K7P2 QM4X"]
    assert window.passphrase.text() == ""


def test_everything_that_takes_the_keyboard_has_a_name(unlock: UnlockWindow) -> None:
    for widget in unlock.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(widget.parent(), QComboBox):
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_closing_waits_for_nothing_typed(qtbot: QtBot, unlock: UnlockWindow) -> None:
    qtbot.keyClicks(unlock.passphrase, "half a secret")
    unlock.close()
    assert unlock.passphrase.text() == ""
