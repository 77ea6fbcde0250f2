"""The rows of Today: a line with the name the person uses, under the heading of what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from victimcare.overview.lines import Group as Kind
from victimcare.overview.lines import Line, rules
from victimcare.ui.screens.today_side import MARKS
from victimcare.ui.widgets.table import Column, Group
from victimcare.ui.words import number

HINTS = {
    Kind.LATE: "a date has passed",
    Kind.NOW: "it is safe at this hour",
    Kind.TODAY: "due before the end of the day",
    Kind.WAITING: "for an answer, or for somebody to finish",
}


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
