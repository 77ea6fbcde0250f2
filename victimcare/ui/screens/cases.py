"""Cases: everybody one may see, on one line each; filters in words, any part of a name in any spelling, Enter opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QVBoxLayout, QWidget

from victimcare.casework.case_list import CaseFilter, case_list
from victimcare.casework.case_row import CaseRow
from victimcare.store.clock import day_of
from victimcare.store.session import VaultSession
from victimcare.ui import icons
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.people import People
from victimcare.ui.screens.cases_columns import columns_of_cases, is_closed_to_me
from victimcare.ui.screens.cases_filters import AGES, READ, FilterButton, Wanted, barrier_choices, code_choices, plan_days, worker_choices
from victimcare.ui.screens.cases_find import FindField
from victimcare.ui.screens.cases_foot import CasesFoot
from victimcare.ui.style import look, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.window import MainWindow
from victimcare.ui.words import count
from victimcare.ui.work import Work

SHOWN = frozenset({"case", "case_now", "contact", "barrier", "barrier_change", "stance_event", "referral", "referral_event",
                   "safe_contact_plan", "exploitation", "worker"})  # fmt: skip
MOST_FOUND = 5_000
FIRST_ROWS = 100  # read ahead of the rest: more than any window shows
ORDERED = {"Reference": "reference", "Received": "received_on", "Last contact": "last_achieved_on"}
"""Columns that the store sorts as the table does, by what they are called there."""
WIDE = 1500  # px at 100 %: from here two more columns show at first


class CasesScreen(Screen):
    """`people` gives names and finds them; Enter goes to the place `case`, N to `new_case`, Import to `import`."""

    title = "Cases"

    def __init__(self, work: Work, window: MainWindow, people: People) -> None:
        super().__init__(work, window)
        self.people = people
        self._all: tuple[CaseRow, ...] = ()
        self._wanted = Wanted()
        self._is_fresh = self._is_whole = self._was_shown = False
        self.head = PageHead(
            "Cases", "", Button("Import a register", lambda: window.go(Place("import")), icon="import"),
            Button("New case", self._new, kind="primary", icon="plus", key="N"),
        )  # fmt: skip
        self.table = RowsTable(columns_of_cases(people.name, self._today), "Cases", attrgetter("key"))
        self.foot = CasesFoot()
        self.shown = self.foot.shown
        self.page.addWidget(self.head)
        self.page.addWidget(self._filter_bar())
        self.page.addLayout(self._list(), 1)
        self.page.addWidget(self.foot)
        self._sort_at_first()
        self.table.opened.connect(self._open_row)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self._tell())
        self.table.verticalScrollBar().valueChanged.connect(lambda _: self._want_names())
        people.changed.connect(self._names_changed)
        self.setFocusProxy(self.table)

    def open(self, place: Place) -> None:
        """`place.id`: "imported" (from a register, taken up by nobody), "late" or "today" show just those; else the list as it was left."""
        if place.id == "imported":
            self._reset()
            self.filters["register"].set_value("untouched", "not taken up")
            self.filters["register"].show()
        if place.id in ("late", "today"):
            self._reset()
            self.filters["next_date"].set_value(place.id, {"late": "passed", "today": "today or passed"}[str(place.id)])
            self.filters["next_date"].show()
        if not self._is_fresh:
            self._read()

    def refresh(self, kinds: set[str]) -> None:
        if kinds & SHOWN:
            self._read()

    def keys(self) -> list[Key]:
        return [
            Key("N", "New case", self._new), Key("/", "Find by any part of a name, alias or phone", self.finder.setFocus),
            Key("Return", "Open the chosen person"), Key("Ctrl+C", "Copy the chosen rows"), Key("X", "Clear the filters", self._reset),
        ]  # fmt: skip

    def forget(self) -> None:
        self._all, self._is_fresh, self._is_whole = (), False, False
        self.finder.clear()
        self.table.show_rows(())
        self._tell()

    # Reading

    def _read(self) -> None:
        self._is_fresh = True
        first = self._first_rows()
        if first is None:
            self._read_all()
        else:
            self.work.read(self, first, self._take_first, key="list", failed=self.frame.refuse)
        for name in READ:
            self._read_set(name)
        self.work.read(self, plan_days, partial(setattr, self._wanted, "plan_days"), key="plan_days")

    def _first_rows(self) -> Callable[[VaultSession], tuple[CaseRow, ...]] | None:
        """What reads the rows at the top alone, while the list is empty; None where the store cannot tell which those are."""
        sorted_by = self.table.rows_model.sorted_by
        title = self.table.rows_model.columns[sorted_by[0]].title if sorted_by else "Reference"
        if self._is_whole or title not in ORDERED or self.finder.text().strip() or self._wanted != Wanted(status=self._wanted.status):
            return None
        is_down = sorted_by is not None and sorted_by[1] == Qt.SortOrder.DescendingOrder
        return partial(case_list, wanted=CaseFilter(status=self._wanted.status), order=ORDERED[title], descending=is_down, limit=FIRST_ROWS)

    def _take_first(self, rows: tuple[CaseRow, ...]) -> None:
        self._all = rows
        # The names first, then everybody else: side by side both would come later.
        self._show_narrowed()
        self.people.want((row.id for row in self.table.rows_in_view()), self._read_all)

    def _read_all(self) -> None:
        self.work.read(self, case_list, self._take, key="list", failed=self.frame.refuse, of_everybody=True)

    def _take(self, rows: tuple[CaseRow, ...]) -> None:
        self._all, self._is_whole = rows, True
        self._narrow()

    def _read_set(self, name: str) -> None:
        """Read which cases a filter means that is not told by the line itself."""
        value = getattr(self._wanted, name)
        if value is not None:
            self.work.read(self, partial(READ[name][1], value), partial(self._take_set, name), key=name)

    def _take_set(self, name: str, cases: Any) -> None:
        if getattr(self._wanted, name) is not None:
            setattr(self._wanted, READ[name][0], cases)
            self._narrow()

    # Narrowing

    def _narrow(self) -> None:
        self._show_narrowed()
        self._want_names()

    def _show_narrowed(self) -> None:
        text = self.finder.text().strip()
        self._wanted.found = self.people.found(text, MOST_FOUND) if text else None
        rows = self._wanted.rows(self._all, today=self._today(), me=self.frame.user)
        self.table.show_rows(rows)
        if rows and self.table.current_row() is None:  # Enter always has somebody to open
            self.table.selectRow(0)
        self._tell()

    def _want_names(self) -> None:
        self.people.want(row.id for row in self.table.rows_in_view())

    def _set(self, name: str, value: Any) -> None:
        setattr(self._wanted, name, value)
        if name in READ:
            setattr(self._wanted, READ[name][0], None if value is None else frozenset())
            self._read_set(name)
        self._narrow()

    def _reset(self) -> None:
        self.finder.clear()
        for name, filter_button in self.filters.items():
            filter_button.reset()
            filter_button.setVisible(name in FIRST)
        self._narrow()

    def _names_changed(self) -> None:
        sorted_by = self.table.rows_model.sorted_by
        if self.finder.text().strip() or (sorted_by and self.table.rows_model.columns[sorted_by[0]].title == "Name used"):
            self._narrow()
        else:
            self.table.rows_model.tell_again()

    # Parts

    def _filter_bar(self) -> QWidget:
        bar = QFrame()
        row = Flow(bar, first_grows=True)
        space(row, 24, 0, 24, 8, gap=8)
        self.finder = FindField("Any part of a name, alias or phone", self.table)
        self.finder.textChanged.connect(lambda _: self._narrow())
        row.addWidget(self.finder)
        self.filters = self._filters()
        for name, button in self.filters.items():
            button.changed.connect(partial(self._set, name))
            row.addWidget(button)
            button.setVisible(name in FIRST)
        self.more = QToolButton()
        icons.put(self.more, "plus")
        self.more.setText("\u2002Filter")
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setAccessibleName("Add a filter")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.more.menu().aboutToShow.connect(self._fill_more)
        row.addWidget(self.more)
        row.addWidget(Button("Clear", self._reset, kind="flat", small=True))
        columns = QToolButton()
        columns.setText("Columns     ")
        columns.setAccessibleName("Columns: add, remove, put back")
        columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        columns.setMenu(QMenu(columns))
        columns.menu().aboutToShow.connect(lambda: _refill(columns.menu(), self.table))
        row.addWidget(columns)
        return bar

    def _filters(self) -> dict[str, FilterButton]:
        def occurring(list_name: str, field: str) -> Callable[[], Any]:
            return lambda: code_choices(list_name, (getattr(row, field) for row in self._all))

        kinds = lambda: code_choices("exploitation_type", (code for row in self._all for code in row.exploitation.split(";") if code))  # noqa: E731
        return {
            "status": FilterButton("Status", lambda: (("OPEN", "open"), ("CLOSED", "closed")), "OPEN", "open"),
            "worker": FilterButton("Worker", lambda: worker_choices(self._all)),
            "barrier": FilterButton("Barrier", barrier_choices),
            "last_contact": FilterButton("Last contact", lambda: ((code, words) for code, words, _ in AGES)),
            "source": FilterButton("Source", occurring("case_source", "source")),
            "nationality": FilterButton("Nationality", occurring("nationality", "nationality")),
            "exploitation": FilterButton("Exploitation", kinds),
            "next_date": FilterButton("Next date", lambda: (("late", "passed"), ("today", "today or passed"), ("week", "within 7 days"))),
            "register": FilterButton("From a register", lambda: (("untouched", "not taken up"),)),
            "plan": FilterButton("Plan", lambda: (("never", "never checked"), ("stale", f"not checked for {self._wanted.plan_days} days"))),
        }

    def _fill_more(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for button in self.filters.values():
            if button.isHidden():
                menu.addAction(button.title, partial(self._add_filter, button))
        if menu.isEmpty():
            menu.addAction("Every filter is shown").setEnabled(False)

    def _add_filter(self, button: FilterButton) -> None:
        button.show()
        button.setFocus()
        QTimer.singleShot(0, button, button.showMenu)

    def _list(self) -> QVBoxLayout:
        around = QVBoxLayout()
        space(around, 16, 0, 24, 0, gap=0)
        around.addWidget(self.table)
        return around

    def _sort_at_first(self) -> None:
        self.table.sort_by("Last contact")
        self.table.remember(self.frame.settings, self.frame.vault_id, "cases")
        self._has_kept = bool(self.frame.settings.columns_of(self.frame.vault_id, "cases"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown and not self._has_kept and self.width() * 100 >= WIDE * look().zoom:
            for at, column in enumerate(self.table.rows_model.columns):
                if column.title in ("Age band", "Exploitation"):
                    self.table.setColumnHidden(at, False)
        self._was_shown = True

    def _tell(self) -> None:
        if self._all and not self._is_whole:
            return  # how many there are is not known yet
        self.head.about.setText(count(len(self._all), "person", "people") if self._all else "")
        self.foot.tell(self.table, len(self._all))

    # Going

    def _open_row(self, row: CaseRow) -> None:
        if is_closed_to_me(row, self.people.name):
            self.frame.say("info", "This case is restricted.", f"Ask {row.worker or 'a supervisor'} to let you in.")
            return
        self.frame.go(Place("case", row.id))

    def _new(self) -> None:
        self.frame.go(Place("new_case"))

    def _today(self) -> date:
        return day_of(self.work.vault.clock())


FIRST = ("status", "worker", "barrier", "last_contact")


def _refill(menu: QMenu, table: RowsTable) -> None:
    menu.clear()
    source = table.columns_menu()
    source.setParent(menu)
    menu.addActions(source.actions())
