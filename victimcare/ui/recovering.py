"""Opening a vault with recovery shares, when no passphrase is left: shares, a new user, then the new shares, shown once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from victimcare.refused import Refused
from victimcare.ui.door import DoorWindow, beside, chosen_by, labelled
from victimcare.ui.new_passphrase import NewPassphrase
from victimcare.ui.new_shares import NewShares
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.share_boxes import ShareBoxes

Recover = Callable[[str, list[str], str, str], tuple[Any, list[str]]]


class RecoverWindow(DoorWindow):
    """`opened(vault, folder, user)` once the new shares were kept; `back_asked` to the window that opens vaults.

    `recover(folder, shares, user, passphrase)` answers (vault, new shares); `print_shares(shares, file)` writes a PDF. Both in a thread.
    """

    opened = Signal(object, str, str)
    back_asked = Signal()

    def __init__(self, folder: str, recover: Recover, print_shares: Callable[[list[str], str], object]) -> None:
        super().__init__("Use recovery shares", width=600, height=640)
        self._recover, self._print_shares = recover, print_shares
        self._made: tuple[Any, str, str] | None = None
        self.pages = QStackedWidget()
        self.pages.addWidget(self._type_page(folder))
        self.new = NewShares()
        self.pages.addWidget(self.new)
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(self.message)
        self.recover_button = Button("Open the vault with them", self.recover, kind="primary")
        self.finish = Button("Open the vault", self._finish, kind="primary")
        self.finish.setEnabled(False)
        self.finish.hide()
        self.new.kept.connect(self.finish.setEnabled)
        self.new.save_asked.connect(self._print)
        self.body.addLayout(beside(self.recover_button, self.finish))
        self.back = Button("Back to unlocking", self.back_asked.emit, kind="flat")
        self.end(self.back)
        self.shares.setFocus()

    def recover(self) -> None:
        """Use the shares that are typed, or say what is missing."""
        missing, field = self._missing()
        if missing:
            self.message.say("info", missing)
            field.setFocus()
            return
        folder, user = self.folder.text().strip(), " ".join(self.user.text().split())
        self.recover_button.setEnabled(False)
        deed = partial(self._recover, folder, self.shares.shares(), user, self.passphrase.text())
        self.ask(deed, partial(self._recovered, folder, user), busy=self.pages, words="Opening the vault and making new shares.")

    def refuse(self, refused: Refused) -> None:
        super().refuse(refused)
        self.recover_button.setEnabled(True)

    def forget(self) -> None:
        self.shares.clear()
        self.passphrase.clear()
        self.new.forget()
        if self._made is not None:  # closed before the end: the vault was opened for nobody
            self._made[0].close()
            self._made = None

    def _type_page(self, folder: str) -> QWidget:
        area, inside = QScrollArea(), QFrame()
        inside.setProperty("ground", "panel")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column = QVBoxLayout(inside)
        space(column, 0, 0, 12, 0, gap=8)
        self.folder, self.shares, self.user, self.passphrase = QLineEdit(folder), ShareBoxes(), QLineEdit(), NewPassphrase("New passphrase")
        self.user.setPlaceholderText("A name nobody else has in the vault, such as PC 1182")
        column.addWidget(Words(
            "Shares open the vault for a new user who holds every role. Everybody can see in the audit that they were used, "
            "and they are replaced by new ones.", wraps=True))  # fmt: skip
        labelled(column, "Folder of the vault", self.folder, inside=chosen_by(self.folder, Button("Choose", self._choose_folder)))
        column.addWidget(self.shares)
        labelled(column, "New user name", self.user)
        column.addWidget(self.passphrase)
        column.addStretch(1)
        return area

    def _missing(self) -> tuple[str, QWidget]:
        if not self.folder.text().strip():
            return "Choose the folder of the vault.", self.folder
        if self.shares.missing():
            return self.shares.missing(), self.shares
        if not self.user.text().strip():
            return "Give a user name.", self.user
        return self.passphrase.missing(), self.passphrase

    def _recovered(self, folder: str, user: str, answer: tuple[Any, list[str]]) -> None:
        vault, shares = answer
        self._made = (vault, folder, user)
        self.shares.clear()
        self.passphrase.clear()
        self.title.setText("New recovery shares")
        self.new.show_shares(shares)
        self.pages.setCurrentIndex(1)
        self.recover_button.hide()
        self.back.hide()
        self.finish.show()
        self.new.save.setFocus()

    def _print(self, file: str) -> None:
        done = partial(self.message.say, "safe", "The PDF is written. Print it, then delete the file: it is not encrypted.")
        self.background.ask(self, partial(self._print_shares, list(self.new.shares), file), lambda _: done(), failed=self.message.refuse)

    def _finish(self) -> None:
        if self._made is not None and self.new.written.isChecked():
            made, self._made = self._made, None
            self.forget()
            self.opened.emit(*made)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Choose the folder of the vault", self.folder.text())
        if folder:
            self.folder.setText(folder)
