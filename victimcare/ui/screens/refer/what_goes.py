"""Step 3: exactly what goes. Only what is ticked; some things are never ticked beforehand and each needs a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QVBoxLayout

from victimcare.referrals.sharing import Field
from victimcare.ui.style import size, space
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.laid import WholeWords

ADDED = {"NEEDS": "Add to the needs", "RISK": "Add why, where it is not safe"}
LABEL_WIDTH = 144


def ticks(fields: Iterable[Field], chosen: Mapping[str, bool], reasons: Mapping[str, str]) -> dict[str, str]:
    """What goes of `fields`: the usual ones and what the worker ticked, without what the worker took out; code -> reason."""
    return {one.code: reasons.get(one.code, "") if one.needs_reason else "" for one in fields if one.value and chosen.get(one.code, one.is_usual)}


class WhatGoes(QFrame):
    """`changed`: a tick, a reason or added words. `chosen` and `reasons` are what the worker did; `added` the worker's own words."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chosen: dict[str, bool] = {}
        self.reasons: dict[str, str] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self.reason_fields: dict[str, QLineEdit] = {}
        self.added = {code: QLineEdit() for code in ADDED}
        self._values: dict[str, WholeWords] = {}
        self._grid = QGridLayout()
        self._shown: tuple[tuple[str, str, bool], ...] = ()
        page = QVBoxLayout(self)
        space(page, gap=2)
        page.addWidget(Words("3  What goes", "section"))
        self.hint = Words("Only what is ticked goes.", "small", wraps=True)
        page.addWidget(self.hint)
        space(self._grid, gap=2)
        self._grid.setHorizontalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        page.addLayout(self._grid)
        for code, field in self.added.items():
            field.setPlaceholderText(ADDED[code])
            field.setAccessibleName(ADDED[code])
            field.setProperty("small", True)
            field.textEdited.connect(lambda _: self.changed.emit())

    def put(self, ticked: Mapping[str, str], needs: str, risk: str, usual: Iterable[str]) -> None:
        """Show what was chosen in a draft."""
        self.chosen = {**dict.fromkeys(usual, False), **dict.fromkeys(ticked, True)}
        self.reasons = {code: reason for code, reason in ticked.items() if reason}
        self.added["NEEDS"].setText(needs)
        self.added["RISK"].setText(risk)

    def show_fields(self, fields: tuple[Field, ...]) -> None:
        """One row a field; the rows stay as they are while only values change, so that the keyboard stays where it is."""
        shape = tuple((one.code, one.label, one.needs_reason) for one in fields)
        if shape != self._shown:
            self._build(fields)
            self._shown = shape
        for one in fields:
            self._show(one)
        usual = sum(one.is_usual for one in fields)
        self.hint.setText(f"Only what is ticked goes. A partner needs the first {usual}.")

    def lacks_reason(self) -> QLineEdit | None:
        """The first reason that is missing."""
        for code, field in self.reason_fields.items():
            if self.boxes[code].isChecked() and not field.text().strip():
                return field
        return None

    def forget(self) -> None:
        """Drop every value and what was typed."""
        self.chosen, self.reasons = {}, {}
        for field in self.added.values():
            field.setText("")
        self._build(())
        self._shown = ()

    def _build(self, fields: tuple[Field, ...]) -> None:
        clear(self._grid, keep=tuple(self.added.values()))
        self.boxes, self.reason_fields, self._values = {}, {}, {}
        for one in fields:
            self._add(one)

    def _add(self, one: Field) -> None:
        at = self._grid.rowCount()
        box, value = QCheckBox(one.label), WholeWords()
        size(box, width=LABEL_WIDTH)
        self.boxes[one.code], self._values[one.code] = box, value
        self._grid.addWidget(box, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, at, 1)
        box.toggled.connect(lambda is_on, code=one.code: self._ticked(code, is_on))
        if one.needs_reason:
            reason = QLineEdit(self.reasons.get(one.code, ""))
            reason.setPlaceholderText("Why the partner needs it; stays here")
            reason.setAccessibleName(f"Reason for {one.label}: {one.value}")
            reason.setProperty("small", True)
            reason.textEdited.connect(lambda text, code=one.code: self._reasoned(code, text))
            self.reason_fields[one.code] = reason
            self._grid.addWidget(reason, at + 1, 1)
        elif one.code in self.added:
            self._grid.addWidget(self.added[one.code], at + 1, 1)

    def _show(self, one: Field) -> None:
        box, value = self.boxes[one.code], self._values[one.code]
        box.blockSignals(True)
        box.setChecked(bool(one.value) and self.chosen.get(one.code, one.is_usual))
        box.blockSignals(False)
        box.setEnabled(bool(one.value))
        box.setAccessibleName(f"{one.label}: {one.value or 'not recorded'}")
        value.setText(one.value or "Not recorded")
        value.setProperty("role", "" if box.isChecked() else "muted")
        value.set_tone("")
        for fields in (self.reason_fields, self.added):
            if one.code in fields:
                fields[one.code].setVisible(box.isChecked())

    def _ticked(self, code: str, is_on: bool) -> None:
        self.chosen[code] = is_on
        if code in self.reason_fields:
            self.reason_fields[code].setVisible(is_on)
            if is_on:
                self.reason_fields[code].setFocus()
        self.changed.emit()

    def _reasoned(self, code: str, text: str) -> None:
        self.reasons[code] = text
        self.changed.emit()
