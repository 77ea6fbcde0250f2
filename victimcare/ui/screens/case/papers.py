"""The papers made of a case: the whole file by section, the hand-over sheet, what we hold, the disclosure schedule."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from victimcare.casework.disclosures import CASE_FILE, SCHEDULE, SHEET, WHAT_WE_HOLD
from victimcare.overview.case_paper import LOOK, case_file_pages, case_file_pdf, sections_of
from victimcare.overview.disclosure_schedule import schedule_pages, schedule_pdf, schedule_xlsx
from victimcare.overview.hand_over_sheet import sheet_fields, sheet_pages, sheet_pdf
from victimcare.overview.what_we_hold import what_we_hold_pages, what_we_hold_pdf
from victimcare.reference.codelists import codelist, label
from victimcare.store.clock import day_of
from victimcare.ui.screens.case.box import Ground
from victimcare.ui.screens.case.paper_box import PRINTER, PaperBox
from victimcare.ui.style import space
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import day

GOES = "goes"
WORKBOOK = "XLSX"


class CaseFileBox(PaperBox):
    """Each section goes, or is withheld with its ground."""

    heading = "Case file on paper"
    kind = CASE_FILE
    about = "The whole file by section, for a subject access request or a disclosure. Numbers and addresses are never on it."
    file_name = "case-file"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.sections = sections_of(ground.page)
        grounds = [(value.code, f"withheld: {value.label[:1].lower()}{value.label[1:]}") for value in codelist("withholding_ground").values]
        self.choices: dict[str, CodeBox] = {}
        for section in self.sections:
            box = CodeBox([(GOES, GOES), *grounds], section.title, GOES)
            self.choices[section.code] = self.field(f"section {section.code}", "", box)
            self.form.addRow(_beside(Words(f"{section.title} ({len(section.entries) or len(section.pairs)})", wraps=True), box))
            if section.is_of_others:
                self.form.addRow(State("people", "Other people", "caution", LOOK, small=True))
        self._is_touched = False

    def parts(self) -> list[str]:
        return [f"{one.title}{'' if one.code not in self._withheld() else ', withheld'}" for one in self.sections]

    def save(self) -> None:
        withheld = self._withheld()
        self.make_pages, self.make_pdf = partial(case_file_pages, withheld=withheld), partial(case_file_pdf, withheld=withheld)
        super().save()

    def why(self) -> str:
        grounds = self._withheld()
        return "; ".join(f"{one.title}: {label('withholding_ground', grounds[one.code]).lower()}" for one in self.sections if one.code in grounds)

    def _withheld(self) -> dict[str, str]:
        return {code: box.value() for code, box in self.choices.items() if box.value() not in (GOES, None)}


class SheetBox(PaperBox):
    """Nothing is ticked beforehand but what the next worker cannot do without."""

    heading = "Hand-over sheet"
    kind = SHEET
    about = "One page for who takes over. Tick each thing that must go; an address never goes."
    file_name = "hand-over"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.fields_there = sheet_fields(ground.page)
        self.ticks: dict[str, QCheckBox] = {}
        for one in self.fields_there:
            tick = QCheckBox(one.label)
            tick.setChecked(one.is_needed)
            tick.setAccessibleName(f"{one.label}: {one.words}")
            self.ticks[one.code] = self.field(f"tick {one.code}", "", tick)
            self.form.addRow(_beside(tick, Words(one.words, "muted", wraps=True)))
        self._keep_soon.stop()
        self._is_touched = False

    def wrong(self) -> tuple[str, QWidget] | None:
        if not self.recipient.text().strip():
            return "Say who gets it: the sheet is a disclosure.", self.recipient
        if not self._ticked():
            return "Tick what goes.", next(iter(self.ticks.values()), self.recipient)
        return None

    def parts(self) -> list[str]:
        return [one.label for one in self.fields_there if one.code in self._ticked()]

    def save(self) -> None:
        codes = frozenset(self._ticked())
        self.make_pages, self.make_pdf = partial(sheet_pages, codes=codes), partial(sheet_pdf, codes=codes)
        super().save()

    def _ticked(self) -> list[str]:
        return [code for code, tick in self.ticks.items() if tick.isChecked()]


class WhatWeHoldBox(PaperBox):
    """For the person, in plain words."""

    heading = "What we hold and would send"
    kind = WHAT_WE_HOLD
    about = "For the person, in plain words: how much we hold, what could be sent, what they agreed to and what has gone."
    file_name = "what-we-hold"
    make_pages, make_pdf = staticmethod(what_we_hold_pages), staticmethod(what_we_hold_pdf)

    def parts(self) -> list[str]:
        return [self.heading]


class ScheduleBox(PaperBox):
    """The entries of a period, from the first of the case to today at first."""

    heading = "Disclosure schedule"
    kind = SCHEDULE
    about = "Each entry of a period by number, date, kind, author and description, with its digest. Never the content. U says how an entry is described."
    file_name = "disclosure-schedule"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        oldest = min((day_of(entry.at) for entry in ground.page.stream), default=ground.today())
        self.first = self.field("first", "From", DateBox(oldest, name="From", today=ground.today))
        self.last = self.field("last", "To", DateBox(ground.today(), name="To", today=ground.today))
        self.shape = self.field("shape", "As", Segments((("PDF", "PDF"), (WORKBOOK, "Excel")), "Kind of file"))
        self._is_touched = False

    def wrong(self) -> tuple[str, QWidget] | None:
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            return "Give both days, such as 24 Nov 2026.", self.last if first else self.first
        return ("The last day is before the first.", self.last) if last < first else None

    def parts(self) -> list[str]:
        return [f"{day(self.first.value())} to {day(self.last.value())}"]

    def save(self) -> None:
        self.extension = "xlsx" if self.shape.value() == WORKBOOK and self.how.value() != PRINTER else "pdf"
        first, last = self.first.value() or date.min, self.last.value() or date.max
        make: Any = schedule_xlsx if self.extension == "xlsx" else schedule_pdf
        self.make_pages, self.make_pdf = partial(schedule_pages, first=first, last=last), partial(make, first=first, last=last)
        super().save()


def _beside(left: QWidget, right: QWidget) -> QWidget:
    """Two widgets in one row, the right one with the more room."""
    row = QWidget()
    layout = QHBoxLayout(row)
    space(layout, gap=12)
    layout.addWidget(left, 2)
    layout.addWidget(right, 3)
    return row
