"""Retention: how long the file is kept, when that is looked at again, and a legal hold that forbids erasing it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from victimcare.casework.retention import next_review, review_retention
from victimcare.reference.codelists import codelist
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.words import day


class RetentionBox(CaseBox):
    """The day of the next review follows the category, until it is typed."""

    heading = "Retention review"
    verb = "Save the review"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        newest = ground.page.file.retention[0] if ground.page.file.retention else None
        values = codelist("retention_category").values
        choices = [(value.code, value.label) for value in values if value.code != "AUDIT"]
        self.category = self.field(
            "category", "Kept as", CodeBox(choices, "Retention category", newest.category if newest else None, empty="Choose a category")
        )
        self.review_on = self.field("review_on", "Next look", DateBox(name="Next review on", today=ground.today))
        self.hold = self.field("hold", "", QCheckBox("Legal hold: must not be erased"))
        self.hold.setChecked(newest.hold if newest else False)
        self.form.addRow("", self.hold)
        self.why = self.field("why", "Why", NoteBox("Why", "Why it is kept so, or what the hold is for"))
        self.means = State("info", "Note", "info")
        self.under.addWidget(self.means)
        self.category.chosen.connect(self._propose)
        self.hold.toggled.connect(lambda _: self._tell())
        self._tell()
        self._is_touched = False
        self.setFocusProxy(self.category)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.category.value() is None:
            return "Choose how the file is kept.", self.category
        if not self.review_on.is_valid():
            return "The day of the next review is no date. Type it such as 24 Nov 2028.", self.review_on
        if not self.why.text():
            return "Say in a few words why: it stands when somebody asks why the file was kept or let go.", self.why
        return None

    def deed(self) -> Deed:
        review: dict[str, Any] = {
            "case_id": self.ground.case_id,
            "category": self.category.value(),
            "hold": self.hold.isChecked(),
            "review_on": self.review_on.value(),
            "why": self.why.text(),
        }
        return lambda session: review_retention(session, **review)

    def _propose(self, category: object) -> None:
        since = self.ground.page.head.last_achieved_on or self.ground.page.facts.closed_on or self.ground.today()
        if category is not None:
            on = next_review(str(category), since)
            self.review_on.set_value(max(on, self.ground.today()) if on else None)
        self._tell()

    def _tell(self) -> None:
        category = self.category.value()
        if category is None or not codelist("retention_category").known(category):
            self.means.show_state("info", "Note", "info", "A review deletes nothing: on its day a line on Today asks somebody to decide.")
            return
        value = codelist("retention_category").value(category)
        held = self.hold.isChecked() or bool(value.fields.get("blocks_erasing"))
        on = self.review_on.value()
        when = f" Next look: {day(on)}." if on else " No day of its own: give one, or the office's policy says when."
        self.means.show_state("lock" if held else "info", "Held" if held else "Note", "caution" if held else "info", f"{value.definition}{when}")
