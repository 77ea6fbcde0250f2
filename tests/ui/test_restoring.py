"""Restoring a backup through its window, with a real backup."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, StandingClock
from victimcare.casework.workers import Worker
from victimcare.store.backup import backup
from victimcare.store.restore import restore
from victimcare.store.vault import Vault
from victimcare.ui.restoring import RestoreWindow


@pytest.fixture
def made(vault: Vault, tmp_path: Path) -> Path:
    """A backup of a vault that nobody has open any more."""
    file = tmp_path / "office.vcbackup"
    backup(vault, file)
    with vault.transaction() as session:
        session.add(Worker(name="since then"))
    vault.close()
    return file


@pytest.fixture
def window(qtbot: QtBot, clock: StandingClock) -> RestoreWindow:
    def deed(file: str, folder: str, user: str, passphrase: str) -> Vault:
        restore(Path(file), Path(folder), user, passphrase, clock=clock)
        return Vault.open(Path(folder), user, passphrase, clock=clock)

    window = RestoreWindow(deed)
    qtbot.addWidget(window)
    window.show()
    return window


def fill(qtbot: QtBot, window: RestoreWindow, file: Path, folder: Path, passphrase: str = PASSPHRASE) -> None:
    window.file.setText(str(file))
    window.file.editingFinished.emit()
    window.folder.setText(str(folder))
    window.user.setText("VLO 17")
    window.passphrase.setText(passphrase)


def test_a_backup_is_restored_to_a_new_folder(qtbot: QtBot, window: RestoreWindow, made: Path, tmp_path: Path) -> None:
    fill(qtbot, window, made, tmp_path / "new")
    qtbot.waitUntil(lambda: "Made 24 Nov 2026" in window.found.accessibleName())
    assert "1 user has a way in" in window.found.accessibleName()
    assert window.kept.accessibleName().startswith("New.")
    with qtbot.waitSignal(window.restored, timeout=20_000) as signal:
        window.button.click()
    vault, folder, user = signal.args
    assert (Path(folder), user, vault.name) == (tmp_path / "new", "VLO 17", "MSKU casework")
    assert window.passphrase.text() == ""
    vault.close()


def test_into_its_own_vault_what_is_there_is_kept_and_said_so(qtbot: QtBot, window: RestoreWindow, made: Path, vault_dir: Path) -> None:
    fill(qtbot, window, made, vault_dir)
    assert window.kept.accessibleName().startswith("Kept.")
    with qtbot.waitSignal(window.restored, timeout=20_000) as signal:
        window.button.click()
    signal.args[0].close()
    assert [path.name for path in vault_dir.glob("before-restore-*/*.db")]


def test_while_another_has_the_vault_open_nothing_is_done(qtbot: QtBot, window: RestoreWindow, made: Path, vault_dir: Path, clock: StandingClock) -> None:
    other = Vault.open(vault_dir, "VLO 17", PASSPHRASE, clock=clock)
    fill(qtbot, window, made, vault_dir)
    window.button.click()
    qtbot.waitUntil(lambda: "needs it alone" in window.message.text(), timeout=20_000)
    other.close()
    assert window.button.isEnabled()
    assert not list(vault_dir.glob("before-restore-*"))


def test_a_wrong_passphrase_and_a_damaged_file_are_said(qtbot: QtBot, window: RestoreWindow, made: Path, tmp_path: Path) -> None:
    fill(qtbot, window, made, tmp_path / "new", "not the one at all")
    window.button.click()
    qtbot.waitUntil(lambda: "do not open this vault" in window.message.text())
    broken = tmp_path / "broken.vcbackup"
    broken.write_bytes(made.read_bytes()[:700])
    fill(qtbot, window, broken, tmp_path / "new")
    qtbot.waitUntil(lambda: window.found.accessibleName().startswith("Not usable"))
    assert not (tmp_path / "new").exists()


def test_a_folder_with_other_things_in_it_is_told_before(qtbot: QtBot, window: RestoreWindow, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("hello")
    window.folder.setText(str(tmp_path))
    assert window.kept.accessibleName().startswith("Not empty")


def test_what_is_missing_is_asked_for(qtbot: QtBot, window: RestoreWindow) -> None:
    window.button.click()
    assert "Choose the backup" in window.message.text()
