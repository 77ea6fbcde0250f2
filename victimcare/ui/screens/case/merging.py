"""Two files of one person: read as one by a link, and read apart again. Nothing is moved by either."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from victimcare.casework.cases import case_ids
from victimcare.casework.merging import MergeRefused, end_merge, merge
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments

THIS_LEADS, OTHER_LEADS = "THIS", "OTHER"
MOST = 3
REFERENCE = re.compile(r"VC-\d{4}-\d{4,}")
MEANS = (
    "Lists and Today show one row, the page shows the entries of both, and the person is counted once. Nothing is moved or copied: "
    "end the link, and both stand for themselves again."
)


class MergeBox(CaseBox):
    """The other file is named by its reference; what leads keeps its worker, plan and facts on top."""

    heading = "Same person as another case"
    verb = "Read both as one"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.other = self.field("other", "Other case", QLineEdit())
        self.other.setAccessibleName("Reference of the other case of this person")
        self.other.setPlaceholderText("VC-2026-0142")
        choices = ((THIS_LEADS, "This case leads"), (OTHER_LEADS, "The other leads"))
        self.leads = self.field("leads", "On top", Segments(choices, "Which case leads"))
        self.why = self.field("why", "Why", NoteBox("Why", "What shows that they are one person"))
        self._alike = QVBoxLayout()
        self.under.addLayout(self._alike)
        self.under.addWidget(State("link", "What it does", "info", MEANS))
        self._is_touched = False
        self.setFocusProxy(self.other)
        self.other.textChanged.connect(lambda _: self._offer())
        self._offer()

    def forget(self) -> None:
        super().forget()
        clear(self._alike)

    def wrong(self) -> tuple[str, QWidget] | None:
        if not self.other.text().strip():
            return "Give the reference of the other case, as the list of cases has it.", self.other
        return None if self.why.text() else ("Say what shows that they are one person: the reason stays.", self.why)

    def deed(self) -> Deed:
        here, reference, why = self.ground.case_id, self.other.text().strip().upper(), self.why.text()
        is_part = self.leads.value() == OTHER_LEADS

        def join(session: Any) -> None:
            other = case_ids(session, (reference,)).get(reference)
            if other is None or not session.can_open(other):  # a case one may not read is not there
                raise MergeRefused(f"There is no case {reference} among those you may read.", "Give the reference as the list of cases has it.")
            merge(session, case_id=here if is_part else other, into_case_id=other if is_part else here, why=why)

        return join

    def _offer(self) -> None:
        """People in memory like what is typed, or like this person while nothing is; a press takes the reference."""
        clear(self._alike)
        typed = self.other.text().strip()
        if REFERENCE.fullmatch(typed.upper()):
            return
        person = self.ground.page.person
        text = typed or (person.shown_name if person else "")
        hits = [hit for hit in self.ground.find(text) if hit.case_id not in self.ground.page.parts][:MOST] if text else []
        for hit in hits:
            take = partial(self.other.setText, hit.reference)
            self._alike.addWidget(Card(hit.name, hit.reference, (f"Alike in {hit.why}",), pressed=take, deed="Take this case"))


class PartBox(CaseBox):
    """About the link `ground.about`."""

    heading = "Read two files apart again"
    verb = "Read apart"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.row = next(one for one in ground.page.file.merges if one.id == ground.about)
        other = self.row.other if self.row.into_case_id == ground.case_id else ground.page.facts.reference
        other = ground.page.parts.get(self.row.case_id, "") or other
        self.form.add("Other case", Words(other, "strong"))
        self.why = self.field("why", "Why", NoteBox("Why", "What shows that they are two people"))
        self.under.addWidget(
            State("info", "Note", "info", "Each file shows its own entries again, and both people are counted. That they were read as one stays.")
        )
        self._is_touched = False
        self.setFocusProxy(self.why)

    def wrong(self) -> tuple[str, QWidget] | None:
        return None if self.why.text() else ("Say what shows that they are two people: the reason stays.", self.why)

    def deed(self) -> Deed:
        row, why = self.row, self.why.text()
        return lambda session: end_merge(session, merged_id=row.id, version=row.version, why=why)
