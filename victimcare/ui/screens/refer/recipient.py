"""A recipient that a supervisor decides on each time: what to think of first, and the reason, which stays here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from victimcare.casework.approvals import RECIPIENT, ask_approval
from victimcare.referrals.partners import exceptional_warning
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.form import Form
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.message import Message
from victimcare.ui.work import Work

NOT_YOURS = "A supervisor decides on this recipient. Give the reason and ask; the referral can go once they have said yes. Keep it as a draft until then."
ASKED = "A supervisor is asked, and sees it on Today. Keep the referral as a draft: it can go once they have said yes."


class RecipientPart(QFrame):
    """Shown for an exceptional recipient alone. `case_id()`: whose referral it is. `changed`: another reason."""

    changed = Signal()

    def __init__(self, work: Work, case_id: Callable[[], UUID | None]) -> None:
        super().__init__()
        self._work, self._case_id = work, case_id
        self.setObjectName("box")
        self._partner_id: UUID | None = None
        self._may_decide = False
        self.warning, self.not_yours = State("caution", "Exceptional recipient", "caution"), Words(NOT_YOURS, "strong", wraps=True)
        self.about, self.reason = Words("", wraps=True), QLineEdit()
        self.reason.setPlaceholderText("Why there; never sent")
        self.reason.textEdited.connect(lambda _: self.changed.emit())
        self.ask_button, self.message = Button("Ask a supervisor", self.ask, small=True), Message(framed=False)
        page, form = QVBoxLayout(self), Form(label_width=76, gap=6)
        space(page, 12, 8, 12, 8, gap=6)
        for part in (self.warning, self.about, self.not_yours):
            page.addWidget(part)
        page.addLayout(form)
        form.add("Because", self.reason)
        page.addWidget(self.ask_button)
        page.addWidget(self.message)
        self.reason.setAccessibleName("Why this recipient")
        self.forget()

    def show_recipient(self, partner: Any, *, may_decide: bool) -> None:
        """Show or hide for `partner` (a PartnerRow, None while none is chosen). A reason belongs to one recipient."""
        partner_id = partner.id if partner is not None else None
        if partner_id != self._partner_id:
            self.put(partner_id, "")
        self._may_decide = may_decide
        self.ask_button.setVisible(not may_decide)
        self.about.setText(exceptional_warning())
        self.not_yours.setVisible(not may_decide)
        self.reason.setEnabled(may_decide)
        self.setVisible(partner is not None and partner.is_exceptional)

    def put(self, partner_id: UUID | None, reason: str) -> None:
        """Show the reason of a draft for that partner."""
        if partner_id != self._partner_id:
            self.not_yours.setText(NOT_YOURS)
            self.message.put_away()
        self._partner_id = partner_id
        self.reason.setText(reason)

    def ask(self) -> None:
        """Ask a supervisor, with the reason that stands in the field."""
        case_id, partner_id, why = self._case_id(), self._partner_id, self.reason.text().strip()
        if case_id is None or partner_id is None:
            return
        if not why:
            self.message.say("caution", "Write why it must go to this recipient at all.")
            self.reason.setFocus()
            return
        self._work.change(
            self,
            lambda session: ask_approval(session, case_id=case_id, kind=RECIPIENT, about_id=partner_id, why=why),
            lambda _: self.not_yours.setText(ASKED),
            failed=self.message.refuse,
        )

    def value(self) -> str:
        """The reason, "" where none is asked for."""
        return "" if self.isHidden() else self.reason.text().strip()

    def lacks(self) -> str:
        """What keeps a referral from going there, "" where nothing does; the keyboard goes to the reason."""
        if self.isHidden():
            return ""
        if not self._may_decide:
            return NOT_YOURS
        if not self.reason.text().strip():
            self.reason.setFocus()
            return "Write why it must go to this recipient at all."
        return ""

    def forget(self) -> None:
        """Drop the reason and hide."""
        self.put(None, "")
        self.hide()
