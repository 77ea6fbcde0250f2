"""Closing a case, with what is still open said first, opening it again, and handing it to another worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from victimcare.casework.cases import close_case, hand_over, reopen_case
from victimcare.casework.workers import my_worker
from victimcare.overview.still_open import StillOpen, still_open
from victimcare.reference.codelists import codelist
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.note_box import NoteBox

OTHER = "OTHER"
NOBODY = ("NOBODY", "Nobody for now")
ME = "ME"
STAYS = "Nothing in it changes, and it can be reopened. It leaves Today; its retention review comes as it was set."


class CloseBox(CaseBox):
    """What is open is read when the box opens."""

    heading = "Close this case"
    verb = "Close the case"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.open = State("info", "Reading what is still open", "info")
        self.form.addRow(self.open)
        reasons = [(value.code, value.label) for value in codelist("case_close_reason").values]
        self.reason = self.field("reason", "Because", CodeBox(reasons, "Why it is closed", empty="Choose a reason"))
        self.on = self.field("on", "On", DateBox(ground.today(), name="Closed on", today=ground.today))
        self.why = self.field("why", "In words", NoteBox("In words", "What a colleague needs to know who opens it again"))
        self.under.addWidget(State("info", "Note", "info", STAYS, small=True))
        self._is_touched = False
        self.setFocusProxy(self.reason)
        case_id = ground.case_id
        ground.work.read(self, lambda session: still_open(session, case_id), self._take, key="still open")

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.reason.value() is None:
            return "Choose why it is closed.", self.reason
        if self.reason.value() == OTHER and not self.why.text():
            return "Say the other reason in a few words.", self.why
        if self.on.value() is None:
            return "Give the day, such as 24 Nov 2026.", self.on
        return None

    def deed(self) -> Deed:
        case, on, reason, why = self.ground.page.facts, self.on.value(), self.reason.value(), self.why.text()
        return lambda session: close_case(session, case_id=case.id, version=case.version, on=on, reason=reason, why=why)

    def _take(self, found: tuple[StillOpen, ...]) -> None:
        if found:
            self.open.show_state("caution", "Still open", "caution", f"{'; '.join(one.words() for one in found)}. They stay as they are.")
        else:
            self.open.show_state("tick", "Nothing is open", "safe", "No deadline, referral, appointment or barrier waits.")


class ReopenBox(CaseBox):
    """One reason, nothing else."""

    heading = "Reopen this case"
    verb = "Reopen the case"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.why = self.field("why", "Why", NoteBox("Why", "What has happened since it was closed"))
        self._is_touched = False
        self.setFocusProxy(self.why)

    def deed(self) -> Deed:
        case, why = self.ground.page.facts, self.why.text()
        return lambda session: reopen_case(session, case_id=case.id, version=case.version, why=why)


class HandOverBox(CaseBox):
    """To another worker, or to nobody for now."""

    heading = "Hand this case over"
    verb = "Hand over"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        here = ground.page.facts.worker_id
        others = [(str(number), name) for number, name in ground.page.file.workers.items() if number != here]
        me = ground.work.vault.member.name
        if me not in ground.page.file.workers.values():  # a worker from the first case they take
            others.insert(0, (ME, me))
        self.to = self.field("to", "To", CodeBox([*others, NOBODY], "To which worker", empty="Choose who takes it on"))
        self.why = self.field("why", "Why", NoteBox("Why", "Why, and what the next worker must know first"))
        words = "The next worker sees it on Today from now on. Tell the person who will call them, and by which means."
        self.under.addWidget(State("info", "Note", "info", words, small=True))
        self._is_touched = False
        self.setFocusProxy(self.to)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.to.value() is None:
            return "Choose who takes the case on, or nobody for now.", self.to
        return None if self.why.text() else ("Say in a few words why: it stays with the case.", self.why)

    def deed(self) -> Deed:
        case, to, why = self.ground.page.facts, self.to.value(), self.why.text()

        def give(session: Any) -> None:
            worker = my_worker(session) if to == ME else None if to == NOBODY[0] else UUID(to)
            hand_over(session, case_id=case.id, version=case.version, worker_id=worker, why=why)

        return give
