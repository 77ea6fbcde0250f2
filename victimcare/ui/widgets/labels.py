"""Words on a page, by what they are: title, section, muted, strong, small; and a state as icon and word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from victimcare.ui import icons
from victimcare.ui.style import restyle, space


class Words(QLabel):
    """A label with a role of the style sheet: `title`, `section`, `strong`, `muted`, `small`, `words` or none. Always plain text."""

    def __init__(self, text: str = "", role: str = "", *, wraps: bool = False, tone: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setProperty("role", role)
        self.setProperty("tone", tone)

    def set_tone(self, tone: str) -> None:
        """Another colour of meaning: `late`, `now`, `caution`, `info`, `safe`, or none."""
        self.setProperty("tone", tone)
        restyle(self)


class State(QWidget):
    """A state: icon, word and colour together, then words about it: muted, or `small`, or in text colour when `plain`."""

    def __init__(self, icon: str = "info", word: str = "", tone: str = "info", about: str = "", *, small: bool = False, plain: bool = False) -> None:
        super().__init__()
        self._icon, self._word, self._about = QLabel(), Words(word, "strong"), Words(about, "small" if small else "" if plain else "muted", wraps=True)
        row = QHBoxLayout(self)
        space(row, gap=8)
        top = Qt.AlignmentFlag.AlignTop
        self._about.setAlignment(top | Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self._icon, 0, top)
        row.addWidget(self._word, 0, top)
        row.addWidget(self._about, 1)
        self.show_state(icon, word, tone, about)

    def show_state(self, icon: str, word: str, tone: str, about: str = "") -> None:
        """Say another state."""
        icons.put(self._icon, icon, tone or "text")
        self._word.setText(word)
        self._word.set_tone(tone)
        self._about.setText(about)
        self.setAccessibleName(f"{word}. {about}".strip())


class Line(QFrame):
    """A line of the palette between two parts."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("edge", "top")
        self.setFixedHeight(1)
