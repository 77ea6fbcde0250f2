"""The window that opens a vault. It imports Qt and little else, so that it is there at once.

What it needs of the store comes as functions and runs in a thread: `warm()` loads the rest of the program while the
passphrase is typed; `open_vault(folder, user, passphrase)` answers the open vault or raises a Refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from victimcare.refused import Refused
from victimcare.ui import icons
from victimcare.ui.background import Background
from victimcare.ui.settings import Settings
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.over_window import OnScreen, scrolling
from victimcare.ui.widgets.passphrase_box import PassphraseBox

WRONG, INVITATION = "wrong_passphrase", "invitation_found"  # codes of the store's refusals, which this module must not import
FREE_TRIES = 2
LONGEST_DELAY_SECONDS = 64
_WARM_AFTER_MS = 50


def delay_seconds(wrong_tries: int) -> int:
    """How long to wait after so many wrong passphrases in a row: none twice, then 2 seconds, doubled each time, 64 at most."""
    return 0 if wrong_tries <= FREE_TRIES else min(2 ** (wrong_tries - FREE_TRIES), LONGEST_DELAY_SECONDS)


class UnlockWindow(QWidget):
    """`opened(vault, folder, user)` once; the other signals tell which way the person wants to go instead.

    `invitation_found(folder, user, code)`: what was typed is an invitation's code, and a passphrase is to be chosen now.

    `user` and `folder` preset the fields after a lock. `words` says above the fields why one is here ("Locked after 10 minutes").
    """

    opened = Signal(object, str, str)
    new_asked = Signal()
    restore_asked = Signal()
    recovery_asked = Signal(str)
    invitation_found = Signal(str, str, str)

    def __init__(
        self,
        settings: Settings,
        open_vault: Callable[[str, str, str], Any],
        warm: Callable[[], object] = lambda: None,
        *,
        folder: str = "",
        user: str = "",
        words: str = "",
    ) -> None:
        super().__init__()
        self._settings, self._open_vault = settings, open_vault
        self._background = Background(1, self)
        self._wrong_tries = self._seconds_left = 0
        self._is_busy = False
        self._again = QTimer(self, interval=1000)
        self._again.timeout.connect(self._count_down)
        self.setObjectName("unlock")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("victimcare")
        self._make_fields(folder, user)
        self._lay_out(words)
        self._background.refused.connect(lambda refused: self.message.refuse(refused))
        self._background.broke.connect(self._broke)
        # Only once the window stands: loaded meanwhile, the rest of the program would keep it from the screen.
        self._warm = QTimer(self, singleShot=True, interval=_WARM_AFTER_MS)
        self._warm.timeout.connect(lambda: self._background.ask(self, warm, lambda _: None))
        self._warm.start()
        QTimer.singleShot(0, self, self._focus_first_empty)

    def unlock(self) -> None:
        """Try to open the vault with what is typed."""
        if self._is_busy or self._seconds_left:
            return
        folder, user, passphrase = self.folder(), self.user.text().strip(), self.passphrase.text()
        missing = next((field for field, value in ((self.vault, folder), (self.user, user), (self.passphrase, passphrase)) if not value), None)
        if missing is not None:
            self.message.say("info", "Choose a vault, then type your user name and your passphrase.")
            missing.setFocus()
            return
        self.message.put_away()
        self._set_busy(True)
        deed = partial(self._open_vault, folder, user, passphrase)
        self._background.ask(self, deed, partial(self._opened, folder, user), failed=partial(self._not_opened, folder, user, passphrase))

    def folder(self) -> str:
        """The folder of the vault that is chosen."""
        return str(self.vault.currentData() or "")

    def add_vault(self, name: str, folder: str) -> None:
        """Offer a vault and choose it."""
        at = self.vault.findData(folder)
        if at < 0:
            self.vault.insertItem(0, name, folder)
            at = 0
        self.vault.setCurrentIndex(at)
        self._focus_first_empty()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.passphrase.clear()
        super().closeEvent(event)
        self._warm.stop()
        self._background.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.unlock()
        else:
            super().keyPressEvent(event)

    def _make_fields(self, folder: str, user: str) -> None:
        self.vault, self.user, self.passphrase = QComboBox(), QLineEdit(user), PassphraseBox("Passphrase")
        self.vault.setAccessibleName("Vault")
        self.vault.view().setAccessibleName("Vaults opened here")
        self.user.setAccessibleName("User")
        for name, where in self._settings.recent_vaults():
            self.vault.addItem(name, where)
        if folder and self.vault.findData(folder) < 0:
            self.vault.insertItem(0, Path(folder).name, folder)
        self.vault.setCurrentIndex(max(0, self.vault.findData(folder)) if folder else 0)
        self.vault.setPlaceholderText("Open another, or make one")
        self.caps = State("caution", "Caution", "caution", "Caps Lock is on", plain=True)
        self.caps.hide()
        self.passphrase.caps_lock_changed.connect(self.caps.setVisible)
        self.button = Button("Unlock", self.unlock, kind="primary")
        size(self.button, least_width=128)
        self.message = Message(closes=False, framed=False)

    def _lay_out(self, words: str) -> None:
        inside = QWidget()
        page, body, head, row = QVBoxLayout(self), QVBoxLayout(inside), QHBoxLayout(), QHBoxLayout()
        space(page, gap=0)
        space(body, 48, 32, 48, 20, gap=4)
        space(head, gap=12)
        space(row, 0, 6, 0, 0, gap=8)
        mark = QLabel()
        icons.put(mark, "mark", "accent", 32)
        head.addWidget(mark)
        head.addWidget(Words("Open a vault", "title"), 1)
        body.addLayout(head)
        if words:
            body.addSpacing(8)
            body.addWidget(Words(words, "muted", wraps=True))
        for label, field in (("Vault", self.vault), ("User", self.user), ("Passphrase", self.passphrase)):
            name = Words(label)
            name.setBuddy(field)
            size(name, least_height=20)
            body.addSpacing(10 if label != "Vault" else 16)
            body.addWidget(name)
            body.addWidget(field)
        body.addWidget(self.caps)
        body.addWidget(self.message)
        row.addWidget(self.button)
        self.recovery = Button("Use recovery shares", lambda: self.recovery_asked.emit(self.folder()), kind="flat")
        row.addWidget(self.recovery)
        row.addStretch(1)
        body.addLayout(row)
        body.addStretch(1)
        area = scrolling(inside, "Vault, user and passphrase")
        page.addWidget(area, 1)
        page.addWidget(self._foot())
        OnScreen(self, area, 480, 420)

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("ground", "window")
        foot.setProperty("edge", "top")
        row = QHBoxLayout(foot)
        space(row, 16, 0, 16, 0, gap=0)
        for text, pressed in (("New vault", self.new_asked.emit), ("Open another", self._choose_folder), ("Restore a backup", self.restore_asked.emit)):
            row.addWidget(Button(text, pressed, kind="flat"))
        row.addStretch(1)
        size(foot, height=48)
        return foot

    def _opened(self, folder: str, user: str, vault: object) -> None:
        self._set_busy(False)
        self.passphrase.clear()
        self._settings.remember_vault(self.vault.currentText(), folder)
        self.opened.emit(vault, folder, user)

    def _not_opened(self, folder: str, user: str, typed: str, refused: Refused) -> None:
        if refused.code == INVITATION:
            # What was typed is the code of an invitation; one's own passphrase is chosen next.
            self._set_busy(False)
            self.passphrase.clear()
            self.invitation_found.emit(folder, user, typed)
        else:
            self._refused(refused)

    def _refused(self, refused: Refused) -> None:
        self._set_busy(False)
        self.message.refuse(refused)
        if refused.code == WRONG:
            self._wrong_tries += 1
            self._seconds_left = delay_seconds(self._wrong_tries)
            if self._seconds_left:
                self._again.start()
                self._show_delay()
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _broke(self, kind: str) -> None:
        self._set_busy(False)
        self.message.say("refused", f"The vault could not be opened ({kind}). Nothing in it was changed.", "Try again, or restore a backup.")

    def _count_down(self) -> None:
        self._seconds_left -= 1
        if self._seconds_left <= 0:
            self._again.stop()
        self._show_delay()

    def _show_delay(self) -> None:
        self.button.setEnabled(self._seconds_left <= 0)
        self.button.setText(f"Wait {self._seconds_left} s" if self._seconds_left > 0 else "Unlock")

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        for field in (self.vault, self.user, self.passphrase, self.button, self.recovery):
            field.setEnabled(not is_busy)
        self.button.setText("Unlocking" if is_busy else "Unlock")
        if is_busy:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        else:
            QGuiApplication.restoreOverrideCursor()

    def _choose_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        folder = QFileDialog.getExistingDirectory(self, "Choose the folder of a vault")
        if folder:
            self.add_vault(Path(folder).name, folder)

    def _focus_first_empty(self) -> None:
        (self.vault if not self.folder() else self.user if not self.user.text() else self.passphrase).setFocus()
