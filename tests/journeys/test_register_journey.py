"""The example register through real windows with the keyboard: in, found, and out again as the numbers everyone knows."""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from tests.ui.conftest import dressed, settings, window, work  # noqa: F401
from tests.ui.screens.given import settle
from victimcare.casework.cases import Case
from victimcare.casework.workers import worker_named
from victimcare.referrals.partners import first_partners
from victimcare.resources import resource_dir
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem, Screen
from victimcare.ui.people import People
from victimcare.ui.screens.cases import CasesScreen
from victimcare.ui.screens.importing import ImportScreen
from victimcare.ui.screens.summaries import SummariesScreen
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Job, Work


class Desk:
    """The window, and a keyboard."""

    def __init__(self, qtbot: QtBot, window: MainWindow, work: Work) -> None:  # noqa: F811
        self.qtbot, self.window, self.work = qtbot, window, work

    def press(self, keys: str) -> None:
        chord = QKeySequence(keys)[0]
        QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget() or self.window, chord.key(), chord.keyboardModifiers())
        settle(self.qtbot, self.work)

    def path(self, path: Path) -> None:
        """Type a path into the dialog that opened, and Enter."""
        self.qtbot.waitUntil(lambda: bool(self._dialogs()))
        field = self._dialogs()[0].findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setText(str(path))
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not self._dialogs())
        self.window.activateWindow()  # as a window manager does when a dialog closes
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def rest(self) -> None:
        """Until every job is over and shown."""
        settle(self.qtbot, self.work)
        self.qtbot.waitUntil(self._is_over, timeout=120_000)
        settle(self.qtbot, self.work)

    def shown(self) -> Screen:
        screen = self.window.screen_shown
        assert screen is not None
        return screen

    def _is_over(self) -> bool:
        screen = self.window.screen_shown
        return not self.work.jobs and (not isinstance(screen, ImportScreen) or screen.is_settled)

    def _dialogs(self) -> list[QFileDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]


@pytest.fixture
def desk(qtbot: QtBot, vault: Vault, window: MainWindow, work: Work) -> Desk:  # noqa: F811
    """A new office: the directory of partners, and nobody in it."""
    with vault.transaction() as session:
        first_partners(session)
    window.add_screen("cases", partial(CasesScreen, people=People(work, window)), RailItem("Cases", "folder", "Ctrl+2"))
    window.add_screen("summaries", SummariesScreen, RailItem("Summaries", "table", "Ctrl+6"))
    window.add_screen("import", ImportScreen, under="cases")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Desk(qtbot, window, work)


def people(vault: Vault) -> int:
    with vault.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def save_while_importing(desk: Desk) -> list[str]:
    """Somebody saves while the import writes: what the window says of it."""
    said: list[str] = []
    asked: list[bool] = []

    def save(*_: object) -> None:
        if not asked:
            asked.append(True)
            desk.work.change(desk.window, lambda session: worker_named(session, "VLO 99"), lambda _: said.append("saved"))

    def follow() -> None:
        job = desk.work.jobs[-1] if desk.work.jobs else None
        if isinstance(job, Job):
            job.progressed.connect(lambda done, total, words: save() if total else None)

    desk.work.waiting.connect(said.append)
    desk.work.jobs_changed.connect(follow)
    return said


def test_the_register_comes_in_whole_once_and_leaves_as_a_statement(desk: Desk, vault: Vault, tmp_path: Path) -> None:
    desk.window.go(Place("import"))
    desk.press("F")
    desk.path(resource_dir() / "example" / "register.xlsx")
    desk.rest()
    screen = desk.shown()
    assert isinstance(screen, ImportScreen)
    assert screen.columns.do.text() == "Import 9\u202f806 rows"
    assert people(vault) == 0

    said = save_while_importing(desk)
    desk.press("Ctrl+Return")
    desk.rest()
    assert said == ["Saving after the import", "saved"]
    assert "9\u202f806 of 9\u202f806 rows came in" in screen.result.state.accessibleName()
    assert people(vault) == 2653

    desk.press("Ctrl+Return")  # show the people
    cases = desk.shown()
    assert isinstance(cases, CasesScreen)
    assert cases.head.about.text() == "2\u202f653 people"
    assert cases.table.rows_model.rowCount() == 2653

    desk.window.go(Place("import", "new"))
    desk.press("F")
    desk.path(resource_dir() / "example" / "register.xlsx")
    desk.rest()
    assert screen.columns.do.text() == "Nothing to import"
    assert "All 9\u202f806 rows are here already. Nothing comes in twice." in screen.columns.tells.text()

    desk.press("Ctrl+6")
    desk.rest()
    desk.press("Ctrl+Return")
    desk.path(tmp_path)
    desk.rest()
    statement = {path.suffix: path for path in tmp_path.iterdir() if path.name.startswith("santa-marta_")}
    assert sorted(statement) == [".csv", ".json", ".pdf", ".xlsx"]
    for check in (in_csv, in_json, in_pdf):
        check(statement)


def in_csv(statement: dict[str, Path]) -> None:
    rows = list(csv.DictReader(statement[".csv"].open(encoding="utf-8-sig", newline="")))
    found = {(row["Table"], row["Row"], row["Column"]): row["Value"] for row in rows}
    part = "1 Jan 2017 to 30 Sep 2017 (part-year)"
    assert [found["People referred", year, "People"] for year in ("2015", "2016")] == ["270", "1013"]
    assert [found["Arrests", row, "Arrests"] for row in ("2016", part)] == ["88", "77"]
    prosecutions = partial(lambda row, column: found["Prosecutions by financial year", row, column])
    assert [prosecutions("2016/17", column) for column in ("Successful", "Completed", "Success rate (%)")] == ["33", "44", "75"]
    assert prosecutions("1 Apr 2017 to 30 Sep 2017 (part-year)", "Successful") == "22"


def in_json(statement: dict[str, Path]) -> None:
    tables = {one["name"]: one for one in json.loads(statement[".json"].read_text(encoding="utf-8"))["tables"]}

    def cells(name: str) -> dict[tuple[str, ...], object]:
        return {tuple(cell["key"]): cell["value"] for cell in tables[name]["cells"]}

    assert [cells("People referred")[(year,)] for year in ("2015", "2016")] == [270, 1013]
    assert sorted(cells("Arrests").values()) == [61, 77, 88]
    assert cells("Prosecutions by financial year")["2016/17", "Successful"] == 33
    assert cells("Prosecutions by financial year")["2016/17", "Total"] == 44
    assert 75 in [rate["value"] for rate in tables["Prosecutions by financial year"]["rates"]]
    assert 22 in cells("Prosecutions by financial year").values()


def in_pdf(statement: dict[str, Path]) -> None:
    pages = " ".join(page.extract_text() for page in pypdf.PdfReader(statement[".pdf"]).pages)
    text = " ".join(pages.replace("\u202f", "").split())
    for words in ("2015 270", "2016 1013", "2016 88", "30 Sep 2017 (part-year) 77", "2016/17 33 44 75", "30 Sep 2017 (part-year) 22"):
        assert words in text
