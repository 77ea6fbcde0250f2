"""Investigations: each matter with its people, arrests and prosecutions; entered by hand beside the list.

Crime references and notes are sealed: opening the list and an investigation is noted. No figure here is worked out over workers or suspects.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from victimcare.justice.arrests import arrests_of
from victimcare.justice.investigations import InvestigationRow, cases_of, crime_references, investigation_list, notes_among
from victimcare.justice.prosecutions import prosecutions_of
from victimcare.reference.codelists import label
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place
from victimcare.ui.people import People
from victimcare.ui.screens.cases_columns import SOURCES
from victimcare.ui.screens.investigation_boxes import MatterBox
from victimcare.ui.screens.investigation_side import WIDTH, InvestigationSide, Matter
from victimcare.ui.screens.list_screen import ListScreen, find_field
from victimcare.ui.screens.office_box import OfficeBox
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.table import Column
from victimcare.ui.words import count, day, number


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """A line of the list with its crime reference."""

    row: InvestigationRow
    reference: str

    @property
    def id(self) -> UUID:
        return self.row.id


def listed(session: Any) -> tuple[Listed, ...]:
    """Every investigation with its crime reference. Needs a noted reading of the office's sealed parts."""
    references = crime_references(session)
    return tuple(Listed(row, references.get(row.id, "")) for row in investigation_list(session))


def _count(value: int) -> str:
    return number(value) if value else ""


COLUMNS = (
    Column("Received", lambda one: day(one.row.received_on), sort=lambda one: one.row.received_on, width=116),
    Column("Crime reference", lambda one: one.reference, width=124, tone="muted"),
    Column("Source", lambda one: SOURCES.get(one.row.source) or label("case_source", one.row.source), width=160, stretch=True, tip=lambda one: label("case_source", one.row.source)),
    Column("Outcome", lambda one: label("crime_outcome_code", one.row.outcome_code) if one.row.outcome_code else "", width=180,
           tip=lambda one: label("crime_outcome_code", one.row.outcome_code) if one.row.outcome_code else "No outcome yet"),
    Column("People", lambda one: _count(one.row.cases), sort=lambda one: one.row.cases, width=68, align="right"),
    Column("Arrests", lambda one: _count(one.row.arrests), sort=lambda one: one.row.arrests, width=72, align="right"),
    Column("Ended", lambda one: _count(one.row.completed), sort=lambda one: one.row.completed, width=72, align="right",
           tip=lambda one: f"Prosecutions that ended: {one.row.completed}; convicted under the Act: {one.row.successful}"),
    Column("Unit", lambda one: one.row.unit, width=100, tone="muted", shown=False),
)  # fmt: skip


class InvestigationsScreen(ListScreen):
    """`Place("investigations", investigation_id or None)`. `people` names the cases that belong to a matter, from memory."""

    name = "investigations"
    title = "Investigations"
    reads = frozenset({"investigation", "investigation_case", "arrest", "prosecution"})
    reading = Reading.office("investigations")
    rows = staticmethod(listed)

    def __init__(self, work: Any, window: Any, people: People) -> None:
        super().__init__(work, window)
        self.new_button = Button("New investigation", self.new, kind="primary", icon="plus", key="N")
        self.head, self.search = PageHead("Investigations", "", self.new_button), find_field("Any part of a crime reference", "Find by crime reference", 260)
        self.table, self.box, self.side = RowsTable(COLUMNS, "Investigations"), MatterBox(work), InvestigationSide(work, people)
        self._stand(self.search, (self.box,), self.side.frame, WIDTH, least_height=260)
        self._connect()

    def keys(self) -> list[Key]:
        return [
            Key("N", "New investigation", self.new),
            Key("A", "Add an arrest", partial(self.side.start, "arrest")),
            Key("P", "Add a charge", partial(self.side.start, "charge")),
            Key("O", "Set the outcome", partial(self.side.start, "closed")),
            Key("C", "Join a person's case", partial(self.side.start, "person")),
            Key("/", "Find by crime reference", self.search.setFocus),
        ]

    def new(self) -> None:
        """Open the box for a new matter."""
        units = Counter(one.row.unit for one in self._rows)
        self.box.usual_unit = units.most_common(1)[0][0] if units else ""
        self.box.start(None, self._today)
        self.new_button.hide()

    def forget(self) -> None:
        self._rows = ()
        self.search.setText("")
        self.table.show_rows(())
        self.box.forget()
        self.side.forget()

    # Inside

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._show())
        self.side.case_asked.connect(lambda case_id: self.frame.go(Place("case", case_id)))
        for box in self._boxes():
            box.saved.connect(lambda words: self.frame.say("safe", words))
            box.gone.connect(self._closed)

    def _closed(self) -> None:
        self.new_button.show()
        self.side.show_buttons()
        self.table.setFocus()

    def _boxes(self) -> tuple[OfficeBox, ...]:
        return (self.box, *self.side.boxes.values())

    def _show(self) -> None:
        part = self.search.text().strip().casefold()
        shown = [one for one in self._rows if part in one.reference.casefold()]
        nothing = "No crime reference holds that." if self._rows else "No investigation is recorded yet. Press N to enter one."
        self._fill(shown, count(len(shown), "matter", "matters"), nothing)

    def _choose(self, one: Listed | None) -> None:
        self.side.show_matter(one.row if one else None, one.reference if one else "", self._today)
        if one is None:
            return
        id = one.id

        def matter(session: Any) -> Matter:
            cases = tuple(case for case in cases_of(session, id) if session.can_open(case))
            arrests, charges = arrests_of(session, id), prosecutions_of(session, id)
            notes = notes_among(session, [id, *(row.id for row in arrests), *(row.id for row in charges)])
            return Matter(id, cases, arrests, charges, notes)

        self.work.read(self, matter, self.side.show_parts, key="matter", reading=Reading.office("investigation notes"))
