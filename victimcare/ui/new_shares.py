"""New recovery shares, shown once: the words, a PDF to print them, and the word of the person that they are kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QTextBrowser, QVBoxLayout, QWidget

from victimcare.store.recovery import typed_share
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Words

LEAST_HEIGHT = 300  # px at 100 %: three shares without scrolling


class NewShares(QWidget):
    """`shares`: what is shown, [] before and after. `kept(bool)`: whether the person says that they are written down; `save_asked(file)`."""

    kept = Signal(bool)
    save_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.shares: list[str] = []
        self.how, self.words = Words("", wraps=True), QTextBrowser()
        self.words.setAccessibleName("New recovery shares")
        size(self.words, least_height=LEAST_HEIGHT)
        self.save = Button("Save them as a PDF to print", self._ask_file, icon="printer")
        self.written = QCheckBox("I have printed them or written them down")
        self.written.toggled.connect(self.kept)
        column = QVBoxLayout(self)
        space(column, gap=12)
        column.addWidget(self.how)
        column.addWidget(self.words, 1)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.written)

    def show_shares(self, shares: list[str]) -> None:
        """Show them, with what they do and what the old ones no longer do."""
        self.shares = list(shares)
        self.how.setText(
            f"The old shares no longer open this vault. From now on {typed_share(shares[0]).needed} of these {len(shares)} do, when nobody else can. "
            "They are shown this once: give each to another person you trust. Backups made before today still open with the old shares."
        )
        self.words.setPlainText("\n\n".join(f"Share {at}\n{words}" for at, words in enumerate(shares, start=1)))
        self.save.setFocus()

    def forget(self) -> None:
        """Take the words off the screen."""
        self.shares = []
        self.words.clear()

    def _ask_file(self) -> None:
        file, _ = QFileDialog.getSaveFileName(self, "Save the shares as a PDF", str(Path.home() / "recovery-shares.pdf"), "PDF (*.pdf)")
        if file:
            self.save_asked.emit(file)
