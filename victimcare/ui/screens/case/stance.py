"""Stance: what the person says about a prosecution, in neutral words; its part of the page and the box that adds to it.

Every answer stands in the list as the others do: no colour, no order of merit, and support never depends on it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from victimcare.casework.stance import STEPPED_BACK, record_stance
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import codelist, label
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.words import short_day

RIGHT_TO_REVIEW = "Where support is withdrawn, the Right to Review of a police decision may not be open. Say so before it is recorded."


class StanceBox(CaseBox):
    """The answer, the person's own words, the day. Focus starts in the answer."""

    heading = "Stance"
    verb = "Record stance"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        values = [value for value in codelist("stance").values if value.code != "NOT_APPLICABLE"]
        self.code = self.field(
            "code", "Says", CodeBox([(value.code, value.label) for value in values], "What the person says", empty="Choose, or type to find")
        )
        self.words = self.field("words", "Own words", NoteBox("Own words", "As the person said them, in any language"))
        self.on = self.field("on", "On", DateBox(ground.today(), name="Day", today=ground.today))
        self.review = State("info", "Note", "info", RIGHT_TO_REVIEW, small=True)
        self.under.addWidget(self.review)
        self.under.addWidget(State("info", "Note", "info", "Support does not depend on the answer, and no referral carries it by itself.", small=True))
        self.code.chosen.connect(lambda code: self.review.setVisible(code in STEPPED_BACK))
        self.review.hide()
        self.setFocusProxy(self.code)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.code.value() is None:
            return "Choose what the person says.", self.code
        return ("Give the day it was said.", self.on) if self.on.value() is None else None

    def deed(self) -> Deed:
        entry: dict[str, Any] = {"case_id": self.ground.case_id, "on": self.on.value(), "code": self.code.value(), "words": self.words.text()}
        return lambda session: record_stance(session, **entry)


class StancePart(Part):
    """The stance now, since when, and what it was before."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Stance", "S", "Record a stance", doors.to_box("stance"))
        self._add = doors.to_box("stance")

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        if not page.stances:
            self.nothing("Not asked yet")
            return
        now = page.stances[0]
        told = f"{'On or before' if now.on_or_before else 'Since'} {short_day(now.on, today)}"
        if len(page.stances) > 1:
            told += f". Before: {label('stance', page.stances[1].code).lower()}"
        self.add(Card(label("stance", now.code), about=(told,), pressed=self._add, deed="Record a stance"))
