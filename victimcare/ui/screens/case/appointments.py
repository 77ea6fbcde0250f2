"""Appointments of the person: what is planned, when and where, and the box that plans one, changes it or moves it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from victimcare.casework.appointments import (
    BOOKED,
    MOVED,
    NOT_NEEDED,
    NOT_SAID,
    TO_BOOK,
    AppointmentRow,
    Clash,
    change_appointment,
    clashes,
    lacks_interpreter,
    move_appointment,
    record_appointment,
)
from victimcare.casework.dates import DateRefused, comes_twice, from_office_time, in_office_time
from victimcare.casework.workers import my_worker, worker_of_member
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import codelist, label
from victimcare.reference.languages import language_label
from victimcare.store.clock import day_of
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.style import size
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import State, Words
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.time_box import TimeBox
from victimcare.ui.words import count, short_day, weekday

MINUTES = (15, 30, 45, 60, 90, 120, 180, 240)
BY_NEED = {"YES": TO_BOOK, "NO": NOT_NEEDED}
TEXTS = ("place", "who_comes", "purpose")


class AppointmentBox(CaseBox):
    """When, what, where, who comes, interpreter. `about`: a planned one; another time moves it, and the old time stays in the stream."""

    heading = "An appointment"
    verb = "Plan it"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.row = next((row for row in ground.page.file.appointments if row.id == ground.about), None)
        self._add_when()
        self._add_where()
        self._add_interpreter()
        self.clash, self.twice = State("caution", "Caution", "caution", small=True), State("info", "Note", "info", small=True)
        for words in (self.clash, self.twice):
            words.hide()
            self.under.addWidget(words)
        if self.row is not None:
            self.save_button.setText("Save")
            self.under.addWidget(State("info", "Note", "info", "Another day or time moves it: the old one stays in the stream.", small=True))
        for signal in (self.on.changed, self.at.changed, self.minutes.chosen, self.whose.chosen, self.interpreter.chosen):
            signal.connect(self._look)
        self._is_touched = False
        self._keep_soon.stop()
        self._look()
        self.setFocusProxy(self.on if self.row is None else self.at)

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.on.value() is None:
            return "Give the day, such as tomorrow, fri or 27 Nov.", self.on
        if self.at.value() is None:
            return "Give the time, such as 14:30.", self.at
        try:
            self.moment()
        except DateRefused as refused:
            return f"{refused.reason} {refused.remedy}", self.at
        return None

    def moment(self) -> datetime:
        """When it is to be. Raises DateRefused for a time that is left out that night."""
        on, at = self.on.value(), self.at.value()
        assert on is not None, "a day is given"
        assert at is not None, "a time is given"
        return from_office_time(on, at)

    def deed(self) -> Deed:
        facts: dict[str, Any] = {
            "kind": self.kind.value(), "minutes": self.minutes.value(), "interpreter": self.interpreter.value(),
            "language": self.language.value() if self.interpreter.value() in (TO_BOOK, BOOKED) else None,
            **{name: getattr(self, name).text() for name in TEXTS},
        }  # fmt: skip
        row, at, case_id, whose = self.row, self.moment(), self.ground.case_id, self.whose.value()

        def plan(session: Any) -> None:
            worker_id = UUID(whose) if whose else my_worker(session)
            if row is None:
                record_appointment(session, case_id=case_id, at=at, worker_id=worker_id, **facts)
            elif at == row.at:
                change_appointment(session, appointment_id=row.id, version=row.version, worker_id=worker_id, **facts)
            else:
                move_appointment(session, appointment_id=row.id, version=row.version, at=at, worker_id=worker_id, **facts)

        return plan

    # Parts

    def _me(self) -> str | None:
        """The worker who is signed in; None before there is one."""
        file, member = self.ground.page.file, self.ground.work.vault.member.id
        return next((str(id) for id, name in file.workers.items() if name == file.names.get(member)), None)

    def _add_when(self) -> None:
        row, today = self.row, self.ground.today
        at = in_office_time(row.at) if row else None
        self.on = self.field("on", "", DateBox(at.date() if at else None, name="Day of the appointment", today=today))
        self.at = self.field("at", "", TimeBox(at.time() if at else None, name="Time of the appointment"))
        lengths = [(one, count(one, "minute", "minutes")) for one in sorted({*MINUTES, *([row.minutes] if row and row.minutes else [])})]
        self.minutes = self.field("minutes", "", CodeBox(lengths, "How long", row.minutes if row else None, empty="How long"))
        size(self.on, width=132)
        size(self.minutes, width=128)
        workers = [(str(id), name) for id, name in self.ground.page.file.workers.items()]
        whose = str(row.worker_id) if row and row.worker_id else self._me()
        self.whose = self.field("whose", "", CodeBox(workers, "Whose appointment it is", whose, empty="Mine"))
        size(self.whose, width=120)
        self.form.add("When", self.on, self.at, self.minutes, self.whose)
        kinds = [(value.code, value.label) for value in codelist("engagement_kind").values]
        self.kind = self.field("kind", "What", CodeBox(kinds, "What it is for", row.kind if row else "ROUTINE"))

    def _add_where(self) -> None:
        self.place = self.field("place", "Place", QLineEdit(self.row.place if self.row else ""))
        self.place.setPlaceholderText("Where to meet, as the person knows it")
        self.who_comes = self.field("who_comes", "Who comes", QLineEdit(self.row.who_comes if self.row else ""))
        self.who_comes.setPlaceholderText("With the person, and from our side")
        self.purpose = self.field("purpose", "In words", NoteBox("Purpose, in words", "What it is for, as far as it may be written here"))
        self.purpose.set_text(self.row.purpose if self.row else "")

    def _add_interpreter(self) -> None:
        facts, row = self.ground.page.facts, self.row
        states = [(value.code, value.label) for value in codelist("interpreter_booking").values]
        standing = row.interpreter if row else BY_NEED.get(facts.interpreter, NOT_SAID)
        self.interpreter = self.field("interpreter", "", CodeBox(states, "Interpreter", standing))
        languages = [(value.code, value.label) for value in codelist("language").values]
        spoken = (row.language if row else None) or facts.language
        self.language = self.field("language", "", CodeBox(languages, "Language of the interpreter", spoken, empty="Language not said"))
        self.form.add("Interpreter", self.interpreter, self.language)
        rules = self.ground.page.safe_contact.plan
        asked = ", ".join(filter(None, (rules.interpreter_dialect, rules.interpreter_rules))) if rules else ""
        if asked:
            self.form.addRow("", Words(f"The person asked: {asked}", "small", wraps=True))

    def _look(self, *_: object) -> None:
        """Live: the language where an interpreter is needed, a time that comes twice, and what else is at that time."""
        self.language.setVisible(self.interpreter.value() in (TO_BOOK, BOOKED))
        on, at = self.on.value(), self.at.value()
        is_twice = on is not None and at is not None and comes_twice(on, at)
        self.twice.setVisible(is_twice)
        if is_twice:
            self.twice.show_state("info", "Note", "info", "The clocks go back that night and that time comes twice: the first is meant.")
        self.clash.hide()
        if on is None or at is None:
            return
        try:
            when = self.moment()
        except DateRefused:
            return
        minutes, but, whose = self.minutes.value(), self.row.id if self.row else None, self.whose.value()

        def read(session: Any) -> tuple[Clash, ...]:
            worker = UUID(whose) if whose else worker_of_member(session, session.member.id)
            return clashes(session, worker_id=worker, at=when, minutes=minutes, but=but) if worker else ()

        self.ground.work.read(self, read, self._tell_clash, key="clash")

    def _tell_clash(self, found: tuple[Clash, ...]) -> None:
        if not found or self._is_gone:
            return
        first = in_office_time(found[0].at)
        whose = f" in {found[0].reference}" if found[0].reference else ""
        more = f" and {count(len(found) - 1, 'other', 'others')}" if len(found) > 1 else ""
        who = "You have" if self.whose.value() in (None, self._me()) else f"{self.whose.currentText()} has"
        self.clash.show_state("caution", "Caution", "caution", f"{who} another appointment at {first:%H:%M}{whose}{more}. Both can stand.")
        self.clash.show()


class AppointmentsPart(Part):
    """Planned ones, soonest first; Enter says how a past one went, and changes one that is to come."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Appointments", "M", "Plan an appointment", doors.to_box("appointment"))
        self._doors = doors
        self._over: list[AppointmentRow] = []

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        planned = planned_appointments(page)
        for row in planned:
            self.add(self._card(row, page, today))
        if planned:
            return
        settled = [row for row in page.file.appointments if not row.is_planned and row.status != MOVED]
        over = max(settled, key=lambda row: row.at, default=None)
        last = f"; the last, {short_day(day_of(over.at), today)}: {label('appointment_status', over.status).lower()}" if over else ""
        self.nothing(f"None planned{last}")

    def _card(self, row: AppointmentRow, page: CasePage, today: date) -> Card:
        at, kind = in_office_time(row.at), label("engagement_kind", row.kind)
        when = f"today {at:%H:%M}" if at.date() == today else f"{weekday(at.date())}, {at:%H:%M}"
        lacks = "" if row.is_past else interpreter_lack(row, page)
        about = (". ".join(filter(None, (row.place, row.who_comes))), lacks)
        if row.is_past:
            pressed, deed = self._doors.to_box("appointment_outcome", row.id), "Say how it went"
            return Card(f"{when}: {kind}", "say how", about, tone="late", is_strong=True, pressed=pressed, deed=deed)
        tone, pressed = ("caution" if lacks else "text"), self._doors.to_box("appointment", row.id)
        return Card(f"{when}: {kind}", "", about, tone=tone, icon="caution" if lacks else "calendar", pressed=pressed, deed="Change it, or move it")


def planned_appointments(page: CasePage) -> list[AppointmentRow]:
    """Those of which nobody said how they went, soonest first."""
    return sorted((row for row in page.file.appointments if row.is_planned), key=lambda row: row.at)


def interpreter_lack(row: AppointmentRow, page: CasePage) -> str:
    """ "No interpreter in Albanian is booked"; "" where none is needed, or one is."""
    if not lacks_interpreter(row.interpreter, page.facts.interpreter):
        return ""
    language = row.language or page.facts.language
    return f"No interpreter{f' in {language_label(language)}' if language else ''} is booked"
