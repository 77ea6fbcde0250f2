"""The lines of the activity box that say where visits were made and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from victimcare.reference.codelists import codelist
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button, IconButton
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import Words

MOST = 9999


@dataclass(frozen=True, slots=True)
class Visited:
    """So many premises of one kind where the same was found."""

    premises: str
    finding: str
    total: int


class VisitRows(QWidget):
    """One line for each kind of premises and finding: how many, where, what was found."""

    lines_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[QWidget, CodeBox, CodeBox, QLineEdit]] = []
        page, self._lines = QVBoxLayout(self), QVBoxLayout()
        space(page, gap=6)
        space(self._lines, gap=6)
        page.addLayout(self._lines)
        self._more = Button("Another kind of premises", self._another, kind="link")
        page.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.add()

    def first(self) -> CodeBox:
        """The field for the first kind of premises."""
        return self._rows[0][1]

    def in_order(self) -> list[QWidget]:
        """Every field, as Tab goes."""
        return [*(field for row in self._rows for field in row[1:]), self._more]

    def add(self) -> None:
        """One more line."""
        line, row = QWidget(), QHBoxLayout()
        line.setLayout(row)
        space(row, gap=8)
        premises = CodeBox([(value.code, value.label) for value in codelist("activity_type.premises_type").values], "Premises", empty="No visit", small=True)
        finding = CodeBox([(value.code, value.label) for value in codelist("activity_type.finding").values], "Found", empty="What was found", small=True)
        total = number_field("How many such visits")
        total.setText("1")
        size(premises, width=180)
        size(finding, least_width=160, most_width=340)
        for widget in (premises, finding, Words("visits", "muted"), total):
            row.addWidget(widget)
        if self._rows:
            row.addWidget(IconButton("cross", "Take this line away", partial(self._remove, line)))
        row.addStretch(1)
        self._rows.append((line, premises, finding, total))
        self._lines.addWidget(line)
        self.lines_changed.emit()

    def visited(self) -> list[Visited]:
        """What was visited; lines without premises are left out."""
        return [
            Visited(premises.value(), finding.value() or "NOT_RECORDED", int(total.text() or 1))
            for _, premises, finding, total in self._rows
            if premises.value()
        ]

    def unclear(self) -> QWidget | None:
        """The first finding that was not chosen."""
        return next((finding for _, premises, finding, _ in self._rows if premises.value() and finding.value() is None), None)

    def show_visited(self, visited: list[Visited]) -> None:
        """Show these lines, at least one."""
        while len(self._rows) > 1:
            self._remove(self._rows[-1][0])
        for at, one in enumerate(visited or [None]):  # type: ignore[list-item]
            if at:
                self.add()
            _, premises, finding, total = self._rows[at]
            premises.set_value(one.premises if one else None)
            finding.set_value(one.finding if one else None)
            total.setText(str(one.total) if one else "1")

    def _another(self) -> None:
        self.add()
        self._rows[-1][1].setFocus()

    def _remove(self, line: QWidget) -> None:
        self._rows = [row for row in self._rows if row[0] is not line]
        line.hide()
        line.deleteLater()
        self._rows[0][1].setFocus()


def line_field(name: str, hint: str) -> QLineEdit:
    """A field for a few words."""
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    return field


def number_field(name: str) -> QLineEdit:
    """A field for a count."""
    field = line_field(name, "")
    field.setValidator(QIntValidator(0, MOST, field))
    size(field, width=72)
    return field
