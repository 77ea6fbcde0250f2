"""Restoring a backup: which file, where to, who signs in; what is there now is told before anything is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from victimcare.refused import Refused
from victimcare.store.backup import opened_backup, who_can_open
from victimcare.store.header import FILE_NAME
from victimcare.ui.door import DoorWindow, beside, chosen_by, labelled
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.passphrase_box import PassphraseBox
from victimcare.ui.words import count, moment


@dataclass(frozen=True, slots=True)
class Looked:
    """What a backup file tells without a key: when it was made, how many users have a way in."""

    made_at: datetime
    users: int


def look_at(file: Path) -> Looked:
    """Take a backup apart as far as needs no key. Raises BackupDamaged."""
    with opened_backup(file) as found:
        made_at = datetime.fromisoformat(str(found.manifest["made_at"]))
    return Looked(made_at, sum(not one.is_invitation for one in who_can_open(file)))


class RestoreWindow(DoorWindow):
    """`restored(vault, folder, user)` when the vault is open again; `back_asked` to the window that opens vaults.

    `restore(file, folder, user, passphrase)` answers the open vault or raises a Refused; it runs in a thread.
    """

    restored = Signal(object, str, str)
    back_asked = Signal()

    def __init__(self, restore: Callable[[str, str, str, str], Any]) -> None:
        super().__init__("Restore a backup", width=560, height=600)
        self._restore = restore
        self.fields = QFrame()
        column = QVBoxLayout(self.fields)
        space(column, gap=4)
        self.file, self.folder, self.user, self.passphrase = QLineEdit(), QLineEdit(), QLineEdit(), PassphraseBox("Passphrase")
        self.found, self.kept = State("info", "", "", ""), State("info", "", "", "")
        self._field(column, "Backup", self.file, self._choose_file, self.found)
        self._field(column, "Restore to the folder", self.folder, self._choose_folder, self.kept)
        labelled(column, "User", self.user)
        column.addSpacing(8)
        labelled(column, "Passphrase", self.passphrase)
        column.addWidget(Words("The passphrase of the day the backup was made; into the vault it came from, today's opens it too.", "muted", wraps=True))
        self.button = Button("Restore", self.restore, kind="primary")
        self.body.addWidget(self.fields)
        self.body.addWidget(self.message)
        self.body.addLayout(beside(self.button))
        self.body.addStretch(1)
        self.end(Button("Back to unlocking", self.back_asked.emit, kind="flat"))
        self.file.editingFinished.connect(self._look)
        self.folder.textChanged.connect(lambda _: self._tell_kept())
        self._tell_found(None)
        self._tell_kept()
        self.file.setFocus()

    def restore(self) -> None:
        """Restore what is chosen, or say what is missing."""
        asked: tuple[tuple[QWidget, str], ...] = (
            (self.file, "Choose the backup."), (self.folder, "Choose the folder to restore to."), (self.user, "Type your user name."),
            (self.passphrase, "Type your passphrase."),
        )  # fmt: skip
        missing = next(((field, words) for field, words in asked if isinstance(field, QLineEdit) and not field.text().strip()), None)
        if missing is not None:
            self.message.say("info", missing[1])
            missing[0].setFocus()
            return
        file, folder, user = self.file.text().strip(), self.folder.text().strip(), self.user.text().strip()
        self.button.setEnabled(False)
        deed = partial(self._restore, file, folder, user, self.passphrase.text())
        self.ask(deed, partial(self._restored, folder, user), busy=self.fields, words="Checking every page and seal, then restoring.")

    def refuse(self, refused: Refused) -> None:
        super().refuse(refused)
        self.button.setEnabled(True)

    def forget(self) -> None:
        self.passphrase.clear()

    def _field(self, column: QVBoxLayout, words: str, field: QLineEdit, choose: Callable[[], None], state: State) -> None:
        button = Button("Choose", choose)
        button.setAccessibleName(f"Choose: {words.lower()}")
        labelled(column, words, field, inside=chosen_by(field, button))
        column.addWidget(state)
        column.addSpacing(8)
        size(state, least_height=40)

    def _restored(self, folder: str, user: str, vault: Any) -> None:
        self.forget()
        self.restored.emit(vault, folder, user)

    def _look(self) -> None:
        file = self.file.text().strip()
        if file and not self.is_over:  # leaving the field at the very end counts for nothing
            self.background.ask(self, partial(look_at, Path(file)), self._tell_found, failed=self._tell_damaged)

    def _tell_found(self, looked: Looked | None) -> None:
        if looked is None:
            self.found.show_state("info", "Note", "info", "A file that ends in .vcbackup")
            return
        who = count(looked.users, "user has", "users have")
        self.found.show_state("tick", "Readable", "safe", f"Made {moment(looked.made_at)}. {who} a way in, each with the passphrase of that day.")

    def _tell_damaged(self, refused: Refused) -> None:
        self.found.show_state("caution", "Not usable", "caution", f"{refused.reason} {refused.remedy}")

    def _tell_kept(self) -> None:
        folder = Path(self.folder.text().strip()) if self.folder.text().strip() else None
        if folder is None:
            self.kept.show_state("info", "Note", "info", "A new folder, or the vault that the backup was made from")
        elif (folder / FILE_NAME).exists():
            words = "What is in this vault now is kept beside it, in a folder named before-restore. Cases erased since are erased again."
            self.kept.show_state("shield", "Kept", "safe", words)
        elif folder.is_dir() and any(folder.iterdir()):
            self.kept.show_state("caution", "Not empty", "caution", "There is something else in this folder: choose a new one.")
        else:
            self.kept.show_state("info", "New", "info", "The vault is made in this folder; nothing else is touched.")

    def _choose_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, "Choose a backup", self.file.text(), "Backups (*.vcbackup);;All files (*)")
        if file:
            self.file.setText(file)
            self._look()

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Choose the folder to restore to", self.folder.text())
        if folder:
            self.folder.setText(folder)
