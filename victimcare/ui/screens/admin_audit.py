"""The audit: who did what, to which case, when. A case by its reference alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from victimcare.paper.csv_text import csv_bytes
from victimcare.store.audit_log import AuditLine, audit_log
from victimcare.ui.papers import write_file
from victimcare.ui.screens.admin_part import AdminPart
from victimcare.ui.style import size, space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Title
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.table import Column
from victimcare.ui.words import count, moment, number

if TYPE_CHECKING:
    from victimcare.ui.window import MainWindow
    from victimcare.ui.work import Work

HEADINGS = ("When", "Who", "Number", "What", "Case", "Rows", "Signed", "Hash")


def _columns() -> tuple[Column, ...]:
    return (
        Column("When", lambda line: moment(line.at), width=160, sort=lambda line: line.at),
        Column("Who", lambda line: line.who, width=140),
        Column("What", lambda line: line.what[:1].upper() + line.what[1:], width=280, stretch=True),
        Column("Case", lambda line: line.case, width=124),
        Column("Rows", lambda line: number(line.rows) if line.rows else "", width=72, align="right", sort=lambda line: line.rows),
        Column("Signed", lambda line: "Signed" if line.is_signed else "By the next", width=110, tone="muted",
               tip=lambda line: "" if line.is_signed else "A reading is covered by the next signature of the same user."),
        Column("Number", lambda line: number(line.number), width=84, align="right", tone="muted", sort=lambda line: line.number),
        Column("Hash", lambda line: line.hash, width=200, tone="muted", shown=False),
    )  # fmt: skip


class AuditPart(AdminPart):
    """Newest first; narrowed by any words of a line; what is shown can be saved as CSV."""

    heading = "Audit"
    about = "Chained and signed; no entry can be changed"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        self._all: tuple[AuditLine, ...] = ()
        self._shown: tuple[AuditLine, ...] = ()
        self.finder, self.tally = QLineEdit(), Title("", "muted", whole_up_to=120)
        self.finder.setPlaceholderText("Any part of a user, a deed or a reference")
        self.finder.setAccessibleName("Find in the audit")
        size(self.finder, least_width=240, most_width=360)
        self.save = Button("Save as CSV", self._choose, icon="export")
        self.table = RowsTable(_columns(), "Audit", key=lambda line: line.hash)
        self.table.remember(window.settings, window.vault_id, "audit")
        above, listed = QFrame(), QFrame()
        row, column = QHBoxLayout(above), QVBoxLayout(listed)
        space(row, 24, 12, 24, 8, gap=12)
        row.addWidget(self.finder, 3)
        row.addWidget(self.tally)
        row.addStretch(1)
        row.addWidget(self.save)
        space(column, 16, 0, 16, 12, gap=0)
        column.addWidget(self.table)
        self.page.addWidget(above)
        self.page.addWidget(listed, 1)
        self.finder.textChanged.connect(lambda _: self._narrow())
        self.finder.returnPressed.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))

    def open(self) -> None:
        membership = self.work.vault.membership
        self.work.read(self, lambda session: audit_log(session, membership), self._take, key="audit", failed=self.frame.refuse)

    def refresh(self, kinds: set[str]) -> None:
        self.open()

    def forget(self) -> None:
        self.finder.clear()
        self._take(())

    def save_to(self, file: Path) -> None:
        """Write what is shown, oldest first."""
        rows = [
            (line.at.isoformat(), line.who, line.number, line.what, line.case, line.rows, "yes" if line.is_signed else "", line.hash)
            for line in reversed(self._shown)
        ]
        words = f"{count(len(rows), 'entry', 'entries')} of the audit written."
        deed = partial(write_csv, file, rows)
        self.work.ask(self, deed, lambda _: self.frame.say("safe", words), failed=self.frame.refuse)

    def _take(self, lines: tuple[AuditLine, ...]) -> None:
        self._all = tuple(reversed(lines))
        self._narrow()

    def _narrow(self) -> None:
        asked = self.finder.text().casefold().split()
        self._shown = tuple(line for line in self._all if all(part in f"{line.who} {line.what} {line.case}".casefold() for part in asked))
        self.table.show_rows(self._shown)
        whole = count(len(self._all), "entry", "entries")
        self.tally.setText(whole if len(self._shown) == len(self._all) else f"{number(len(self._shown))} of {whole}")

    def _choose(self) -> None:
        proposed = Path.home() / f"audit {self.work.vault.today.isoformat()}.csv"
        file, _ = QFileDialog.getSaveFileName(self, "Save the audit", str(proposed), "CSV (*.csv)")
        if file:
            self.save_to(Path(file))


def write_csv(file: Path, rows: Sequence[Sequence[str | int]]) -> None:
    """The audit as CSV, in a thread. Raises FileNotWritten."""
    write_file(file, csv_bytes(HEADINGS, rows))
