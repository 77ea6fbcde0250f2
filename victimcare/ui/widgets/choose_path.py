"""Files and folders chosen in the system's own dialog, without stopping the window. `then` is called only when something was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

REGISTER_FILES = "Registers (*.csv *.tsv *.txt *.xlsx *.xlsm)"
MAPPING_FILES = "Mappings (*.json)"


def choose_files(parent: QWidget, title: str, kinds: str, then: Callable[[Sequence[Path]], object], *, several: bool = True) -> None:
    """Files that are there."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([kinds, "All files (*)"])
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()


def choose_folder(parent: QWidget, title: str, then: Callable[[Path], object], *, verb: str = "Choose") -> None:
    """A folder. `verb` stands on the button."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, verb)
    dialog.filesSelected.connect(lambda names: then(Path(names[0])))
    dialog.open()


def choose_new_file(parent: QWidget, title: str, name: str, kinds: str, then: Callable[[Path], object]) -> None:
    """A file to write; `name` is proposed."""
    dialog = _dialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.filesSelected.connect(lambda names: then(Path(names[0])))
    dialog.open()


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.destroyed.connect(_forget_folders)
    return dialog


def _forget_folders() -> None:
    """Where the system has no dialog of its own, Qt's remembers the last folders in a file shared by its programs: a folder may be called like a person."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for name in ("lastVisited", "history"):
        kept.remove(f"FileDialog/{name}")
