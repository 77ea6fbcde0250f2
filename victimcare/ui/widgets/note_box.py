"""A note: plain text that grows with what is written, Tab leaves it, Ctrl+Enter saves."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from victimcare.ui.style import look

MARGIN = 2  # px round the text, inside the padding


class NoteBox(QPlainTextEdit):
    """Grows from `lines` to `most_lines`, then scrolls. `submitted` on Ctrl+Enter, `edited` when the text is another."""

    submitted = Signal()
    edited = Signal()

    def __init__(self, name: str, hint: str = "", *, lines: int = 1, most_lines: int = 12) -> None:
        super().__init__()
        self._lines, self._most = lines, most_lines
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(MARGIN)
        self.textChanged.connect(self._fit)
        self.textChanged.connect(self.edited)
        look().changed.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """What was written, without empty ends."""
        return self.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Show a text; undo does not go behind it."""
        self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()  # a file dropped here is for the page: its path is no note

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        shown = max(self._lines, min(round(self.document().size().height()), self._most))
        # Qt hides a scroll bar only where the first block, both its margins, and one margin more and a px fit.
        self.setFixedHeight(shown * line + 3 * MARGIN + 1 + look().px(10) + 2)
