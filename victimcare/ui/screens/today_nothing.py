"""What stands on Today where no line waits: what comes next, or, where nobody is here yet, the two ways to begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout

from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import Words

BEGIN = "Enter the first person by hand, or bring in a register you have: a workbook or CSV files. Nothing leaves this computer."


class TodayNothing(QFrame):
    """`tell_next(words)` or `tell_begin()`. `new`, `bring_in`: the two ways to begin."""

    def __init__(self, new_case: Callable[[], object], bring_in: Callable[[], object]) -> None:
        super().__init__()
        self.head, self.next = Words("", "section"), Words("", "muted", wraps=True)
        self.new = Button("New case", new_case, kind="primary", icon="plus")
        self.bring_in = Button("Import a register", bring_in, icon="import")
        page, begin = QVBoxLayout(self), Flow()
        space(page, 24, 24, 24, 24, gap=4)
        page.addWidget(self.head)
        page.addWidget(self.next)
        page.addSpacing(8)
        page.addLayout(begin)
        for button in (self.new, self.bring_in):
            begin.addWidget(button)
        page.addStretch(1)
        self._show(False, "")

    def tell_next(self, words: str) -> None:
        """Nothing waits; `words` say what comes next."""
        self._show(False, words)

    def tell_begin(self) -> None:
        """Nobody is here yet."""
        self._show(True, BEGIN)

    def forget(self) -> None:
        """Drop the words: there may be a name in them."""
        self._show(False, "")

    def _show(self, is_beginning: bool, words: str) -> None:
        self.head.setText("Nobody is here yet" if is_beginning else "Nothing waits for you")
        self.next.setText(words)
        for button in (self.new, self.bring_in):
            button.setVisible(is_beginning)
