from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from victimcare.casework.case_list import case_head
from victimcare.casework.cases import open_case
from victimcare.casework.channel_reviews import ReviewRefused, review_channel
from victimcare.casework.contacts import log_contact
from victimcare.casework.merging import merge
from victimcare.casework.opening import TextRefused
from victimcare.casework.safe_contact import check_plan, hours_of, plan_of, plans_of, record_plan
from victimcare.casework.safe_hours import HoursRefused, SafeHours, is_safe_now
from victimcare.casework.suspensions import standing_suspensions, suspensions_of
from victimcare.reference.codelists import UnknownCode
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

NINE = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
CHECKED = date(2026, 11, 18)
BOTH = (SafeHours("PHONE", "YES"), SafeHours("TEXT", "YES"))


def suspended(vault: Vault, case_id: UUID, hours: tuple[SafeHours, ...] = BOTH) -> UUID:
    with vault.transaction() as session:
        record_plan(session, case_id=case_id, hours=hours, checked_on=CHECKED, must_not_know="her brother", danger_word="umbrella")
        log_contact(session, case_id=case_id, at=NINE, channel="PHONE", outcome="WRONG_PERSON")
        (one,) = standing_suspensions(session, [case_id])[case_id]
        return one.id


def test_safe_again_gives_the_channel_back_as_the_plan_has_it(vault: Vault, case_id: UUID) -> None:
    one = suspended(vault, case_id)
    with vault.transaction() as session:
        review_channel(session, suspension_id=one, result="SAFE_AGAIN", words="Her sister answered, who knows.")
    with vault.reading(Reading.case(case_id)) as session:
        assert standing_suspensions(session) == {}
        assert is_safe_now(hours_of(session, [case_id])[case_id], "PHONE", NINE)
        assert len(plans_of(session, case_id)) == 1
        (row,) = suspensions_of(session, case_id)
        assert (row.result, row.words) == ("SAFE_AGAIN", "Her sister answered, who knows.")


def test_not_safe_makes_a_version_that_never_uses_it_and_keeps_the_rest(vault: Vault, case_id: UUID) -> None:
    one = suspended(vault, case_id)
    with vault.transaction() as session:
        review_channel(session, suspension_id=one, result="NOT_SAFE")
    with vault.reading(Reading.case(case_id)) as session:
        plan = plan_of(session, case_id)
        assert set(plan.hours) == {SafeHours("TEXT", "YES"), SafeHours("PHONE", "NO")}
        assert (plan.must_not_know, plan.danger_word, plan.checked_on) == ("her brother", "umbrella", CHECKED)
        assert standing_suspensions(session) == {}
        assert not is_safe_now(hours_of(session, [case_id])[case_id], "PHONE", NINE)
        assert case_head(session, case_id).plan_checked_on == CHECKED


def test_where_it_was_the_only_way_another_must_be_named(vault: Vault, case_id: UUID) -> None:
    one = suspended(vault, case_id, (SafeHours("PHONE", "YES"),))
    with pytest.raises(HoursRefused), vault.transaction() as session:
        review_channel(session, suspension_id=one, result="NOT_SAFE")
    with vault.reading() as session:
        assert standing_suspensions(session)[case_id][0].id == one
    with vault.transaction() as session:
        review_channel(session, suspension_id=one, result="NOT_SAFE", instead=[SafeHours("VIA_WORKER", "ASK")])
    with vault.reading(Reading.case(case_id)) as session:
        assert set(plan_of(session, case_id).hours) == {SafeHours("VIA_WORKER", "ASK"), SafeHours("PHONE", "NO")}


def test_a_review_ends_what_it_saw_and_not_what_came_after(vault: Vault, case_id: UUID) -> None:
    first = suspended(vault, case_id)
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=NINE, channel="PHONE", outcome="UNSAFE_ENDED")
        (second,) = standing_suspensions(session)[case_id]
        review_channel(session, suspension_id=first, result="SAFE_AGAIN", words="Her sister.")
    with vault.reading() as session:
        assert [one.id for one in standing_suspensions(session)[case_id]] == [second.id]
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=NINE, channel="PHONE", outcome="WRONG_PERSON")
        (third,) = standing_suspensions(session)[case_id]
        review_channel(session, suspension_id=third.id, result="SAFE_AGAIN", words="New number.")
    with vault.reading() as session:
        assert standing_suspensions(session) == {}


def test_what_cannot_be_reviewed_is_refused(vault: Vault, case_id: UUID) -> None:
    one = suspended(vault, case_id)
    with vault.transaction() as session:
        with pytest.raises(UnknownCode):
            review_channel(session, suspension_id=one, result="MAYBE")
        with pytest.raises(TextRefused):
            review_channel(session, suspension_id=one, result="SAFE_AGAIN", words="  ")
        with pytest.raises(ReviewRefused):
            review_channel(session, suspension_id=case_id, result="NOT_SAFE")
        review_channel(session, suspension_id=one, result="NOT_SAFE")
    with vault.transaction() as session, pytest.raises(ReviewRefused):
        review_channel(session, suspension_id=one, result="SAFE_AGAIN", words="Again.")


def test_files_of_one_person_that_are_read_as_one_share_plan_suspension_and_review(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        part = open_case(session, received_on=CHECKED, source="NGO")
    suspended(vault, part)
    with vault.reading() as session:
        assert standing_suspensions(session, [case_id]) == {}
    with vault.transaction() as session, pytest.raises(HoursRefused):
        check_plan(session, case_id=case_id, on=CHECKED)
    with vault.transaction() as session:
        merge(session, case_id=part, into_case_id=case_id, why="The same name and number.")
    with vault.reading() as session:
        (one,) = standing_suspensions(session, [case_id])[case_id]
        assert set(hours_of(session, [case_id])[case_id]) == {SafeHours("TEXT", "YES"), SafeHours("PHONE", "NO")}
    with vault.transaction() as session:
        review_channel(session, suspension_id=one.id, result="NOT_SAFE")
        check_plan(session, case_id=case_id, on=NINE.date())
    with vault.reading(Reading.case(case_id)) as session:
        assert standing_suspensions(session) == {}
        plan = plan_of(session, case_id)
        assert plan.checked_on == NINE.date()
        assert (plan.must_not_know, set(plan.hours)) == ("her brother", {SafeHours("TEXT", "YES"), SafeHours("PHONE", "NO")})
