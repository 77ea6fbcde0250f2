"""Risk: how great the danger is now, of which kinds, and when to look again; the box that reviews it and its part of the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from victimcare.casework.danger_steps import usual_steps
from victimcare.casework.risk import IMMEDIATE, look_again_on, review_risk
from victimcare.casework.workers import my_worker
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import codelist, label
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import short_day

LEVELS = (("", "Choose"), ("IMMEDIATE", "Immediate"), ("HIGH", "High"), ("MEDIUM", "Medium"), ("LOW", "Low"))
DANGER_NOW = "F9, Danger now, has the steps and the numbers; what is typed here is kept. Write this down after."


class RiskBox(CaseBox):
    """The level, the kinds of danger, the words, the plan, the day to look again. Immediate danger says first what to do first."""

    heading = "Review the risk"
    verb = "Record review"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.level = self.field("level", "Level", Segments(LEVELS, "Level"))
        before = ground.page.file.risk_reviews[0].types if ground.page.file.risk_reviews else ()
        self.types: dict[str, QCheckBox] = {}
        inside = QWidget()
        flow = Flow(inside)
        for value in codelist("risk_level.risk_type").values:
            box = self.field(f"type {value.code}", "", QCheckBox(value.label))
            box.setChecked(value.code in before)
            self.types[value.code] = box
            flow.addWidget(box)
        self.form.add("Of which", inside)
        self.words = self.field("words", "In words", NoteBox("In words", "What you see and from whom you know it", lines=2))
        self.plan = self.field("plan", "Plan", NoteBox("Plan", "What is done about it, by whom, until when"))
        self.on = self.field("on", "Looked on", DateBox(ground.today(), name="Day of the review", today=ground.today))
        self.review_on = self.field("review_on", "Look again", DateBox(None, name="Look at it again on", today=ground.today))
        self.now = State("risk", "Act first", "late", f"{usual_steps()[0].number} if somebody is in danger at this moment. {DANGER_NOW}", plain=True)
        self.under.addWidget(self.now)
        self._proposed: date | None = None
        self.level.chosen.connect(self._chosen)
        self._chosen("")
        self._is_touched = False
        self._keep_soon.stop()
        self.setFocusProxy(self.level)

    def wrong(self) -> tuple[str, QWidget] | None:
        if not self.level.value():
            return "Choose the level.", self.level
        if self.on.value() is None:
            return "Give the day of the review.", self.on
        return None if self.review_on.is_valid() else ("That is not a date. Type such as 1 Dec, fri or +7.", self.review_on)

    def deed(self) -> Deed:
        entry: dict[str, Any] = {
            "case_id": self.ground.case_id, "on": self.on.value(), "level": self.level.value(), "review_on": self.review_on.value(),
            "types": [code for code, box in self.types.items() if box.isChecked()], "words": self.words.text(), "plan": self.plan.text(),
        }  # fmt: skip
        return lambda session: review_risk(session, worker_id=my_worker(session), **entry)

    def _chosen(self, level: str) -> None:
        """Say what comes first in immediate danger, and propose when to look again; a day that was typed stays."""
        self.now.setVisible(level == IMMEDIATE)
        if level and self.review_on.value() == self._proposed and self.review_on.is_valid():
            self._proposed = look_again_on(level, self.on.value() or self.ground.today())
            self.review_on.set_value(self._proposed)


class RiskPart(Part):
    """The level now, its kinds of danger, and when to look again: late in word and colour."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Risk", "K", "Review the risk", doors.to_box("risk"))
        self._review = doors.to_box("risk")

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        newest = page.file.risk_reviews[0] if page.file.risk_reviews else None
        if newest is None:
            level = page.facts.risk
            if level is None:
                self.nothing("Not reviewed yet")
            else:
                self.add(Card(label("risk_level", level), about=("Not reviewed here yet",), pressed=self._review, deed="Review the risk"))
            return
        is_late = newest.review_on is not None and newest.review_on < today and page.facts.status == "OPEN"
        again = f"look again {short_day(newest.review_on, today)}" if newest.review_on else "no day to look again"
        kinds = "; ".join(label("risk_level.risk_type", kind) for kind in newest.types)
        told = f"Since {short_day(newest.on, today)}, {again}{', late' if is_late else ''}"
        is_now = newest.level == IMMEDIATE
        state, is_strong, tone = "late" if is_late else "", is_now or is_late, "late" if is_now or is_late else "text"
        icon = "risk" if is_now else ""
        level = label("risk_level", newest.level)
        self.add(Card(level, state, (told, kinds), is_strong=is_strong, tone=tone, icon=icon, pressed=self._review, deed="Review the risk"))
