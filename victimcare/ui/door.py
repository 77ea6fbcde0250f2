"""The small windows of those who have no open vault to work in yet: mark and title, a body, a message, work off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from victimcare.refused import Refused
from victimcare.ui import icons
from victimcare.ui.background import Background
from victimcare.ui.style import size, space
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.widgets.over_window import OnScreen, scrolling


class DoorWindow(QWidget):
    """Subclasses fill `self.body`, end with `end(...)`, and run what is slow by `ask`; `forget` takes secrets off at the end."""

    def __init__(self, title: str, *, width: int = 480, height: int = 420) -> None:
        super().__init__()
        self.background = Background(1, self)
        self.setObjectName("unlock")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("victimcare")
        self.title, self.message = Words(title, "title"), Message(closes=False, framed=False)
        self._asked: QWidget | None = None
        self.is_over = False
        self._page, head, mark = QVBoxLayout(self), QHBoxLayout(), QLabel()
        inside = QWidget()
        self.body, self._least = QVBoxLayout(inside), (width, height)
        space(self._page, gap=0)
        space(self.body, 48, 32, 48, 20, gap=8)
        space(head, gap=12)
        icons.put(mark, "mark", "accent", 32)
        head.addWidget(mark)
        head.addWidget(self.title, 1)
        self.body.addLayout(head)
        self.body.addSpacing(8)
        self._area = scrolling(inside, title)
        self._page.addWidget(self._area, 1)
        self.background.broke.connect(self._broke)

    def end(self, *foot: QWidget) -> None:
        """Nothing more comes into the body; `foot` are ways out, on grey, at the bottom edge."""
        if foot:
            bar = QFrame()
            bar.setProperty("ground", "window")
            bar.setProperty("edge", "top")
            row = QHBoxLayout(bar)
            space(row, 16, 0, 16, 0, gap=0)
            for widget in foot:
                row.addWidget(widget)
            row.addStretch(1)
            size(bar, height=48)
            self._page.addWidget(bar)
        OnScreen(self, self._area, *self._least)

    def ask(self, deed: Callable[[], Any], then: Callable[[Any], object], *, busy: QWidget, words: str) -> None:
        """Run `deed` in a thread while `busy` takes no input and the window says `words`; a refusal is said."""
        self._asked = busy
        busy.setEnabled(False)
        self.message.say("info", words, word="Wait")
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)

        def answered(answer: Any) -> None:
            self._ready()
            then(answer)

        self.background.ask(self, deed, answered, failed=self.refuse)

    def refuse(self, refused: Refused) -> None:
        """Say what was not done and what to do; one can try again."""
        self._ready()
        self.message.refuse(refused)

    def forget(self) -> None:
        """Take passphrases and shares off the window."""

    def closeEvent(self, event: QCloseEvent) -> None:
        self.is_over = True
        self._ready()
        self.forget()
        super().closeEvent(event)
        self.background.stop()

    def _ready(self) -> None:
        if self._asked is not None:
            self._asked.setEnabled(True)
            self._asked = None
            self.message.put_away()
            QGuiApplication.restoreOverrideCursor()

    def _broke(self, kind: str) -> None:
        self.refuse(Refused(f"Something went wrong ({kind}). What was in the vault before is untouched.", "Try once more."))


def beside(*widgets: QWidget) -> QLayout:
    """Widgets in a row from the left."""
    row = QHBoxLayout()
    space(row, gap=8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def chosen_by(field: QWidget, button: QWidget) -> QLayout:
    """A field with the button that fills it at its right."""
    row = QHBoxLayout()
    space(row, gap=8)
    row.addWidget(field, 1)
    row.addWidget(button)
    return row


def labelled(column: QVBoxLayout, words: str, field: QWidget, *, inside: QLayout | None = None) -> None:
    """A label above its field, as in the window that opens a vault; `inside` is what to place when the field stands in a row."""
    name, both = Words(words), QVBoxLayout()
    name.setBuddy(field)
    size(name, least_height=20)
    space(both, gap=4)
    field.setAccessibleName(field.accessibleName() or words)
    both.addWidget(name)
    if inside is None:
        both.addWidget(field)
    else:
        both.addLayout(inside)
    column.addLayout(both)
