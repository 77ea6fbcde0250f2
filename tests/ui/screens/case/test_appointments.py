"""Appointments on the case page: planned, moved, clashing, and how one went said within three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import StandingClock
from tests.ui.screens.given import Hands, person, settle
from victimcare.casework.appointments import AppointmentRow, appointments_of, record_appointment
from victimcare.casework.tasks import tasks_of
from victimcare.casework.workers import my_worker, record_worker
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.case.appointment_outcome import AppointmentOutcomeBox
from victimcare.ui.screens.case.appointments import AppointmentBox, AppointmentsPart
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.today import TodayScreen
from victimcare.ui.screens.today_rows import TodayRow
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
SOON = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session, interpreter="YES", language="sq")


def planned(vault: Vault, case_id: UUID, at: datetime = SOON, **facts: object) -> UUID:
    with vault.transaction() as session:
        return record_appointment(session, case_id=case_id, at=at, kind="NEEDS_ASSESSMENT", worker_id=my_worker(session), **facts)  # type: ignore[arg-type]


def rows(vault: Vault, case_id: UUID) -> tuple[AppointmentRow, ...]:
    with vault.reading(Reading.case(case_id)) as session:
        return appointments_of(session, case_id)


def cards(screen: CaseScreen) -> list[str]:
    return next(part for part in screen.parts if isinstance(part, AppointmentsPart)).cards()


def test_one_is_planned_with_the_keyboard_and_shows_what_it_lacks(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    assert cards(screen) == ["None planned"]
    hands.press("M")
    hands.type("fri")
    hands.next()
    hands.type("10.15")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    [row] = rows(vault, ana)
    assert (row.at, row.status, row.interpreter, row.language) == (datetime(2026, 11, 27, 10, 15, tzinfo=UTC), "PLANNED", "TO_BOOK", "sq")
    assert cards(screen) == ["Fri 27 Nov 2026, 10:15: Routine keep-in-touch. No interpreter in Albanian is booked"]
    assert any(entry.headline == "Appointment planned" for entry in screen.stream.entries_model.entries)


def test_a_time_is_asked_for_and_what_was_typed_stays(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    hands.press("M")
    hands.type("fri")
    hands.press("Ctrl+Return")
    box = screen.box
    assert isinstance(box, AppointmentBox)
    assert "Give the time" in box.message.text()
    assert box.on.value() == date(2026, 11, 27)
    assert rows(vault, ana) == ()


def test_the_night_the_clocks_change_is_told_of_in_the_box(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    hands.press("M")
    hands.type("28 mar 2027")
    hands.next()
    hands.type("1.30")
    hands.press("Ctrl+Return")
    box = screen.box
    assert isinstance(box, AppointmentBox)
    assert "The clocks go forward" in box.message.text()
    hands.press("Esc")
    hands.press("M")
    box = screen.box
    assert isinstance(box, AppointmentBox)
    box.on.set_value(date(2027, 10, 31))
    assert "comes twice" in box.twice.accessibleName()
    hands.press("Ctrl+Return")
    assert [row.at for row in rows(vault, ana)] == [datetime(2027, 10, 31, 0, 30, tzinfo=UTC)]


def test_another_at_the_same_time_is_said_and_both_are_kept(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        ilir = person(session, "Ilir")
    planned(vault, ilir)
    screen = show(Place("case", ana))
    hands.press("M")
    hands.type("today")
    hands.next()
    hands.type("15:45")
    box = screen.box
    assert isinstance(box, AppointmentBox)
    assert "another appointment at 15:30 in VC-2026-0002" in box.clash.accessibleName()
    hands.press("Ctrl+Return")
    assert len(rows(vault, ana)) == 1
    assert len(rows(vault, ilir)) == 1


def test_another_time_moves_it_and_the_old_one_stays_in_the_stream(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    first = planned(vault, ana, place="Caritas, room 2")
    screen = show(Place("case", ana))
    screen.open_box(f"appointment {first}")
    box = screen.box
    assert isinstance(box, AppointmentBox)
    box.on.set_value(date(2026, 11, 25))
    box.save()
    settle(qtbot, work)
    new, old = rows(vault, ana)
    assert (old.status, old.moved_to_id) == ("MOVED", new.id)
    assert (new.at, new.place) == (SOON + timedelta(days=1), "Caritas, room 2")
    assert [one.headline for one in screen.stream.entries_model.entries][:2] == ["Appointment planned", "Appointment moved"]


def test_a_change_of_place_alone_moves_nothing(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    first = planned(vault, ana)
    screen = show(Place("case", ana))
    screen.open_box(f"appointment {first}")
    box = screen.box
    assert isinstance(box, AppointmentBox)
    box.place.setText("the library")
    box.interpreter.set_value("BOOKED")
    box.save()
    settle(qtbot, work)
    [row] = rows(vault, ana)
    assert (row.id, row.place, row.interpreter) == (first, "the library", "BOOKED")
    assert "No interpreter" not in cards(screen)[0]


def test_how_it_went_is_said_from_today_within_three_and_the_next_try_is_planned(
    vault: Vault, ana: UUID, desk: MainWindow, people: People, hands: Hands, qtbot: QtBot, work: Work, clock: StandingClock
) -> None:
    first = planned(vault, ana)
    clock.forward(hours=3)
    desk.add_screen("today", partial(TodayScreen, people=people), RailItem("Today", "today", "Ctrl+1"))
    desk.go(Place("today"))
    settle(qtbot, work)
    today = desk.screen_shown
    assert isinstance(today, TodayScreen)
    qtbot.waitUntil(lambda: bool(today.table.rows_model.rows))
    today.table.choose(next(row.id for row in today.table.rows_model.rows if isinstance(row, TodayRow) and row.line.about == first))
    today.table.setFocus()
    hands.press("D")
    case = desk.screen_shown
    assert isinstance(case, CaseScreen)
    assert isinstance(case.box, AppointmentOutcomeBox)
    hands.press("Right")
    hands.press("Ctrl+Return")
    assert hands.count <= 3
    [row] = rows(vault, ana)
    assert row.status == "NOT_MET"
    with vault.reading(Reading.case(ana)) as session:
        [task] = tasks_of(session, ana)
    assert (task.due_on, task.what) == (date(2026, 11, 25), "Make contact: the appointment on Tue 24 Nov 2026 did not come about")
    assert cards(case) == ["None planned; the last, 24 Nov: did not come about"]


def test_one_to_come_can_be_called_off_but_not_kept(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    first = planned(vault, ana)
    screen = show(Place("case", ana))
    screen.open_box(f"appointment_outcome {first}")
    box = screen.box
    assert isinstance(box, AppointmentOutcomeBox)
    assert "KEPT" not in box.status.values
    box.status.set_value("CANCELLED_THEM")
    box.next_on.set_value(None)
    box.save()
    settle(qtbot, work)
    assert [row.status for row in rows(vault, ana)] == ["CANCELLED_THEM"]
    with vault.reading(Reading.case(ana)) as session:
        assert tasks_of(session, ana) == ()


def test_it_may_be_for_another_worker_and_is_then_on_their_time(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        other = record_worker(session, name="VLO 99")
        record_appointment(session, case_id=person(session, "Ilir"), at=SOON, kind="ROUTINE", worker_id=other)
    planned(vault, ana)
    screen = show(Place("case", ana))
    screen.open_box("appointment")
    box = screen.box
    assert isinstance(box, AppointmentBox)
    assert box.whose.currentText() == "VLO 17"
    box.whose.set_value(str(other))
    box.on.set_value(date(2026, 11, 24))
    box.at.set_value(time(15, 30))
    settle(qtbot, work)
    assert "VLO 99 has another appointment at 15:30 in VC-2026-0002. Both can stand" in box.clash.accessibleName()
    box.save()
    settle(qtbot, work)
    assert {row.worker_id == other for row in rows(vault, ana)} == {True, False}
