"""Numbers and addresses of somebody around the person: read only when asked for, each time noted, gone from the screen after a minute.

None is in any widget before, or after it was hidden.
"""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimcare.casework.people_around import ShownNumber, numbers_around
from victimcare.reference.codelists import label
from victimcare.store.reading import Reading
from victimcare.ui.screens.case.numbers import SHOWN_SECONDS
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.words import count
from victimcare.ui.work import Work


class NumbersAround(QWidget):
    """How many there are, and a button that asks for them. The audit notes it first."""

    def __init__(self, work: Work, case_id: UUID, person_id: UUID, numbers: int, message: Message) -> None:
        super().__init__()
        self._work, self._case_id, self._person_id, self._message = work, case_id, person_id, message
        self._lines, row, inside = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for layout in (self._lines, inside):
            space(layout, gap=4)
        space(row, gap=8)
        self.show_button = Button("Show their number", self.ask, icon="eye", small=True)
        row.addWidget(self.show_button)
        row.addWidget(Words(count(numbers, "number or address", "numbers or addresses") if numbers else "No number or address is recorded.", "small"), 1)
        inside.addLayout(row)
        inside.addLayout(self._lines)
        self.show_button.setVisible(numbers > 0)  # not before it is in here: it would flash up as a window of its own
        self._hide_again = QTimer(self, singleShot=True, interval=SHOWN_SECONDS * 1000)
        self._hide_again.timeout.connect(self.hide_all)

    def ask(self) -> None:
        """Show them; hide what shows."""
        if self._lines.count():
            self.hide_all()
            return
        person_id = self._person_id
        self._work.read(
            self, lambda session: numbers_around(session, person_id), self._show,
            key="numbers", reading=Reading.numbers(self._case_id), failed=self._message.refuse,
        )  # fmt: skip

    def hide_all(self) -> None:
        """Take every number off the screen."""
        self._hide_again.stop()
        clear(self._lines)
        self.show_button.setText("Show their number")

    def hideEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().hideEvent(event)  # type: ignore[arg-type]
        self.hide_all()

    def _show(self, found: tuple[ShownNumber, ...]) -> None:
        self.hide_all()
        if not self.isVisible():
            return
        for number in found:
            line, kind, shown = QWidget(), label("contact_point_kind", number.kind), Words(number.value, "section", wraps=True)
            row = QHBoxLayout(line)
            space(row, gap=12)
            shown.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            shown.setAccessibleName(f"{kind}: {number.value}")
            row.addWidget(Words(kind, "muted"))
            row.addWidget(shown, 1)
            self._lines.addWidget(line)
        self.show_button.setText("Hide their number")
        self._hide_again.start()
