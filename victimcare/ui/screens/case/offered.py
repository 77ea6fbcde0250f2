"""What was offered to the person: the box that records it, its part of the page, and the list on paper for the disclosure officer."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from victimcare.casework.offered_support import NO, YES, OfferRow, last_told, pounds, record_offer
from victimcare.casework.workers import my_worker
from victimcare.overview.case_page import CasePage
from victimcare.overview.offered_sheet import offered_pages, offered_pdf
from victimcare.overview.timeline_support import response_words
from victimcare.reference.codelists import codelist, label
from victimcare.reference.languages import language_label
from victimcare.store.clock import day_of
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.paper_box import PaperBox
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.style import size
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import count, short_day

RESPONSES = (("ACCEPT", "Accepted"), ("DECLINE", "Declined"), ("NO_RESPONSE", "No response"))
REGARDLESS = (("", "Not answered"), (YES, "Yes"), (NO, "No"))
ASKS = "Would they get this whatever they say about a prosecution? It must be answered; nothing is ticked beforehand."
NEEDS_NOTE = "Support does not depend on a prosecution. Say which supervisor decided otherwise, and why: this will be asked in court."
GUARDIAN = "A child: ask for an Independent Child Trafficking Guardian too (R refers to one)."
MOST, CONTACTS = 3, 12
_AMOUNT = re.compile(r"£?\s*(\d{1,6}(?:,\d{3})*)(?:\.(\d{2}))?")


class OfferBox(CaseBox):
    """What, what they said to it, and whether it hangs on anything. Focus starts in what."""

    heading = "Support offered"
    verb = "Record offer"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        kinds = [(value.code, value.label) for value in codelist("offered_support").values]
        self.code = self.field("code", "What", CodeBox(kinds, "What was offered", empty="Choose, or type to find"))
        self.detail = self.field("detail", "Exactly", NoteBox("What exactly", "What exactly, how often, until when"))
        self.response = self.field("response", "They said", Segments(RESPONSES, "What they said to it"))
        self.regardless = self.field("regardless", "Regardless", Segments(REGARDLESS, "Given whatever they say about a prosecution"))
        self.note = self.field("note", "Supervisor", NoteBox("Note of the supervisor", "Who decided that it hangs on the stance, and why"))
        self._add_told()
        self._add_who()
        self.asks = State("info", "Note", "info", ASKS, small=True)
        self.needs_note = State("caution", "Caution", "caution", NEEDS_NOTE, small=True)
        for part in (self.asks, self.needs_note, *((State("info", "Child", "info", GUARDIAN, small=True),) if ground.page.is_child else ())):
            self.under.addWidget(part)
        self.regardless.chosen.connect(self._show)
        self._show()
        self.setFocusProxy(self.code)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.code.value() is None:
            return "Choose what was offered.", self.code
        if not self.regardless.value():
            return "Answer whether they would get it whatever they say about a prosecution.", self.regardless
        if self.regardless.value() == NO and not self.note.text():
            return "Say which supervisor decided that it hangs on the stance, and why.", self.note
        if self.value.text().strip() and pence_of(self.value.text()) is None:
            return "That is not an amount. Type such as 40 or 12.50, or leave it empty.", self.value
        if self.on.value() is None:
            return "Give the day it was offered.", self.on
        if not self.told_on.is_valid():
            return "That is not a date. Type such as 3 Nov, or leave it empty.", self.told_on
        if self.told_language.value() and self.told_on.value() is None:
            return "Give the day they were told, or take the language out.", self.told_on
        return None

    def deed(self) -> Deed:
        contact = self.contact.value()
        entry: dict[str, Any] = {
            "case_id": self.ground.case_id, "on": self.on.value(), "code": self.code.value(), "response": self.response.value(),
            "regardless": self.regardless.value(), "detail": self.detail.text(), "note": self.note.text() if self.regardless.value() == NO else "",
            "agency": self.agency.value() or "", "value_pence": pence_of(self.value.text()), "paid_by": self.paid_by.value() or "",
            "told_on": self.told_on.value(), "told_language": self.told_language.value(), "contact_id": UUID(contact) if contact else None,
        }  # fmt: skip
        return lambda session: record_offer(session, worker_id=my_worker(session), **entry)

    # Inside

    def _add_told(self) -> None:
        languages = [(value.code, value.label) for value in codelist("language").values]
        self.told_on = self.field("told_on", "", DateBox(None, name="Told that support does not depend on the police, on", today=self.ground.today))
        self.told_language = self.field("told_language", "", CodeBox(languages, "In which language they were told", empty="Language not said"))
        self.told_on.setPlaceholderText("Day, if told")
        size(self.told_language, least_width=200)
        self.form.add("Told so on", self.told_on, self.told_language)

    def _add_who(self) -> None:
        page, today = self.ground.page, self.ground.today
        agencies = [(value.code, value.label) for value in codelist("agency").values]
        self.on = self.field("on", "Offered on", DateBox(today(), name="Day it was offered", today=today))
        self.value = self.field("value", "", QLineEdit())
        self.value.setAccessibleName("What it is worth, in pounds")
        self.value.setPlaceholderText("£, if known")
        self.paid_by = self.field("paid_by", "", CodeBox(agencies, "Who paid", empty="Paid by this office"))
        size(self.paid_by, least_width=200)
        self.form.add("Worth", self.value, self.paid_by)
        self.agency = self.field("agency", "By", CodeBox(agencies, "Who offered it", empty="This office"))
        told = [(str(row.id), f"{short_day(day_of(row.at), today())}, {label('engagement_kind', row.kind).lower()}") for row in page.file.contacts[:CONTACTS]]
        newest = next((str(row.id) for row in page.file.contacts[:1] if row.kind == "SUPPORT_OFFER"), None)
        self.contact = self.field("contact", "Contact", CodeBox(told, "The contact it was in", newest, empty="None of those logged"))

    def _show(self, *_: object) -> None:
        answer = self.regardless.value()
        self.form.setRowVisible(self.note, answer == NO)
        self.asks.setVisible(not answer)
        self.needs_note.setVisible(answer == NO)


class OfferedListBox(PaperBox):
    """The list of everything offered, for the disclosure officer."""

    heading = "Support offered, on paper"
    kind = "OFFERED_SUPPORT"
    about = "Everything offered, with whether it hung on the stance and when the person was told that it does not. It names the person's case."
    make_pages, make_pdf = staticmethod(offered_pages), staticmethod(offered_pdf)
    file_name = "support-offered"

    def parts(self) -> list[str]:
        return [f"{label('offered_support', row.code)}, {short_day(row.on, self.ground.today())}" for row in self.ground.page.file.offers]


class OfferedPart(Part):
    """The newest offers, when the person was last told that nothing hangs on the police, and the list on paper."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Support offered", "O", "Record support that was offered", doors.to_box("offer"))
        self._list, self._refer = doors.to_box("offered_list"), doors.refer

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        offers = page.file.offers
        if page.is_child and not any(row.code == "GUARDIAN" for row in offers):
            about = ("A child: somebody independent speaks for them. Not offered yet",)
            self.add(Card("Ask for a child trafficking guardian", about=about, icon="person", tone="caution", pressed=self._refer, deed="Refer to a partner"))
        if not offers:
            self.nothing("None recorded")
            return
        for row in offers[:MOST]:
            self.add(Card(label("offered_support", row.code), short_day(row.on, today), (_about(row),)))
        told = last_told(offers)
        more = f"{count(len(offers) - MOST, 'more', 'more')}. " if len(offers) > MOST else ""
        said = _told(told, today) if told else "No entry says they were told that support does not depend on the police"
        self.add(Card("List for disclosure", "Shift+O", (more + said,), tone="muted", pressed=self._list, deed="Print or save the list"))


def pence_of(text: str) -> int | None:
    """An amount in pounds as typed ("40", "£1,250", "12.50") in pence; None for "" or what is no amount."""
    found = _AMOUNT.fullmatch(text.strip())
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0) if found else None


def _about(row: OfferRow) -> str:
    answer = response_words(row)
    told = [answer[:1].upper() + answer[1:], "hangs on the stance" if row.regardless == NO else "whatever the stance", pounds(row.value_pence)]
    return ", ".join(filter(None, told))


def _told(row: OfferRow, today: date) -> str:
    tongue = f" in {language_label(row.told_language)}" if row.told_language else ""
    return f"Told {short_day(row.told_on or row.on, today)}{tongue} that support does not depend on the police"
