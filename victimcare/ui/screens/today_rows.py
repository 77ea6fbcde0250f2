"""The rows of Today: a line with the name the person uses, under the heading of what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from victimcare.overview.lines import Group as Kind
from victimcare.overview.lines import Line, rules
from victimcare.ui.screens.today_side import MARKS
from victimcare.ui.style import look
from victimcare.ui.widgets.row_delegate import PADDING, RowDelegate
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.table import Column, Group
from victimcare.ui.words import number

HINTS = {
    Kind.LATE: "a date has passed",
    Kind.NOW: "it is safe at this hour",
    Kind.TODAY: "due before the end of the day",
    Kind.WAITING: "for an answer, or for somebody to finish",
}

STEPS = {
    "DEADLINE": (("Done", "D", "deadline"), ("Does not apply", "E", "deadline_off")),
    "APPOINTMENT": (("Say how it went", "D", "appointment_outcome"), ("Change or move it", "E", "appointment")),
    "TASK": (("Done", "D", "task_step"),),
}
"""What is done with a line of a kind in its case: (words, key, form of the box that opens)."""


@dataclass(frozen=True, slots=True, repr=False)
class TodayRow:
    """A line with the name the person uses."""

    line: Line
    name: str

    @property
    def id(self) -> tuple[Any, ...]:
        """What the line is known by while it waits."""
        return self.line.kind, self.line.case_id, self.line.about, self.line.place


COLUMNS = (
    Column(" ", lambda row: "", width=24),  # under the icons of the groups, so that all words stand in one line
    Column("What", lambda row: row.line.what, width=288, tip=lambda row: row.line.what),
    Column("Name used", lambda row: row.name, width=96, tip=lambda row: row.name),
    Column("Reference", lambda row: row.line.reference, width=124, tone="muted"),
    Column("When, and why", lambda row: row.line.why, sort=lambda row: row.line.when, tone="muted", stretch=True, tip=lambda row: row.line.why),
)


WHAT, WHY, MOST_LINES, ROOM = 1, 4, 3, 10


class TodayTable(RowsTable):
    """What waits. What is too long for its column goes on in further lines, so that it is read without opening the line."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, "What waits")
        self.setItemDelegate(_WrapsReasons(self))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fit_rows)
        self.horizontalHeader().sectionResized.connect(lambda *_: self._soon.start())
        look().changed.connect(self._fit_first_column)
        self._fit_first_column()

    def show_rows(self, rows: Iterable[Any]) -> None:
        super().show_rows(rows)
        self._fit_rows()

    def _fit_first_column(self) -> None:
        self.horizontalHeader().setMinimumSectionSize(look().px(24))
        self.setColumnWidth(0, look().px(24))
        self._soon.start()

    def _fit_rows(self) -> None:
        measure, usual = QFontMetrics(look().font()), self.verticalHeader().defaultSectionSize()
        what, why = (self.columnWidth(at) - 2 * look().px(PADDING) for at in (WHAT, WHY))
        for at, row in enumerate(self.rows_model.rows):
            if isinstance(row, TodayRow):
                lines = min(MOST_LINES, max(_lines(measure, row.line.what, what), _lines(measure, row.line.why, why)))
                self.setRowHeight(at, usual if lines == 1 else lines * measure.lineSpacing() + look().px(ROOM))


class _WrapsReasons(RowDelegate):
    def _text(self, painter: QPainter, rect: QRect, text: str, font: Any, colour: QColor, align: Qt.AlignmentFlag) -> None:
        measure = QFontMetrics(font)
        lines = _lines(measure, text, rect.width())
        if lines == 1 or rect.height() < lines * measure.lineSpacing():
            super()._text(painter, rect, text, font, colour, align)
            return
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextWordWrap, text)


def _lines(measure: QFontMetrics, text: str, width: int) -> int:
    """How many lines `text` takes in `width` px."""
    if width <= 0 or measure.horizontalAdvance(text) <= width:
        return 1
    return -(-measure.boundingRect(QRect(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, text).height() // measure.lineSpacing())


def weight(line: Line) -> int:
    """A line that stands for others counts as many; one that stands for a whole register is one thing to do."""
    return line.count if line.kind == "MORE" else 1


def grouped(lines: Iterable[Line], name: Callable[[UUID], str]) -> list[Any]:
    """The rows of the table: a heading for each group, then its lines with names."""
    found: list[Any] = []
    for group, some in groupby(lines, key=lambda line: line.group):
        block = list(some)
        mark = MARKS[group]
        hint = HINTS.get(group) or f"no achieved contact for {rules()['at_risk_days']} days"
        found.append(Group(mark.word, mark, number(sum(map(weight, block))), hint))
        found.extend(TodayRow(line, name(line.case_id) if line.case_id else "") for line in block)
    return found
