"""A box for what only a supervisor may do: whoever is none asks for it with a reason, and a supervisor answers."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from victimcare.casework.approvals import ASKED, ask_approval, decide, take_back
from victimcare.reference.codelists import label
from victimcare.store.rights import Right
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import day

NOT_YOURS = "Only a supervisor can do this. They see your request and its reason on Today, and answer it here."
ASK = "Ask a supervisor"


class AskBox(CaseBox):
    """Subclasses say `approval`, the code of what is asked for, add their own fields in `decide_here` and save in `do_it`."""

    approval = ""

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.may = Right.SUPERVISE in ground.work.vault.member.rights
        self.means = State("info", "Note", "info")
        if self.may:
            self.decide_here()
        else:
            self.title.setText(f"{ASK}: {self.heading[:1].lower()}{self.heading[1:]}")
            self.save_button.setText(ASK)
            self.means.show_state("info", "A supervisor decides", "info", NOT_YOURS)
        self.why = self.field("why", "Why", NoteBox("Why", "The reason, which stays with the case"))
        self.under.addWidget(self.means)
        self._is_touched = False
        if not self.may:
            self.setFocusProxy(self.why)

    def decide_here(self) -> None:
        """Add the fields of a supervisor."""
        raise NotImplementedError

    def do_it(self) -> Deed:
        """What a supervisor's saving does."""
        raise NotImplementedError

    def wrong_here(self) -> tuple[str, QWidget] | None:
        """What a supervisor has to mend."""
        return None

    def wrong(self) -> tuple[str, QWidget] | None:
        found = self.wrong_here() if self.may else None
        if found is None and not self.why.text():
            return "Say in a few words why: the reason stays.", self.why
        return found

    def deed(self) -> Deed:
        if self.may:
            return self.do_it()
        case_id, kind, why = self.ground.case_id, self.approval, self.why.text()
        return lambda session: ask_approval(session, case_id=case_id, kind=kind, why=why)


class DecideBox(CaseBox):
    """A supervisor's answer to a request, or its taking back by who asked."""

    heading = "Answer a request"
    verb = "Save the answer"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.row = next(one for one in ground.page.file.approvals if one.id == ground.about)
        by = ground.page.file.names.get(self.row.made_by, "a colleague")
        self.asked = Words(f"{label('approval_kind', self.row.kind)}. Asked by {by} on {day(self.row.made_at.date())}.", "strong", wraps=True)
        self.reason = Words(self.row.why, wraps=True)
        self.form.add("Request", self.asked)
        self.form.add("Because", self.reason)
        member = ground.work.vault.member
        choices = [("GIVEN", "Allow"), ("REFUSED", "Refuse")] if Right.SUPERVISE in member.rights else []
        if self.row.made_by == member.id:
            choices.append(("TAKEN_BACK", "Take it back"))
        self.answer = self.field("answer", "Answer", Segments(choices or [(ASKED, "Wait for a supervisor")], "Answer"))
        self.why = self.field("why", "Why", NoteBox("Why", "The reason, which the person who asked can read"))
        self._is_touched = False
        self.setFocusProxy(self.answer)

    def forget(self) -> None:
        super().forget()
        self.reason.setText("")

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.answer.value() == ASKED:
            return "Only a supervisor can answer this.", self.answer
        if self.answer.value() != "TAKEN_BACK" and not self.why.text():
            return "Say in a few words why: whoever asked reads it.", self.why
        return None

    def deed(self) -> Deed:
        row, answer, why = self.row, self.answer.value(), self.why.text()

        def answer_it(session: Any) -> None:
            if answer == "TAKEN_BACK":
                take_back(session, approval_id=row.id, version=row.version)
            else:
                decide(session, approval_id=row.id, version=row.version, is_given=answer == "GIVEN", answer=why)

        return answer_it
