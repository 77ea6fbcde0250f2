"""Risk reviews: the level of a case follows the newest that stands, and goes back when one is withdrawn."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.case_now import CaseNow, case_now_differences
from victimcare.casework.cases import Case, open_case
from victimcare.casework.dates import DateRefused
from victimcare.casework.risk import look_again_on, review_risk, risk_reviews_of
from victimcare.reference.codelists import UnknownCode
from victimcare.store.vault import Reading, Vault
from victimcare.store.verify import verify
from victimcare.store.withdrawn import withdraw

MONDAY, TODAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return open_case(session, received_on=date(2026, 3, 3), source="NRM", risk="LOW")


def level(vault: Vault, case_id: UUID) -> str | None:
    with vault.reading() as session:
        case, now = session.get(Case, case_id), session.get(CaseNow, case_id)
        assert case is not None
        assert now is not None
        assert case_now_differences(session) == ()
        return case.risk


def test_the_level_follows_the_newest_review_and_back_when_it_is_withdrawn(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        first = review_risk(session, case_id=case_id, on=MONDAY, level="HIGH", review_on=date(2026, 11, 30))
    assert level(vault, case_id) == "HIGH"
    with vault.transaction() as session:
        second = review_risk(session, case_id=case_id, on=TODAY, level="IMMEDIATE")
    assert level(vault, case_id) == "IMMEDIATE"
    with vault.transaction() as session:
        withdraw(session, row_id=second, reason="TAKEN_BACK")
    assert level(vault, case_id) == "HIGH"
    with vault.transaction() as session:
        withdraw(session, row_id=first, reason="MUST_NOT_BE_HELD", why="wrong person")
    assert level(vault, case_id) == "LOW"
    assert verify(vault).findings == []


def test_an_older_review_written_down_late_does_not_count_over_a_newer_one(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        review_risk(session, case_id=case_id, on=TODAY, level="MEDIUM")
        review_risk(session, case_id=case_id, on=MONDAY, level="IMMEDIATE")
    assert level(vault, case_id) == "MEDIUM"


def test_what_comes_next_is_the_newest_reviews_day(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        review_risk(session, case_id=case_id, on=MONDAY, level="HIGH", review_on=TODAY)
        second = review_risk(session, case_id=case_id, on=TODAY, level="LOW", review_on=date(2026, 12, 22))
    with vault.reading() as session:
        now = session.get(CaseNow, case_id)
        assert now is not None
        assert (now.next_due_on, now.next_due_kind) == (date(2026, 12, 22), "RISK_REVIEW")
    with vault.transaction() as session:
        withdraw(session, row_id=second, reason="TAKEN_BACK")
    with vault.reading() as session:
        now = session.get(CaseNow, case_id)
        assert now is not None
        assert now.next_due_on == TODAY


def test_kinds_of_danger_words_and_plan_come_back(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        review_risk(session, case_id=case_id, on=TODAY, level="HIGH", types=("MISSING", "FAMILY_ABROAD"), words="left the house twice", plan="call at six")
    with vault.reading(Reading.case(case_id)) as session:
        [row] = risk_reviews_of(session, case_id)
    assert (row.types, row.words, row.plan) == (("MISSING", "FAMILY_ABROAD"), "left the house twice", "call at six")


def test_what_cannot_be_is_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        with pytest.raises(UnknownCode):
            review_risk(session, case_id=case_id, on=TODAY, level="AWFUL")
        with pytest.raises(UnknownCode):
            review_risk(session, case_id=case_id, on=TODAY, level="LOW", types=("ALIENS",))
        with pytest.raises(DateRefused):
            review_risk(session, case_id=case_id, on=date(2026, 11, 25), level="LOW")
        with pytest.raises(DateRefused):
            review_risk(session, case_id=case_id, on=TODAY, level="LOW", review_on=MONDAY)


def test_great_danger_is_looked_at_sooner() -> None:
    assert look_again_on("IMMEDIATE", TODAY) == look_again_on("HIGH", TODAY) == date(2026, 12, 1)
    assert look_again_on("MEDIUM", TODAY) == look_again_on("NOT_ASSESSED", TODAY) == date(2026, 12, 22)
