"""How sensitive an entry is, and the words a disclosure schedule lists it by."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from victimcare.casework.sensitivity import ORDINARY, mark_sensitivity
from victimcare.overview.entry import Entry
from victimcare.reference.codelists import codelist
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.stream import when_words
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox


class SensitivityBox(CaseBox):
    """About one entry of the stream. What was said of it before is shown; the newest counts."""

    heading = "Sensitivity of an entry"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.entry: Entry = next(one for one in ground.page.stream if one.id == ground.about)
        said = next((row for row in ground.page.file.sensitivities if row.row_id == self.entry.id), None)
        self.what = Words(f"{when_words(self.entry, ground.today())}. {self.entry.headline}", "strong", wraps=True)
        self.form.add("Entry", self.what)
        choices = [(value.code, value.label) for value in codelist("record_sensitivity").values]
        self.code = self.field("code", "It is", CodeBox(choices, "Sensitivity", said.code if said else ORDINARY))
        self.description = self.field("description", "Listed as", NoteBox("Listed as", "Such as: note of a call about housing; nothing of what was said"))
        if said is not None:
            self.description.set_text(said.description)
        self.means = State("info", "Note", "info")
        self.under.addWidget(self.means)
        self.code.chosen.connect(self._tell)
        self._tell(self.code.value())
        self._keep_soon.stop()
        self._is_touched = False
        self.setFocusProxy(self.code)

    def forget(self) -> None:
        super().forget()
        self.what.setText("")

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.code.value() != ORDINARY and not self.description.text():
            return "Say in a few words how a schedule lists it: never what it says.", self.description
        return None

    def deed(self) -> Deed:
        row, code, words = self.entry.id, self.code.value(), self.description.text()
        return lambda session: mark_sensitivity(session, row_id=row, code=code, description=words)

    def _tell(self, code: object) -> None:
        if code is None:  # the box is going
            return
        definition = codelist("record_sensitivity").value(str(code)).definition
        held = " Withdraw the entry (Del) if it must not be held at all." if "Do not hold" in definition else ""
        self.means.show_state("info", "Note", "info", f"{definition} A schedule lists the entry by these words alone.{held}")
