"""Add a number or address, and say that one is no longer the person's. Both stay in the file."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from victimcare.casework.contact_points import end_contact_point, record_contact_point
from victimcare.reference.codelists import codelist, label
from victimcare.ui.screens.case.box import CaseBox, Deed, Ground
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.segments import Segments

WRITTEN_TO = ("EMAIL", "ADDRESS")
MAY_WRITE = (("", "Not asked"), ("YES", "Yes"), ("NO", "No"))


class AddNumberBox(CaseBox):
    """Kind, value, whose it is, and for what is written to, whether it is safe to write there."""

    heading = "A number or address"
    verb = "Add"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        kinds = [(value.code, value.label) for value in codelist("contact_point_kind").values]
        self.kind = self.field("kind", "Kind", CodeBox(kinds, "Kind of number or address", "PHONE"))
        self.value = self.field("value", "Number", QLineEdit())
        self.value.setAccessibleName("Number or address")
        self.whose = self.field("label", "Whose", QLineEdit())
        self.whose.setPlaceholderText("Her own, her sister's, the hostel's")
        self.may_write = self.field("safe_to_write", "Safe to write", Segments(MAY_WRITE, "Safe to write here"))
        self.kind.chosen.connect(lambda _: self._show())
        self._show()
        self.setFocusProxy(self.value)

    def wrong(self) -> tuple[str, QWidget] | None:
        return None if self.value.text().strip() else ("Type the number or the address.", self.value)

    def deed(self) -> Deed:
        case_id, kind, value, whose = self.ground.case_id, self.kind.value(), self.value.text(), self.whose.text()
        may_write = self.may_write.value() if kind in WRITTEN_TO else ""
        return lambda session: record_contact_point(session, case_id=case_id, kind=kind, value=value, label=whose, safe_to_write=may_write)

    def _show(self) -> None:
        self.form.setRowVisible(self.may_write, self.kind.value() in WRITTEN_TO)


class EndNumberBox(CaseBox):
    """`about`: the number or address. It is not named here: it shows above, where it was asked for."""

    heading = "No longer theirs"
    verb = "End it"

    def __init__(self, form: str, ground: Ground) -> None:
        super().__init__(form, ground)
        self.point = next(row for row in ground.page.file.points if row.id == ground.about)
        kind = label("contact_point_kind", self.point.kind).lower()
        self.form.addRow(Words(f"This {kind} will not be shown any more. It stays in the file, with the day.", wraps=True))
        self.on = self.field("on", "Ended on", DateBox(ground.today(), name="Day it ended", today=ground.today))
        self.setFocusProxy(self.on)

    def wrong(self) -> tuple[str, QWidget] | None:
        return None if self.on.value() is not None else ("Give the day it ended, such as today or 12 Nov.", self.on)

    def deed(self) -> Deed:
        point, on = self.point.id, self.on.value()
        return lambda session: end_contact_point(session, contact_point_id=point, on=on)
