"""Stance: what the person says about a prosecution, in neutral words; its part of the page and the box that adds to it.

Every answer stands in the list as the others do: no colour, no order of merit, and support never depends on it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from victimcare.casework.information_given import RIGHT_TO_REVIEW, SUPPORT_GOES_ON, record_information
from victimcare.casework.stance import STEPPED_BACK, record_stance
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import codelist, label
from victimcare.reference.mitigation_pairs import stepping_back
from victimcare.reference.support_goes_on import support_goes_on
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.words import short_day

SHOWN = 4
NO_TIES = "Support does not depend on the answer, and no referral carries it by itself."
UNCHECKED = "Not checked by a translator: let the interpreter say it."
NO_WORDS = "There is no translation into this language here: let the interpreter say it."


class SeenNote(State):
    """A note that knows whether it was really drawn on the screen."""

    was_seen = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.was_seen = True


class StanceBox(CaseBox):
    """The answer, the person's own words, the day. Focus starts in the answer.

    Somebody who steps back: what that means for the right to review is on the screen before it can be saved, and that it was is logged.
    """

    heading = "Stance"
    verb = "Record stance"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        values = [(value.code, value.label) for value in codelist("stance").values]
        self.code = self.field("code", "Says", CodeBox(values, "What the person says", empty="Choose, or type to find"))
        self.review = SeenNote("info", "Note", "info", stepping_back().words, small=True)
        self.form.addRow("", self.review)
        self.words = self.field("words", "Own words", NoteBox("Own words", "As the person said them, in any language"))
        self.on = self.field("on", "On", DateBox(ground.today(), name="Day", today=ground.today))
        self._support()
        self.under.addWidget(State("info", "Note", "info", NO_TIES, small=True))
        self.code.chosen.connect(self._show)
        self.code.lineEdit().textEdited.connect(lambda _: self._show(self.code.typed_value()))
        self.language.chosen.connect(lambda _: self._say())
        self._say()
        self._show(None)
        self.setFocusProxy(self.code)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.code.value() is None:
            return "Choose what the person says.", self.code
        if self.on.value() is None:
            return "Give the day it was said.", self.on
        if self.code.value() in STEPPED_BACK and not self.review.was_seen:
            self._show(self.code.value())
            return "Read the note under the answer first, then save.", self.code
        return None

    def deed(self) -> Deed:
        case_id, on, code, words = self.ground.case_id, self.ground.today(), self.code.value(), self.words.text()
        entry: dict[str, Any] = {"case_id": case_id, "on": self.on.value(), "code": code, "words": words}
        was_shown = code in STEPPED_BACK and self.review.was_seen
        language = self.language.value() if code in STEPPED_BACK and self.was_told.isChecked() else None
        is_told = code in STEPPED_BACK and self.was_told.isChecked()

        def record(session: Any) -> None:
            # The stance comes last: undo takes back the newest entry, and what was shown was shown.
            if was_shown:
                record_information(session, case_id=case_id, on=on, code=RIGHT_TO_REVIEW)
            if is_told:
                record_information(session, case_id=case_id, on=on, code=SUPPORT_GOES_ON, language=language)
            record_stance(session, **entry)

        return record

    def _support(self) -> None:
        """What may be told, in the person's language; nothing is ticked beforehand."""
        self.was_told = self.field("told", "Told", QCheckBox("That support goes on, whatever they decide"))
        languages = [(value.code, value.label) for value in codelist("language").values]
        self.language = self.field("language", "In", CodeBox(languages, "In which language", self.ground.page.facts.language, empty="Not said"))
        self.sentence = Words("", wraps=True)
        self.unchecked = Words("", "small", wraps=True)
        self.form.addRow("", self.sentence)
        self.form.addRow("", self.unchecked)

    def _say(self) -> None:
        words = support_goes_on(self.language.value())
        self.sentence.setText(words)
        self.unchecked.setText("" if self.language.value() in (None, "en") else UNCHECKED if words else NO_WORDS)

    def _show(self, code: str | None) -> None:
        for row in (self.review, self.was_told, self.language, self.sentence, self.unchecked):
            self.form.setRowVisible(row, code in STEPPED_BACK)


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
        before = [f"Before: {label('stance', row.code).lower()}, {short_day(row.on, today)}" for row in page.stances[1:SHOWN]]
        if len(page.stances) > SHOWN:
            before.append(f"{len(page.stances) - SHOWN} more in the stream")
        self.add(Card(label("stance", now.code), about=(told, *before), pressed=self._add, deed="Record a stance"))
