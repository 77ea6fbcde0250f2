"""Which rights the person has under the Victims' Code: enhanced unless somebody says why not."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from victimcare.casework.entitlements import ENHANCED, STANDARD, record_entitlement
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments

MEANS = "Enhanced rights mean one working day instead of five for most news. Deadlines recorded before keep their day."
CHILD = "Presumed under 18 until assessed (Modern Slavery Act 2015, s51). Standard rights are hardly ever right for a child."


class EntitlementBox(CaseBox):
    """Going down asks why; going back up does not."""

    heading = "Rights under the Victims' Code"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        now = ground.page.file.entitlements[0].level if ground.page.file.entitlements else ENHANCED
        self.level = self.field("level", "Rights", Segments(((ENHANCED, "Enhanced"), (STANDARD, "Standard")), "Rights", now))
        self.why = self.field("why", "Why", NoteBox("Why", "Why standard rights, and who decided"))
        self.on = self.field("on", "From", DateBox(ground.today(), name="From which day", today=ground.today))
        self.under.addWidget(State("info", "Note", "info", MEANS, small=True))
        self.child = State("caution", "Caution", "caution", CHILD, small=True)
        self.under.addWidget(self.child)
        self.level.chosen.connect(self._show)
        self._show()
        self.setFocusProxy(self.level)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.on.value() is None:
            return "Give the day from which.", self.on
        if self.level.value() == STANDARD and not self.why.text():
            return "Say why the person has standard rights only.", self.why
        return None

    def deed(self) -> Deed:
        entry: dict[str, Any] = {"case_id": self.ground.case_id, "level": self.level.value(), "why": self.why.text(), "on": self.on.value()}
        return lambda session: record_entitlement(session, **entry)

    def _show(self, *_: object) -> None:
        self.child.setVisible(self.level.value() == STANDARD and self.ground.page.is_child)
