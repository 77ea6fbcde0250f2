"""Where the person stands with the law: NRM stages, offences and what protects their name, the police investigation."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from victimcare.casework.offences import AUTOMATIC, DIRECTION, record_offence, remove_offence
from victimcare.justice.duty_to_notify import STAGE, YES, notify
from victimcare.justice.investigations import investigation_called, link_case, open_investigation
from victimcare.justice.nrm import ADULTS_ONLY, doubt, next_day, record_nrm
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import codelist, label
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.notify import NoticeFields
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.words import count, short_day

SHORT = {"MSA_S1": "MSA s1, slavery", "MSA_S2": "MSA s2, trafficking", "SOA": "Sexual offence", "IMMIGRATION": "Immigration offence", "OTHER": "Other"}
CHILD = (
    "May be under 18, and presumed so until assessed (Modern Slavery Act 2015, s51): refer to the NRM whatever they say. It needs no consent; "
    "a Duty to Notify or a withdrawal is for adults only."
)
PROTECTED = {AUTOMATIC: "For life, by law", DIRECTION: "Only if a court directs it"}


class JusticePart(Part):
    """NRM with the day that comes next, offences, anonymity; the sheet of a Duty to Notify."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Justice", "J", "Record an NRM stage or an offence", doors.to_box("justice"))
        self._sheet = doors.to_box("notify_sheet")

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        now, state, following = page.nrm_state.now, page.nrm_state, next_day(page.nrm_state.now)
        recovery = ""
        if state.recovery_until:
            recovery = (
                f"At least until {short_day(state.recovery_until, today)}" if state.recovery_is_open else f"Until {short_day(state.recovery_until, today)}"
            )
        pairs = [
            ("NRM", f"{label('nrm_stage', now.stage)}, {'by ' if now.on_or_before else ''}{short_day(now.on, today)}" if now else ""),
            ("Next", f"{following[0]}: {short_day(following[1], today)}. {following[2]}" if following else ""),
            ("Recovery", recovery),
            ("Offences", "; ".join(SHORT.get(row.code) or label("offence", row.code) for row in page.offences)),
            ("Anonymity", PROTECTED.get(page.anonymity.basis, "")),
        ]
        self.show_facts(pairs, "Nothing recorded")
        notice = next((row for row in page.nrm if row.stage == STAGE), None)
        if notice is not None:
            told = "Names the person, who co-operates" if notice.co_operates == YES else "Anonymous: holds nothing that tells who it is"
            self.add(Card("Duty to Notify on paper", about=(told,), pressed=self._sheet, deed="Print or save the sheet"))


class JusticeBox(CaseBox):
    """An NRM stage with its day, and which offences are recorded against the person. A stage that does not follow is asked about once."""

    heading = "NRM and offences"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        stages = [(value.code, value.label) for value in codelist("nrm_stage").values if not (ground.page.is_child and value.code in ADULTS_ONLY)]
        self.stage = self.field("stage", "NRM", CodeBox(stages, "NRM stage", empty="No new stage"))
        self.notice = NoticeFields(self)
        self.on = self.field("on", "On", DateBox(ground.today(), name="Day of the stage", today=ground.today))
        self.words = self.field("words", "In words", NoteBox("In words", "Who decided, anything to know"))
        had = {row.code for row in ground.page.offences}
        self.offences: dict[str, QCheckBox] = {}
        inside = QWidget()
        flow = Flow(inside)
        for value in codelist("offence").values:
            box = self.field(f"offence {value.code}", "", QCheckBox(SHORT.get(value.code) or value.label))
            box.setChecked(value.code in had)
            self.offences[value.code] = box
            flow.addWidget(box)
        self.form.add("Offences", inside)
        if ground.page.is_child:
            self.under.addWidget(State("person", "Child", "info", CHILD, small=True))
        self.under.addWidget(
            State("info", "Note", "info", "Trafficking and sexual offences give anonymity for life by law; slavery alone needs a direction.", small=True)
        )
        self._asked = ""
        self.stage.chosen.connect(self.notice.show_for)
        self.notice.show_for(None)
        self._is_touched = False
        self._keep_soon.stop()
        self.setFocusProxy(self.stage)

    def wrong(self) -> tuple[str, QWidget] | None:
        stage, on = self.stage.value(), self.on.value()
        if not stage:
            return None
        if on is None:
            return "Give the day of the stage.", self.on
        asks = doubt(self.ground.page.nrm, stage, on)
        if asks and asks != self._asked:
            self._asked = asks
            return f"{asks} If it is, save again.", self.stage
        return self.notice.wrong() if stage == STAGE else None

    def deed(self) -> Deed:
        case_id, stage, on, words = self.ground.case_id, self.stage.value(), self.on.value(), self.words.text()
        had = {row.code: row for row in self.ground.page.offences}
        wanted = {code for code, box in self.offences.items() if box.isChecked()}
        notice = self.notice.entry()

        def record(session: Any) -> None:
            if stage == STAGE:
                notify(session, case_id=case_id, on=on, words=words, **notice)
            elif stage:
                record_nrm(session, case_id=case_id, stage=stage, on=on, words=words)
            for code in sorted(wanted - had.keys()):
                record_offence(session, case_id=case_id, code=code)
            for code in sorted(had.keys() - wanted):
                remove_offence(session, offence_id=had[code].id, version=had[code].version)

        return record


class InvestigationPart(Part):
    """The police matters the case belongs to."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Investigation", "I", "Link to an investigation by its crime reference", doors.to_box("investigation"))

    def show_page(self, page: CasePage, today: date) -> None:
        pairs = [("Crime ref.", ", ".join(page.crime_references))]
        for row in page.investigations:
            pairs.append(("Arrests", str(row.arrests) if row.arrests else "None"))
            pairs.append(("Charges", f"{row.successful} of {row.completed} completed led to a conviction" if row.completed else ""))
            pairs.append(("People", count(row.cases, "person supported", "people supported") if row.cases > 1 else ""))
        self.show_facts(pairs, "Not linked to one")


class InvestigationBox(CaseBox):
    """A crime reference: the investigation that has it, or a new one."""

    heading = "Link to an investigation"
    verb = "Link"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.reference = self.field("reference", "Crime ref.", QLineEdit())
        self.reference.setPlaceholderText("As the police system has it")
        self.under.addWidget(State("info", "Note", "info", "An investigation with this reference is found, or made where there is none.", small=True))
        self.setFocusProxy(self.reference)

    def wrong(self) -> tuple[str, QWidget] | None:
        return None if self.reference.text().strip() else ("Type the crime reference.", self.reference)

    def deed(self) -> Deed:
        reference, facts = self.reference.text().strip(), self.ground.page.facts

        def link(session: Any) -> None:
            found = investigation_called(session, reference)
            if found is None:
                found = open_investigation(session, source=facts.source, unit=facts.unit, received_on=facts.received_on, crime_reference=reference)
            link_case(session, investigation_id=found, case_id=facts.id)

        return link
