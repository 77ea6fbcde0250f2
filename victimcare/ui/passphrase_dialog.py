"""Changing one's own passphrase: the old one, the new one twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from victimcare.refused import Refused
from victimcare.ui.background import Background
from victimcare.ui.door import labelled
from victimcare.ui.new_passphrase import NewPassphrase
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.passphrase_box import PassphraseBox


class PassphraseDialog(QDialog):
    """`changed` when it is done. `change(old, new)` raises a Refused; it runs in a thread of `work`."""

    changed = Signal()

    def __init__(self, parent: QWidget, work: Background, change: Callable[[str, str], object]) -> None:
        super().__init__(parent)
        self._work, self._change = work, change
        self.setWindowTitle("victimcare")
        self.setProperty("ground", "panel")
        self.setModal(True)
        self.old, self.new, self.message = (
            PassphraseBox("Passphrase now"),
            NewPassphrase("New passphrase"),
            Message(closes=False, framed=False),
        )
        self.button = Button("Change passphrase", self.change, kind="primary")
        self.old.caps_lock_changed.connect(self.new.caps.setVisible)
        page, row = QVBoxLayout(self), QHBoxLayout()
        space(page, 24, 20, 24, 20, gap=8)
        space(row, 0, 4, 0, 0, gap=8)
        page.addWidget(Words("Change your passphrase", "section"))
        labelled(page, "Passphrase now", self.old)
        page.addWidget(self.new)
        page.addWidget(Words("Backups made before today still open with the old one.", "muted", wraps=True))
        page.addWidget(self.message)
        for button in (self.button, Button("Cancel", self.reject)):
            row.addWidget(button)
        row.addStretch(1)
        page.addLayout(row)
        size(self, least_width=440)
        self.old.setFocus()

    def change(self) -> None:
        """Change it, or say what is missing."""
        missing = "Type the passphrase you use now." if not self.old.text() else self.new.missing()
        if missing:
            self.message.say("info", missing)
            (self.new if self.old.text() else self.old).setFocus()
            return
        self.button.setEnabled(False)
        self.message.say("info", "Changing your passphrase.", word="Wait")
        self._work.ask(self, partial(self._change, self.old.text(), self.new.text()), lambda _: self._done(), failed=self._failed)

    def done(self, result: int) -> None:
        """Closing takes what was typed off the screen."""
        self.old.clear()
        self.new.clear()
        super().done(result)

    def _done(self) -> None:
        self.accept()
        self.changed.emit()

    def _failed(self, refused: Refused) -> None:
        self.button.setEnabled(True)
        self.message.refuse(refused)
        self.old.setFocus()
        self.old.selectAll()
