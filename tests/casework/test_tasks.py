"""Tasks: of a case or of the office, done or dropped with words, and what is due of a case."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.ui.screens.given import person
from victimcare.casework.case_list import case_head
from victimcare.casework.opening import TextRefused
from victimcare.casework.tasks import TaskSettled, add_task, change_task, settle_task, tasks_of
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


def due(vault: Vault, case_id: UUID) -> tuple[date | None, str | None]:
    with vault.reading() as session:
        head = case_head(session, case_id)
    assert head is not None
    return head.next_due_on, head.next_due_kind


def test_the_soonest_open_task_is_due_until_it_is_done_or_dropped(vault: Vault, ana: UUID) -> None:
    with vault.transaction() as session:
        monday = add_task(session, case_id=ana, what="post the form", due_on=MONDAY)
        friday = add_task(session, case_id=ana, what="ask the GP", due_on=FRIDAY)
        some_day = add_task(session, case_id=ana, what="find a class")
    assert due(vault, ana) == (FRIDAY, "TASK")
    with vault.transaction() as session:
        settle_task(session, task_id=friday, version=1, outcome="seen on Tuesday")
    assert due(vault, ana) == (MONDAY, "TASK")
    with vault.transaction() as session:
        settle_task(session, task_id=monday, version=1, is_done=False, outcome="she has one")
    assert due(vault, ana) == (None, None)
    with vault.reading(Reading.case(ana)) as session:
        found = tasks_of(session, ana)
    assert [(row.id, row.status, row.outcome) for row in found] == [
        (some_day, "OPEN", ""), (friday, "DONE", "seen on Tuesday"), (monday, "DROPPED", "she has one"),
    ]  # fmt: skip


def test_dropping_one_asks_why_and_what_is_done_stays_done(vault: Vault, ana: UUID) -> None:
    with vault.transaction() as session:
        task = add_task(session, case_id=ana, what="post the form")
    with pytest.raises(TextRefused), vault.transaction() as session:
        settle_task(session, task_id=task, version=1, is_done=False)
    with vault.transaction() as session:
        settle_task(session, task_id=task, version=1)
    with pytest.raises(TaskSettled), vault.transaction() as session:
        change_task(session, task_id=task, version=2, what="again", due_on=None, worker_id=None)
    with pytest.raises(TextRefused), vault.transaction() as session:
        add_task(session, case_id=ana, what="  ")


def test_a_task_of_the_office_is_of_no_case(vault: Vault, ana: UUID) -> None:
    with vault.transaction() as session:
        add_task(session, what="order leaflets in Vietnamese", due_on=FRIDAY)
        add_task(session, case_id=ana, what="ask the GP")
    assert due(vault, ana) == (None, None)
    with vault.reading(Reading.office("tasks")) as session:
        assert [row.what for row in tasks_of(session, None)] == ["order leaflets in Vietnamese"]
