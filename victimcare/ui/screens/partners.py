"""Partners: the directory of organisations a person can be referred to. One is added or changed over the list, in place.

How a partner is reached is sealed: opening the list is noted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from victimcare.reference.codelists import label
from victimcare.referrals.partners import PartnerRow, change_partner, partner_contacts, partners
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead
from victimcare.ui.screens.list_screen import ListScreen, find_field
from victimcare.ui.screens.office_box import OfficeBox
from victimcare.ui.screens.partner_boxes import ChangePartnerBox, NewPartnerBox
from victimcare.ui.screens.partners_side import WIDTH, PartnersSide, takes
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.widgets.table import Column, Mark
from victimcare.ui.words import count

IN_USE, EVERY = "IN_USE", "ALL"


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """A line of the directory with how the partner is reached."""

    row: PartnerRow
    contact: str

    @property
    def id(self) -> UUID:
        return self.row.id


def listed(session: Any) -> tuple[Listed, ...]:
    """Every partner, also those out of use, with how it is reached. Needs a noted reading of the office's sealed parts."""
    reached = partner_contacts(session)
    return tuple(Listed(row, reached.get(row.id, "")) for row in partners(session, also_exceptional=True, also_closed=True))


def services_words(row: PartnerRow) -> str:
    """`Safe house; Counselling`."""
    return "; ".join(label("referral_service", code) for code in row.services)


COLUMNS = (
    Column("Name", lambda one: one.row.name, width=236, tip=lambda one: one.row.name, mark=lambda one: None if one.row.is_active else Mark("minus", "Out of use", "muted")),
    Column("Kind", lambda one: label("partner_type", one.row.type), width=164, tone="muted", tip=lambda one: label("partner_type", one.row.type)),
    Column("Services", lambda one: services_words(one.row), width=160, stretch=True, tip=lambda one: services_words(one.row)),
    Column("Takes", lambda one: takes(one.row), width=128, tip=lambda one: takes(one.row)),
    Column("Days", lambda one: str(one.row.answers_in_days), sort=lambda one: one.row.answers_in_days, align="right", width=56,
           tip=lambda one: "Calendar days after which we ask again"),
    Column("Area", lambda one: one.row.area or "Everywhere", width=140, shown=False),
)  # fmt: skip


class PartnersScreen(ListScreen):
    """`Place("partners", partner_id or None)`."""

    name = "partners"
    title = "Partners"
    reads = frozenset({"partner", "partner_service"})
    reading = Reading.office("partners")
    rows = staticmethod(listed)

    def __init__(self, work: Any, window: Any) -> None:
        super().__init__(work, window)
        self.new_button = Button("New partner", self.new, kind="primary", icon="plus", key="N")
        self.head, self.search = PageHead("Partners", "", self.new_button), find_field("Any part of a name, a service or an area", "Find a partner", 300)
        self.which = Segments([(IN_USE, "In use"), (EVERY, "All")], "Which")
        self.table, self.side = RowsTable(COLUMNS, "Partners"), PartnersSide()
        self.new_box, self.change_box = NewPartnerBox(work), ChangePartnerBox(work)
        self.head.beside(self.which)
        self._stand(self.search, self._boxes(), self.side.frame, WIDTH, least_height=160)
        self._connect()

    def keys(self) -> list[Key]:
        return [
            Key("N", "New partner", self.new), Key("E", "Change the chosen partner", self.change), Key("Return", "Change the chosen partner"),
            Key("U", "Take the chosen partner out of use, or into use again", self.use), Key("/", "Find by name, service or area", self.search.setFocus),
            Key("1", "Show those in use", lambda: self.which.set_value(IN_USE)), Key("2", "Show all", lambda: self.which.set_value(EVERY)),
        ]  # fmt: skip

    def new(self) -> None:
        """Open the box for a new partner."""
        if self.change_box.isVisible():
            self.change_box.close_keeping()
        self.new_button.hide()
        self.new_box.start(None, self._today)

    def change(self) -> None:
        """Open the box for what is known of the chosen partner."""
        one = self.table.current_row()
        if one is None:
            return
        if self.new_box.isVisible():
            self.new_box.close_keeping()
        if self.change_box.isVisible() and self.change_box.about != one.id:
            self.change_box.close_keeping()
        if not self.change_box.isVisible():
            self.change_box.row, self.change_box.reached_by = one.row, one.contact
        self.change_box.start(one.id, self._today)

    def use(self) -> None:
        """Take the chosen partner out of use, or into use again."""
        one = self.table.current_row()
        if one is None:
            return
        row = one.row
        said = f"{row.name} is out of use: it is offered for no referral. What went there stays." if row.is_active else f"{row.name} is in use again."
        self.work.change(
            self,
            lambda session: change_partner(session, partner_id=row.id, version=row.version, is_active=not row.is_active),
            lambda _: self.frame.say("safe", said),
        )

    def forget(self) -> None:
        self._rows = ()
        self.search.setText("")
        self.table.show_rows(())
        self.new_box.forget()
        self.change_box.forget()
        self.side.forget()

    # Inside

    def _connect(self) -> None:
        self.table.opened.connect(lambda _: self.change())
        self.search.textChanged.connect(lambda _: self._show())
        self.which.chosen.connect(lambda _: self._show())
        self.side.change_asked.connect(self.change)
        self.side.use_asked.connect(self.use)
        for box in self._boxes():
            box.saved.connect(lambda words: self.frame.say("safe", words))
            box.gone.connect(self._closed)

    def _closed(self) -> None:
        self.new_button.show()
        self.table.setFocus()

    def _boxes(self) -> tuple[OfficeBox, ...]:
        return (self.new_box, self.change_box)

    def _show(self) -> None:
        part = self.search.text().strip().casefold()
        every = self.which.value() == EVERY
        shown = [
            one for one in self._rows if (every or one.row.is_active) and part in f"{one.row.name}\n{services_words(one.row)}\n{one.row.area or ''}".casefold()
        ]
        nothing = "No partner holds that." if self._rows else "The directory is empty. Press N to add a partner."
        self._fill(shown, count(len(shown), "organisation", "organisations"), nothing)

    def _choose(self, one: Listed | None) -> None:
        self.side.show_partner(one.row if one else None, one.contact if one else "")
