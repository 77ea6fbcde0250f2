"""What is entered of an investigation by hand: the matter itself, an arrest, a charge, how a charge or the matter ended, a person's case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from victimcare.casework.cases import case_ids
from victimcare.justice.arrests import record_arrest
from victimcare.justice.investigations import InvestigationRow, assign_outcome, link_case, open_investigation
from victimcare.justice.prosecutions import ProsecutionRow, record_outcome, record_prosecution
from victimcare.reference.codelists import codelist
from victimcare.refused import Refused
from victimcare.ui.screens.office_box import OfficeBox, Wrong
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.work import Work

Deed = Callable[[Any], Any]
PENDING = "PENDING"


class NoSuchReference(Refused):
    """No case has the reference that was typed."""

    def __init__(self) -> None:
        super().__init__("No case has that reference.", "Type it as it stands in the list of cases, such as VC-2026-0142.")


class MatterBox(OfficeBox):
    """A new investigation."""

    form, heading, verb, done = "investigation", "New investigation", "Save investigation", "The investigation is saved."

    def __init__(self, work: Work) -> None:
        super().__init__(work, label_width=112)
        self.reference = self.field("reference", "Crime reference", _line("Sealed: shown to caseworkers only"))
        self.received_on = self.field("received_on", "Received on", DateBox(name="Received on", today=lambda: self.today, small=True))
        self.source = self.field("source", "Source", _codes("case_source", "Source", first="DIRECT_REPORT"))
        self.unit = self.field("unit", "Unit", _line("Whose matter it is, such as MSKU"))
        self.usual_unit = ""

    def empty(self) -> None:
        super().empty()
        self.unit.setText(self.usual_unit if hasattr(self, "usual_unit") else "")

    def wrong(self) -> Wrong:
        if not self.received_on.is_valid():
            return "The day cannot be read.", self.received_on
        return ("Say whose matter it is.", self.unit) if not self.unit.text().strip() else None

    def deed(self) -> Deed:
        facts = {
            "source": self.source.value(),
            "unit": self.unit.text().strip(),
            "received_on": self.received_on.value(),
            "crime_reference": self.reference.text().strip(),
        }
        return lambda session: open_investigation(session, **facts)


class ArrestBox(OfficeBox):
    """An arrest; `about` is the investigation's id."""

    form, heading, verb, done = "arrest", "Arrest", "Record arrest", "The arrest is recorded."

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.on = self.field("on", "On", DateBox(name="Arrested on", today=lambda: self.today, small=True))
        self.offence = self.field("offence", "Offence", _offences("Offence"))
        self.words = self.field("words", "In words", _line("As it is written, sealed"))
        self.suspect = self.field("suspect", "Suspect", _line("The office's reference, sealed"))
        self.is_flagged = self.field("is_flagged", "", QCheckBox("Flagged as modern slavery"))

    def wrong(self) -> Wrong:
        if self.on.value() is None:
            return "Give the day of the arrest.", self.on
        return ("Choose the offence.", self.offence) if self.offence.value() is None else None

    def deed(self) -> Deed:
        facts = {
            "investigation_id": self.about,
            "on": self.on.value(),
            "offence": self.offence.value(),
            "notes": _said("Offence", self.words),
            "is_flagged": self.is_flagged.isChecked(),
            "suspect": self.suspect.text().strip(),
        }
        return lambda session: record_arrest(session, **facts)


class ChargeBox(OfficeBox):
    """A prosecution: one charge against one defendant; `about` is the investigation's id."""

    form, heading, verb, done = "prosecution", "Prosecution", "Record prosecution", "The prosecution is recorded."

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.charge = self.field("charge", "Charge", _offences("Charge"))
        self.words = self.field("words", "In words", _line("As it is written, sealed"))
        self.charged_on = self.field("charged_on", "Charged on", DateBox(name="Charged on", today=lambda: self.today, small=True))
        self.outcome = self.field("outcome", "Outcome", _codes("case_outcome", "Outcome", first=PENDING))
        self.on = self.field("on", "Ended on", _later(self))
        self.defendant = self.field("defendant", "Defendant", _line("The office's reference, sealed"))

    def wrong(self) -> Wrong:
        if self.charge.value() is None:
            return "Choose what the charge is.", self.charge
        if not self.charged_on.is_valid():
            return "The day of the charge cannot be read. Leave it empty if it is not known.", self.charged_on
        return ("Give the day it ended.", self.on) if self.outcome.value() != PENDING and self.on.value() is None else None

    def deed(self) -> Deed:
        facts = {
            "investigation_id": self.about,
            "charge": self.charge.value(),
            "notes": _said("Charge", self.words),
            "charged_on": self.charged_on.value(),
            "outcome": self.outcome.value(),
            "outcome_on": self.on.value(),
            "defendant": self.defendant.text().strip(),
        }
        return lambda session: record_prosecution(session, **facts)


class EndedBox(OfficeBox):
    """How a charge ended. `row` is set before it opens; `about` is the charge's id."""

    form, heading, verb, done = "outcome", "How the charge ended", "Record outcome", "The outcome is recorded."

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.row: ProsecutionRow | None = None
        ends = [(value.code, value.label) for value in codelist("case_outcome").values if value.code not in (PENDING, "GUILTY_PLEA")]
        self.outcome = self.field("outcome", "Outcome", CodeBox(ends, "Outcome", empty="Choose, or type to find", small=True))
        self.on = self.field("on", "On", DateBox(name="Ended on", today=lambda: self.today, small=True))

    def wrong(self) -> Wrong:
        if self.outcome.value() is None:
            return "Choose how it ended.", self.outcome
        return ("Give the day it ended.", self.on) if self.on.value() is None else None

    def deed(self) -> Deed:
        assert self.row is not None, "a charge is chosen"
        facts = {"prosecution_id": self.row.id, "version": self.row.version, "outcome": self.outcome.value(), "outcome_on": self.on.value()}
        return lambda session: record_outcome(session, **facts)


class ClosedBox(OfficeBox):
    """The Home Office outcome of the matter. `row` is set before it opens."""

    form, heading, verb, done = "crime outcome", "Outcome of the investigation", "Set the outcome", "The outcome is set."

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.row: InvestigationRow | None = None
        codes = [(value.code, f"{value.code}  {value.label}") for value in codelist("crime_outcome_code").values]
        self.outcome = self.field("outcome", "Outcome", CodeBox(codes, "Outcome type", empty="Choose, or type to find", small=True))

    def wrong(self) -> Wrong:
        return ("Choose an outcome.", self.outcome) if self.outcome.value() is None else None

    def deed(self) -> Deed:
        assert self.row is not None, "an investigation is chosen"
        facts = {"investigation_id": self.row.id, "version": self.row.version, "outcome_code": self.outcome.value()}
        return lambda session: assign_outcome(session, **facts)


class PersonBox(OfficeBox):
    """A person's case that belongs to the matter; `about` is the investigation's id."""

    form, heading, verb, done = "investigation case", "Whose case belongs to it", "Join the case", "The case is joined to the investigation."

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.reference = self.field("reference", "Reference", _line("VC-2026-0142"))

    def wrong(self) -> Wrong:
        return ("Type the reference of the case.", self.reference) if not self.reference.text().strip() else None

    def deed(self) -> Deed:
        reference, investigation_id = self.reference.text().strip().upper(), self.about

        def join(session: Any) -> Any:
            found = case_ids(session, (reference,))
            if reference not in found or not session.can_open(found[reference]):
                raise NoSuchReference
            return link_case(session, investigation_id=investigation_id, case_id=found[reference])

        return join


def _line(hint: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(hint)
    return field


def _offences(words: str) -> CodeBox:
    return CodeBox([(value.code, value.label) for value in codelist("offence").values], words, empty="Choose, or type to find", small=True)


def _said(what: str, words: QLineEdit) -> str:
    return f"{what}: {words.text().strip()}" if words.text().strip() else ""


def _codes(name: str, words: str, *, first: str) -> CodeBox:
    box = CodeBox([(value.code, value.label) for value in codelist(name).values], words, first, small=True)
    box.setProperty("first", first)
    return box


def _later(box: OfficeBox) -> DateBox:
    field = DateBox(name="Ended on", today=lambda: box.today, small=True)
    field.setProperty("starts_empty", True)
    return field
