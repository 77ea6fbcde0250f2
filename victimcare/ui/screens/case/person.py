"""The person: the facts at the left of the page, and the box that corrects them."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from victimcare.casework.cases import change_facts
from victimcare.casework.exploitation import record_exploitation, remove_exploitation
from victimcare.casework.identity import record_identity, refuse_newer_identity
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import codelist, label
from victimcare.reference.languages import language_label
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.parts import Doors, Part
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.words import day

NAMES = (("name_used", "Name used"), ("given_names", "Given"), ("family_name", "Family"), ("name_as_we_write_it", "As we write"))
CODED = (
    ("gender", "Sex", "gender", ""), ("age_band", "Age band", "age_band", ""), ("nationality", "Nationality", "nationality", ""),
    ("language", "Language", "language", "Not known"), ("interpreter", "Interpreter", "yes_no", ""), ("borough", "Borough", "borough", "Not known"),
)  # fmt: skip
MAY_BE = (("YES", "May be: treated as a child"), ("NO", "No: known or assessed to be an adult"))


class PersonPart(Part):
    """Age, sex, nationality, language and the rest; what is not known is left out."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("Person", "E", "Correct these facts", doors.to_box("person"))

    def show_page(self, page: CasePage, today: date) -> None:
        self.show_facts(person_facts(page), "Nothing recorded")


def person_facts(page: CasePage) -> list[tuple[str, str]]:
    """(label, words) of what is known of the person."""
    facts, person = page.facts, page.person
    types = [label("exploitation_type", row.type).removesuffix(" exploitation") for row in page.exploitation if row.type != "UNKNOWN"]
    nations = [label("nationality", code) for code in (facts.nationality, facts.nationality2) if code and code != "ZZ"]
    full = f"{person.given_names} {person.family_name}".strip() if person else ""
    return [
        ("Full name", full if person and full != person.name_used else ""),
        ("Also", ", ".join(person.aliases) if person else ""),
        ("Written", person.name_as_we_write_it if person else ""),
        ("Born", day(person.born_on) if person else ""),
        ("Under 18", {"YES": "May be", "NO": "No"}.get(facts.may_be_under_18 or "", "")),
        ("Age band", label("age_band", facts.age_band) if facts.age_band != "NOT_KNOWN" else ""),
        ("Sex", label("gender", facts.gender) if facts.gender != "UNKNOWN" else ""),
        ("Nationality", ", ".join(nations)),
        ("Language", language_label(facts.language) if facts.language else ""),
        ("Interpreter", {"YES": "Needed", "NO": "Not needed"}.get(facts.interpreter, "")),
        ("Exploitation", ", ".join(types[:1] + [one.lower() for one in types[1:]])),
        ("Borough", label("borough", facts.borough) if facts.borough else ""),
        ("Source", label("case_source", facts.source) if facts.source != "UNKNOWN" else ""),
    ]


class PersonBox(CaseBox):
    """Names (a change is a new version, the old one stays), coded facts, exploitation."""

    heading = "Person"
    verb = "Save facts"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        page, person = ground.page, ground.page.person
        self.names: dict[str, QLineEdit] = {}
        for name, words in NAMES:
            self.names[name] = self.field(name, words, QLineEdit(getattr(person, name) if person else ""))
        self.aliases = self.field("aliases", "Also", NoteBox("Aliases, one a line", "Other names, one a line"))
        self.aliases.set_text("\n".join(person.aliases) if person else "")
        self.born_on = self.field("born_on", "Born", DateBox(person.born_on if person else None, name="Date of birth", today=ground.today))
        self.coded: dict[str, CodeBox] = {}
        for name, words, list_name, empty in CODED:
            choices = [(value.code, value.label) for value in codelist(list_name).values]
            self.coded[name] = self.field(name, words, CodeBox(choices, words, getattr(page.facts, name), empty=empty))
        self.may_be = self.field("may_be_under_18", "Under 18?", CodeBox(MAY_BE, "May be under 18", page.facts.may_be_under_18, empty="Not said"))
        self.coded["may_be_under_18"] = self.may_be
        self.types: dict[str, QCheckBox] = {}
        self._add_types({row.type for row in page.exploitation})
        self._is_touched = False
        self._keep_soon.stop()
        self.setFocusProxy(self.names["name_used"])

    def wrong(self) -> tuple[str, QWidget] | None:
        return None if self.born_on.is_valid() else ("That is not a date. Type such as 3 Mar 1998, or leave it empty.", self.born_on)

    def deed(self) -> Deed:
        page, names = self.ground.page, self._names()
        facts = {name: box.value() for name, box in self.coded.items() if box.value() != getattr(page.facts, name)}
        had = {row.type: row for row in page.exploitation}
        wanted = {code for code, box in self.types.items() if box.isChecked()}
        case_id, version, before = page.facts.id, page.facts.version, page.person

        def correct(session: Any) -> None:
            if names is not None:
                refuse_newer_identity(session, case_id, before.id if before else None)
                record_identity(session, case_id=case_id, **names)
            if facts:
                change_facts(session, case_id=case_id, version=version, **facts)
            for code in sorted(wanted - had.keys()):
                record_exploitation(session, case_id=case_id, type=code)
            for code in sorted(had.keys() - wanted):
                remove_exploitation(session, exploitation_id=had[code].id, version=had[code].version)

        return correct

    def stands_on(self) -> str:
        page = self.ground.page
        return " ".join(map(str, (page.facts.version, page.person.id if page.person else "none", *sorted(row.id for row in page.exploitation))))

    def _names(self) -> dict[str, Any] | None:
        """What the names are now; None where they are as they were."""
        person = self.ground.page.person
        now: dict[str, Any] = {name: box.text().strip() for name, box in self.names.items()}
        now["aliases"] = tuple(line.strip() for line in self.aliases.text().splitlines() if line.strip())
        now["born_on"] = self.born_on.value()
        if all(value == (getattr(person, name) if person else ("" if name != "born_on" else None)) for name, value in now.items() if name != "aliases") and (
            now["aliases"] == (person.aliases if person else ())
        ):
            return None
        return now | {"age_recorded": person.age_recorded if person else ""}

    def _add_types(self, had: set[str]) -> None:
        inside = QWidget()
        flow = Flow(inside)
        for value in codelist("exploitation_type").values:
            if value.code != "UNKNOWN" or value.code in had:
                box = self.field(f"type {value.code}", "", QCheckBox(value.label.removesuffix(" exploitation")))
                box.setChecked(value.code in had)
                self.types[value.code] = box
                flow.addWidget(box)
        self.form.add("Exploited", inside)
