"""Requests to another state to look after somebody's family: the warning, who asked whom, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from victimcare.casework.mitigations import ENDED
from victimcare.casework.safeguarding import NOWHERE, OVERSEAS, SafeguardingRow, answer_safeguarding, ask_safeguarding
from victimcare.overview.case_page import CasePage
from victimcare.overview.lines import days
from victimcare.reference.codelists import codelist
from victimcare.reference.countries import country_label
from victimcare.reference.mitigation_pairs import asking_may_raise_risk, safe_ways
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import short_day

RAISED = (("UNKNOWN", "Not known"), ("NO", "No"), ("YES", "Yes"))


class AbroadFields:
    """Rows of a box: the warning and the safe ways, and which country, who asked and whom."""

    def __init__(self, box: CaseBox) -> None:
        self._box = box
        self.warning = State("caution", "Caution", "caution", asking_may_raise_risk().words, small=True)
        self.ways = Words("Safe ways: " + " ".join(f"{place}. {said.words}" for place, said in enumerate(safe_ways()[:-1], 1)), "small", wraps=True)
        self.never = Words(safe_ways()[-1].words, "small", wraps=True)
        self.told = (self.warning, self.ways, self.never)
        for words in self.told:
            box.form.addRow("", words)
        countries = [(value.code, value.label) for value in codelist("nationality").values if value.code not in NOWHERE]
        self.country = box.field("country", "Country", CodeBox(countries, "The country that is asked", empty="Choose, or type to find"))
        self.asked_by = box.field("asked_by", "Asked by", QLineEdit())
        self.asked_by.setAccessibleName("Who asked")
        self.asked_whom = box.field("asked_whom", "Whom", QLineEdit())
        self.asked_whom.setAccessibleName("Who was asked, in the other state")

    def show(self, *, told: bool, asked: bool) -> None:
        """Show the warning and the ways (`told`), and the fields (`asked`)."""
        for words in self.told:
            self._box.form.setRowVisible(words, told)
        for field in (self.country, self.asked_by, self.asked_whom):
            self._box.form.setRowVisible(field, asked)

    def wrong(self) -> tuple[str, QWidget] | None:
        """A request needs its country."""
        return ("Choose the country that was asked.", self.country) if self.country.value() is None else None

    def deed(self, on: date) -> Callable[[Any, UUID], object]:
        """`fn(session, mitigation)` that records the request."""
        entry: dict[str, Any] = {"country": self.country.value(), "asked_by": self.asked_by.text(), "asked_whom": self.asked_whom.text(), "asked_on": on}
        return lambda session, mitigation_id: ask_safeguarding(session, mitigation_id=mitigation_id, **entry)


class SafeguardingBox(CaseBox):
    """A request for a mitigation that is there already (`about`)."""

    heading = "Ask another state"
    verb = "Record the request"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.abroad = AbroadFields(self)
        self.on = self.field("on", "Asked on", DateBox(ground.today(), name="Day it was asked", today=ground.today))
        self.setFocusProxy(self.abroad.country)

    def wrong(self) -> tuple[str, QWidget] | None:
        return self.abroad.wrong() or (("Give the day it was asked.", self.on) if self.on.value() is None else None)

    def deed(self) -> Deed:
        mitigation_id = self.ground.about
        assert mitigation_id is not None, "the box is about a mitigation"
        ask = self.abroad.deed(self.on.value())
        return lambda session: ask(session, mitigation_id)


class SafeguardingAnswerBox(CaseBox):
    """What came back, and whether asking raised the risk. Focus starts in the answer."""

    heading = "Answer from another state"
    verb = "Record the answer"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.request = next(row for row in ground.page.file.safeguarding if row.id == ground.about)
        self.title.setText(f"Answer from {country_label(self.request.country)}")
        asked = ", ".join(filter(None, (self.request.asked_by, self.request.asked_whom and f"to {self.request.asked_whom}")))
        self.asked = Words(f"Asked {short_day(self.request.asked_on, ground.today())}{f': {asked}' if asked else ''}.", "small", wraps=True)
        self.form.addRow("", self.asked)
        answers = [(value.code, value.label) for value in codelist("safeguarding_answer").values]
        self.answer = self.field("answer", "Answer", CodeBox(answers, "What they answered", empty="Choose, or type to find"))
        self.words = self.field("words", "In words", NoteBox("The answer in words", "What they said, and who"))
        self.raised = self.field("raised_risk", "Risk rose", Segments(RAISED, "Whether asking raised the risk"))
        self.on = self.field("on", "On", DateBox(ground.today(), name="Day of the answer", today=ground.today))
        self.review = State("caution", "Caution", "caution", "Look at the risk again now (K), and at what the family needs at once.", small=True)
        self.form.addRow("", self.review)
        self.form.setRowVisible(self.review, False)
        self.raised.chosen.connect(lambda raised: self.form.setRowVisible(self.review, raised == "YES"))
        self.setFocusProxy(self.answer)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.answer.value() is None:
            return "Choose what they answered.", self.answer
        return ("Give the day of the answer.", self.on) if self.on.value() is None else None

    def deed(self) -> Deed:
        entry: dict[str, Any] = {
            "request_id": self.request.id, "version": self.request.version, "answered_on": self.on.value(), "answer": self.answer.value(),
            "raised_risk": self.raised.value(), "words": self.words.text(),
        }  # fmt: skip
        return lambda session: answer_safeguarding(session, **entry)

    def forget(self) -> None:
        super().forget()
        self.asked.setText("")


def unanswered(page: CasePage) -> list[SafeguardingRow]:
    """The requests that wait, oldest first."""
    return [row for row in reversed(page.file.safeguarding) if row.answer is None]


def abroad_cards(page: CasePage, mitigation_ids: set[UUID], doors: Doors, today: date) -> list[Card]:
    """A card for each request that waits, and for each mitigation of this kind that nobody was asked about yet."""
    cards = []
    for row in unanswered(page):
        if row.mitigation_id in mitigation_ids:
            waited = days((today - row.asked_on).days)
            about = f"Asked {short_day(row.asked_on, today)}, no answer for {waited}"
            pressed = doors.to_box("safeguarding_answer", row.id)
            cards.append(Card(f"Asked {country_label(row.country)}", "waiting", (about,), icon="hourglass", pressed=pressed, deed="Record the answer"))
    asked = {row.mitigation_id for row in page.file.safeguarding}
    for one in page.file.mitigations:
        if one.id in mitigation_ids and one.code == OVERSEAS and one.id not in asked and one.status not in ENDED:
            pressed = doors.to_box("safeguarding", one.id)
            cards.append(Card("Safeguarding abroad", "", ("Nobody asked yet",), icon="hourglass", pressed=pressed, deed="Record who was asked"))
    return cards
