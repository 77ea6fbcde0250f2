from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from victimcare.casework.barriers import record_barrier
from victimcare.casework.case_list import case_head
from victimcare.casework.case_now import CaseNow, CaseNowDifference, case_now_differences, recompute
from victimcare.casework.cases import close_case, open_case, reopen_case
from victimcare.casework.contacts import log_contact
from victimcare.store.vault import Vault


def test_verify_finds_what_does_not_follow_from_the_records_and_recomputing_mends_it(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_barrier(session, case_id=case_id, code="DEBT", since=date(2026, 10, 1))
    with vault.reading() as session:
        assert case_now_differences(session) == ()
    with vault.transaction() as session, session.derived():
        session.execute(update(CaseNow).values(open_barriers=7))
    with vault.reading() as session:
        assert case_now_differences(session) == (CaseNowDifference(case_id, "open_barriers"),)
    with vault.transaction() as session, session.derived():
        session.execute(delete(CaseNow))
    with vault.reading() as session:
        assert case_now_differences(session) == (CaseNowDifference(case_id, "row"),)
    with vault.transaction() as session:
        recompute(session, [case_id])
    with vault.reading() as session:
        assert case_now_differences(session) == ()


def test_what_is_due_first_counts_and_a_closed_case_owes_nothing(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=datetime(2026, 11, 1, 9, tzinfo=UTC), channel="TEXT", outcome="SPOKEN", next_on=date(2026, 11, 10))
        log_contact(session, case_id=case_id, at=datetime(2026, 11, 20, 9, tzinfo=UTC), channel="TEXT", outcome="SPOKEN", next_on=date(2026, 12, 10))
        record_barrier(session, case_id=case_id, code="DEBT", since=date(2026, 10, 1), review_on=date(2026, 12, 1))
    with vault.reading() as session:
        head = case_head(session, case_id)
    assert (head.next_due_on, head.next_due_kind) == (date(2026, 12, 1), "BARRIER_REVIEW")
    with vault.transaction() as session:
        close_case(session, case_id=case_id, version=1, on=date(2026, 11, 24))
    with vault.reading() as session:
        assert case_head(session, case_id).next_due_on is None
    with vault.transaction() as session:
        reopen_case(session, case_id=case_id, version=2)
    with vault.reading() as session:
        assert case_head(session, case_id).next_due_on == date(2026, 12, 1)


def test_a_late_evening_in_summer_counts_for_the_next_day(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC), channel="PHONE", outcome="SPOKEN")
    with vault.reading() as session:
        assert case_head(session, case_id).last_achieved_on == date(2026, 7, 2)


ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 40),  # days after 1 Oct
        st.sampled_from(["SPOKEN", "NO_ANSWER", "CANCELLED_US", "DECLINED"]),
        st.sampled_from(["OUTBOUND", "INBOUND"]),
        st.sampled_from(["VICTIM", "LAWYER"]),
        st.booleans(),  # whether it corrects the entry before it
    ),
    max_size=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ENTRIES)
def test_tries_since_the_person_was_reached_are_those_one_counts_by_hand(vault: Vault, entries: list[tuple[int, str, str, str, bool]]) -> None:
    start = datetime(2026, 10, 1, 12, tzinfo=UTC)
    standing: list[tuple[int, str, str, str]] = []
    with vault.transaction() as session:
        case = open_case(session, received_on=date(2026, 1, 1), source="NGO")
        last = None
        for days, outcome, direction, person, corrects in entries:
            is_correction = corrects and last is not None
            last = log_contact(
                session,
                case_id=case,
                at=start + timedelta(days=days),
                channel="PHONE",
                outcome=outcome,
                direction=direction,
                person_contacted=person,
                corrects_id=last if is_correction else None,
                born_on=None,
            )
            if is_correction:
                standing.pop()
            standing.append((days, outcome, direction, person))
    reached = [days for days, outcome, _, person in standing if outcome == "SPOKEN" and person == "VICTIM"]
    since = max(reached, default=-1)
    tries = [
        days
        for days, outcome, direction, person in standing
        if days > since and outcome in ("NO_ANSWER", "DECLINED") and direction == "OUTBOUND" and person == "VICTIM"
    ]
    with vault.reading() as session:
        head = case_head(session, case)
    day = start.date()
    assert head.last_achieved_on == (day + timedelta(days=since) if reached else None)
    assert (head.attempts_since, head.last_attempt_on) == (len(tries), day + timedelta(days=max(tries)) if tries else None)
