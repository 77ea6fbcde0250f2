"""Importing through the window: nothing before one says so, all or nothing then, never twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select, text

from tests.ui.screens.given import texts_of
from tests.ui.screens.importing.conftest import HEADINGS, PEOPLE
from victimcare.casework.cases import Case
from victimcare.casework.safe_contact import SafeChannel
from victimcare.exchange.leftovers import open_leftovers
from victimcare.store.vault import Vault
from victimcare.ui.screens.importing import ImportScreen
from victimcare.ui.screens.importing.below import DUPLICATES, VALUES
from victimcare.ui.screens.importing.rejects_dialog import RejectsDialog
from victimcare.ui.screens.importing.rows import CellRow, ColumnRow
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Job, Work

Read = Callable[..., ImportScreen]
Rest = Callable[[], None]
Register = Callable[..., Path]


def people(vault: Vault) -> int:
    with vault.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def column(screen: ImportScreen, heading: str) -> ColumnRow:
    rows = [row for row in screen.columns.columns.rows_model.rows if isinstance(row, ColumnRow)]
    return next(row for row in rows if row.column.heading == heading)


def line(screen: ImportScreen, heading: str) -> str:
    model = screen.columns.columns.rows_model
    return " | ".join(model.cell_text(column(screen, heading), at) for at in range(model.columnCount()))


def in_dialog(qtbot: QtBot, typed: str) -> None:
    """Type a path into the file dialog that opened, and Enter."""
    qtbot.waitUntil(lambda: bool(_dialogs()))
    field = _dialogs()[0].findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not _dialogs())


def _dialogs() -> list[QFileDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]


def test_a_register_shows_its_columns_and_writes_nothing(vault: Vault, read: Read, register: Register) -> None:
    screen = read(register())
    assert screen.head.about.text() == "register.csv, 1 sheet, 4 rows"
    assert line(screen, "Date received").startswith("Date received | 23/01/2016; 14/02/2016; 29/03/2016 | Received on | Sure | day first: 4 rows")
    assert "Look | “eve only” in 1 rows: from what hour?" in line(screen, "Safe to call?")
    assert "Given names, sealed | Sure" in line(screen, "First name")
    assert screen.columns.do.text() == "Import 4 rows"
    assert "1 cell will wait in Leftovers" in screen.columns.tells.text()
    assert people(vault) == 0


def test_importing_brings_all_rows_and_a_second_time_none(vault: Vault, read: Read, rest: Rest, register: Register) -> None:
    path = register()
    screen = read(path)
    screen.do()
    rest()
    assert people(vault) == 4
    assert "4 of 4 rows came in" in screen.result.state.accessibleName()
    assert screen.result.leftovers.text() == "See 1 leftover"
    screen.result.another.click()
    read(path)
    assert screen.columns.do.text() == "Nothing to import"
    assert not screen.columns.do.isEnabled()
    assert "All 4 rows are here already. Nothing comes in twice." in screen.columns.tells.text()
    read(register((*PEOPLE, ("A/2016/005", "30/05/2016", "Ion", "Rusu", "", "Romania", "N"))))
    screen.do()
    rest()
    assert people(vault) == 5
    assert "1 of 5 rows came in. 4 rows were here already" in screen.result.state.accessibleName()


def test_a_trial_tells_what_would_come_in_and_keeps_nothing(vault: Vault, read: Read, rest: Rest, register: Register) -> None:
    screen = read(register())
    screen.columns.try_it.click()
    rest()
    assert "4 of 4 rows would come in. Nothing was written." in screen.result.state.accessibleName()
    assert "People: 4" in texts_of(screen.result.facts)
    assert people(vault) == 0
    screen.result.do.click()
    rest()
    assert people(vault) == 4


def test_stopping_takes_everything_back(vault: Vault, work: Work, window: MainWindow, read: Read, rest: Rest, register: Register) -> None:
    screen = read(register())
    begun: list[Job] = []

    def stop() -> None:
        if work.jobs and work.jobs[-1] not in begun:
            begun.append(work.jobs[-1])
            if len(begun) == 2:  # the first compares, the second writes
                window.status.progress._cancel.click()

    work.jobs_changed.connect(stop)
    screen.do()
    rest()
    assert len(begun) == 2
    assert people(vault) == 0
    assert "Nothing" in window.message.text()
    assert screen.stack.currentWidget() is screen.columns
    work.jobs_changed.disconnect(stop)
    screen.do()
    rest()
    assert people(vault) == 4


def test_a_code_chosen_for_a_cell_settles_it(vault: Vault, read: Read, rest: Rest, register: Register) -> None:
    screen = read(register())
    cells = screen.columns.below.cells
    row = next(row for row in cells.rows_model.rows if isinstance(row, CellRow))
    assert (row.problem.value, row.reference, cells.rows_model.cell_text(row, 6)) == ("Yugoslav?", "A/2016/003", "Choose a code")
    screen.columns.below.go_to("cells")
    cells.selectRow(0)
    assert cells.box is not None
    cells.box.set_value("RS")
    rest()
    assert cells.rows_model.cell_text(cells.rows_model.rows[0], 5).startswith("Settled:")
    assert "0 not known" not in line(screen, "Nationality")
    screen.do()
    rest()
    with vault.reading() as session:
        assert sorted(session.scalars(select(Case.nationality))) == ["PL", "RO", "RS", "VN"]
        assert open_leftovers(session) == 0


def test_the_hour_evenings_begin_at_is_asked_and_taken(vault: Vault, read: Read, rest: Rest, register: Register) -> None:
    screen = read(register())
    below = screen.columns.below
    assert below.parts.value() == VALUES  # what asks for a look is shown first
    assert below.title.text() == "What “Safe to call?” means"
    below.hours.set_value(18)
    rest()
    assert "Sure | evenings begin at 18:00, as you said" in line(screen, "Safe to call?")
    screen.do()
    rest()
    with vault.reading() as session:
        rows = session.execute(select(SafeChannel.is_safe, SafeChannel.from_minute).where(SafeChannel.from_minute > 0)).all()
    assert [tuple(row) for row in rows] == [("YES", 18 * 60)]


def test_a_column_sent_elsewhere_takes_the_place_of_the_one_there(read: Read, rest: Rest, register: Register) -> None:
    screen = read(register())
    table = screen.columns.columns
    table.choose(column(screen, "Nationality").id)
    assert table.box is not None
    table.box.set_value("")
    rest()
    assert "Nowhere: kept in the notes | Sure | you chose so" in line(screen, "Nationality")
    table.choose(column(screen, "First name").id)
    assert table.box is not None
    table.box.set_value("referrals.family_name")
    rest()
    assert "Family name, sealed" in line(screen, "First name")
    assert "Nowhere: kept in the notes | Look | “First name” goes there now" in line(screen, "Family name")


def test_dates_that_can_be_read_two_ways_stop_the_import_until_one_says(vault: Vault, window: MainWindow, read: Read, rest: Rest, register: Register) -> None:
    rows = [("A/1", "01/02/2016", "Ana", "Munteanu"), ("A/2", "03/04/2016", "Olga", "Rusu"), ("A/3", "05/06/2016", "Ion", "Pop")]
    screen = read(register(rows, headings=HEADINGS[:4]))
    assert "Unclear | which number is the day?" in line(screen, "Date received")
    assert not screen.columns.do.isEnabled()
    assert "Date received" in window.message.text()
    screen.columns.next_to_look_at()
    screen.columns.below.orders.set_value("MONTH_FIRST")
    rest()
    screen.do()
    rest()
    with vault.reading() as session:
        assert [f"{day:%d %b}" for day in sorted(session.scalars(select(Case.received_on)))] == ["02 Jan", "04 Mar", "06 May"]


def test_possible_duplicates_are_listed_and_never_merged(vault: Vault, read: Read, rest: Rest, register: Register) -> None:
    twice = ("A/2016/009", "01/06/2016", "Ana", "Munteanu", "07700 900102", "Romania", "N")
    screen = read(register((*PEOPLE, twice)))
    screen.columns.below.go_to(DUPLICATES)
    assert [row.one.reference for row in screen.columns.below.duplicates.rows_model.rows] == ["A/2016/009"]
    screen.do()
    rest()
    assert people(vault) == 5
    assert "same name and phone" in screen.result.duplicates.rows_model.cell_text(screen.result.duplicates.rows_model.rows[0], 3)


def test_a_kept_mapping_holds_no_name_and_works_next_time(
    qtbot: QtBot, vault: Vault, window: MainWindow, tmp_path: Path, read: Read, rest: Rest, register: Register
) -> None:
    # One heading is a name, as where a person's column was named after them; and one wording is.
    headings = ("Ref", "Date received", "First name", "Family name", "Mobile", "Nationality", "Linh")
    rows = [(*one[:5], "Hoxha" if one[0].endswith("3") else one[5], one[6]) for one in PEOPLE]
    screen = read(register(rows, headings=headings))
    cells = screen.columns.below.cells
    screen.columns.below.go_to("cells")
    cells.selectRow(0)
    assert cells.box is not None
    cells.box.set_value("AL")
    rest()
    kept = tmp_path / "kept.json"
    screen.columns.keep.click()
    in_dialog(qtbot, str(kept))
    qtbot.waitUntil(lambda: "kept" in window.message.text())
    written = kept.read_text(encoding="utf-8")
    assert not [name for row in rows for name in (row[2], row[3], row[4]) if name in written]
    assert {"Ref", "Nationality"} <= {one["heading"] for sheet in json.loads(written)["sheets"] for one in sheet["columns"]}
    screen.files._take_mapping(kept)
    read(register())
    assert "from the mapping" in line(screen, "Nationality")


def test_rejected_rows_leave_only_after_a_warning_and_that_is_noted(
    qtbot: QtBot, vault: Vault, window: MainWindow, tmp_path: Path, read: Read, rest: Rest, register: Register
) -> None:
    screen = read(register())
    screen.columns.rejects.click()
    dialog = screen.findChild(RejectsDialog)
    assert isinstance(dialog, RejectsDialog)
    assert "names, numbers and notes in clear" in texts_of(dialog)
    dialog.save.click()
    out = tmp_path / "rejects.csv"
    in_dialog(qtbot, str(out))
    rest()
    assert "Yugoslav?" in out.read_text(encoding="utf-8-sig")
    assert "Delete the file" in window.message.text()
    with vault.reading() as session:
        assert "rejected rows written to a file" in list(session.scalars(text("SELECT kind FROM audit")))


def test_dropped_files_are_read(vault: Vault, screen: ImportScreen, rest: Rest, register: Register) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(register()))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    screen.files.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, button, keys))
    rest()
    assert screen.columns.do.text() == "Import 4 rows"


def test_a_file_that_is_no_register_is_refused_in_words(window: MainWindow, screen: ImportScreen, rest: Rest, tmp_path: Path) -> None:
    bad = tmp_path / "picture.csv"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    screen.read([bad])
    rest()
    assert "neither text in columns nor a workbook" in window.message.text()
    assert screen.stack.currentWidget() is screen.files


def test_locking_takes_every_text_of_the_register_away(window: MainWindow, read: Read, rest: Rest, register: Register) -> None:
    screen = read(register())
    screen.columns.try_it.click()
    rest()
    screen.columns.below.go_to(VALUES)
    window.lock("asked")
    assert screen.prepared is None
    said = texts_of(screen)
    for table in (
        screen.columns.columns,
        screen.columns.below.cells,
        screen.columns.below.wordings,
        screen.columns.below.duplicates,
        screen.result.duplicates,
    ):
        assert table.rows_model.rowCount() == 0
        assert table.box is None if hasattr(table, "box") else True
    assert not [word for row in PEOPLE for word in (row[0], row[2], row[3], row[4]) if word in said]


@pytest.mark.parametrize("key", ["F", "D"])
def test_choosing_files_and_folders_needs_no_mouse(qtbot: QtBot, window: MainWindow, screen: ImportScreen, rest: Rest, register: Register, key: str) -> None:
    path = register()
    QTest.keyClick(QApplication.focusWidget() or window, key.lower())
    in_dialog(qtbot, str(path if key == "F" else path.parent))
    rest()
    assert screen.columns.do.text() == "Import 4 rows"
