"""What is entered of a partner: a new one, or what is known of one there already."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from victimcare.reference.codelists import codelist
from victimcare.referrals.partners import PartnerRow, add_partner, change_partner
from victimcare.ui.screens.office_box import OfficeBox, Wrong
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.codes_box import CodesBox
from victimcare.ui.work import Work

ANYONE = "Anybody"
LONGEST_WAIT, OLDEST = 365, 120


class PartnerBox(OfficeBox):
    """Fields of a partner. `usual_days`: calendar days to answer that stand there at first."""

    usual_days = 5

    def __init__(self, work: Work) -> None:
        super().__init__(work, label_width=112)
        self.name = self.field("name", "Name", _line("As it stands on its letters"))
        kinds = [(value.code, value.label) for value in codelist("partner_type").values]
        self.type = self.field("type", "Kind", CodeBox(kinds, "Kind", empty="Choose, or type to find", small=True))
        services = [(value.code, value.label) for value in codelist("referral_service").values]
        self.services = self.field("services", "Services", CodesBox(services, "Services", hint="Safe house; counselling", small=True))
        people = [(value.code, value.label) for value in codelist("gender").values if value.code != "UNKNOWN"]
        self.gender = self.field("gender", "Takes", CodeBox(people, "Whom it takes", empty=ANYONE, small=True))
        self.from_age = self.field("from_age", "From age", _count("No limit", OLDEST))
        self.area = self.field("area", "Area", _line("Empty: everywhere"))
        self.days = self.field("days", "Days to answer", _count("Calendar days after which we ask again", LONGEST_WAIT))
        self.contact = self.field("contact", "Reached by", _line("Telephone, e-mail, whom to ask for; kept sealed"))

    def empty(self) -> None:
        super().empty()
        self.days.setText(str(self.usual_days))

    def wrong(self) -> Wrong:
        if not self.name.text().strip():
            return "Give its name.", self.name
        if self.type.value() is None:
            return "Choose what kind of organisation it is.", self.type
        if not self.services.is_valid():
            return "A part of the services names nothing in the list, or more than one.", self.services
        if not self.from_age.hasAcceptableInput() and self.from_age.text():
            return f"The age goes up to {OLDEST}.", self.from_age
        if not self.days.hasAcceptableInput() or int(self.days.text()) < 1:
            return f"Say after how many days we ask again: 1 to {LONGEST_WAIT}.", self.days
        return None

    def facts(self) -> dict[str, Any]:
        """What the fields say, as the actions take it."""
        return {
            "name": self.name.text().strip(), "type": self.type.value(), "services": self.services.codes(), "accepts_gender": self.gender.value(),
            "accepts_from_age": int(self.from_age.text()) if self.from_age.text() else None, "area": self.area.text().strip() or None,
            "answers_in_days": int(self.days.text()), "contact": self.contact.text().strip(),
        }  # fmt: skip


class NewPartnerBox(PartnerBox):
    """A partner that is not in the directory yet."""

    form, heading, verb, done = "partner", "New partner", "Add partner", "The partner is in the directory."

    def deed(self) -> Callable[[Any], Any]:
        return partial(_add, self.facts())


class ChangePartnerBox(PartnerBox):
    """What is known of a partner; `about` is its id. `row` and `reached_by` are set before it opens: what stands there now."""

    form, heading, verb, done = "partner_change", "Change the partner", "Save partner", "The partner is changed."

    def __init__(self, work: Work) -> None:
        self.row: PartnerRow | None = None
        self.reached_by = ""
        super().__init__(work)

    def empty(self) -> None:
        super().empty()
        row = self.row
        if row is None:
            return
        self.name.setText(row.name)
        self.type.set_value(row.type)
        self.services.set_codes(row.services)
        self.gender.set_value(row.accepts_gender)
        self.from_age.setText("" if row.accepts_from_age is None else str(row.accepts_from_age))
        self.area.setText(row.area or "")
        self.days.setText(str(row.answers_in_days))
        self.contact.setText(self.reached_by)

    def forget(self) -> None:
        self.row, self.reached_by = None, ""
        super().forget()

    def deed(self) -> Callable[[Any], Any]:
        row = self.row
        assert row is not None, "a partner is chosen"
        now = {
            "name": row.name, "type": row.type, "services": row.services, "accepts_gender": row.accepts_gender, "accepts_from_age": row.accepts_from_age,
            "area": row.area, "answers_in_days": row.answers_in_days, "contact": self.reached_by,
        }  # fmt: skip
        facts = {name: value for name, value in self.facts().items() if _sorted(value) != _sorted(now[name])}
        return partial(_change, row, facts)


def _add(facts: dict[str, Any], session: Any) -> Any:
    return add_partner(session, **facts)


def _change(row: PartnerRow, facts: dict[str, Any], session: Any) -> None:
    if facts:
        change_partner(session, partner_id=row.id, version=row.version, **facts)


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, tuple) else value  # services in another order are the same services


def _line(hint: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(hint)
    return field


def _count(hint: str, most: int) -> QLineEdit:
    field = _line(hint)
    field.setValidator(QIntValidator(0, most, field))
    return field
