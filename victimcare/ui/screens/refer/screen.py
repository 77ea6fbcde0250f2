"""The Refer page: partner, consent, what goes and the very text, side by side; printing it is what sends it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from victimcare.referrals.begun import Begun
from victimcare.referrals.referrals import draft_referral, send_printed
from victimcare.referrals.sharing import CONSENT, Asked, Package
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.screens.form_paper import FormPaper
from victimcare.ui.screens.refer.consent import ConsentPart
from victimcare.ui.screens.refer.partner import PartnerPart
from victimcare.ui.screens.refer.preview import PreviewPart
from victimcare.ui.screens.refer.reading import NOBODY, Answer, read_page
from victimcare.ui.screens.refer.recipient import RecipientPart
from victimcare.ui.screens.refer.what_goes import WhatGoes, ticks
from victimcare.ui.style import look, size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.labels import State, Title
from victimcare.ui.words import day

COUNTED_FROM = 940  # px at 100 %: below, there is no room beside the buttons
AFTER_MS = 250  # of quiet after a key before the preview is made again
READS = {
    "case", "identity", "safe_contact_plan", "channel_suspension", "channel_review", "barrier", "barrier_change", "consent", "partner", "partner_service",
    "stance_event", "nrm_event", "offence", "approval",
}  # fmt: skip


class ReferScreen(Screen):
    """`Place("refer", case_id)`. A referral that was begun comes back as it was left."""

    title = "Refer"

    def __init__(self, work: Any, window: Any) -> None:
        super().__init__(work, window)
        self._case_id: UUID | None = None
        self._referral_id: UUID | None = None
        self._is_touched = self._is_sending = False
        self._answer: Answer | None = None
        self._sent_words = ""
        self.head, self.safe = PageHead("Refer", line=True, grows=True), State("safe", "Safe contact", "safe", "", plain=True)
        self.partner, self.consent, self.goes, self.preview = PartnerPart(), ConsentPart(work, window.user), WhatGoes(), PreviewPart()
        self.recipient, self.paper = RecipientPart(work, lambda: self._case_id), FormPaper(self)
        self.print_button = Button("Print the form", self.print, kind="primary", icon="printer", key="Ctrl+Enter")
        self.save_button = Button("Save as PDF", self.save, icon="document")
        self.draft_button = Button("Keep as draft", self.leave, key="Esc")
        self.counted = Title("", "muted", whole_up_to=120)
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._lay_out()
        self._soon.timeout.connect(self._read)
        look().changed.connect(self._fit)
        for part in (self.partner, self.recipient, self.goes, self.consent):
            part.changed.connect(self._edited)
        self.partner.exceptional.toggled.connect(lambda _: self._read())
        self.consent.wrong.connect(lambda words: self.frame.say("caution", words))
        self.paper.done.connect(self._handed_over)
        self.setFocusProxy(self.partner.wanted)

    def open(self, place: Place) -> None:
        if place.id != self._case_id and isinstance(place.id, UUID):
            self.forget()
            self._case_id = place.id
            self._read(takes_draft=True)
        else:
            self._read()

    def refresh(self, kinds: set[str]) -> None:
        if kinds & READS and self._case_id is not None and not self._is_sending:
            self._read()

    def keys(self) -> list[Key]:
        return [
            Key("Ctrl+Return", "Print the form, which sends it", self.print),
            Key("Ctrl+S", "Save the form as PDF, which sends it", self.save),
            Key("Esc", "Keep as draft and go back", self.leave),
        ]

    def has_unsaved(self) -> bool:
        return self._is_touched and self.partner.partners.chosen_id is not None and not self._is_sending

    def keep_draft(self) -> None:
        asked, referral_id = self._asked(), self._referral_id
        self._is_touched = False
        self.work.change(self, lambda session: draft_referral(session, asked, referral_id=referral_id), partial(self._kept, asked.case_id))

    def leave(self) -> None:
        """Keep what was chosen and go back to where one came from."""
        if self.has_unsaved():
            self.keep_draft()
        self.frame.back()

    def print(self) -> None:
        """Make the referral, then ask for the printer."""
        self._send(self.paper.print)

    def save(self) -> None:
        """Make the referral, then ask where the PDF goes."""
        self._send(self.paper.save)

    def forget(self) -> None:
        self._soon.stop()
        self._case_id = self._referral_id = self._answer = None
        self._is_touched = self._is_sending = False
        self.head.title.setText("Refer")
        self.head.about.setText("")
        self.safe.show_state("safe", "Safe contact", "safe", "")
        self.safe.hide()
        self.partner.put((), None, None)
        self.partner.exceptional.setChecked(False)
        self.recipient.forget()
        self.partner.partners.show_choices(())
        self.consent.forget()
        self.goes.forget()
        self.preview.show_package(None)
        self.counted.setText("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Inside

    def _fit(self) -> None:
        self.counted.setVisible(self.width() * 100 >= COUNTED_FROM * look().zoom)

    def _lay_out(self) -> None:
        self.head.row.insertWidget(2, self.safe, 1, Qt.AlignmentFlag.AlignVCenter)
        self.head.row.setStretch(3, 0)
        middle, inside = QFrame(), QVBoxLayout()
        middle.setProperty("ground", "panel")
        middle.setProperty("edge", "right")
        outer = QVBoxLayout(middle)
        space(outer, gap=0)
        area, held = QScrollArea(), QFrame()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        held.setProperty("ground", "panel")
        held.setLayout(inside)
        area.setWidget(held)
        outer.addWidget(area)
        space(inside, 20, 12, 16, 12, gap=12)
        for part in (self.recipient, self.consent, self.goes):
            inside.addWidget(part)
        inside.addStretch(1)
        size(middle, least_height=420)
        size(self.preview, least_height=360)
        foot, row = QFrame(), QHBoxLayout()
        foot.setProperty("ground", "panel")
        foot.setProperty("edge", "top")
        foot.setLayout(row)
        space(row, 24, 0, 24, 0, gap=8)
        for button in (self.print_button, self.save_button, self.draft_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.counted)
        self.counted.hide()  # until the page knows its width, so that it never makes the window wider
        size(foot, height=56)
        self.page.addWidget(self.head)
        self.page.addWidget(Columns((self.partner, 392), (middle, 392), (self.preview, 0), main_width=400, main_first=False), 1)
        self.page.addWidget(foot)

    def _edited(self) -> None:
        self._is_touched = True
        self._soon.start()

    def _asked(self) -> Asked:
        """What is chosen now. The ticks are worked out with the fields, when the page is read."""
        assert self._case_id is not None, "a case is open"
        return Asked(
            case_id=self._case_id,
            partner_id=self.partner.partners.chosen_id or NOBODY,
            services=self.partner.wanted.codes(),
            wanted_from=self.partner.wanted_from.value(),
            ticked=None if self._answer is None else ticks(self._answer.page.fields, self.goes.chosen, self.goes.reasons),
            needs=self.goes.added["NEEDS"].text().strip(),
            risk=self.goes.added["RISK"].text().strip(),
            basis=self.consent.basis(),
            basis_reason=self.consent.basis_reason.text().strip(),
            recipient_reason=self.recipient.value(),
        )

    def _read(self, takes_draft: bool = False) -> None:
        if self._case_id is None:
            return
        self._soon.stop()
        asked, referral_id = self._asked(), self._referral_id
        read = partial(
            read_page, asked=asked, referral_id=referral_id, chosen=dict(self.goes.chosen), reasons=dict(self.goes.reasons),
            takes_draft=takes_draft, also_exceptional=self.partner.exceptional.isChecked(),
        )  # fmt: skip
        self.work.read(self, read, self._take, key="page", reading=Reading("referral prepared", self._case_id))

    def _take(self, answer: Answer) -> None:
        if answer.asked.case_id != self._case_id:
            return
        self._answer = answer
        if answer.begun is not None:
            self._put(answer.begun, answer)
        self.head.title.setText(f"Refer {answer.name}" if answer.name else "Refer")
        self.head.about.setText(answer.page.head.reference)
        tone = "safe" if answer.safe and not answer.suspended else "caution"
        told = ". ".join(filter(None, (answer.suspended, answer.safe or "no plan was made")))
        self.safe.show_state(tone, "Safe contact", tone, told)
        self.safe.show()
        self.partner.partners.show_choices(answer.page.choices)
        self.goes.show_fields(answer.page.fields)
        self.preview.show_package(answer.package)
        chosen = self.partner.partners.chosen()
        self.recipient.show_recipient(chosen.partner if chosen else None, may_decide=answer.may_decide)
        self.consent.child.setVisible(answer.page.is_child)
        if chosen is not None:
            self.consent.show_consent(answer.asked.case_id, chosen.partner, chosen.consent, answer.language, answer.interpreter, answer.today)
        going = len(answer.asked.ticked or {})
        self.counted.setText(f"{going} of {len(answer.page.fields)} fields go. The exact copy is kept in the case.")

    def _put(self, draft: Begun, answer: Answer) -> None:
        asked, self._referral_id = draft.asked, draft.referral_id
        self.partner.put(asked.services, asked.wanted_from, asked.partner_id)
        self.goes.put(asked.ticked or {}, asked.needs, asked.risk, answer.page.usual)
        self.consent.put_basis(asked.basis, asked.basis_reason)
        self.recipient.put(asked.partner_id, asked.recipient_reason)

    def _kept(self, case_id: UUID, referral_id: UUID) -> None:
        if case_id == self._case_id:
            self._referral_id = referral_id
        self.frame.say("info", "The referral is kept as a draft. Nothing has left.")

    # Sending

    def _send(self, hand_over: Any) -> None:
        answer = self._answer
        problem = self._problem()
        if problem or answer is None or answer.package is None:
            self.frame.say("caution", problem)
            return
        self._is_sending = True
        seen, asked, referral_id = answer.package.text, answer.asked, self._referral_id
        self.work.change(
            self,
            lambda session: send_printed(session, asked, seen=seen, referral_id=referral_id),
            partial(self._sent, hand_over, answer.package),
            failed=self._refused,
        )

    def _problem(self) -> str:
        if self._is_sending:
            return "The referral is being made."
        if not self.partner.wanted.codes() or not self.partner.wanted.is_valid():
            self.partner.wanted.setFocus()
            return "Say what is wanted of the partner: a part of each service, with a semicolon between."
        if self._answer is None or self._answer.package is None:
            self.partner.partners.setFocus()
            return "Choose a partner."
        reason = self.goes.lacks_reason()
        if reason is not None:
            reason.setFocus()
            return "Write why the partner needs it, or take the tick away."
        if self.recipient.lacks():
            return self.recipient.lacks()
        if self.consent.basis() != CONSENT and not self.consent.basis_reason.text().strip():
            self.consent.basis_reason.setFocus()
            return "Write why it must go without consent."
        if self._soon.isActive():
            self._read()
            return "The text changed just now. Read the preview, then print."
        return ""

    def _refused(self, refused: Any) -> None:
        self._is_sending = False
        self._read()
        self.frame.refuse(refused)

    def _sent(self, hand_over: Any, package: Package, referral_id: UUID) -> None:
        self._is_touched = False
        self._sent_words = f"The referral to {package.to} is made. They are asked to answer by {day(package.answer_by)}."
        hand_over(referral_id, self._case_id, package.reference)

    def _handed_over(self, words: str) -> None:
        case_id = self._case_id
        if case_id is None or not self._is_sending:
            return
        told = self._sent_words
        self.forget()
        self.frame.go(Place("case", case_id))
        if words:
            self.frame.say("safe", told, words)
        else:
            self.frame.say("caution", told, "The paper itself was not made. Print it or save it from Referrals before you hand anything over.")
