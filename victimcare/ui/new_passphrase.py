"""Choosing a passphrase: typed twice, with advice on its length while it is typed, and Caps Lock told."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimcare.ui.new_vault import LEAST_LETTERS, advice
from victimcare.ui.style import size, space
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.passphrase_box import PassphraseBox


class NewPassphrase(QWidget):
    """Two fields, their labels above. `missing()` says what is wrong, in words. `changed` when something is typed."""

    changed = Signal()

    def __init__(self, label: str = "Your passphrase") -> None:
        super().__init__()
        self.first, self.again = PassphraseBox(label), PassphraseBox(f"{label}, again")
        self.advice = State(*advice("")[:2], "info", advice("")[2])
        self.caps = State("caution", "Caution", "caution", "Caps Lock is on", plain=True)
        self.caps.hide()
        column = QVBoxLayout(self)
        space(column, gap=4)
        for words, field in ((label, self.first), ("Type it again", self.again)):
            name = Words(words)
            name.setBuddy(field)
            size(name, least_height=20)
            column.addWidget(name)
            column.addWidget(field)
            if field is self.first:
                column.addWidget(self.advice)
                column.addSpacing(6)
            field.caps_lock_changed.connect(self.caps.setVisible)
            field.textChanged.connect(self.changed)
        column.addWidget(self.caps)
        size(self.advice, least_height=40)
        self.first.textChanged.connect(self._advise)
        self.setFocusProxy(self.first)

    def text(self) -> str:
        """What was typed in the first field."""
        return self.first.text()

    def missing(self) -> str:
        """What is still to be done, or nothing."""
        if len(self.text()) < LEAST_LETTERS:
            return f"The passphrase needs at least {LEAST_LETTERS} letters."
        if self.text() != self.again.text():
            return "The two passphrases differ. Type both again."
        return ""

    def clear(self) -> None:
        """Take both off the screen."""
        self.first.clear()
        self.again.clear()

    def _advise(self, passphrase: str) -> None:
        icon, word, about = advice(passphrase)
        self.advice.show_state(icon, word, "safe" if icon == "tick" else "info", about)
