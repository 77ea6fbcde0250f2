"""Special measures: which were discussed, asked for, granted and used; what the law gives from the recorded offences."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from victimcare.justice.special_measures import doubt, limits_of, newest_of_each, record_measure, status_words, statute_of
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import codelist, label
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.words import short_day

AGAIN = "If it is, save again."


class MeasureBox(CaseBox):
    """A measure and the step it came to. A step out of order is asked about once, and can be recorded."""

    heading = "Special measures"
    verb = "Record step"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        measures = [(value.code, value.label) for value in codelist("special_measure").values]
        self.measure = self.field("measure", "Measure", CodeBox(measures, "Special measure", empty="Choose, or type to find"))
        self.means = Words("", "small", wraps=True)
        self.form.addRow("", self.means)
        self.status = self.field("status", "Now", CodeBox((), "How far it is", empty="Choose"))
        self.on = self.field("on", "On", DateBox(ground.today(), name="Day", today=ground.today))
        self.words = self.field("words", "In words", NoteBox("In words", "What the person wished, what the court said"))
        self.limits = State("caution", "Caution", "caution", small=True)
        self.eligible = State("info", "Eligible", "info", small=True)
        self.under.addWidget(self.limits)
        self.under.addWidget(self.eligible)
        self._page = ground.page
        self._tell_eligible()
        self._asked = ""
        self.measure.chosen.connect(self._chosen)
        self._chosen(None)
        self.setFocusProxy(self.measure)

    def wrong(self) -> tuple[str, QWidget] | None:
        measure, status, on = self.measure.value(), self.status.value(), self.on.value()
        if measure is None:
            return "Choose the measure.", self.measure
        if status is None:
            return "Choose how far it is.", self.status
        if on is None:
            return "Give the day.", self.on
        asks = doubt(self._page.file.measures, measure, status, on)
        if asks and asks != self._asked:
            self._asked = asks
            return f"{asks} {AGAIN}", self.status
        return None

    def deed(self) -> Deed:
        entry: dict[str, Any] = {
            "case_id": self.ground.case_id, "measure": self.measure.value(), "status": self.status.value(), "on": self.on.value(), "words": self.words.text(),
        }  # fmt: skip
        return lambda session: record_measure(session, **entry)

    def page_came(self, page: CasePage) -> None:
        """What the law gives follows from the offences as they are now."""
        self._page = page
        self._tell_eligible()
        self._tell_limits()

    def _tell_eligible(self) -> None:
        found = self._page.eligibility
        self.eligible.show_state("info", "Eligible" if found.is_open else "Turned down", "info", f"{found.words} ({found.statute}).")

    def _tell_limits(self) -> None:
        measure, page = self.measure.value(), self._page
        limits = limits_of(measure, [row.code for row in page.offences], page.eligibility) if measure else ""
        self.limits.show_state("caution", "Caution", "caution", limits)
        self.limits.setVisible(bool(limits))

    def _chosen(self, measure: str | None) -> None:
        value = codelist("special_measure").value(measure) if measure and codelist("special_measure").known(measure) else None
        told = (
            "" if value is None else ". ".join(one.rstrip(".") for one in (value.definition, statute_of(value.code)) if one and one.rstrip(".") != value.label)
        )
        self.means.setText(f"{told}." if told else "")
        self.form.setRowVisible(self.means, bool(told))
        self.status.fill([(one.code, status_words(measure or "", one.code)) for one in codelist("special_measure.measure_status").values])
        self._tell_limits()


class MeasuresPart(Part):
    """Whether the person is eligible, and how each measure stands."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Special measures", "Q", "Record a step of a special measure", doors.to_box("measure"))

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        eligible = page.eligibility
        rows = newest_of_each(page.file.measures)
        if rows or page.offences or page.is_child:
            self.add(Card("Eligible" if eligible.is_open else "Turned down", about=(f"{eligible.words} ({eligible.statute})",)))
        for row in rows:
            words = status_words(row.measure, row.status)
            self.add(Card(label("special_measure", row.measure), about=(f"{words} {short_day(row.on, today)} ({statute_of(row.measure)})",)))
        if not rows and not page.offences and not page.is_child:
            self.nothing("None discussed yet")
