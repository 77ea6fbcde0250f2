"""Somebody waits to be let in to the cases: whoever reads cases compares six words with them and decides."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from victimcare.store.clock import LONDON
from victimcare.store.members import Member
from victimcare.ui.six_words import SixWords
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import day

ASK = "Do these six words match theirs? Ask face to face, or by phone if you know the voice. They stand on their screen."


def who_invited(newcomer: Member, inviter: str) -> str:
    """`VLO 17, invited by PC 1182 on 24 Nov 2026`."""
    by = f" by {inviter}" if inviter else ""
    return f"{newcomer.name}, invited{by} on {day(newcomer.invited_at.astimezone(LONDON).date())}"


class LettingIn(QDialog):
    """`decided(True)`: let in; `decided(False)`: not this person. Later, or Escape, decides nothing.

    It comes up by itself after sign-in, so no button answers to a stray Enter.
    """

    decided = Signal(bool)

    def __init__(self, parent: QWidget, newcomer: Member, inviter: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("victimcare")
        self.setProperty("ground", "panel")
        self.setModal(True)
        self.who, self.words = Words(f"{who_invited(newcomer, inviter)}.", wraps=True), SixWords(newcomer.words)
        page, row = QVBoxLayout(self), QHBoxLayout()
        space(page, 24, 20, 24, 20, gap=12)
        space(row, 0, 4, 0, 0, gap=8)
        page.addWidget(Words("Somebody waits to read cases", "section"))
        page.addWidget(self.who)
        page.addWidget(self.words)
        page.addWidget(Words(ASK, wraps=True))
        page.addWidget(Words("Not this person takes their sign-in away; an administrator can invite them again.", "muted", wraps=True))
        self.yes = Button("Let in", lambda: self._decide(True), kind="primary")
        self.no = Button("Not this person", lambda: self._decide(False))
        self.later = Button("Later", self.reject, kind="flat")
        for button in (self.yes, self.no, self.later):
            button.setAutoDefault(False)
            button.setDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        page.addLayout(row)
        size(self, least_width=480)
        self.later.setFocus()

    def _decide(self, is_let_in: bool) -> None:
        self.accept()
        self.decided.emit(is_let_in)
