"""First sign-in with an invitation: one's own passphrase, then waiting until a caseworker lets one in to the cases."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from victimcare.refused import Refused
from victimcare.store.members import Member, State
from victimcare.store.vault import Vault
from victimcare.ui.door import DoorWindow, beside
from victimcare.ui.new_passphrase import NewPassphrase
from victimcare.ui.six_words import SixWords
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State as Shown
from victimcare.ui.widgets.labels import Words

LOOK_EVERY_MS = 1000


class JoinWindow(DoorWindow):
    """`joined(vault)` when the passphrase is set and the vault open; `back_asked` to the window that opens vaults.

    `join(passphrase)` answers the open vault or raises a Refused; it runs in a thread.
    """

    joined = Signal(object)
    back_asked = Signal()

    def __init__(self, join: Callable[[str], Any]) -> None:
        super().__init__("Choose your passphrase", height=440)
        self._join = join
        self.fields, self.passphrase = QFrame(), NewPassphrase()
        column = QVBoxLayout(self.fields)
        space(column, gap=8)
        column.addWidget(Words("Your invitation is right. From now on you sign in with a passphrase of your own; the code is used up by it.", wraps=True))
        column.addSpacing(4)
        column.addWidget(self.passphrase)
        self.button = Button("Set passphrase", self.join, kind="primary")
        self.body.addWidget(self.fields)
        self.body.addWidget(self.message)
        self.body.addLayout(beside(self.button))
        self.body.addStretch(1)
        self.end(Button("Back to unlocking", self.back_asked.emit, kind="flat"))
        self.passphrase.setFocus()

    def join(self) -> None:
        """Set the passphrase that is typed, or say what is missing."""
        missing = self.passphrase.missing()
        if missing:
            self.message.say("info", missing)
            self.passphrase.setFocus()
            return
        self.button.setEnabled(False)
        self.ask(partial(self._join, self.passphrase.text()), self._joined, busy=self.fields, words="Setting your passphrase.")

    def refuse(self, refused: Refused) -> None:
        super().refuse(refused)
        self.button.setEnabled(True)

    def forget(self) -> None:
        self.passphrase.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.button.isEnabled():
            self.join()
        else:
            super().keyPressEvent(event)

    def _joined(self, vault: Any) -> None:
        self.forget()
        self.joined.emit(vault)


class WaitingWindow(DoorWindow):
    """Looks each second, or when asked, whether a caseworker has let this person in. `let_in` once; `ended`: they sign out."""

    let_in = Signal()
    ended = Signal()

    def __init__(self, vault: Vault) -> None:
        super().__init__("You can sign in", height=400)
        self._vault, self._is_looking = vault, False
        self.told = Words("A caseworker must let you read cases: ask one to open Users. When they ask, read these words out, in this order.", wraps=True)
        self.words = SixWords(vault.member.words)
        self.state = Shown("hourglass", "Waiting", "text", f"for somebody to let {vault.member.name} in")
        self.look_button = Button("Look now", self.look, kind="primary")
        self.body.addWidget(self.told)
        self.body.addSpacing(4)
        self.body.addWidget(Words("Your words", "strong"))
        self.body.addWidget(self.words)
        self.body.addSpacing(4)
        self.body.addWidget(self.state)
        self.body.addWidget(self.message)
        self.body.addLayout(beside(self.look_button))
        self.body.addStretch(1)
        self.end(Button("Sign out", self._end, kind="flat"))
        size(self.told, least_height=40)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look_button.setFocus()

    def look(self) -> None:
        """Read the membership again, off the window's thread."""
        if not self._is_looking and not self.is_over:
            self._is_looking = True
            self.background.ask(self, self._read, self._looked, failed=self._failed)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        super().closeEvent(event)

    def _read(self) -> Member:
        self._vault.refresh_membership()
        return self._vault.member

    def _looked(self, member: Member) -> None:
        self._is_looking = False
        if self.is_over:
            return
        if member.state is State.ACTIVE:
            self._stop()
            self.let_in.emit()
        elif member.state is State.REMOVED:
            self._stop()
            self.state.show_state("caution", "Not let in", "caution", "")
            self.look_button.setEnabled(False)
            self.message.say("refused", "You were not let in, and this user can no longer sign in.", "Ask your administrator for a new invitation.")

    def _failed(self, refused: Refused) -> None:
        self._is_looking = False
        self.message.refuse(refused)

    def _end(self) -> None:
        self._stop()
        self.ended.emit()

    def _stop(self) -> None:
        self.is_over = True
        self._timer.stop()
