"""Putting a line of Today off until a day, with a reason: for whoever puts it off, and no longer than the line bears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit

from victimcare.casework.snoozes import put_off
from victimcare.overview.lines import Line
from victimcare.overview.today import last_day_off
from victimcare.reference.dates_text import short_day
from victimcare.ui.screens.office_box import OfficeBox, Wrong
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import Words
from victimcare.ui.work import Work


class PutOffBox(OfficeBox):
    """`start_for(line, name, today)`. What was begun about a line comes back with it."""

    form, heading, verb, done = "put_off", "Put off, for you alone", "Put off", "Put off. It comes back by itself."

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.line: Line | None = None
        self.which = Words("", "muted", wraps=True)
        self.rows.addRow(self.which)
        self.why = self.field("why", "Why", QLineEdit())
        self.why.setAccessibleName("Why it is put off")
        self.why.setPlaceholderText("Sealed: such as who does it meanwhile, or what it waits for")
        self.until = self.field("until", "Back on", DateBox(name="The day it comes back", today=lambda: self.today, small=True))

    def start_for(self, line: Line, name: str, today: date) -> None:
        """Open for one line. What was typed about another is kept."""
        if self.has_unsaved() and about_of(line) != self.about:
            self.keep()
        self.line = line
        self.start(about_of(line), today)
        last = last_day_off(line, today)
        self.which.setText(f"{', '.join(filter(None, (line.what, name, line.reference)))}. Until {short_day(last, today)} at the latest.")

    def empty(self) -> None:
        super().empty()
        self.which.setText("")
        self.until.set_value(self.today + timedelta(days=1) if self.today != date.min else None)

    def forget(self) -> None:
        super().forget()
        self.line = None

    def wrong(self) -> Wrong:
        until = self.until.value()
        if not self.why.text().strip():
            return "Say why: whoever looks at this later must be able to follow it.", self.why
        return ("Give the day on which it comes back.", self.until) if until is None else None

    def deed(self) -> Callable[[Any], Any]:
        line, until, why = self.line, self.until.value(), self.why.text()
        assert line is not None, "the box is about a line"
        return lambda session: put_off(
            session, kind=line.kind, case_id=line.case_id, about_id=line.about, until=until, last=last_day_off(line, session.today), why=why
        )


def about_of(line: Line) -> UUID | None:
    """What a draft of the box is kept under: the row the line is about, or its case."""
    return line.about or line.case_id
