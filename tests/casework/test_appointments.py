"""Appointments: on the office's clock, moved with a link, settled without a fault, and two at once are said."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from tests.conftest import StandingClock
from tests.ui.screens.given import person
from victimcare.casework.appointments import (
    AppointmentRefused,
    AppointmentRow,
    appointments_of,
    change_appointment,
    clashes,
    lacks_interpreter,
    move_appointment,
    record_appointment,
    settle_appointment,
)
from victimcare.casework.case_list import case_head
from victimcare.casework.dates import DateRefused, comes_twice, from_office_time, in_office_time
from victimcare.casework.workers import my_worker, worker_of_member
from victimcare.store.errors import Conflict
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw

TOMORROW = datetime(2026, 11, 25, 10, tzinfo=UTC)


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


def made(vault: Vault, case_id: UUID, at: datetime = TOMORROW, **facts: object) -> UUID:
    with vault.transaction() as session:
        return record_appointment(session, case_id=case_id, at=at, kind="ROUTINE", worker_id=my_worker(session), **facts)  # type: ignore[arg-type]


def rows(vault: Vault, case_id: UUID) -> tuple[AppointmentRow, ...]:
    with vault.reading(Reading.case(case_id)) as session:
        return appointments_of(session, case_id)


def due(vault: Vault, case_id: UUID) -> tuple[date | None, str | None]:
    with vault.reading() as session:
        head = case_head(session, case_id)
    assert head is not None
    return head.next_due_on, head.next_due_kind


def test_a_planned_one_is_what_comes_next_until_it_is_settled_or_withdrawn(vault: Vault, ana: UUID, clock: StandingClock) -> None:
    first = made(vault, ana, place="Caritas, room 2", who_comes="her sister")
    made(vault, ana, TOMORROW + timedelta(days=3))
    assert due(vault, ana) == (date(2026, 11, 25), "APPOINTMENT")
    clock.forward(hours=24)
    with vault.transaction() as session:
        settle_appointment(session, appointment_id=first, version=1, status="NOT_MET", outcome="nobody at the door")
    assert due(vault, ana) == (date(2026, 11, 28), "APPOINTMENT")
    later, row = rows(vault, ana)
    assert (row.status, row.place, row.who_comes, row.outcome) == ("NOT_MET", "Caritas, room 2", "her sister", "nobody at the door")
    with vault.transaction() as session:
        withdraw(session, row_id=later.id, reason="WRONG_CASE")
    assert due(vault, ana) == (None, None)
    assert [one.id for one in rows(vault, ana)] == [first]


def test_moving_one_links_it_to_the_new_and_carries_what_was_said(vault: Vault, ana: UUID) -> None:
    first = made(vault, ana, place="Caritas", interpreter="BOOKED", language="sq", minutes=45)
    with vault.transaction() as session:
        second = move_appointment(session, appointment_id=first, version=1, at=TOMORROW + timedelta(hours=5), why="her shift")
    new, old = rows(vault, ana)
    assert (old.id, old.status, old.moved_to_id, old.outcome) == (first, "MOVED", second, "her shift")
    assert (new.id, new.place, new.interpreter, new.language, new.minutes, new.status) == (second, "Caritas", "BOOKED", "sq", 45, "PLANNED")
    with pytest.raises(AppointmentRefused), vault.transaction() as session:
        settle_appointment(session, appointment_id=first, version=2, status="CANCELLED_US")


def test_what_cannot_be_so_is_refused(vault: Vault, ana: UUID) -> None:
    first = made(vault, ana)
    for status in ("KEPT", "NOT_MET"):
        with pytest.raises(AppointmentRefused), vault.transaction() as session:
            settle_appointment(session, appointment_id=first, version=1, status=status)
    with pytest.raises(AppointmentRefused), vault.transaction() as session:
        settle_appointment(session, appointment_id=first, version=1, status="MOVED")
    with pytest.raises(DateRefused):
        made(vault, ana, datetime(2036, 1, 1, tzinfo=UTC))
    with vault.transaction() as session:
        settle_appointment(session, appointment_id=first, version=1, status="CANCELLED_THEM")
    with pytest.raises(AppointmentRefused), vault.transaction() as session:
        change_appointment(session, appointment_id=first, version=2, place="elsewhere")


def test_two_workers_changing_the_same_one_lose_neither(vault: Vault, ana: UUID) -> None:
    first = made(vault, ana)
    with vault.transaction() as session:
        change_appointment(session, appointment_id=first, version=1, place="the library", interpreter="BOOKED", language="vi")
    with pytest.raises(Conflict), vault.transaction() as session:
        change_appointment(session, appointment_id=first, version=1, place="the church")
    [row] = rows(vault, ana)
    assert (row.place, row.interpreter, row.language) == ("the library", "BOOKED", "vi")


def test_two_at_once_of_one_worker_are_said_and_not_refused(vault: Vault, ana: UUID) -> None:
    first = made(vault, ana, minutes=30)
    made(vault, ana, TOMORROW + timedelta(minutes=15))
    with vault.reading() as session:
        worker = worker_of_member(session, session.member.id)
        assert worker is not None
        at_once = clashes(session, worker_id=worker, at=TOMORROW + timedelta(minutes=20), minutes=30)
        apart = clashes(session, worker_id=worker, at=TOMORROW + timedelta(minutes=90))
        own = clashes(session, worker_id=worker, at=TOMORROW, minutes=10, but=first)
    assert [one.at for one in at_once] == [TOMORROW, TOMORROW + timedelta(minutes=15)]
    assert at_once[0].reference.startswith("VC-2026-")
    assert apart == ()
    assert own == ()


def test_an_interpreter_is_lacking_where_one_is_needed_and_none_is_booked() -> None:
    assert [lacks_interpreter(booked, needs) for booked in ("UNKNOWN", "TO_BOOK", "BOOKED", "NOT_NEEDED") for needs in ("YES", "NO")] == [
        True, False, True, True, False, False, False, False,
    ]  # fmt: skip


def test_the_night_the_clocks_change() -> None:
    back, forward = date(2026, 10, 25), date(2027, 3, 28)
    at = from_office_time(back, time(1, 30))
    assert at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert in_office_time(at).time() == time(1, 30)
    assert comes_twice(back, time(1, 30))
    assert not comes_twice(back, time(2, 30))
    assert not comes_twice(forward, time(1, 30))
    assert from_office_time(back, time(2, 30)) == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
    with pytest.raises(DateRefused):
        from_office_time(forward, time(1, 30))
