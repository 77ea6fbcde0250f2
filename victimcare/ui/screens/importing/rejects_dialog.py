"""Asks before rejected rows are written in clear: the file will hold names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.words import count

WHY = (
    "The file will hold names, numbers and notes in clear: anyone who gets it can read it. The vault keeps the same cells sealed, "
    "in Leftovers, where they can be mended. That this file was written is noted in the vault's record."
)


class RejectsDialog(QDialog):
    """Accepted when the person wants the file all the same."""

    def __init__(self, parent: QWidget, lines: int) -> None:
        super().__init__(parent)
        self.setWindowTitle("victimcare")
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.save = Button("Write names to a file", self.accept, kind="primary")
        page, buttons = QVBoxLayout(self), QHBoxLayout()
        space(page, 24, 16, 24, 16, gap=12)
        space(buttons, gap=8)
        page.addWidget(Words("Save the rejected rows", "section"))
        page.addWidget(State("caution", "Caution", "caution", f"{count(lines, 'line', 'lines')} would leave the vault.", plain=True))
        page.addWidget(Words(WHY, wraps=True))
        cancel = Button("Cancel", self.reject, key="Esc")
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        page.addLayout(buttons)
        size(self, least_width=480)
        cancel.setFocus()
