"""Files that wait as a whole: a retention review on its day, a request until a supervisor has answered."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.casework.test_restricted import colleague
from tests.conftest import StandingClock
from victimcare.casework.approvals import ask_approval, decide, take_back
from victimcare.casework.cases import close_case, open_case
from victimcare.casework.merging import merge
from victimcare.casework.retention import review_retention
from victimcare.casework.workers import my_worker
from victimcare.overview.lines import Line, Scope
from victimcare.overview.today import today_lines
from victimcare.store.restrict import restrict
from victimcare.store.rights import Role
from victimcare.store.vault import Vault

TODAY = date(2026, 11, 24)


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return open_case(session, received_on=date(2026, 3, 1), source="DIRECT_REPORT", worker_id=my_worker(session))


def lines(vault: Vault, kind: str, scope: Scope = Scope.MINE) -> list[Line]:
    with vault.reading() as session:
        return [line for line in today_lines(session, scope=scope) if line.kind == kind]


def review(vault: Vault, case_id: UUID, on: date | None) -> None:
    with vault.transaction() as session:
        review_retention(session, case_id=case_id, category="NGO_SUPPORT", hold=False, review_on=on, why="policy")


def test_a_review_comes_on_its_day_and_goes_with_the_next(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    review(vault, case_id, date(2026, 11, 26))
    assert lines(vault, "RETENTION") == []
    clock.forward(days=3)
    [line] = lines(vault, "RETENTION")
    assert line.why == "due Thu 26 Nov, 1 day late; kept as: NGO support record"
    review(vault, case_id, date(2028, 1, 1))
    assert lines(vault, "RETENTION") == []


def test_a_closed_file_is_looked_at_too_and_a_merged_one_with_the_one_that_leads(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        close_case(session, case_id=case_id, version=1, on=TODAY)
    review(vault, case_id, TODAY)
    for scope in Scope:
        assert len(lines(vault, "RETENTION", scope)) == (0 if scope is Scope.TEAM else 1)
    with vault.transaction() as session:
        other = open_case(session, received_on=TODAY, source="DIRECT_REPORT", worker_id=my_worker(session))
    with vault.transaction() as session:
        merge(session, case_id=case_id, into_case_id=other, why="the same person")
    assert lines(vault, "RETENTION") == []


def test_a_request_waits_until_it_is_answered(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    with other.transaction() as session:
        first = ask_approval(session, case_id=case_id, kind="ERASE", why="she asked")
        second = ask_approval(session, case_id=case_id, kind="RESTRICT", why="a cousin works here")
    assert lines(other, "APPROVAL") == []  # nobody but a supervisor can answer
    assert [line.what for line in lines(vault, "APPROVAL")] == [
        "Answer a request: erase a case for good",
        "Answer a request: restrict a case to named users",
    ]
    with vault.transaction() as session:
        decide(session, approval_id=first, version=1, is_given=False, answer="held for the trial")
    with other.transaction() as session:
        take_back(session, approval_id=second, version=1)
    assert lines(vault, "APPROVAL") == []
    other.close()


def test_a_request_about_a_case_restricted_to_others_is_not_shown(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    with other.transaction() as session:
        ask_approval(session, case_id=case_id, kind="ERASE", why="she asked")
    with vault.transaction() as session:
        restrict(session, case_id=case_id, version=1, members=[other.member.id])
    assert lines(vault, "APPROVAL") == []
    other.close()
