"""The right of Leftovers: what the chosen one is, what it needs to come in, a reason to leave it, and its whole row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from victimcare.exchange.fields import kind_label
from victimcare.exchange.leftovers import OPEN, LeftoverRow
from victimcare.exchange.mending import Needed, needed_for
from victimcare.reference.codelists import codelist
from victimcare.ui.navigation import column
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.facts import Facts
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.words import number

WIDTH = 344
LEAST_HEIGHT = 420  # px at 100 %, where it stands under the list
NUMBER_HIDDEN = "A number: open the case to see it"
_NUMBER = re.compile(r"(?:\+|\b0)[\d\s()./-]{8,}\d")
BY_HAND = "Only a person can put this one right: open the case, do it there, then leave this with a reason."


@dataclass(frozen=True, slots=True, repr=False)
class Mend:
    """What a person chose. `case`: the reference of the case it belongs to, "" where none is needed."""

    case: str
    code: str | None
    on: date | None
    reference: str


class LeftoverSide(QWidget):
    """`mended(row, Mend)`, `left(row, reason)`, `case_asked(row)`."""

    mended = Signal(object, object)
    left = Signal(object, str)
    case_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.row: LeftoverRow | None = None
        self._needs = Needed()
        self.title, self.how = Words("", "section", wraps=True), Words("", wraps=True)
        self.facts, self.whole = Facts(84), Facts(120)
        self.code = CodeBox((), "What it means", empty="Choose")
        self.day = DateBox(None, name="Date")
        self.case, self.new_reference = QLineEdit(), QLineEdit()
        self.case.setAccessibleName("Case it belongs to, by its reference")
        self.new_reference.setAccessibleName("Reference of the row")
        self.mend = Button("Put it right", self._mend, kind="primary", key="Ctrl+Enter")
        self.open_case = Button("Open the case", self._ask_case, key="Enter")
        self.reason = NoteBox("Reason for leaving it", "Why nothing needs to be done", lines=2)
        self.leave = Button("Leave it as it is", self._leave)
        self._labels: dict[QWidget, Words] = {
            field: Words(words, "small")
            for field, words in (
                (self.code, "What it means"),
                (self.day, "Date"),
                (self.case, "Case, by its reference"),
                (self.new_reference, "Reference of the row"),
            )
        }
        self._lay_out()
        self.reason.edited.connect(self._allow)
        for box, signal in (
            (self.code, self.code.chosen),
            (self.day, self.day.changed),
            (self.case, self.case.textChanged),
            (self.new_reference, self.new_reference.textChanged),
        ):
            signal.connect(lambda *_: self._allow())
            self._labels[box].setBuddy(box)
        self.show_leftover(None)

    def show_leftover(self, row: LeftoverRow | None) -> None:
        """Show one, or say that none is chosen. The same one again keeps what was typed."""
        if row is not None and self.row is not None and (row.id, row.version) == (self.row.id, self.row.version):
            return
        self.row = row
        self.clear()
        self.title.setText(_title(row) if row else "None chosen")
        self.facts.show_facts((("Value", row.value), ("Why", row.reason), ("Sheet", kind_label(row.sheet)), ("File", row.file)) if row else ())
        self.whole.show_facts(_cells(row) if row else ())
        self._whole_title.setVisible(row is not None)
        self._needs = needed_for(row) if row else Needed()
        self._show_fields(row)
        self._allow()

    def clear(self) -> None:
        """Empty what was typed and chosen."""
        self.reason.set_text("")
        self.code.set_value(None)
        self.day.set_value(None)
        self.new_reference.clear()
        self.case.setText(self.row.link if self.row else "")

    def reference(self) -> str:
        """The reference of the case as it stands in the field."""
        return self.case.text().strip()

    def to_mend(self) -> None:
        """Put the keyboard where the first thing is missing."""
        for field in (self.code, self.day, self.new_reference, self.case, self.mend):
            if field.isVisible():
                field.setFocus()
                return

    def _lay_out(self) -> None:
        frame, layout = column(edge="left")
        outer = QVBoxLayout(self)
        space(outer, gap=0)
        outer.addWidget(frame)
        size(self, least_height=LEAST_HEIGHT)
        self._mend_title, self._leave_title, self._whole_title = (Words(words, "strong") for words in ("Put it right", "Leave it", "The whole row"))
        layout.addWidget(self.title)
        layout.addWidget(self.facts)
        layout.addSpacing(8)
        layout.addWidget(self._mend_title)
        layout.addWidget(self.how)
        for field in (self.code, self.day, self.new_reference, self.case):
            layout.addWidget(self._labels[field])
            layout.addWidget(field)
        layout.addSpacing(4)
        for part in (self.mend, self.open_case):
            layout.addWidget(part)
        layout.addSpacing(8)
        for below in (self._leave_title, self.reason, self.leave):
            layout.addWidget(below)
        layout.addSpacing(8)
        layout.addWidget(self._whole_title)
        layout.addWidget(self.whole)
        layout.addStretch(1)

    def _show_fields(self, row: LeftoverRow | None) -> None:
        waits, needs = row is not None and row.status == OPEN, self._needs
        self.code.fill([(value.code, value.label) for value in codelist(needs.codelist).values] if needs.codelist else ())
        shown = {self.code: bool(needs.codelist), self.day: needs.date, self.new_reference: needs.reference, self.case: needs.case}
        for field, is_needed in shown.items():
            field.setVisible(waits and is_needed)
            self._labels[field].setVisible(waits and is_needed)
        self.how.setText(BY_HAND if needs.by_hand else "")
        self.how.setVisible(waits and needs.by_hand)
        for part in (self._leave_title, self.reason, self.leave):
            part.setVisible(waits)
        self._mend_title.setVisible(waits)
        self.mend.setVisible(waits and not needs.by_hand)
        self.open_case.setVisible(row is not None and bool(row.link))

    def _allow(self) -> None:
        needs = self._needs
        is_ready = not (
            (needs.codelist and self.code.value() is None)
            or (needs.date and self.day.value() is None)
            or (needs.reference and not self.new_reference.text().strip())
            or (needs.case and not self.reference())
        )
        self.mend.setEnabled(is_ready)
        self.leave.setEnabled(bool(self.reason.text()))

    def _mend(self) -> None:
        if self.row is not None:
            needs = self._needs
            self.mended.emit(
                self.row,
                Mend(self.reference() if needs.case else "", self.code.value(), self.day.value(), self.new_reference.text().strip()),
            )

    def _leave(self) -> None:
        if self.row is not None:
            self.left.emit(self.row, self.reason.text())

    def _ask_case(self) -> None:
        if self.row is not None:
            self.case_asked.emit(self.row)


def _title(row: LeftoverRow) -> str:
    return f"Row {number(row.row)}, {'the whole of it' if row.is_row else row.column or 'cells beyond the headings'}"


def _cells(row: LeftoverRow) -> Iterator[tuple[str, str]]:
    """The whole row. Numbers to call are told in the case alone, where the plan says whether it is safe."""
    for heading, text in row.cells.items():
        yield heading, NUMBER_HIDDEN if text != row.value and _NUMBER.search(text) else text
