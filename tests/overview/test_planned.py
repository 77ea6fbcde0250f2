"""Appointments and tasks on Today: each appears from records alone, says why, and goes when it is dealt with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.conftest import StandingClock
from tests.overview.test_today import lines, person
from victimcare.casework.appointments import record_appointment, settle_appointment
from victimcare.casework.tasks import add_task, settle_task
from victimcare.casework.workers import my_worker
from victimcare.overview.coming import coming
from victimcare.overview.lines import Group
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)


def told(vault: Vault, kind: str = "APPOINTMENT") -> list[tuple[Group, str, str]]:
    return [(line.group, line.what, line.why) for line in lines(vault, kind)]


def test_an_appointment_is_today_then_now_then_asks_how_it_went_and_goes(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        first = record_appointment(
            session, case_id=person(session), at=NOW + timedelta(hours=3, minutes=28), kind="NEEDS_ASSESSMENT", interpreter="TO_BOOK", language="sq", minutes=30
        )
    assert told(vault) == [(Group.TODAY, "17:30 Needs assessment", "in 3 h 28 min; no interpreter in Albanian is booked")]
    clock.forward(hours=3)
    assert told(vault) == [(Group.NOW, "17:30 Needs assessment", "in 28 minutes; no interpreter in Albanian is booked")]
    clock.forward(minutes=38)
    assert told(vault) == [(Group.NOW, "17:30 Needs assessment", "since 17:30; no interpreter in Albanian is booked")]
    clock.forward(minutes=21)
    assert told(vault) == [(Group.TODAY, "Say how the appointment went", "it was at 17:30: needs assessment")]
    clock.forward(hours=24)
    assert told(vault) == [(Group.LATE, "Say how the appointment went", "Tue 24 Nov, 17:30: needs assessment")]
    with vault.transaction() as session:
        settle_appointment(session, appointment_id=first, version=1, status="NOT_MET")
    assert told(vault) == []


def test_whose_interpreter_is_booked_or_not_needed_nothing_is_lacking(vault: Vault) -> None:
    with vault.transaction() as session:
        needs, other = person(session, interpreter="YES", language="vi"), person(session, interpreter="NO")
        record_appointment(session, case_id=needs, at=NOW + timedelta(hours=1), kind="ROUTINE")
        record_appointment(session, case_id=needs, at=NOW + timedelta(hours=2), kind="ROUTINE", interpreter="BOOKED")
        record_appointment(session, case_id=other, at=NOW + timedelta(hours=3), kind="ROUTINE")
    assert [why for _, _, why in told(vault)] == ["in 1 h; no interpreter in Vietnamese is booked", "in 2 h", "in 3 h"]


def test_tomorrow_and_what_was_withdrawn_are_not_there(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        record_appointment(session, case_id=case_id, at=datetime(2026, 11, 25, 0, 0, tzinfo=UTC), kind="ROUTINE")
        wrong = record_appointment(session, case_id=case_id, at=NOW, kind="ROUTINE")
    with vault.transaction() as session:
        withdraw(session, row_id=wrong, reason="WRONG_CASE")
    assert told(vault) == []
    with vault.reading() as session:
        assert [(one.on, one.what) for one in coming(session)] == [(date(2026, 11, 25), "An appointment")]


def test_an_appointment_of_mine_in_the_case_of_another_is_on_my_today(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session, mine=False)
        record_appointment(session, case_id=case_id, at=NOW, kind="ROUTINE")
        record_appointment(session, case_id=case_id, at=NOW + timedelta(hours=2), kind="COURT_DAY", worker_id=my_worker(session))
    assert [what for _, what, _ in told(vault)] == ["16:02 Support on a court day"]


def test_a_task_is_late_or_due_and_goes_when_done(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        late = add_task(session, case_id=case_id, what="ask the GP", due_on=date(2026, 11, 20))
        add_task(session, case_id=case_id, what="post the form", due_on=TODAY)
        add_task(session, case_id=case_id, what="some day")
        add_task(session, case_id=case_id, what="tomorrow", due_on=TODAY + timedelta(days=1))
    assert told(vault, "TASK") == [(Group.LATE, "Do a task", "due Fri 20 Nov, 4 days late"), (Group.TODAY, "Do a task", "due today")]
    with vault.transaction() as session:
        settle_task(session, task_id=late, version=1)
    assert told(vault, "TASK") == [(Group.TODAY, "Do a task", "due today")]


def test_a_task_of_the_office_is_on_everybodys_today_or_on_that_of_whose_it_is(vault: Vault) -> None:
    from victimcare.casework.workers import record_worker

    with vault.transaction() as session:
        task = add_task(session, what="order leaflets", due_on=TODAY)
        add_task(session, what="theirs", due_on=TODAY, worker_id=record_worker(session, name="VLO 99"))
        mine = add_task(session, what="mine", due_on=TODAY, worker_id=my_worker(session))
    assert [(line.about, line.place, line.case_id) for line in lines(vault, "TASK")] == [(task, "tasks", None), (mine, "tasks", None)]
    with vault.transaction() as session:
        settle_task(session, task_id=task, version=1)
        settle_task(session, task_id=mine, version=1)
    assert told(vault, "TASK") == []
