"""A field for a passphrase, with an eye to show it and an ear for Caps Lock."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from victimcare.ui.style import look
from victimcare.ui.widgets.buttons import IconButton


class PassphraseBox(QLineEdit):
    """Hidden until shown, never offered to input methods' memory. `caps_lock_changed(is_on)`.

    Qt does not tell the state of Caps Lock: it shows by the first letter typed (a capital without Shift) and by the key itself.
    """

    caps_lock_changed = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._caps = False
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase | hints.ImhHiddenText)
        self.eye = IconButton("eye", f"Show the {name.lower()}", self._show_or_hide)
        self.eye.setParent(self)
        self.eye.setCursor(Qt.CursorShape.ArrowCursor)
        look().changed.connect(self._place_eye)
        self._place_eye()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self._caps
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps = not self._caps
        elif len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            self._caps = letter.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._caps != before:
            self.caps_lock_changed.emit(self._caps)
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_eye()

    def _place_eye(self) -> None:
        side = look().px(28)
        self.setTextMargins(0, 0, side + look().px(4), 0)
        self.eye.setFixedSize(side, side)
        self.eye.setGeometry(QRect(self.width() - side - look().px(3), (self.height() - side) // 2, side, side))

    def _show_or_hide(self) -> None:
        is_hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_hidden else QLineEdit.EchoMode.Password)
        name = self.accessibleName().lower()
        self.eye.setAccessibleName(f"{'Hide' if is_hidden else 'Show'} the {name}")
        self.eye.setToolTip(self.eye.accessibleName())
        self.setFocus()
