"""Withdrawing an entry of the stream: it stays, struck through; its text is destroyed unless it was only saved by mistake."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from victimcare.casework.cases import case_ids
from victimcare.casework.contacts import Contact
from victimcare.casework.drafts import DraftThere, discard_copies, keep_new_draft
from victimcare.overview.entry import Entry
from victimcare.reference.codelists import codelist
from victimcare.store.withdrawn import TAKEN_BACK, WRONG_CASE, WithdrawalRefused, withdraw
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.log_contact import fields_of
from victimcare.ui.screens.case.stream import when_words
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments

REASONS = ((TAKEN_BACK, "Saved by mistake"), (WRONG_CASE, "Wrong case"), ("MUST_NOT_BE_HELD", "Must not be held"))
KINDS = frozenset(
    {
        "CONTACT",
        "STANCE",
        "BARRIER",
        "MITIGATION",
        "SAFEGUARDING",
        "INFORMATION",
        "NOTE",
        "NRM",
        "SUPPORT",
        "RISK",
        "MEASURE",
        "DOCUMENT",
        "APPOINTMENT",
        "TASK",
    }
)
"""The kinds of entry that somebody wrote and that can be withdrawn; a plan or a referral is put right by its next version or event."""


class WithdrawBox(CaseBox):
    """What happens to the text is said before it is saved; of a contact in the wrong case the text goes as a draft to the right one."""

    heading = "Withdraw an entry"
    verb = "Withdraw entry"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.entry = next(one for one in ground.page.stream if one.id == ground.about)
        self.what = Words(f"{when_words(self.entry, ground.today())}. {self.entry.headline}", "strong", wraps=True)
        self.form.add("Entry", self.what)
        self.reason = self.field("reason", "Because", Segments(REASONS, "Why it is withdrawn", TAKEN_BACK))
        self.right_case = self.field("right_case", "Right case", QLineEdit())
        self.right_case.setAccessibleName("Reference of the right case")
        self.right_case.setPlaceholderText("VC-2026-0142; empty to write it yourself")
        self.why = self.field("why", "In words", NoteBox("In words", "Who noticed, and when; nothing of what it said"))
        self.means = State("caution", "Caution", "caution")
        self.under.addWidget(self.means)
        self.reason.chosen.connect(self._tell)
        self._tell(TAKEN_BACK)
        self._is_touched = False
        self.setFocusProxy(self.reason)

    def forget(self) -> None:
        super().forget()
        self.what.setText("")

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.reason.value() != TAKEN_BACK and not self.why.text():
            return "Say in a few words why: the reason stays when the text is gone.", self.why
        return None

    def deed(self) -> Deed:
        row, reason, why = self.entry.id, str(self.reason.value()), self.why.text()
        reference = self.right_case.text().strip().upper() if self._goes_elsewhere() else ""

        def withdraw_it(session: Any) -> None:
            if reference:
                _write_elsewhere(session, row, reference)
            withdraw(session, row_id=row, reason=reason, why=why)
            if reason != TAKEN_BACK:
                discard_copies(session, form=f"correct {row}")  # a correction begins with the words of what it corrects

        return withdraw_it

    def _goes_elsewhere(self) -> bool:
        return self.reason.value() == WRONG_CASE and self.entry.kind == "CONTACT"

    def _tell(self, reason: object) -> None:
        self.form.setRowVisible(self.right_case, self._goes_elsewhere())
        definition = codelist("withdrawal_reason").value(str(reason)).definition
        more = " Backups made before still hold it until they are replaced." if reason != TAKEN_BACK else ""
        copied = " Copy first what you need for the right case." if reason == WRONG_CASE and self.entry.kind != "CONTACT" else ""
        self.means.show_state("caution", "Caution", "caution", f"{definition} Who wrote it and when stays.{copied}{more}")


def may_be_withdrawn(entry: Entry) -> bool:
    """Whether the box can be opened for an entry: one that somebody wrote and that still counts."""
    return entry.kind in KINDS and not entry.withdrawn


def _write_elsewhere(session: Any, row: Any, reference: str) -> None:
    """Keep the text of a contact as a draft in the case `reference`, sealed with that case's key. Raises WithdrawalRefused, NoKey."""
    contact, other = session.get(Contact, row), case_ids(session, (reference,)).get(reference)
    if other is None or contact is None:
        raise WithdrawalRefused(f"There is no case {reference}.", "Give the reference as the list of cases has it, or leave the field empty.")
    if other == contact.case_id:
        raise WithdrawalRefused("That is the case the entry is in.", "Give the reference of the right case.")
    body = json.dumps({"fields": fields_of(contact), "at": "said", "cursor": 0}, ensure_ascii=False)
    try:
        keep_new_draft(session, form="contact", body=body, case_id=other)
    except DraftThere:
        raise WithdrawalRefused("You have begun to log a contact in that case already.", "Save that one or throw it away, then withdraw this entry.") from None
