"""One line in the page that says what happened: icon, word and text; for a refusal the reason and the remedy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from victimcare.refused import Refused
from victimcare.ui import icons
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import IconButton
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import Told, told

KINDS = {
    "caution": ("caution", "Caution"), "info": ("info", "Note"), "late": ("late", "Late"), "safe": ("safe", "Done"),
    "refused": ("caution", "Not done"),
}  # fmt: skip


class Message(QFrame):
    """Hidden until there is something to say. `said` when it says something, `closed` when it is put away."""

    said = Signal()
    closed = Signal()

    def __init__(self, *, closes: bool = True, framed: bool = True) -> None:
        super().__init__()
        if framed:
            self.setObjectName("message")
        self._icon, self._word = QLabel(), Words("", "strong")
        self._reason, self._remedy = Words("", wraps=True), Words("", "muted", wraps=True)
        row, text = QHBoxLayout(self), QVBoxLayout()
        space(row, *((12, 8, 8, 8) if framed else (0, 0, 0, 0)), gap=8)
        space(text, gap=0)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._icon, 0, top)
        row.addWidget(self._word, 0, top)
        text.addWidget(self._reason)
        text.addWidget(self._remedy)
        row.addLayout(text, 1)
        if closes:
            row.addWidget(IconButton("cross", "Close this message", self.put_away), 0, top)
        self.hide()

    def say(self, kind: str, text: str, remedy: str = "", word: str = "") -> None:
        """`kind`: caution, info, late, safe or refused. `word` replaces the kind's own ("Note", "Caution", ...)."""
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # many enumerations, which a window that says nothing need not load

        icon, own = KINDS[kind]
        tone = "caution" if kind == "refused" else kind
        icons.put(self._icon, icon, tone)
        self._word.setText(word or own)
        self._word.set_tone(tone)
        self._reason.setText(text)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setAccessibleName(" ".join(part for part in (f"{word or own}:", text, remedy) if part))
        self.show()
        self.said.emit()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def refuse(self, refused: Refused | Told) -> None:
        """Say what was not done, what was kept and what to do."""
        words = told(refused) if isinstance(refused, Refused) else refused
        self.say("refused", words.reason, words.remedy)

    def text(self) -> str:
        """What it says now; empty when it says nothing."""
        return "" if self.isHidden() else self.accessibleName()

    def put_away(self) -> None:
        """Say nothing."""
        self.hide()
        self.setAccessibleName("")
        self.closed.emit()
