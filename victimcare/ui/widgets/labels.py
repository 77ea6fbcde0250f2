"""Words on a page, by what they are: title, section, muted, strong, small; and a state as icon and word."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from victimcare.ui import icons
from victimcare.ui.style import look, restyle, space

WHOLE_UP_TO, LONGEST_HINT = 360, 560  # px at 100 %


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


class Title(Words):
    """One line that never widens the page: what has no room ends in an ellipsis, and is whole in the tooltip and for a screen reader."""

    def __init__(self, text: str = "", role: str = "title", *, whole_up_to: int = WHOLE_UP_TO) -> None:
        """`whole_up_to`: px at 100 % it always has where its words take so much."""
        super().__init__("", role)
        self._whole_up_to = whole_up_to
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(" ".join(text.split()))
        self.setAccessibleName(self.text())
        self._tell_whole()

    def sizeHint(self) -> QSize:
        whole = super().sizeHint()
        return QSize(min(whole.width(), look().px(LONGEST_HINT)), whole.height())

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), look().px(self._whole_up_to)), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()
        self._tell_whole()

    def _tell_whole(self) -> None:
        is_whole = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        tip = "" if is_whole else self.text()
        if self.toolTip() != tip:
            self.setToolTip(tip)


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
