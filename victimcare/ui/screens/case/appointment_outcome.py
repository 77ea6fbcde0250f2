"""How an appointment went: kept, not met, called off; and what next, so that nobody is left waiting."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from victimcare.casework.appointments import KEPT, outcomes, settle_appointment
from victimcare.casework.dates import in_office_time
from victimcare.casework.tasks import add_task
from victimcare.reference.codelists import label
from victimcare.reference.working_days import add_working_days
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.words import weekday

SHORT = {"NOT_MET": "Not met", "CANCELLED_US": "Off, by us", "CANCELLED_THEM": "Off, by them"}
NEXT_TASK = "Make contact: the appointment on {day} did not come about"


class AppointmentOutcomeBox(CaseBox):
    """`about`: the appointment. Kept, unless another is chosen; where it did not come about, the next try is offered as a task."""

    heading = "How the appointment went"
    verb = "Save"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        row = self.row = next(one for one in ground.page.file.appointments if one.id == ground.about)
        at = in_office_time(row.at)
        what = f"{weekday(at.date())}, {at:%H:%M}: {label('engagement_kind', row.kind)}"
        self.form.addRow(Words(". ".join(filter(None, (what, row.place, row.who_comes))), wraps=True))
        choices = [(code, SHORT.get(code, words)) for code, words in outcomes() if row.is_past or code != KEPT]
        self.status = self.field("status", "It was", Segments(choices, "How it went", KEPT if row.is_past else None))
        self.outcome = self.field("outcome", "In words", NoteBox("How it went, in words", "Only what has to be known; what was said goes in a contact"))
        tomorrow = add_working_days(ground.today(), 1)
        self.next_on = self.field("next_on", "Next try", DateBox(tomorrow, name="Day of the next try", today=ground.today))
        self.note = State("info", "Note", "info", small=True)
        self.under.addWidget(self.note)
        self.status.chosen.connect(self._look)
        self._look()
        self._is_touched = False
        self._keep_soon.stop()
        self.setFocusProxy(self.status)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self._tries_again() and not self.next_on.is_valid():
            return "That is not a date. Type such as 27 Nov, fri or +3, or leave it empty.", self.next_on
        return None

    def deed(self) -> Deed:
        row, status, outcome, case_id = self.row, self.status.value(), self.outcome.text(), self.ground.case_id
        next_on = self.next_on.value() if self._tries_again() else None
        what = NEXT_TASK.format(day=weekday(in_office_time(row.at).date()))

        def settle(session: object) -> None:
            settle_appointment(session, appointment_id=row.id, version=row.version, status=status, outcome=outcome)  # type: ignore[arg-type]
            if next_on is not None:
                add_task(session, case_id=case_id, what=what, due_on=next_on)  # type: ignore[arg-type]

        return settle

    def _tries_again(self) -> bool:
        return bool(self.status.value() != KEPT)

    def _look(self, *_: object) -> None:
        self.form.setRowVisible(self.next_on, self._tries_again())
        words = "Log what was said as a contact: L." if not self._tries_again() else "A task for the next try stands on Today from that day; empty for none."
        self.note.show_state("info", "Note", "info", words)
