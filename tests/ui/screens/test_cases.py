"""The Cases list: who shows, by which words and filters one finds them, and that lock takes it all away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import TODAY, Hands, at, person, settle, texts_of
from victimcare.casework.barriers import record_barrier
from victimcare.casework.case_row import FIELDS, CaseRow
from victimcare.casework.cases import close_case, open_case
from victimcare.casework.contacts import log_contact
from victimcare.casework.identity import record_identity
from victimcare.casework.stance import record_stance
from victimcare.casework.workers import worker_named
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens import cases
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.cases import CasesScreen
from victimcare.ui.widgets.row_delegate import PADDING
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], CasesScreen]
CASES = Place("cases")


def column(screen: CasesScreen, title: str) -> list[str]:
    model = screen.table.rows_model
    at = next(at for at, one in enumerate(model.columns) if one.title == title)
    return [model.cell_text(row, at) for row in model.rows]


def test_each_line_says_who_when_last_reached_and_what_is_next(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        case_id = person(session, "Żaneta Żołnierczyk", nationality="PL")
        log_contact(session, case_id=case_id, at=at(11, 10), channel="TEXT", outcome="SPOKEN", next_on=date(2026, 11, 20))
        record_barrier(session, case_id=case_id, code="COURT_FEAR", since=date(2026, 11, 1))
    screen = show(CASES)
    assert column(screen, "Name used") == ["Żaneta Żołnierczyk"]
    assert column(screen, "Last contact") == ["14 days ago"]
    assert column(screen, "Barriers") == ["1"]
    assert column(screen, "Next date") == ["Late Make contact, 20 Nov"]
    assert column(screen, "Worker") == ["VLO 17"]
    assert column(screen, "Source") == ["Direct report"]


def test_closed_cases_show_only_when_asked_for(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        person(session, "Ana")
        gone = person(session, "Olga")
    with vault.transaction() as session:
        close_case(session, case_id=gone, version=1, on=TODAY)
    screen = show(CASES)
    assert column(screen, "Name used") == ["Ana"]
    assert screen.shown.text() == "1 of 2 shown"
    screen.filters["status"].set_value("CLOSED", "closed")
    assert column(screen, "Name used") == ["Olga"]
    assert screen.filters["status"].accessibleName() == "Status: closed"


def test_the_longest_out_of_touch_come_first(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        for name, day in (("Ana", 20), ("Olga", 3)):
            log_contact(session, case_id=person(session, name), at=at(11, day), channel="TEXT", outcome="SPOKEN")
        person(session, "Merita")
    screen = show(CASES)
    assert column(screen, "Name used") == ["Merita", "Olga", "Ana"]


@pytest.mark.parametrize("typed", ["Zaneta Zolnier", "zolnierczyk", "żołnierczyk żaneta", "Zolnierczik"])
def test_a_person_is_found_by_any_part_of_a_name_in_any_spelling(vault: Vault, show: Show, typed: str) -> None:
    with vault.transaction() as session:
        person(session, "Żaneta Żołnierczyk")
        person(session, "نور")
        person(session, "Lê Thị Thảo")
    screen = show(CASES)
    screen.finder.setText(typed)
    assert column(screen, "Name used") == ["Żaneta Żołnierczyk"]
    assert screen.shown.text() == "1 of 3 shown"


def test_a_name_in_another_script_shows_as_it_is_written(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        for name in ("نور", "ሰላም ተስፋይ", "Василина Засенко", "Lê Thị Thảo"):
            person(session, name)
    screen = show(CASES)
    assert set(column(screen, "Name used")) == {"نور", "ሰላም ተስፋይ", "Василина Засенко", "Lê Thị Thảo"}
    screen.finder.setText("vasilina")
    assert column(screen, "Name used") == ["Василина Засенко"]


def test_filters_narrow_by_worker_barrier_and_last_contact(vault: Vault, show: Show, qtbot, work: Work) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        mine, theirs = person(session, "Ana"), person(session, "Olga", worker_id=worker_named(session, "PC 1182"))
        record_barrier(session, case_id=theirs, code="DEBT", since=TODAY)
        log_contact(session, case_id=mine, at=at(11, 23), channel="TEXT", outcome="SPOKEN")
    screen = show(CASES)
    screen.filters["worker"].set_value("me", "me")
    assert column(screen, "Name used") == ["Ana"]
    screen._reset()
    screen.filters["barrier"].set_value("DEBT", "Debt owed")
    settle(qtbot, work)
    assert column(screen, "Name used") == ["Olga"]
    screen._reset()
    screen.filters["last_contact"].set_value("7", "over 7 days ago")
    assert column(screen, "Name used") == ["Olga"]
    screen._reset()
    assert len(column(screen, "Name used")) == 2


def test_late_people_are_asked_for_by_the_place(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        for name, days in (("Ana", -1), ("Olga", 3)):
            log_contact(session, case_id=person(session, name), at=at(11, 1), channel="TEXT", outcome="SPOKEN", next_on=TODAY + timedelta(days))
    screen = show(Place("cases", "late"))
    assert column(screen, "Name used") == ["Ana"]


def test_stance_is_off_at_first_and_no_way_to_sort_people(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        for name, code in (("Ana", "FULL"), ("Olga", "DECLINES")):
            record_stance(session, case_id=person(session, name), on=TODAY, code=code)
    screen = show(CASES)
    titles = [one.title for one in screen.table.rows_model.columns]
    assert screen.table.isColumnHidden(titles.index("Stance"))
    before = column(screen, "Name used")
    screen.table.sort_by("Stance")
    assert column(screen, "Name used") == before


def test_what_a_colleague_logs_shows_at_once(vault: Vault, show: Show, qtbot, work: Work) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        case_id = person(session, "Ana")
    screen = show(CASES)
    assert column(screen, "Last contact") == ["never"]
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=at(11, 24), channel="TEXT", outcome="SPOKEN")
    qtbot.waitUntil(lambda: column(screen, "Last contact") == ["today"])


def test_enter_opens_the_person_and_back_returns_to_the_list_as_it_was(vault: Vault, show: Show, desk: MainWindow, hands: Hands) -> None:
    with vault.transaction() as session:
        person(session, "Ana")
        olga = person(session, "Olga")
    screen = show(CASES)
    hands.press("/")
    hands.type("olg")
    hands.press("Return")
    shown = desk.screen_shown
    assert isinstance(shown, CaseScreen)
    assert shown.case_id == olga
    hands.press("Alt+Left")
    assert desk.screen_shown is screen
    assert screen.finder.text() == "olg"


def test_copying_a_row_puts_words_on_the_clipboard(vault: Vault, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        person(session, "Ana")
    show(CASES)
    hands.press("Down")
    hands.press("Ctrl+C")
    assert "Ana" in QApplication.clipboard().text()
    assert "VC-2026-0001" in QApplication.clipboard().text()


def test_lock_takes_every_name_off_the_list(vault: Vault, show: Show, desk: MainWindow) -> None:
    with vault.transaction() as session:
        person(session, "Żaneta Żołnierczyk")
    screen = show(CASES)
    screen.finder.setText("Zaneta")
    desk.lock()
    assert screen.table.rows_model.rowCount() == 0
    assert "neta" not in texts_of(screen)


def test_ten_thousand_rows_are_there_and_narrow_to_few(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        first = person(session, "Ana")
    screen = show(CASES)
    [row] = [row for row in screen._all if row.id == first]
    changed = [{"reference": f"VC-2026-{at:05}", "nationality": "PL" if at % 100 else "VN"} for at in range(10_000)]
    many = tuple(CaseRow.of(*(one.get(name, getattr(row, name)) for name in FIELDS)) for one in changed)
    screen._take(many)
    assert screen.shown.text() == "10\u202f000 of 10\u202f000 shown"
    screen.filters["nationality"].set_value("VN", "Viet Nam")
    assert screen.shown.text() == "100 of 10\u202f000 shown"


def test_people_of_a_register_that_nobody_took_up_are_asked_for_by_the_place(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        person(session, "Ana")
        for name in ("Olga", "Merita"):
            case_id = open_case(session, received_on=date(2026, 3, 3), source="NGO", imported=True)
            record_identity(session, case_id=case_id, name_used=name)
        log_contact(session, case_id=case_id, at=at(11, 1), channel="TEXT", outcome="SPOKEN")
    screen = show(Place("cases", "imported"))
    assert column(screen, "Name used") == ["Olga"]
    assert not screen.filters["register"].isHidden()


def test_plans_that_are_stale_or_never_checked_can_be_asked_for(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        person(session, "Ana")
        person(session, "Olga", checked_on=None)
        person(session, "Merita", checked_on=TODAY - timedelta(28))
    screen = show(CASES)
    screen.filters["plan"].set_value("never", "never checked")
    assert column(screen, "Name used") == ["Olga"]
    screen.filters["plan"].set_value("stale", "not checked for 28 days")
    assert set(column(screen, "Name used")) == {"Olga", "Merita"}


def test_names_in_view_are_there_before_those_of_everybody(qtbot: QtBot, vault: Vault, desk: MainWindow, work: Work) -> None:
    with vault.transaction() as session:
        case_id = person(session, "Ana")
    desk.go(CASES)
    settle(qtbot, work)
    screen = desk.screen_shown
    assert isinstance(screen, CasesScreen)
    assert column(screen, "Name used") == ["Ana"]
    assert not screen.people.find("Ana")  # nobody's words are known yet
    with vault.transaction() as session:
        record_identity(session, case_id=case_id, name_used="Anna")
    settle(qtbot, work)
    assert column(screen, "Name used") == ["Anna"]


def test_the_top_of_the_list_is_read_first_and_is_that_of_the_whole(
    qtbot: QtBot, vault: Vault, desk: MainWindow, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "FIRST_ROWS", 2)
    with vault.transaction() as session:
        for name, day in (("Ana", 20), ("Olga", 3), ("Vesna", 3)):
            log_contact(session, case_id=person(session, name), at=at(11, day), channel="TEXT", outcome="SPOKEN")
        person(session, "Merita")
        closed = person(session, "Rina")
    with vault.transaction() as session:
        close_case(session, case_id=closed, version=1, on=TODAY)
    desk.go(CASES)
    screen = desk.screen_shown
    assert isinstance(screen, CasesScreen)
    qtbot.waitUntil(lambda: bool(screen.table.rows_model.rows))
    first = [row.reference for row in screen.table.rows_model.rows][:2]
    settle(qtbot, work)
    assert column(screen, "Name used") == ["Merita", "Olga", "Vesna", "Ana"]
    assert column(screen, "Reference")[:2] == first
    assert screen.shown.text() == "4 of 5 shown"


def test_a_usual_nationality_stands_whole_in_its_column(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        person(session, nationality="GB")
    screen = show(Place("cases"))
    at = next(at for at, column in enumerate(screen.table.rows_model.columns) if column.title == "Nationality")
    words = screen.table.rows_model.cell_text(screen.table.rows_model.rows[0], at)
    assert words == "United Kingdom"
    assert screen.table.fontMetrics().horizontalAdvance(words) + 2 * PADDING <= screen.table.columnWidth(at)
