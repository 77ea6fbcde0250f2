"""Leftovers: what imports refused or did not understand, kept sealed; each is put right, or left with a reason.

The case a leftover belongs to is looked up only when it is needed: on Enter, or as part of putting it right.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from victimcare.exchange.fields import KINDS, kind_label
from victimcare.exchange.leftovers import LEFT, MENDED, OPEN, SHEET, LeftoverRow, leftovers
from victimcare.exchange.mending import case_with_reference, leave_leftover, mend_leftover
from victimcare.refused import Refused
from victimcare.store.reading import Reading
from victimcare.store.session import VaultSession
from victimcare.ui.commands import Key
from victimcare.ui.navigation import PageHead, Place, Screen
from victimcare.ui.screens.leftovers_side import WIDTH, LeftoverSide, Mend
from victimcare.ui.style import size, space
from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.columns import Columns
from victimcare.ui.widgets.flow import Flow
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.widgets.table import Column
from victimcare.ui.window import MainWindow
from victimcare.ui.words import count, number
from victimcare.ui.work import Work

STATES = ((OPEN, "Waiting"), (LEFT, "Left"), (MENDED, "Put right"))
NONE = {
    OPEN: "Nothing waits here. What an import cannot take comes here",
    LEFT: "Nothing was left as it is",
    MENDED: "Nothing was put right yet",
}


class CaseNotFound(Refused):
    """No case has the reference a leftover names."""

    def __init__(self) -> None:
        super().__init__("No case has this reference.", "Type the reference of the case it belongs to, or leave it with a reason.")


class LeftoversScreen(Screen):
    """The screen `leftovers`. Enter goes to the place `case`."""

    title = "Leftovers"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        self._all: tuple[LeftoverRow, ...] = ()
        self._is_read = False
        self.head = PageHead("Leftovers", "")
        self.states = Segments(STATES, "Which leftovers")
        self.sheets = CodeBox([(kind, kind_label(kind)) for kind in (*KINDS, SHEET)], "Sheet", empty="All sheets", small=True)
        self.finder = QLineEdit()
        self.table = RowsTable(_columns(), "Leftovers")
        self.side = LeftoverSide()
        self.shown = Words("", "muted")
        self.page.addWidget(self.head)
        self.page.addWidget(Columns((self._list(), 0), (self.side, WIDTH), main_width=640), 1)
        self.table.remember(window.settings, window.vault_id, "leftovers")
        self._connect()
        self.setFocusProxy(self.table)

    def open(self, place: Place) -> None:
        if not self._is_read:
            self._read()

    def refresh(self, kinds: set[str]) -> None:
        if "leftover" in kinds:
            self._read()

    def keys(self) -> list[Key]:
        return [
            Key("Return", "Open the case it belongs to"), Key("M", "Put it right: to the first thing it needs", self.side.to_mend),
            Key("Ctrl+Return", "Put it right", self.side.mend.click), Key("L", "Leave it: to the reason", self.side.reason.setFocus),
            Key("/", "Find", self.finder.setFocus), Key("Ctrl+C", "Copy the chosen rows"),
        ]  # fmt: skip

    def forget(self) -> None:
        self._all, self._is_read = (), False
        self.finder.clear()
        self._narrow()
        self.side.show_leftover(None)

    # Reading

    def _read(self) -> None:
        self._is_read = True
        status = self.states.value()
        self.work.read(
            self, lambda session: leftovers(session, status=status), self._take,
            key="list", reading=Reading.office("import leftovers"), failed=self.frame.refuse,
        )  # fmt: skip

    def _take(self, rows: tuple[LeftoverRow, ...]) -> None:
        if self._is_read:
            self._all = rows
            self._narrow()
            if rows and self.table.current_row() is None:
                self.table.selectRow(0)

    def _narrow(self) -> None:
        sheet, typed = self.sheets.value(), self.finder.text().strip().casefold()
        rows = [row for row in self._all if (sheet is None or row.sheet == sheet) and (not typed or typed in _text(row))]
        self.table.show_rows(rows)
        if self.table.current_row() is None and rows:
            self.table.selectRow(0)
        self.side.show_leftover(self.table.current_row())
        words = {OPEN: "waits", LEFT: "left", MENDED: "put right"}[self.states.value()]
        many = "wait" if words == "waits" else words
        self.head.about.setText(f"{number(len(self._all))} {words if len(self._all) == 1 else many}")
        self.shown.setText(f"{number(len(rows))} of {count(len(self._all), 'leftover', 'leftovers')} shown" if self._all else NONE[self.states.value()])

    # Doing

    def open_case(self, row: LeftoverRow) -> None:
        """Go to the case it belongs to."""
        reference = self.side.reference() or row.link
        self.work.read(self, lambda session: _case(session, reference), self._go_to, key="case", reading=Reading.names(), failed=self.frame.refuse)

    def _go_to(self, case: UUID) -> None:
        self.frame.go(Place("case", case))

    def _mend(self, row: LeftoverRow, mend: Mend) -> None:
        def change(session: VaultSession) -> None:
            case = _case(session, mend.case) if mend.case else None
            mend_leftover(session, leftover_id=row.id, version=row.version, case_id=case, code=mend.code, on=mend.on, reference=mend.reference)

        self.work.change(self, change, lambda _: self._done("Put right."), failed=self.frame.refuse)

    def _leave(self, row: LeftoverRow, reason: str) -> None:
        def change(session: VaultSession) -> None:
            leave_leftover(session, leftover_id=row.id, version=row.version, reason=reason)

        self.work.change(self, change, lambda _: self._done("Left as it is, with your reason."), failed=self.frame.refuse)

    def _done(self, words: str) -> None:
        self.side.clear()
        self.frame.say("safe", words)
        self.table.setFocus()

    # The page

    def _connect(self) -> None:
        self.table.opened.connect(self.open_case)
        self.table.chosen.connect(self.side.show_leftover)
        self.states.chosen.connect(lambda _: self._read())
        self.sheets.chosen.connect(lambda _: self._narrow())
        self.finder.textChanged.connect(lambda _: self._narrow())
        self.side.mended.connect(self._mend)
        self.side.left.connect(self._leave)
        self.side.case_asked.connect(self.open_case)

    def _list(self) -> QWidget:
        frame, bar = QFrame(), QWidget()
        frame.setProperty("ground", "panel")
        page, flow, around = QVBoxLayout(frame), Flow(bar), QVBoxLayout()
        space(page, gap=0)
        space(flow, 24, 0, 24, 8, gap=8)
        space(around, 16, 0, 16, 0, gap=0)
        self.finder.setPlaceholderText("Any part of a value, column, reference or reason")
        self.finder.setAccessibleName("Find among the leftovers")
        self.finder.setProperty("small", True)
        size(self.finder, width=330)
        size(self.sheets, width=180)
        for part in (self.states, self.sheets, self.finder):
            flow.addWidget(part)
        size(self.table, least_height=240)
        around.addWidget(self.table)
        foot = QFrame()
        foot.setProperty("edge", "top")
        row = QVBoxLayout(foot)
        space(row, 24, 6, 24, 6, gap=0)
        row.addWidget(self.shown)
        page.addWidget(bar)
        page.addLayout(around, 1)
        page.addWidget(foot)
        return frame


def _case(session: VaultSession, reference: str) -> UUID:
    found = case_with_reference(session, reference)
    if found is None:
        raise CaseNotFound
    return found


def _columns() -> list[Column]:
    return [
        Column("Row", lambda row: number(row.row), sort=lambda row: row.row, align="right", width=64),
        Column("Sheet", lambda row: kind_label(row.sheet), width=128, tone="muted"),
        Column("Reference", lambda row: row.link, width=164, tone="muted"),
        Column("Column", lambda row: row.column or "Whole row", width=120),
        Column("Value", lambda row: row.value, width=150, strong=lambda row: True, tip=lambda row: row.value),
        Column("Why", lambda row: row.reason, width=200, stretch=True, tip=lambda row: row.reason),
    ]


def _text(row: LeftoverRow) -> str:
    return "\n".join(_parts(row)).casefold()


def _parts(row: LeftoverRow) -> Iterable[Any]:
    return (row.value, row.column, row.link, row.reason, row.file)
