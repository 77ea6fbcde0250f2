"""Dialogs for files and folders: what was chosen comes, and no folder is remembered outside the vault."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from victimcare.ui.widgets.choose_path import choose_files, choose_folder, choose_new_file


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Where Qt's programs keep what they share; a folder of the test's own."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    return tmp_path / "settings"


@pytest.mark.parametrize("choose", ["files", "folder", "new"])
def test_what_was_chosen_comes_and_its_folder_is_not_remembered(qtbot: QtBot, tmp_path: Path, shared: Path, choose: str) -> None:
    folder = tmp_path / "Ana Munteanu"
    folder.mkdir()
    (folder / "letter.csv").write_text("a")
    parent, chosen = QWidget(), []
    qtbot.addWidget(parent)
    if choose == "files":
        choose_files(parent, "Choose", "Letters (*.csv)", chosen.append)
    elif choose == "folder":
        choose_folder(parent, "Choose", chosen.append)
    else:
        choose_new_file(parent, "Save", "new.csv", "Letters (*.csv)", chosen.append)
    dialog = parent.findChild(QFileDialog)
    assert dialog is not None
    dialog.setDirectory(str(folder))
    dialog.selectFile(str(folder / {"files": "letter.csv", "folder": "", "new": "new.csv"}[choose]))
    dialog.accept()
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog), timeout=5_000)
    assert chosen
    QSettings(QSettings.Scope.UserScope, "QtProject").sync()
    kept = "".join(path.read_text(errors="replace") for path in shared.rglob("*") if path.is_file())
    assert "Munteanu" not in kept
