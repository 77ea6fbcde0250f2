"""Activities: days of visits, conferences, campaigns, boards. One box, in place, enters a day with its visits and who took part."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from victimcare.activity.activities import ActivityRow, activity_list, activity_notes, activity_titles
from victimcare.activity.visits import visits_of
from victimcare.reference.codelists import label
from victimcare.store.reading import Reading
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.screens.activity_box import ActivityBox
from victimcare.ui.screens.activity_side import WIDTH, ActivitySide, Told
from victimcare.ui.style import look, size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.widgets.table import Column
from victimcare.ui.words import count, day, number

READS = {"activity", "activity_agency", "activity_country", "visit"}
VISITS, EVENTS, EVERY = "VISITS", "EVENTS", "ALL"
NARROW = 900  # px at 100 %: below, the fields of the box stand one under the other
DAYS = ("ACTIVITY_DAY", "VISIT", "OPERATION")


def _counted(value: int | None) -> str:
    return "" if value is None else number(value)


COLUMNS = (
    Column("On", lambda row: day(row.on), sort=lambda row: row.on, width=120),
    Column("What", lambda row: label("activity_type", row.kind), width=208),
    Column("Title", lambda row: row.title, width=220, stretch=True, tip=lambda row: row.title),
    Column("Visits", lambda row: _counted(row.visits or None), sort=lambda row: row.visits, width=72, align="right"),
    Column("Spoken to", lambda row: _counted(row.people_spoken_to), sort=lambda row: row.people_spoken_to, width=92, align="right"),
    Column("With", lambda row: "; ".join(label("agency", code) for code in row.agencies), width=260, tone="muted", shown=False,
           tip=lambda row: "\n".join(label("agency", code) for code in row.agencies)),
    Column("Countries", lambda row: ", ".join(label("nationality", code) for code in row.countries), width=180, tone="muted", shown=False,
           tip=lambda row: "\n".join(label("nationality", code) for code in row.countries)),
)  # fmt: skip


class ActivitiesScreen(Screen):
    """The list, newest first, the chosen one beside it, and the box for a new one. Titles and notes are sealed: opening them is noted."""

    title = "Activities"

    def __init__(self, work: Any, window: Any) -> None:
        super().__init__(work, window)
        self._rows: tuple[ActivityRow, ...] = ()
        self.which = Segments([(EVERY, "All"), (VISITS, "Visits"), (EVENTS, "Events")], "Which")
        self.new_button = Button("New activity", self.new, kind="primary", icon="plus", key="N")
        self.head = PageHead("Activities", "", self.new_button)
        self.table, self.box, self.nothing = RowsTable(COLUMNS, "Activities"), ActivityBox(work), Words("", "muted", wraps=True)
        self.side = ActivitySide()
        self._lay_out()
        self.table.chosen.connect(self._choose)
        self.table.remember(window.settings, window.vault_id, "activities")
        self.which.chosen.connect(lambda _: self._show())
        self.box.saved.connect(self._saved)
        self.box.opened.connect(self._make_room)
        self.box.gone.connect(self._closed)
        self.setFocusProxy(self.table)

    def open(self, place: Place) -> None:
        self._read()
        self.box.look_for_draft()

    def refresh(self, kinds: set[str]) -> None:
        if kinds & READS:
            self._read()

    def keys(self) -> list[Key]:
        return [Key("N", "New activity", self.new), Key("Ctrl+Return", "Save what is in the box"), Key("Esc", "Close the box, keep what was typed")]

    def new(self) -> None:
        """Open the box."""
        self.box.start()

    def has_unsaved(self) -> bool:
        return self.box.has_unsaved()

    def keep_draft(self) -> None:
        self.box.keep()

    def forget(self) -> None:
        self._rows = ()
        self.table.show_rows(())
        self.side.forget()
        self.box.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Inside

    def _lay_out(self) -> None:
        beside, body, main = QVBoxLayout(), QVBoxLayout(), QFrame()
        self.head.beside(self.which)
        self.page.addWidget(self.head)
        main.setProperty("ground", "panel")
        main.setLayout(body)
        space(body, gap=0)
        self.page.addWidget(Columns((main, 0), (self.side.frame, WIDTH), main_width=520), 1)
        held, inside = QFrame(), QVBoxLayout()
        held.setLayout(inside)
        space(inside, 24, 0, 24, 0, gap=0)
        inside.addWidget(self.box)
        body.addWidget(held)
        space(beside, 16, 4, 24, 8, gap=0)
        beside.addWidget(self.table, 1)
        self.nothing.setContentsMargins(8, 12, 8, 0)
        beside.addWidget(self.nothing)
        body.addLayout(beside, 1)
        size(self.table, least_height=220)
        self.box.hide()
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        is_narrow = self.width() * 100 < NARROW * look().zoom
        self.box.set_narrow(is_narrow)
        self.head.about.setVisible(not is_narrow)

    def _make_room(self) -> None:
        """The box takes the whole width; the chosen activity stands beside the list again when it is closed."""
        self.new_button.setVisible(self.box.isHidden())
        self.side.frame.setVisible(self.box.isHidden())

    def _read(self) -> None:
        def rows(session: Any) -> tuple[tuple[ActivityRow, ...], date]:
            return activity_list(session, titles=activity_titles(session)), session.today

        self.work.read(self, rows, self._take, key="rows", reading=Reading.office("activities"))

    def _take(self, answer: tuple[tuple[ActivityRow, ...], date]) -> None:
        self._rows, self.box.today = answer
        self._show()

    def _show(self) -> None:
        which = self.which.value()
        shown = [row for row in self._rows if which == EVERY or (row.kind in DAYS or row.visits > 0) == (which == VISITS)]
        self.table.show_rows(shown)
        visits = sum(row.visits for row in shown)
        self.head.about.setText(", ".join(filter(None, (count(len(shown), "activity", "activities"), count(visits, "visit", "visits") if visits else ""))))
        if shown and self.table.current_row() is None:
            self.table.choose(shown[0].id)
        self._choose(self.table.current_row())
        self.nothing.setVisible(not shown)
        self.nothing.setText(
            "Nothing is recorded yet. Press N to enter a day of visits, a conference or a campaign." if not self._rows else "None of this kind."
        )

    def _choose(self, row: ActivityRow | None) -> None:
        self._make_room()
        self.side.show_activity(row)
        if row is None:
            return
        id = row.id

        def told(session: Any) -> Told:
            return Told(id, visits_of(session, id), activity_notes(session, id))

        self.work.read(self, told, self.side.show_rest, key="told", reading=Reading.office("activity notes"))

    def _saved(self, activity_id: UUID) -> None:
        self.frame.say("safe", "The activity is saved.")
        self.table.choose(activity_id)

    def _closed(self) -> None:
        self._make_room()
        self.table.setFocus()
