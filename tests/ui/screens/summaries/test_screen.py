"""Summaries: numbers as they may leave, live; files and the register together or not at all; an analyst has it all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.conftest import StandingClock
from tests.store.test_people import ANALYST, joined
from tests.ui.screens.given import texts_of
from victimcare.casework.cases import open_case
from victimcare.store.vault import Vault
from victimcare.summaries.releases import register
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.screens.summaries import SummariesScreen
from victimcare.ui.settings import Settings
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Rest = Callable[[], None]


def in_dialog(qtbot: QtBot, folder: Path) -> None:
    """Type a folder into the dialog that opened, and Enter."""

    def dialogs() -> list[QFileDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(dialogs()))
    field = dialogs()[0].findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(str(folder))
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialogs())


def released(vault: Vault) -> list[tuple[str, str, str, str]]:
    with vault.reading() as session:
        return [(row.report, row.period, row.recipient, row.formats) for row in register(session)]


def table(screen: SummariesScreen, code: str) -> str:
    assert screen.statement is not None
    at = next(at for at, one in enumerate(screen.statement.tables) if one.spec.code == code)
    screen.tables.tabs.choose(at)
    return screen.tables.text()


def test_the_newest_year_shows_at_once_with_its_definition(screen: SummariesScreen) -> None:
    said = table(screen, "people_referred")
    assert "2015\t270" in said
    assert "2016\t1\u202f013" in said
    assert "each counted once" in said
    assert "Part-year. 1 Jan 2017 to 31 Oct 2017" in said  # marked where it is read
    assert "33\t44\t75" in table(screen, "prosecutions")


def test_a_withheld_table_says_why_and_shows_no_number(screen: SummariesScreen) -> None:
    said = table(screen, "bakhita_answers")
    assert "Withheld. At least one of its counts is under 10 people, or nought." in said
    assert screen.tables.table is None
    assert "1 of 11 tables has no numbers" in screen.side.complete.accessibleName()


def test_another_period_and_threshold_are_counted_live(screen: SummariesScreen, rest: Rest) -> None:
    offered = [screen.choices.period.itemText(at) for at in range(screen.choices.period.count())]
    assert {"Calendar year 2016", "Financial year 2016/17", "2017, quarter 3"} <= set(offered)
    screen.choices.period.set_value("2016")
    rest()
    assert "2016\t88" in table(screen, "arrests")
    screen.choices.typed.setText("2016/17")
    screen.choices.typed.editingFinished.emit()
    rest()
    assert screen.statement is not None
    assert screen.statement.period.label == "2016/17"
    screen.choices.typed.setText("last year")
    screen.choices.typed.editingFinished.emit()
    rest()
    assert screen.statement.period.label == "2016"  # what cannot be read is as if it were not there, and says so
    assert screen.choices.typed.property("invalid")
    screen.choices.typed.setText("2019")
    screen.choices.typed.editingFinished.emit()
    rest()
    assert "Nothing that this report counts is recorded in 2019. There are records from" in screen.tables.text()
    assert not screen.side.release.isEnabled()
    screen.choices.typed.clear()
    screen.choices.period.set_value("2017-Q3")
    screen.choices.threshold.set_value(20)
    rest()
    assert "under 20" in screen.side.safe.accessibleName()


def test_a_release_writes_the_files_and_its_entry(vault: Vault, window: MainWindow, screen: SummariesScreen, rest: Rest, qtbot: QtBot, tmp_path: Path) -> None:
    for kind in ("pdf", "xlsx"):
        screen.side.formats[kind].setChecked(False)
    screen.side.recipient.set_value("PARTNERSHIP_BOARD")
    screen.choices.period.set_value("2016")
    rest()
    screen.side.release.click()
    in_dialog(qtbot, tmp_path)
    rest()
    assert sorted(path.suffix for path in tmp_path.iterdir() if path.name.startswith("santa-marta_2016_")) == [".csv", ".json"]
    assert released(vault) == [("santa-marta", "2016", "PARTNERSHIP_BOARD", "csv,json")]
    assert "Released: 2 files" in window.message.text()
    assert "Statement for the Santa Marta Group, 2016" in texts_of(screen.side)


def test_what_is_refused_leaves_no_file_and_no_entry(vault: Vault, window: MainWindow, screen: SummariesScreen, rest: Rest, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    screen.release_to(blocked)
    rest()
    assert "cannot be written to that folder" in window.message.text()
    assert released(vault) == []
    assert blocked.read_text() == "not a folder"
    for box in screen.side.formats.values():
        box.setChecked(False)
    assert not screen.side.release.isEnabled()
    assert "Choose at least one format." in screen.side.why_not.text()


def test_numbers_follow_what_others_write(vault: Vault, screen: SummariesScreen, rest: Rest) -> None:
    screen.choices.period.set_value("2016")
    rest()
    with vault.transaction() as session:
        for _ in range(20):
            open_case(session, received_on=date(2016, 5, 5), source="DIRECT_REPORT")
    rest()
    assert "2016\t1\u202f033" in table(screen, "people_referred")


def test_locking_takes_the_numbers_away(window: MainWindow, screen: SummariesScreen) -> None:
    assert "270" in screen.tables.text()
    window.lock("asked")
    assert screen.statement is None
    assert "270" not in screen.tables.text()
    assert "1 of 11" not in texts_of(screen.side.why_not)


def test_an_analyst_releases_without_any_key_to_cases(qtbot: QtBot, qapp: object, vault: Vault, clock: StandingClock, tmp_path: Path) -> None:
    analyst = joined(vault, "Analyst 2", ANALYST, clock)
    assert not analyst.keyring.holds_casework
    work = Work(analyst)
    window = MainWindow(work, Settings(tmp_path / "settings"), vault_name="Example", vault_id="v1", user="Analyst 2")
    qtbot.addWidget(window)
    window.show()
    window.add_screen("summaries", SummariesScreen, RailItem("Summaries", "table"))
    window.go(Place("summaries"))
    screen = window.screen_shown
    assert isinstance(screen, SummariesScreen)
    qtbot.waitUntil(lambda: screen.statement is not None and screen.choices.period.count() > 1, timeout=20_000)
    screen.release_to(tmp_path / "out")
    qtbot.waitUntil(lambda: not work.jobs and "Released" in window.message.text(), timeout=60_000)
    assert len(list((tmp_path / "out").iterdir())) == 4
    assert [row[0] for row in released(vault)] == ["santa-marta"]
    work.stop()
    analyst.close()


@pytest.mark.parametrize("name", ["partnership-board", "bakhita-caritas", "barriers", "nrm"])
def test_every_report_can_be_shown(screen: SummariesScreen, rest: Rest, name: str) -> None:
    screen.choices.report.set_value(name)
    rest()
    assert screen.statement is not None
    assert screen.statement.report.name == name
    assert screen.tables.tabs.count() == len(screen.statement.tables)
    assert screen.side.recipient.value() == screen.statement.report.recipient
    for at in range(screen.tables.tabs.count()):
        screen.tables.tabs.choose(at)
        assert f"Table {at + 1}." in screen.tables.text()
