"""Beside the list of investigations: the chosen one, its people, arrests and prosecutions, and the boxes that add to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from victimcare.justice.arrests import ArrestRow
from victimcare.justice.investigations import InvestigationRow
from victimcare.justice.prosecutions import ProsecutionRow
from victimcare.reference.codelists import codelist, label
from victimcare.ui.navigation import column
from victimcare.ui.people import People
from victimcare.ui.screens.investigation_boxes import PENDING, ArrestBox, ChargeBox, ClosedBox, EndedBox, PersonBox
from victimcare.ui.screens.office_box import OfficeBox
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.clearing import clear
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import breakable, day
from victimcare.ui.work import Work

WIDTH = 344


@dataclass(frozen=True, slots=True, repr=False)
class Matter:
    """What belongs to an investigation."""

    id: UUID
    cases: tuple[UUID, ...]
    arrests: tuple[ArrestRow, ...]
    charges: tuple[ProsecutionRow, ...]
    notes: Mapping[UUID, str]
    """Opened notes by the row they stand in: the investigation, an arrest, a charge."""


class InvestigationSide(QObject):
    """`frame` is the widget to place; `boxes` by what they add."""

    case_asked = Signal(object)

    def __init__(self, work: Work, people: People) -> None:
        super().__init__()
        self._people = people
        self._row: InvestigationRow | None = None
        self._today = date.min
        self.boxes: dict[str, OfficeBox] = {
            "arrest": ArrestBox(work), "charge": ChargeBox(work), "ended": EndedBox(work), "closed": ClosedBox(work), "person": PersonBox(work),
        }  # fmt: skip
        self.frame, layout = column(WIDTH, "left", scrolls=False)
        space(layout, 24, 16, 24, 16, gap=4)
        self.reference, self.about = Words("", "section", wraps=True), Words("", "muted", wraps=True)
        self.outcome = Words("", wraps=True)
        self._buttons = QWidget()
        self._parts = {words: QGridLayout() for words in ("People", "Arrests", "Prosecutions", "Notes")}
        self._heads = {words: Words(words, "strong") for words in self._parts}
        self._lay_out(layout)
        self.forget()

    def show_matter(self, row: InvestigationRow | None, reference: str, today: date) -> None:
        """Tell one investigation; its parts follow with `show_parts`."""
        if row is None or self._row is None or row.id != self._row.id:
            for box in self.boxes.values():
                if box.isVisible():
                    box.close_keeping()
            self.show_parts(None)
        self._row, self._today = row, today
        for part in (self.reference, self.about, self.outcome, *self._heads.values()):
            part.setVisible(row is not None)
        self.show_buttons()
        if row is None:
            return
        self.reference.setText(reference or "No crime reference")
        self.about.setText(
            ", ".join(filter(None, (f"Received {day(row.received_on)}" if row.received_on else "", row.unit, label("case_source", row.source).lower())))
        )
        self.outcome.setText(f"Outcome {row.outcome_code}: {label('crime_outcome_code', row.outcome_code)}" if row.outcome_code else "No outcome yet")

    def show_parts(self, matter: Matter | None) -> None:
        """The people, arrests and charges of the investigation."""
        for grid in self._parts.values():
            clear(grid)
        if matter is None or self._row is None or matter.id != self._row.id:
            return
        for at, case_id in enumerate(matter.cases):
            link = Button(self._people.name(case_id) or "Open the case", partial(self.case_asked.emit, case_id), kind="link")
            self._parts["People"].addWidget(link, at, 0, Qt.AlignmentFlag.AlignLeft)
        for at, arrest in enumerate(matter.arrests):
            flag = "" if arrest.is_flagged else ", not flagged"
            _row(self._parts["Arrests"], 2 * at, day(arrest.on), f"{offence_words(arrest.offence)}{flag}")
            _note(self._parts["Arrests"], 2 * at + 1, matter.notes.get(arrest.id, ""))
        for at, charge in enumerate(matter.charges):
            self._charge(at, charge, matter.notes.get(charge.id, ""))
        notes = matter.notes.get(matter.id, "")
        if notes:
            self._parts["Notes"].addWidget(Words(breakable(notes), wraps=True), 0, 0, 1, 2)
        for words, many in (("People", matter.cases), ("Arrests", matter.arrests), ("Prosecutions", matter.charges), ("Notes", notes)):
            if not many:
                self._parts[words].addWidget(Words("None recorded", "muted"), 0, 0)

    def start(self, what: str) -> None:
        """Open a box of `boxes` about what is chosen; the one that is open closes and keeps what was typed."""
        if self._row is None:
            return
        for name, other in self.boxes.items():
            if name != what and other.isVisible():
                other.close_keeping()
        box = self.boxes[what]
        if isinstance(box, ClosedBox):
            box.row = self._row
        self._buttons.hide()
        box.start(self._row.id, self._today)

    def show_buttons(self) -> None:
        """The ways to add, while no box is open."""
        self._buttons.setVisible(self._row is not None and not any(box.isVisible() for box in self.boxes.values()))

    def forget(self) -> None:
        """Drop every text."""
        for box in self.boxes.values():
            box.forget()
        self.show_matter(None, "", date.min)
        for words in (self.reference, self.about, self.outcome):
            words.setText("")

    def _charge(self, at: int, charge: ProsecutionRow, notes: str) -> None:
        ended = day(charge.outcome_on) if charge.outcome_on else ""
        outcome = label("case_outcome", charge.outcome).lower() if charge.outcome != PENDING else "pending"
        grid = self._parts["Prosecutions"]
        _row(grid, 3 * at, ended, f"{offence_words(charge.charge)}: {outcome}")
        _note(grid, 3 * at + 1, notes)
        if charge.outcome == PENDING:
            grid.addWidget(Button("Record how it ended", partial(self._end, charge), kind="link"), 3 * at + 2, 1, Qt.AlignmentFlag.AlignLeft)

    def _end(self, charge: ProsecutionRow) -> None:
        box = self.boxes["ended"]
        assert isinstance(box, EndedBox), "the box for outcomes"
        box.row = charge
        self._buttons.hide()
        box.start(charge.id, self._today)

    def _lay_out(self, layout: QVBoxLayout) -> None:
        for part, gap in ((self.reference, 0), (self.about, 4), (self.outcome, 12)):
            layout.addWidget(part)
            layout.addSpacing(gap)
        for box in self.boxes.values():
            layout.addWidget(box)
        grid = QGridLayout(self._buttons)
        space(grid, gap=8)
        adds = (("Add an arrest", "A", "arrest"), ("Add a charge", "P", "charge"), ("Set the outcome", "O", "closed"), ("Join a case", "C", "person"))
        for at, (words, key, what) in enumerate(adds):
            grid.addWidget(Button(words, partial(self.start, what), key=key, left=True), at // 2, at % 2)
        layout.addWidget(self._buttons)
        for words, parts in self._parts.items():
            layout.addSpacing(12)
            layout.addWidget(self._heads[words])
            space(parts, gap=4)
            parts.setHorizontalSpacing(8)
            parts.setColumnStretch(1, 1)
            layout.addLayout(parts)
        layout.addStretch(1)


def offence_words(code: str) -> str:
    """An offence as the side tells it. Where no code is clear, the register's own words stand in the notes below."""
    if not code:
        return "Offence not known"
    return label("offence", code) if codelist("offence").known(code) else code  # words entered before offences were codes


def _note(grid: QGridLayout, at: int, text: str) -> None:
    if text:
        grid.addWidget(Words(breakable(text), "muted", wraps=True), at, 1)


def _row(grid: QGridLayout, at: int, first: str, then: str) -> None:
    grid.addWidget(Words(first, "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(Words(then, wraps=True), at, 1)
