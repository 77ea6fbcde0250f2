"""Referrals of the person: each with its state, and the box that records what a partner answered."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from victimcare.overview.case_page import CasePage, ReferralCard
from victimcare.reference.codelists import codelist, label
from victimcare.referrals.referrals import DECLINED, SENT, next_statuses, record_answer
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.words import short_day

SHORT = {"ASSESSING": "assessing", "WAITING_LIST": "waiting list", "INFO_REQUESTED": "asks for more", "ACKNOWLEDGED": "acknowledged",
         "DECLINED": "declined", "STARTED": "started", "NO_REPLY": "no reply", "REFUSED_BY_PERSON": "not wanted", "CANCELLED": "cancelled",
         "ENDED_PLANNED": "ended", "ENDED_UNPLANNED": "ended early", "AWAITING_CONSENT": "waits for consent"}  # fmt: skip
OVER = frozenset({"DECLINED", "NO_REPLY", "REFUSED_BY_PERSON", "CANCELLED", "ENDED_PLANNED", "ENDED_UNPLANNED"})


class AnswerBox(CaseBox):
    """What the partner answered: one of the states that may follow, a reason where they declined, their words, the day."""

    heading = "Answer from a partner"
    verb = "Record answer"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.card = next(card for card in ground.page.referrals if card.referral.id == ground.about)
        self.title.setText(f"Answer from {self.card.referral.partner}")
        answers = [(code, label("referral_status", code)) for code in next_statuses(self.card.referral.status) if code != SENT]
        self.status = self.field("status", "Answer", CodeBox(answers, "Answer", empty="Choose, or type to find"))
        reasons = [(value.code, value.label) for value in codelist("referral_decline_reason").values]
        self.reason = self.field("reason", "Because", CodeBox(reasons, "Why they declined", empty="Choose a reason"))
        self.words = self.field("words", "In words", NoteBox("In words", "Who answered, and what they said"))
        self.on = self.field("on", "On", DateBox(ground.today(), name="Day", today=ground.today))
        self.status.chosen.connect(lambda status: self.form.setRowVisible(self.reason, status == DECLINED))
        self.form.setRowVisible(self.reason, False)
        self.setFocusProxy(self.status)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.status.value() is None:
            return "Choose what they answered.", self.status
        if self.status.value() == DECLINED and self.reason.value() is None:
            return "Choose why they declined; Other if they gave no reason.", self.reason
        return ("Give the day of the answer.", self.on) if self.on.value() is None else None

    def deed(self) -> Deed:
        status = self.status.value()
        entry: dict[str, Any] = {
            "referral_id": self.card.referral.id, "status": status, "on": self.on.value(), "words": self.words.text(),
            "decline_reason": self.reason.value() if status == DECLINED else None,
        }  # fmt: skip
        return lambda session: record_answer(session, **entry)


class ReferralsPart(Part):
    """Each referral; Enter on one records the answer, where one may still come. `copy_asked(row)`: show what went."""

    copy_asked = Signal(object)

    def __init__(self, doors: Doors) -> None:
        super().__init__("Referrals", "R", "Refer to a partner", doors.refer)
        self._doors = doors
        self._about: dict[QWidget, UUID] = {}

    def show_page(self, page: CasePage, today: date) -> None:
        here = self.chosen()
        self.clear()
        for card in page.referrals:
            row, shown = card.referral, self._card(card, today)
            self._about[shown] = row.id
            self.add(shown)
            if row.sent_how == "PRINTED":
                link = Button("Show the copy that went", partial(self.copy_asked.emit, row), kind="link")
                link.setAccessibleName(f"Show the copy that went to {row.partner}")
                self._about[link] = row.id
                self.add(link)
                if row.id == here:
                    link.setFocus()
        if not page.referrals:
            self.nothing("None yet")

    def chosen(self) -> UUID | None:
        """The referral the keyboard is on."""
        return next((row for widget, row in self._about.items() if widget.hasFocus()), None)

    def clear(self) -> None:
        self._about = {}
        super().clear()

    def _card(self, card: ReferralCard, today: date) -> Card:
        row = card.referral
        told = [", ".join(label("referral_service", code) for code in row.services[:2])]
        if row.sent_on:
            told.append(f"sent {short_day(row.sent_on, today)}")
        if card.newest and row.status != SENT and row.status_on:
            told.append(f"answer {short_day(row.status_on, today)}")
        elif row.answer_by:
            told.append(f"{'Late: ' if card.is_late else ''}answer by {short_day(row.answer_by, today)}")
        line = ", ".join(filter(None, told))
        may_answer = any(code != SENT for code in next_statuses(row.status)) and row.status != "DRAFT"
        state = SHORT.get(row.status) or label("referral_status", row.status).lower()
        suspended = row.suspended_words(today)
        return Card(
            row.partner, state, (line[:1].upper() + line[1:], suspended), tone="muted" if row.status in OVER else "caution" if suspended else "text",
            icon="caution" if suspended else "",
            pressed=self._doors.to_box("answer", row.id) if may_answer else None, deed="Record the answer" if may_answer else "",
        )  # fmt: skip


def answerable(page: CasePage) -> UUID | None:
    """The newest referral a partner may still answer."""
    return next((card.referral.id for card in page.referrals if next_statuses(card.referral.status) and card.referral.status not in ("DRAFT", "STARTED")), None)
