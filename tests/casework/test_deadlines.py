"""Deadlines: recorded once, met once, never changed after; what follows from one; entitlement up and down."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, update

from tests.conftest import StandingClock
from victimcare.casework.case_now import CaseNow, case_now_differences
from victimcare.casework.contacts import log_contact
from victimcare.casework.dates import DateRefused
from victimcare.casework.deadlines import (
    DeadlineOutcome,
    DeadlineRow,
    DeadlineSettled,
    DeadlineThere,
    ReasonNeeded,
    deadlines_of,
    meet_deadline,
    record_deadline,
    set_not_applicable,
)
from victimcare.casework.entitlements import entitlements_of, has_enhanced_rights, record_entitlement
from victimcare.casework.opening import TextRefused
from victimcare.reference.codelists import UnknownCode
from victimcare.store.errors import DoesNotFit
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

TODAY, YESTERDAY = date(2026, 11, 24), date(2026, 11, 23)


def rows(vault: Vault, case_id: UUID) -> tuple[DeadlineRow, ...]:
    with vault.reading(Reading.case(case_id)) as session:
        return deadlines_of(session, case_id)


def test_an_arrest_yesterday_is_due_today_and_is_what_comes_next(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_deadline(session, case_id=case_id, rule="VC_ARREST", event_on=YESTERDAY)
    [row] = rows(vault, case_id)
    assert (row.due_on, row.is_enhanced, row.outcome) == (TODAY, True, None)
    with vault.reading() as session:
        now = session.execute(select(CaseNow.next_due_on, CaseNow.next_due_kind).where(CaseNow.case_id == case_id)).one()
        assert tuple(now) == (TODAY, "DEADLINE")
        assert case_now_differences(session) == ()


def test_met_in_time_keeps_what_was_told_and_leaves_what_comes_next(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        deadline = record_deadline(session, case_id=case_id, rule="VC_ARREST", event_on=YESTERDAY)
        contact = log_contact(session, case_id=case_id, at=session.now, channel="PHONE", outcome="SPOKEN")
        meet_deadline(
            session,
            deadline_id=deadline,
            on=TODAY,
            channel="PHONE",
            language="ro",
            understood="YES",
            contact_id=contact,
            told="Two men were arrested.",
            understood_words="Asked whether they can come home.",
        )
    [row] = rows(vault, case_id)
    assert row.outcome is not None
    assert (row.outcome.result, row.outcome.reason, row.outcome.channel, row.outcome.language) == ("MET", None, "PHONE", "ro")
    assert (row.outcome.told, row.outcome.understood_words) == ("Two men were arrested.", "Asked whether they can come home.")
    with vault.reading() as session:
        assert session.scalar(select(CaseNow.next_due_kind).where(CaseNow.case_id == case_id)) is None


def test_after_its_day_it_is_late_and_needs_a_reason_for_being_late(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        deadline = record_deadline(session, case_id=case_id, rule="VC_ARREST", event_on=date(2026, 11, 19))
        with pytest.raises(ReasonNeeded):
            meet_deadline(session, deadline_id=deadline, on=TODAY)
        with pytest.raises(UnknownCode):
            meet_deadline(session, deadline_id=deadline, on=TODAY, reason="IN_ERROR")
        meet_deadline(session, deadline_id=deadline, on=TODAY, reason="HEARD_LATE")
    [row] = rows(vault, case_id)
    assert row.outcome is not None
    assert (row.outcome.result, row.outcome.reason) == ("LATE", "HEARD_LATE")


def test_done_in_time_and_written_down_later_is_not_late(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        deadline = record_deadline(session, case_id=case_id, rule="VC_ARREST", event_on=date(2026, 11, 19))
        meet_deadline(session, deadline_id=deadline, on=date(2026, 11, 20))
    [row] = rows(vault, case_id)
    assert row.outcome is not None
    assert row.outcome.result == "MET"


def test_a_second_outcome_is_refused_and_the_first_stays(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        deadline = record_deadline(session, case_id=case_id, rule="VC_ARREST", event_on=YESTERDAY)
        meet_deadline(session, deadline_id=deadline, on=TODAY)
        for again in (
            lambda: meet_deadline(session, deadline_id=deadline, on=TODAY),
            lambda: set_not_applicable(session, deadline_id=deadline, reason="IN_ERROR"),
        ):
            with pytest.raises(DeadlineSettled, match="recorded already"):
                again()
    [row] = rows(vault, case_id)
    assert row.outcome is not None
    assert row.outcome.result == "MET"


def test_what_came_of_it_cannot_be_written_over(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        deadline = record_deadline(session, case_id=case_id, rule="VC_ARREST", event_on=YESTERDAY)
        meet_deadline(session, deadline_id=deadline, on=TODAY)
    with pytest.raises(DoesNotFit), vault.transaction() as session, session.derived():
        session.execute(update(DeadlineOutcome).values(result="NOT_APPLICABLE"))


def test_a_wrong_one_does_not_apply_and_says_why(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        deadline = record_deadline(session, case_id=case_id, rule="VC_BAIL", event_on=YESTERDAY)
        with pytest.raises(ReasonNeeded):
            set_not_applicable(session, deadline_id=deadline, reason=None)
        with pytest.raises(UnknownCode):
            set_not_applicable(session, deadline_id=deadline, reason="OVERLOOKED")
        set_not_applicable(session, deadline_id=deadline, reason="IN_ERROR", why="Meant for another person.")
    [row] = rows(vault, case_id)
    assert row.outcome is not None
    assert (row.outcome.result, row.outcome.reason, row.outcome.why) == ("NOT_APPLICABLE", "IN_ERROR", "Meant for another person.")


def test_days_that_cannot_be_are_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        with pytest.raises(DateRefused):
            record_deadline(session, case_id=case_id, rule="VC_ARREST", event_on=date(2026, 11, 25))
        deadline = record_deadline(session, case_id=case_id, rule="VC_ARREST", event_on=YESTERDAY)
        for on in (date(2026, 11, 25), date(2026, 11, 22)):
            with pytest.raises(DateRefused):
                meet_deadline(session, deadline_id=deadline, on=on)
        notice = record_deadline(session, case_id=case_id, rule="VIR_NOTICE", event_on=TODAY)
        meet_deadline(session, deadline_id=notice, on=YESTERDAY)  # a notice due the same day may have been given before


def test_the_same_by_hand_twice_is_refused_until_the_first_is_settled(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        first = record_deadline(session, case_id=case_id, rule="VC_BAIL", event_on=YESTERDAY)
        with pytest.raises(DeadlineThere):
            record_deadline(session, case_id=case_id, rule="VC_BAIL", event_on=YESTERDAY)
        set_not_applicable(session, deadline_id=first, reason="IN_ERROR")
        record_deadline(session, case_id=case_id, rule="VC_BAIL", event_on=YESTERDAY)
    assert len(rows(vault, case_id)) == 2


def test_telling_of_no_further_action_starts_the_right_to_review_and_asking_starts_the_answer(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        told = record_deadline(session, case_id=case_id, rule="VC_RELEASE_NFA", event_on=YESTERDAY)
        meet_deadline(session, deadline_id=told, on=TODAY)
    window = next(row for row in rows(vault, case_id) if row.rule == "VRR_POLICE_WINDOW")
    assert (window.event_on, window.due_on) == (TODAY, date(2027, 2, 24))
    with vault.transaction() as session:
        meet_deadline(session, deadline_id=window.id, on=TODAY)
    assert {row.rule: row.due_on for row in rows(vault, case_id) if row.outcome is None} == {
        "VRR_POLICE_ACK": date(2026, 12, 8),
        "VRR_POLICE_RESULT": date(2027, 1, 8),
    }


def test_standard_rights_give_more_days_and_ask_why_and_going_back_is_free(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    with vault.transaction() as session:
        with pytest.raises(TextRefused):
            record_entitlement(session, case_id=case_id, level="STANDARD", why="  ")
        record_entitlement(session, case_id=case_id, level="STANDARD", why="She asked not to be hurried.")
        record_deadline(session, case_id=case_id, rule="VC_ARREST", event_on=TODAY)
        record_deadline(session, case_id=case_id, rule="VC_ARREST", event_on=YESTERDAY)
    assert [(row.event_on, row.is_enhanced, row.due_on) for row in rows(vault, case_id)] == [
        (TODAY, False, date(2026, 12, 1)),
        (YESTERDAY, True, TODAY),  # the day before she still had the enhanced ones
    ]
    clock.forward(days=1)
    with vault.transaction() as session:
        record_entitlement(session, case_id=case_id, level="ENHANCED")
        assert has_enhanced_rights(session, case_id, session.today)
    with vault.reading(Reading.case(case_id)) as session:
        assert [(row.level, row.why) for row in entitlements_of(session, case_id)] == [("ENHANCED", ""), ("STANDARD", "She asked not to be hurried.")]
