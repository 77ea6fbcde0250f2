"""Recovery: what the shares are for, the drill that proves them without using them, and new ones in place of the old."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from victimcare.store.recovering import newest_recovery, recovery_drill
from victimcare.store.rights import Right
from victimcare.ui.door import beside
from victimcare.ui.screens.admin_part import AdminPart, reading_page, section
from victimcare.ui.screens.admin_renew_shares import RenewSharesDialog
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State as Shown
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.share_boxes import ShareBoxes
from victimcare.ui.words import moment, number

if TYPE_CHECKING:
    from victimcare.refused import Refused
    from victimcare.ui.window import MainWindow
    from victimcare.ui.work import Work

WHAT_FOR = (
    "Recovery shares open the vault when every passphrase is lost. One share alone opens nothing. Whoever holds enough of them can read everything, "
    "so each belongs to another person, on paper, in a locked place."
)
HOW = (
    "To use them: where people sign in, choose Use recovery shares. That makes a new user and new shares, and the audit says so. "
    "A colleague who forgot a passphrase needs no shares: make them a new invitation under Users."
)


class RecoveryPart(AdminPart):
    """The drill: type as many shares as are needed; nothing is changed by it."""

    heading = "Recovery"
    about = "When every passphrase is lost"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        self.made, self.shares, self.message = Shown("key", "", "", "", plain=True), ShareBoxes(), Message(closes=False, framed=False)
        self.button = Button("Try the shares", self.drill, kind="primary")
        self.renew = Button("Make new shares", self._ask_to_renew, icon="key")
        self.who_renews = Words("New shares are made by an administrator who also reads cases.", "muted", wraps=True)
        self.dialog: RenewSharesDialog | None = None
        self.recovery: tuple[int, int] | None = None
        column = reading_page(self.page)
        section(column, "Shares in force")
        column.addWidget(self.made)
        column.addWidget(Words(WHAT_FOR, wraps=True))
        column.addWidget(Words(HOW, "muted", wraps=True))
        column.addLayout(beside(self.renew))
        column.addWidget(self.who_renews)
        section(
            column,
            "Drill",
            "Once a year, fetch enough shares and type them here. It proves that they open this vault, and changes nothing.",
        )
        column.addWidget(self.shares)
        column.addWidget(self.message)
        column.addLayout(beside(self.button))
        column.addStretch(1)

    def open(self) -> None:
        self.work.read(self, newest_recovery, self._tell, key="made")

    def forget(self) -> None:
        self.shares.clear()
        self.message.put_away()
        if self.dialog is not None:
            self.dialog.forget()

    def drill(self) -> None:
        """Try what is typed, or say what is missing."""
        missing = self.shares.missing()
        if missing:
            self.message.say("info", missing)
            return
        self.button.setEnabled(False)
        self.work.ask(self, partial(recovery_drill, self.work.vault, self.shares.shares()), lambda _: self._passed(), failed=self._failed)

    def _passed(self) -> None:
        self.button.setEnabled(True)
        self.shares.clear()
        self.message.say("safe", "These shares open the vault. Nothing was changed; put them back where they belong.", word="Passed")

    def _failed(self, refused: Refused) -> None:
        self.button.setEnabled(True)
        self.message.refuse(refused)

    def _tell(self, answer: tuple[datetime, int, int]) -> None:
        at, needed, of = answer
        self.recovery = (needed, of)
        vault = self.work.vault
        may = Right.ADMINISTER in vault.member.rights and vault.keyring.holds_casework
        self.renew.setVisible(may)
        self.who_renews.setVisible(not may)
        self.made.show_state("key", f"{number(needed)} of {number(of)}", "", f"are needed; made {moment(at)}")

    def _ask_to_renew(self) -> None:
        if self.recovery is None:
            return
        self.dialog = RenewSharesDialog(self.frame, self.work, self.recovery, self._renewed)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.finished.connect(self._dialog_over)
        self.dialog.open()

    def _renewed(self) -> None:
        self.frame.say("safe", "The new recovery shares are in force. The old ones no longer open this vault.", "Make a new backup, and remove older ones.")
        self.open()

    def _dialog_over(self) -> None:
        self.dialog = None
        self.renew.setFocus()
