"""The rows of Today: a line with the name the person uses, under the heading of what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from victimcare.overview.lines import Group as Kind
from victimcare.overview.lines import Line, rules
from victimcare.overview.today import PutOff
from victimcare.reference.dates_text import short_day
from victimcare.ui.screens.today_side import MARKS
from victimcare.ui.style import look
from victimcare.ui.widgets.row_delegate import PADDING, RowDelegate
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.table import Column, Group, Mark
from victimcare.ui.words import number

HINTS = {
    Kind.LATE: "a date has passed",
    Kind.NOW: "within the hour, or safe at this hour",
    Kind.TODAY: "due before the end of the day",
    Kind.WAITING: "for an answer, or for somebody to finish",
}

STEPS = {
    "DEADLINE": (("Done", "D", "deadline {}"), ("Does not apply", "E", "deadline_off {}")),
    "APPOINTMENT": (("Say how it went", "D", "appointment_outcome {}"), ("Change or move it", "E", "appointment {}")),
    "TASK": (("Done", "D", "task_step {}"),),
    "SAFEGUARDING": (("Record the answer", "A", "safeguarding_answer {}"),),
    "SUSPENDED": (("Review it", "Enter", "channel_review {}"),),
    "APPROVAL": (("Answer it", "Enter", "decide {}"),),
    "RETENTION": (("Review it", "Enter", "retention"),),
}
"""What is done with a line of a kind in its case: words, key, form of the box that opens with the id of the row the line is about.

Without an entry for Enter, that opens the case.
"""

FOLD = "PUT_OFF"
"""The kind of the row that shows or hides what was put off."""
PUT_OFF_MARK = Mark("clock", "Put off", "muted")


@dataclass(frozen=True, slots=True, repr=False)
class TodayRow:
    """A line with the name the person uses; `put_off`: until when it is not among what waits."""

    line: Line
    name: str
    put_off: PutOff | None = None

    @property
    def id(self) -> tuple[Any, ...]:
        """What the line is known by while it waits."""
        return self.line.kind, self.line.case_id, self.line.about, self.line.place

    @property
    def sealed_about(self) -> tuple[UUID | None, UUID | None]:
        """The case, and the putting off, of which something sealed is told beside the line."""
        return self.line.case_id, self.put_off.snooze_id if self.put_off is not None else None


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


def grouped(
    lines: Iterable[Line], name: Callable[[UUID], str], put_off: Sequence[PutOff] = (), *, is_unfolded: bool = False, today: date = date.min
) -> list[Any]:
    """The rows of the table: a heading for each group, then its lines with names; last, folded or not, what was put off."""
    found: list[Any] = []
    for group, some in groupby(lines, key=lambda line: line.group):
        block = list(some)
        mark = MARKS[group]
        hint = HINTS.get(group) or f"no achieved contact for {rules()['at_risk_days']} days"
        found.append(Group(mark.word, mark, number(sum(map(weight, block))), hint))
        found.extend(TodayRow(line, name(line.case_id) if line.case_id else "") for line in block)
    return [*found, *_put_off(put_off, name, is_unfolded, today)] if put_off else found


def _put_off(put_off: Sequence[PutOff], name: Callable[[UUID], str], is_unfolded: bool, today: date) -> Iterator[Any]:
    what = "Hide what you put off" if is_unfolded else "Show what you put off"
    yield Group(PUT_OFF_MARK.word, PUT_OFF_MARK, number(len(put_off)), "by you, for you alone")
    back = f"the first comes back {short_day(put_off[0].until, today)}"
    yield TodayRow(Line(FOLD, Kind.WAITING, None, "", what, back, None, "today.put_off"), "")
    for one in put_off if is_unfolded else ():
        line = replace(one.line, why=f"back {short_day(one.until, today)}; {one.line.why}")
        yield TodayRow(line, name(line.case_id) if line.case_id else "", one)
