"""New recovery shares in place of the old: one's passphrase again, then the shares, shown once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from victimcare.store.people import prove_passphrase
from victimcare.store.recovering import renew_shares
from victimcare.ui.door import beside, labelled
from victimcare.ui.new_shares import NewShares
from victimcare.ui.papers import shares_pdf, write_file
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.over_window import fit_over, scrolling
from victimcare.ui.widgets.passphrase_box import PassphraseBox

if TYPE_CHECKING:
    from victimcare.refused import Refused
    from victimcare.ui.work import Work

WIDTH = 600
WHY = (
    "Do this when a share is lost, when somebody else has seen one, or when somebody who holds one leaves. "
    "The old shares then open nothing any more but backups made before today: make a new backup afterwards and remove the old ones."
)
SHOWN_ONCE = "They are shown only now, and the old ones are over. Print or write them down, tick that you have, then Done."


class RenewSharesDialog(QDialog):
    """Cannot be closed between the making of the shares and the person's word that they are kept; a lock takes them off the screen."""

    def __init__(self, parent: QWidget, work: Work, recovery: tuple[int, int], then: Callable[[], object]) -> None:
        """`recovery`: how many are needed, of how many, as now. `then()` once they are kept."""
        super().__init__(parent)
        self._work, self._recovery, self._then = work, recovery, then
        self._is_busy = False
        self.setWindowTitle("victimcare")
        self.setProperty("ground", "panel")
        self.setModal(True)
        self.passphrase, self.shares, self.message = PassphraseBox("Your passphrase"), NewShares(), Message(closes=False, framed=False)
        self.make, self.cancel = Button("Make new shares", self.renew, kind="primary"), Button("Cancel", self.reject)
        self.finish = Button("Done", self._finish, kind="primary")
        self.finish.setEnabled(False)
        self.finish.hide()
        self.shares.kept.connect(self.finish.setEnabled)
        self.shares.save_asked.connect(self.save_to)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._ask_page())
        self.pages.addWidget(self.shares)
        page = QVBoxLayout(self)
        space(page, 24, 20, 24, 20, gap=8)
        page.addWidget(Words("New recovery shares", "section"))
        area = scrolling(self.pages, "What is asked and shown")
        page.addWidget(area, 1)
        page.addWidget(self.message)
        page.addLayout(beside(self.make, self.finish, self.cancel))
        self.passphrase.setFocus()
        fit_over(self, area, parent.window(), WIDTH)

    def renew(self) -> None:
        """Make them, or say what is missing."""
        if not self.passphrase.text():
            self.message.say("info", "Type your passphrase.")
            self.passphrase.setFocus()
            return
        self._set_busy(True)
        vault, passphrase = self._work.vault, self.passphrase.text()

        def deed(token: object) -> list[str]:
            prove_passphrase(vault, passphrase)
            return renew_shares(vault, self._recovery)

        self._work.run(self, deed, self._made, name="making new shares", writes=True, failed=self._failed)

    def save_to(self, file: str) -> None:
        """Write the shares as a PDF to print."""
        shares, vault = list(self.shares.shares), self._work.vault
        now, name = vault.clock(), vault.name
        said = partial(self.message.say, "safe", "The PDF is written. Print it, then delete the file: it is not encrypted.")
        self._work.ask(
            self,
            lambda: write_file(Path(file), shares_pdf(shares, made_at=now, vault_name=name)),
            lambda _: said(),
            failed=self.message.refuse,
        )

    def reject(self) -> None:
        """Escape, Cancel and the window's own button: not while shares are being made, nor before they are kept."""
        if self.shares.shares:
            self.message.say("caution", SHOWN_ONCE)
        elif not self._is_busy:
            super().reject()

    def forget(self) -> None:
        """Lock: nothing typed and nothing shown stays."""
        self.passphrase.clear()
        self.shares.forget()
        super().reject()

    def _ask_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        space(column, gap=8)
        needed, of = self._recovery
        column.addWidget(Words(WHY, wraps=True))
        column.addWidget(Words(f"There will be {of} as now; any {needed} of them open the vault.", wraps=True))
        labelled(column, "Your passphrase", self.passphrase)
        column.addStretch(1)
        return page

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        for widget in (self.make, self.cancel, self.pages):
            widget.setEnabled(not is_busy)
        if is_busy:
            self.message.say("info", "Making new shares.", word="Wait")

    def _made(self, shares: list[str]) -> None:
        self._set_busy(False)
        self.message.put_away()
        self.passphrase.clear()
        self.make.hide()
        self.cancel.hide()
        self.finish.show()
        self.pages.setCurrentWidget(self.shares)
        self.shares.show_shares(shares)

    def _failed(self, refused: Refused) -> None:
        self._set_busy(False)
        self.message.refuse(refused)
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _finish(self) -> None:
        self.shares.forget()
        self.accept()
        self._then()
