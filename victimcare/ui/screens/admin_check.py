"""Check: everything in the vault against what its members signed for; everything wrong is listed, first first."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout

from victimcare.casework.case_now import case_now_differences
from victimcare.refused import Refused
from victimcare.store.finding import Finding, Verification
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.ui.door import beside
from victimcare.ui.papers import write_file
from victimcare.ui.screens.admin_part import AdminPart
from victimcare.ui.style import space
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import State as Shown
from victimcare.ui.widgets.progress_line import ProgressLine
from victimcare.ui.widgets.rows_table import RowsTable
from victimcare.ui.widgets.table import Column
from victimcare.ui.words import count, moment, number

if TYPE_CHECKING:
    from victimcare.ui.window import MainWindow
    from victimcare.ui.work import Job, Token, Work

Numbered = tuple[int, Finding]


def _columns() -> tuple[Column, ...]:
    return (
        Column("Number", lambda row: number(row[0]), width=72, align="right", sort=lambda row: row[0]),
        Column("Table", lambda row: row[1].table, width=130),
        Column("Kind", lambda row: row[1].kind, width=90),
        Column("What is wrong", lambda row: row[1].what, width=360, stretch=True, tip=lambda row: row[1].what),
        Column("What to do", lambda row: row[1].remedy, width=400, tip=lambda row: row[1].remedy),
        Column("Row", lambda row: row[1].row.hex if row[1].row else "", width=260, tone="muted", shown=False),
    )


class CheckPart(AdminPart):
    """Checking changes nothing and can be stopped; one goes on working meanwhile."""

    heading = "Check"
    about = "Changes nothing, and names no person"

    def __init__(self, work: Work, window: MainWindow) -> None:
        super().__init__(work, window)
        self._job: Job | None = None
        self.checked: Verification | None = None
        self.verdict, self.looked_at = Shown("info", "", "", "", plain=True), Shown("info", "", "", "", plain=True)
        self.start = Button("Check everything", self.check, kind="primary", icon="shield")
        self.save = Button("Save the list", self._choose, icon="export")
        self.progress = ProgressLine()
        self.progress.cancelled.connect(lambda: self._job and self._job.cancel())
        self.table = RowsTable(_columns(), "What is wrong", key=lambda row: row[0])
        self.table.remember(window.settings, window.vault_id, "findings")
        above = QFrame()
        column = QVBoxLayout(above)
        space(column, 24, 16, 24, 8, gap=8)
        column.addWidget(self.verdict)
        column.addWidget(self.looked_at)
        column.addLayout(beside(self.start, self.save, self.progress))
        self.page.addWidget(above)
        self.page.addWidget(self._list(), 1)
        self.page.addStretch(0)
        self._tell()

    def check(self) -> None:
        """Check everything, with progress."""
        self.start.setEnabled(False)
        self._job = self.work.run(self, partial(checked, self.work.vault), self._take, self.progress.tell, name="a check", failed=self._failed)
        self.progress.tell(0, 0, "Checking")

    def forget(self) -> None:
        self.checked = None
        self._tell()

    def save_to(self, file: Path) -> None:
        """Write the list as JSON, as `victimcare verify --json` has it."""
        if self.checked is not None:
            content = json.dumps(self.checked.as_json(), indent=1).encode()
            self.work.ask(self, partial(write_file, file, content), lambda _: self.frame.say("safe", "The list is written."), failed=self.frame.refuse)

    def _list(self) -> QFrame:
        self.listed = QFrame()
        column = QVBoxLayout(self.listed)
        space(column, 16, 0, 16, 12, gap=0)
        column.addWidget(self.table)
        return self.listed

    def _take(self, done: Verification) -> None:
        self._over()
        self.checked = done
        self._tell()

    def _failed(self, refused: Refused) -> None:
        self._over()
        self.frame.refuse(refused)

    def _over(self) -> None:
        self._job = None
        self.progress.end()
        self.start.setEnabled(True)

    def _choose(self) -> None:
        proposed = Path.home() / f"check {self.work.vault.today.isoformat()}.json"
        file, _ = QFileDialog.getSaveFileName(self, "Save what the check found", str(proposed), "JSON (*.json)")
        if file:
            self.save_to(Path(file))

    def _tell(self) -> None:
        done = self.checked
        findings = done.findings if done else []
        self.table.show_rows(enumerate(findings, start=1))
        self.table.setVisible(bool(findings))
        self.save.setVisible(done is not None)
        self.looked_at.setVisible(done is not None)
        if done is None:
            self.verdict.show_state("info", "Not checked yet", "", "in this session. It reads every page, row, seal and signature.")
            return
        if done.holds:
            self.verdict.show_state("safe", "Everything holds", "safe", "Every page, row, seal and signature is as it was signed for.")
        else:
            self.verdict.show_state(
                "caution",
                count(len(findings), "thing is wrong", "things are wrong"),
                "caution",
                "The first is likeliest the cause of the others.",
            )
        self.looked_at.show_state("info", "Looked at", "", looked_at(done, moment(self.work.vault.clock())))


def checked(vault: Vault, token: Token) -> Verification:
    """Check the vault, telling each step. Raises Refused."""
    return verify(vault, lambda step, done, of: token.progress(done, of, step[:1].upper() + step[1:]), derived=case_now_differences)


def looked_at(done: Verification, at: str) -> str:
    """How much was looked at, in words."""
    counts = done.counts
    parts = [
        count(counts.pages, "page", "pages"), count(counts.rows, "row", "rows"), count(counts.seals_opened, "seal opened", "seals opened"),
        count(counts.entries, "entry of the audit", "entries of the audit"), count(counts.signatures, "signature", "signatures"),
    ]  # fmt: skip
    if counts.parts_opened:
        parts.append(count(counts.parts_opened, "part of a document", "parts of documents"))
    words = f"{', '.join(parts)}; on {at}."
    return f"{words} {count(counts.seals_without_key, 'seal is', 'seals are')} not yours to open." if counts.seals_without_key else words
