"""What is done with a case as a whole, from H: each step says what it does, is in the stream, and asks once where it cannot be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.casework.test_restricted import colleague
from tests.conftest import StandingClock
from tests.ui.screens.given import Hands, person, settle, texts_of
from victimcare.casework.approvals import ask_approval
from victimcare.casework.barriers import record_barrier
from victimcare.casework.case_list import case_list
from victimcare.casework.cases import Case, case_facts
from victimcare.casework.deadlines import record_deadline
from victimcare.casework.documents import documents_of
from victimcare.casework.merging import merge
from victimcare.casework.notes import record_note
from victimcare.casework.retention import review_retention
from victimcare.casework.workers import Worker, record_worker
from victimcare.store.reading import Reading
from victimcare.store.rights import Right, Role
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.cases import CasesScreen
from victimcare.ui.screens.today import TodayScreen
from victimcare.ui.screens.today_rows import TodayRow
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
TODAY = date(2026, 11, 24)


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


def headlines(screen: CaseScreen) -> list[str]:
    return [entry.headline for entry in screen.stream.entries_model.entries]


def box(screen: CaseScreen) -> Any:
    assert screen.box is not None
    return screen.box


def without_supervising(vault: Vault) -> None:
    """The signed-in member as one who may not supervise: the screen asks the member's rights."""
    member = vault.member
    object.__setattr__(member, "roles", frozenset({Role.CASEWORKER}))
    assert Right.SUPERVISE not in member.rights


def test_closing_says_what_is_open_and_changes_nothing_in_it(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        record_barrier(session, case_id=ana, code="SELF_REPRISAL", since=TODAY)
        record_deadline(session, case_id=ana, rule="VC_ARREST", event_on=date(2026, 11, 23))
    screen = show(Place("case", ana))
    hands.press("H")
    hands.press("C")
    assert "1 deadline; 1 barrier" in texts_of(box(screen))
    hands.type("moved")
    hands.press("Ctrl+Return")
    assert "Closed 24 Nov 2026" in screen.head.about.text()
    assert "Closed" in headlines(screen)
    assert len(screen.shown.barriers) == 1 if screen.shown else False
    hands.press("H")
    hands.press("O")
    hands.type("she came back")
    hands.press("Ctrl+Return")
    assert "Open since 3 Mar 2026" in screen.head.about.text()
    assert "Reopened" in headlines(screen)


def test_a_close_without_a_reason_is_refused_in_words(vault: Vault, ana: UUID, show: Show) -> None:
    screen = show(Place("case", ana))
    screen.open_box("close")
    box(screen).save()
    assert "Choose why it is closed" in texts_of(box(screen))


def test_handing_over_asks_why_and_says_to_whom(vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        record_worker(session, name="VLO 23")
    screen = show(Place("case", ana))
    hands.press("H")
    hands.press("H")
    hands.type("vlo 23")
    box(screen).save()
    assert "Say in a few words why" in texts_of(box(screen))
    box(screen).why.set_text("on leave from Monday")
    box(screen).save()
    settle(qtbot, work)
    assert "Worker VLO 23" in screen.head.about.text()
    assert "Handed over to VLO 23" in headlines(screen)


def test_who_never_had_a_case_can_take_one_over(vault: Vault, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        case_id = person(session, worker_id=record_worker(session, name="VLO 23"))
    with vault.transaction() as session:
        mine = session.scalar(select(Worker).where(Worker.member_id == vault.member.id))
        if mine is not None:
            mine.name, mine.member_id = "VLO 99", None
    screen = show(Place("case", case_id))
    screen.open_box("hand_over")
    box(screen).to.set_value("ME")
    box(screen).why.set_text("I know her language")
    box(screen).save()
    settle(qtbot, work)
    assert "Worker VLO 17" in screen.head.about.text()


def test_nobody_takes_a_case_over_unless_that_was_chosen(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    screen.open_box("hand_over")
    box(screen).why.set_text("leaving the office")
    box(screen).save()
    settle(qtbot, work)
    assert "Choose who takes the case on, or nobody for now." in texts_of(box(screen))
    box(screen).to.set_value("NOBODY")
    box(screen).save()
    settle(qtbot, work)
    assert screen.shown.facts.worker_id is None


def test_restricting_says_who_reads_it_and_lifting_opens_it_again(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work, clock: StandingClock) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    vault.refresh_membership()
    screen = show(Place("case", ana))
    screen.open_box("restrict")
    settle(qtbot, work)
    assert "VLO 17 and VLO 23 can read it" in texts_of(box(screen))
    box(screen).readers[other.member.id].setChecked(False)
    assert "Only VLO 17 can read it" in texts_of(box(screen))
    box(screen).why.set_text("her cousin works here")
    box(screen).save()
    settle(qtbot, work)
    assert "Restricted" in headlines(screen)
    with other.reading() as session:
        assert case_list(session) == ()
    screen.open_box("restrict")
    settle(qtbot, work)
    box(screen).scope.set_value("ALL")
    box(screen).why.set_text("the cousin has left")
    box(screen).save()
    settle(qtbot, work)
    with other.reading(Reading.case(ana)) as session:
        assert [row.reference for row in case_list(session)] == ["VC-2026-0001"]
    other.close()


def test_files_read_as_one_are_restricted_and_opened_as_one(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work, clock: StandingClock) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    vault.refresh_membership()
    with vault.transaction() as session:
        part = person(session, "Anna")
        session.flush()
        merge(session, case_id=part, into_case_id=ana, why="the same phone")
    screen = show(Place("case", ana))

    def open_to(colleague: Vault) -> list[bool]:
        with colleague.reading() as session:
            return [session.can_open(one) for one in (ana, part)]

    for scope, expected in (("NAMED", [False, False]), ("ALL", [True, True])):
        screen.open_box("restrict")
        settle(qtbot, work)
        box(screen).scope.set_value(scope)
        box(screen).readers[other.member.id].setChecked(False)
        assert scope == "ALL" or "read as one with it: VC-2026-0002" in texts_of(box(screen))
        box(screen).why.set_text("her cousin works here")
        box(screen).save()
        settle(qtbot, work)
        assert screen.box is None
        assert open_to(other) == expected
        assert open_to(vault) == [True, True]
    other.close()


def test_the_page_of_who_lost_the_right_goes_away(
    vault: Vault, ana: UUID, show: Show, desk: MainWindow, qtbot: QtBot, work: Work, clock: StandingClock
) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    vault.refresh_membership()
    screen = show(Place("case", ana))
    screen.open_box("restrict")
    settle(qtbot, work)
    box(screen).readers[vault.member.id].setChecked(False)
    assert "You yourself could not read it any more" in texts_of(box(screen))
    box(screen).why.set_text("a conflict of interest")
    box(screen).save()
    settle(qtbot, work)
    assert isinstance(desk.screen_shown, CasesScreen)
    assert "Ana" not in texts_of(screen)
    assert screen.stream.entries_model.entries == ()
    other.close()


def test_who_is_no_supervisor_asks_and_a_supervisor_answers_from_today(
    vault: Vault, ana: UUID, show: Show, desk: MainWindow, people: People, hands: Hands
) -> None:
    with vault.transaction() as session:
        asked = ask_approval(session, case_id=ana, kind="RESTRICT", why="her cousin works here")
    desk.add_screen("today", partial(TodayScreen, people=people), RailItem("Today", "today", "Ctrl+1"))
    today: Any = show(Place("today"))
    rows = [row for row in today.table.rows_model.rows if isinstance(row, TodayRow)]
    at = next(place for place, row in enumerate(today.table.rows_model.rows) if isinstance(row, TodayRow) and row.line.kind == "APPROVAL")
    assert [row.line.about for row in rows if row.line.kind == "APPROVAL"] == [asked]
    today._open_row(today.table.rows_model.rows[at])
    hands._rest()
    screen: Any = desk.screen_shown
    assert "her cousin works here" in texts_of(box(screen))
    box(screen).why.set_text("agreed, restricted today")
    box(screen).save()
    hands._rest()
    assert "Restrict a case to named users: allowed" in headlines(screen)
    today = show(Place("today"))
    assert not [row for row in today.table.rows_model.rows if isinstance(row, TodayRow) and row.line.kind == "APPROVAL"]


def test_a_caseworker_is_offered_to_ask(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    without_supervising(vault)
    screen = show(Place("case", ana))
    for form in ("restrict", "erase"):
        screen.open_box(form)
        assert "Ask a supervisor" in texts_of(box(screen))
        box(screen).why.set_text("please")
        box(screen).save()
        settle(qtbot, work)
    assert {"Asked a supervisor: restrict a case to named users", "Asked a supervisor: erase a case for good"} <= set(headlines(screen))


def test_a_retention_review_comes_to_today_on_its_day(vault: Vault, ana: UUID, show: Show, desk: MainWindow, people: People, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    screen.open_box("retention")
    box(screen).category.set_value("NOT_TAKEN_FORWARD")
    assert box(screen).review_on.value() == date(2027, 5, 24)
    box(screen).review_on.set_value(TODAY)
    box(screen).why.set_text("no indicators")
    box(screen).save()
    settle(qtbot, work)
    assert "Retention: Referral not taken forward" in headlines(screen)
    desk.add_screen("today", partial(TodayScreen, people=people), RailItem("Today", "today", "Ctrl+1"))
    today: Any = show(Place("today"))
    assert "Decide whether the file is kept" in [row.line.what for row in today.table.rows_model.rows if isinstance(row, TodayRow)]
    with vault.transaction() as session:
        review_retention(session, case_id=ana, category="NGO_SUPPORT", hold=False, review_on=date(2028, 1, 1), why="support goes on")
    settle(qtbot, work)
    assert "Decide whether the file is kept" not in [row.line.what for row in today.table.rows_model.rows if isinstance(row, TodayRow)]


def test_erasing_asks_for_the_reference_and_takes_everything(vault: Vault, ana: UUID, show: Show, desk: MainWindow, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        other = person(session, "Anna")
        record_note(session, case_id=ana, on=TODAY, text="a note of hers")
        record_deadline(session, case_id=ana, rule="VC_ARREST", event_on=date(2026, 11, 23))
        merge(session, case_id=other, into_case_id=ana, why="the same phone")
    screen = show(Place("case", ana))
    screen.open_box("erase")
    settle(qtbot, work)
    said = texts_of(box(screen))
    assert "Any made before today can bring the case back" in said
    assert "VC-2026-0002, read as one with this case" in said
    assert "It cannot be undone" in said
    box(screen).reason.set_value("REQUESTED")
    box(screen).typed.setText("VC-2026-9999")
    box(screen).save()
    assert "Type VC-2026-0001 to agree" in texts_of(box(screen))
    box(screen).typed.setText("vc-2026-0001")
    box(screen).save()
    qtbot.waitUntil(lambda: isinstance(desk.screen_shown, CasesScreen), timeout=10_000)
    settle(qtbot, work)
    with vault.reading(Reading.case(ana)) as session:
        assert case_facts(session, ana) is None
        assert documents_of(session, ana) == ()
        assert [row.reference for row in case_list(session)] == ["VC-2026-0002"]
        assert session.get(Case, other) is not None


def test_a_held_case_is_not_erased(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        review_retention(session, case_id=ana, category="CPIA", hold=False, review_on=None, why="trial in May")
    screen = show(Place("case", ana))
    screen.open_box("erase")
    box(screen).reason.set_value("REQUESTED")
    box(screen).typed.setText("VC-2026-0001")
    box(screen).save()
    assert "is held and must not be erased" in texts_of(box(screen))


def test_erasing_while_another_has_the_vault_open_says_so(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work, clock: StandingClock) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    screen = show(Place("case", ana))
    screen.open_box("erase")
    box(screen).reason.set_value("REQUESTED")
    box(screen).typed.setText("VC-2026-0001")
    box(screen).save()
    qtbot.waitUntil(lambda: "is open in another window or by another user" in texts_of(box(screen)), timeout=10_000)
    other.close()
    with vault.reading() as session:
        assert case_facts(session, ana) is not None


def test_two_files_are_read_as_one_and_apart_again(vault: Vault, ana: UUID, show: Show, desk: MainWindow, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        other = person(session, "Anna")
        record_note(session, case_id=other, on=TODAY, text="met at the day centre")
        record_barrier(session, case_id=other, code="SELF_REPRISAL", since=TODAY)
    screen = show(Place("case", ana))
    screen.open_box("merge")
    box(screen).other.setText("vc-2026-0002")
    box(screen).why.set_text("the same date of birth")
    box(screen).save()
    settle(qtbot, work)
    notes = [entry for entry in screen.stream.entries_model.entries if entry.kind == "NOTE"]
    assert [entry.muted for entry in notes] == ["by VLO 17, in VC-2026-0002"]
    assert notes[0].parts == (("", "met at the day centre"),)
    assert "Read as one with VC-2026-0001" in headlines(screen)
    assert screen.shown is not None
    assert len(screen.shown.barriers) == 1
    show(Place("case", other))
    assert desk.history.place == Place("case", ana)
    assert "VC-2026-0002 is the same person" in texts_of(desk)
    cases: Any = show(Place("cases"))
    cases.finder.setText("Anna")
    settle(qtbot, work)
    assert [row.reference for row in cases.table.rows_model.rows] == ["VC-2026-0001"]  # by either name, the one that leads
    desk.back()
    settle(qtbot, work)
    link = screen.shown.file.merges[0]
    screen.open_box(f"part {link.id}")
    box(screen).why.set_text("two sisters")
    box(screen).save()
    settle(qtbot, work)
    assert not [entry for entry in screen.stream.entries_model.entries if entry.kind == "NOTE"]
    assert "Read apart again" in headlines(screen)


def test_the_sensitivity_of_an_entry_is_said_for_a_schedule(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        note = record_note(session, case_id=ana, on=TODAY, text="her sister rang")
    screen = show(Place("case", ana))
    screen.open_box(f"sensitivity {note}")
    box(screen).code.set_value("THIRD_PARTY")
    box(screen).save()
    assert "how a schedule lists it" in texts_of(box(screen))
    box(screen).description.set_text("note of a call with a relative")
    box(screen).save()
    settle(qtbot, work)
    assert screen.shown is not None
    assert [(row.row_id, row.code, row.description) for row in screen.shown.file.sensitivities] == [(note, "THIRD_PARTY", "note of a call with a relative")]
