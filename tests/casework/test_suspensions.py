from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from victimcare.casework.contacts import contacts_of, correct_contact, log_contact, needs_safety_review
from victimcare.casework.safe_contact import hours_of, record_plan
from victimcare.casework.safe_hours import SafeHours, is_safe_now, usable_hours
from victimcare.casework.suspensions import standing_suspensions, suspensions_of
from victimcare.reference.codelists import codelist
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw

TODAY = date(2026, 11, 24)
NINE = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
ANY_TIME = (SafeHours("PHONE", "YES", may_leave_message=True), SafeHours("TEXT", "YES"))


def channels(vault: Vault, case_id: UUID) -> list[str]:
    with vault.reading() as session:
        return [one.channel for one in standing_suspensions(session, [case_id]).get(case_id, ())]


@pytest.mark.parametrize("outcome", codelist("contact_outcome").codes)
def test_exactly_the_outcomes_that_raise_a_safety_review_suspend_the_channel(vault: Vault, case_id: UUID, outcome: str) -> None:
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=NINE, channel="PHONE", outcome=outcome)
    assert channels(vault, case_id) == (["PHONE"] if outcome in ("WRONG_PERSON", "UNSAFE_ENDED") else [])
    assert needs_safety_review(outcome) is (outcome in ("WRONG_PERSON", "UNSAFE_ENDED"))


def test_what_a_register_says_of_long_ago_suspends_nothing(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=NINE, channel="PHONE", outcome="WRONG_PERSON", imported=True)
    assert channels(vault, case_id) == []


def test_a_suspended_channel_is_not_safe_while_the_others_stay_as_agreed(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_plan(session, case_id=case_id, hours=ANY_TIME, checked_on=TODAY)
        log_contact(session, case_id=case_id, at=NINE, channel="PHONE", outcome="WRONG_PERSON")
    with vault.reading() as session:
        hours = hours_of(session, [case_id])[case_id]
    assert not is_safe_now(hours, "PHONE", NINE)
    assert is_safe_now(hours, "TEXT", NINE)


def test_a_new_version_of_the_plan_does_not_lift_a_suspension(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=NINE, channel="PHONE", outcome="UNSAFE_ENDED")
        record_plan(session, case_id=case_id, hours=ANY_TIME, checked_on=TODAY)
    with vault.reading() as session:
        assert not is_safe_now(hours_of(session, [case_id])[case_id], "PHONE", NINE)


def test_a_contact_withdrawn_or_corrected_does_not_lift_it_and_a_correction_adds_none(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        wrong = log_contact(session, case_id=case_id, at=NINE, channel="PHONE", outcome="WRONG_PERSON")
        withdraw(session, row_id=log_contact(session, case_id=case_id, at=NINE, channel="TEXT", outcome="UNSAFE_ENDED"), reason="TAKEN_BACK")
    with vault.transaction() as session:
        again = correct_contact(session, contact_id=wrong, at=NINE, channel="PHONE", outcome="WRONG_PERSON", minutes=2)
    with vault.transaction() as session:
        correct_contact(session, contact_id=again, at=NINE, channel="PHONE", outcome="NO_ANSWER")
    with vault.reading() as session:
        assert len([row for row in suspensions_of(session, case_id, {}) if row.channel == "PHONE"]) == 1
        assert len(contacts_of(session, case_id, {})) == 3
    assert sorted(channels(vault, case_id)) == ["PHONE", "TEXT"]


def test_two_incidents_of_one_channel_are_one_suspension_to_look_at_the_newest(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=NINE - timedelta(days=1), channel="PHONE", outcome="WRONG_PERSON")
        log_contact(session, case_id=case_id, at=NINE, channel="PHONE", outcome="UNSAFE_ENDED")
    with vault.reading() as session:
        (one,) = standing_suspensions(session)[case_id]
    assert one.words(TODAY) == "Calls suspended since 24 Nov 09:12: ended early because it was unsafe"


def test_the_words_give_the_office_clock_and_no_hour_nobody_knew(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=datetime(2026, 7, 1, 8, 5, tzinfo=UTC), channel="TEXT", outcome="WRONG_PERSON")
        log_contact(session, case_id=case_id, at=datetime(2025, 11, 3, tzinfo=UTC), channel="POST", outcome="WRONG_PERSON", is_time_known=False)
    with vault.reading() as session:
        said = [one.since(TODAY) for one in standing_suspensions(session)[case_id]]
    assert said == ["Text messages suspended since 1 Jul 09:05", "Letters suspended since 3 Nov 2025"]


def test_every_channel_has_words_for_what_is_suspended() -> None:
    assert set(codelist("channel_review").extra["plural"]) == set(codelist("contact_channel").codes)


def test_usable_hours_leave_nothing_agreed_for_a_suspended_channel() -> None:
    assert usable_hours(ANY_TIME, ["PHONE"]) == (SafeHours("TEXT", "YES"), SafeHours("PHONE", "NO"))
    assert usable_hours(ANY_TIME, []) == ANY_TIME
