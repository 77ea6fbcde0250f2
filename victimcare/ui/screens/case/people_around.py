"""People around the person: who they are, what they may be told; dangerous people stand apart, with icon and word."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from victimcare.casework.people_around import (
    CHILD,
    DANGEROUS,
    INTERPRETER,
    PersonAroundRow,
    add_number,
    add_person_around,
    by_role,
    change_person_around,
    end_numbers,
    end_person_around,
    interpreter_warning,
)
from victimcare.overview.case_page import CasePage
from victimcare.reference.codelists import codelist, label
from victimcare.reference.languages import language_label
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.screens.case.numbers_around import NumbersAround
from victimcare.ui.screens.case.parts import Card, Doors, Part
from victimcare.ui.style import size
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.labels import State
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.words import count

TEXTS = (
    ("may_be_told", "May be told", "What they may be told", "What they may be told"),
    ("must_not_be_told", "Never tell", "What they must not be told", "What they must not be told"),
    ("note", "Note", "Note", "Anything else to know"),
)
WITH_LANGUAGE, WITH_YEAR = (INTERPRETER,), (CHILD, "DEPENDANT")


class PersonAroundBox(CaseBox):
    """A new one, or (`about`) one that is here: changed, given a number, or no longer around."""

    heading = "Somebody around the person"
    verb = "Save"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.row = row = next((one for one in ground.page.file.people_around if one.id == ground.about), None)
        self._add_who(row)
        self._add_texts(row)
        self._add_numbers(row)
        self.warning, self.plan = State("caution", "Caution", "caution"), State("safe", "The plan says", "safe", small=True)
        self.danger = State("caution", "Dangerous", "late", "Shown apart from the others, with this word. Tell them nothing.")
        for state in (self.warning, self.danger, self.plan):
            self.under.addWidget(state)
        safe = ground.page.safe_contact.plan
        told = f"must not know: {safe.must_not_know}" if safe and safe.must_not_know else ""
        self.plan.show_state("safe", "The plan says", "safe", told)
        self.plan.setVisible(bool(told))
        self.role.chosen.connect(self._look)
        self.name.textChanged.connect(self._look)
        self._look()
        self._is_touched = False
        self._keep_soon.stop()
        self.setFocusProxy(self.role if row is None else self.texts["may_be_told"])

    def wrong(self) -> tuple[str, QWidget] | None:
        if self.role.value() is None:
            return "Choose who they are to the person.", self.role
        if not self.name.text().strip():
            return "Give a name, or say in words who they are.", self.name
        year = self.born_year.text().strip()
        return ("Give the year with four digits, or leave it empty.", self.born_year) if year and not (year.isdecimal() and len(year) == 4) else None

    def deed(self) -> Deed:
        role, year, case_id, row = self.role.value(), self.born_year.text().strip(), self.ground.case_id, self.row
        is_same = row is not None and row.role == role  # what was known of them stays, also where it is no longer asked for
        has_language, has_year = is_same or role in WITH_LANGUAGE, is_same or role in WITH_YEAR
        facts: dict[str, Any] = {
            "role": role, "name": self.name.text(), "language": self.language.value() if has_language else None,
            "gender": self.gender.value() if has_language else None, "born_year": int(year) if year and has_year else None,
            **{field: box.text() for field, box in self.texts.items()},
        }  # fmt: skip
        kind, number = self.kind.value(), self.number.text().strip()
        no_more, gone = self.no_more.isChecked(), self.left_now.isChecked() if row else False

        def write(session: Any) -> None:
            if row is None:
                person_id = add_person_around(session, case_id=case_id, **facts)
            else:
                person_id = row.id
                if gone:
                    end_person_around(session, person_id=row.id, version=row.version, on=session.today)
                change_person_around(session, person_id=row.id, version=row.version, **facts)
            if no_more:
                end_numbers(session, person_id=person_id, on=session.today)
            if number:
                add_number(session, person_id=person_id, kind=kind, value=number)

        return write

    def forget(self) -> None:
        super().forget()
        self.plan.show_state("safe", "", "safe")
        if self.numbers is not None:
            self.numbers.hide_all()

    # Parts

    def _add_who(self, row: PersonAroundRow | None) -> None:
        roles = [(value.code, value.label) for value in codelist("person_role").values]
        self.role = self.field("role", "Who", CodeBox(roles, "Who they are to the person", row.role if row else None, empty="Choose, or type to find"))
        self.name = self.field("name", "Name", QLineEdit(row.name if row else ""))
        self.name.setPlaceholderText("A name, or in words: the neighbour upstairs")
        languages = [(value.code, value.label) for value in codelist("language").values]
        self.language = self.field("language", "Language", CodeBox(languages, "Language", row.language if row else None, empty="Not said"))
        genders = [(value.code, value.label) for value in codelist("gender").values if value.code != "UNKNOWN"]
        self.gender = self.field("gender", "Sex", CodeBox(genders, "Sex", row.gender if row else None, empty="Not said"))
        self.born_year = self.field("born_year", "Born in", QLineEdit(str(row.born_year) if row and row.born_year else ""))
        self.born_year.setAccessibleName("Year of birth")
        size(self.born_year, width=66)

    def _add_texts(self, row: PersonAroundRow | None) -> None:
        self.texts: dict[str, NoteBox] = {}
        for field, words, name, hint in TEXTS:
            box = self.texts[field] = self.field(field, words, NoteBox(name, hint))
            box.set_text(getattr(row, field) if row else "")

    def _add_numbers(self, row: PersonAroundRow | None) -> None:
        kinds = [(value.code, value.label) for value in codelist("contact_point_kind").values]
        self.kind = self.field("kind", "", CodeBox(kinds, "Kind of number or address", "PHONE"))
        self.number = self.field("number", "", QLineEdit())
        self.number.setAccessibleName("Number or address")
        self.number.setPlaceholderText("A number or address to add")
        size(self.kind, width=112)
        size(self.number, least_width=250)
        self.form.add("Number", self.kind, self.number)
        self.numbers = NumbersAround(self.ground.work, row.case_id, row.id, row.numbers, self.message) if row else None
        self.no_more = self.field("no_more", "", QCheckBox("The numbers there were are no longer theirs"))
        self.left_now = self.field("left_now", "", QCheckBox("No longer around the person, from today"))
        if self.numbers is not None:
            self.form.addRow("", self.numbers)
        self.form.addRow("", self.no_more)
        self.form.addRow("", self.left_now)
        self.form.setRowVisible(self.no_more, row is not None and row.numbers > 0)
        self.form.setRowVisible(self.left_now, row is not None and row.ended_on is None)

    def _look(self, *_: object) -> None:
        """Only the fields that are of use, and the warnings."""
        role = self.role.value()
        self.form.setRowVisible(self.language, role in WITH_LANGUAGE)
        self.form.setRowVisible(self.gender, role in WITH_LANGUAGE)
        self.form.setRowVisible(self.born_year, role in WITH_YEAR)
        others = tuple(one for one in self.ground.page.file.people_around if self.row is None or one.id != self.row.id)
        words = interpreter_warning(role, self.name.text(), others) if role else ""
        if not words and role == INTERPRETER:
            words = self._asked_gender()
        self.warning.show_state("caution", "Caution", "caution", words)
        self.warning.setVisible(bool(words))
        self.danger.setVisible(role == DANGEROUS)

    def _asked_gender(self) -> str:
        """What the person asked of an interpreter, from the plan."""
        plan, gender = self.ground.page.safe_contact.plan, self.gender.value()
        if plan is None or not plan.interpreter_gender or plan.interpreter_gender in (gender, "UNKNOWN"):
            return ""
        return f"The person asked for an interpreter who is: {label('gender', plan.interpreter_gender).lower()}."


class PeopleAroundPart(Part):
    """Dangerous people first and apart, then the others by who they are. No number is here: it opens in the box, when asked for."""

    def __init__(self, doors: Doors) -> None:
        super().__init__("People around", "N", "Add somebody around the person", doors.to_box("around"))
        self._doors = doors

    def show_page(self, page: CasePage, today: date) -> None:
        self.clear()
        here = [row for row in by_role(page.file.people_around) if row.ended_on is None]
        for row in here:
            self.add(self._card(row, today))
        gone = len(page.file.people_around) - len(here)
        if not here:
            self.nothing(f"Nobody now, {count(gone, 'is', 'are')} no longer around" if gone else "Nobody recorded")

    def _card(self, row: PersonAroundRow, today: date) -> Card:
        role = label("person_role", row.role)
        pressed, deed = self._doors.to_box("around", row.id), "Show what they may be told, their number, or change it"
        about = (
            f"Never tell: {row.must_not_be_told}" if row.must_not_be_told else "",
            f"May be told: {row.may_be_told}" if row.may_be_told else "",
        )  # fmt: skip
        if row.is_dangerous:
            return Card(row.name, "Dangerous", about, tone="late", icon="caution", is_strong=True, pressed=pressed, deed=deed)
        more = ", ".join(filter(None, (language_label(row.language) if row.language else "", f"about {today.year - row.born_year}" if row.born_year else "")))
        return Card(f"{row.name}, {role[:1].lower()}{role[1:]}" + (f", {more}" if more else ""), "", about, pressed=pressed, deed=deed)
