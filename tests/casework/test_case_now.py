from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import delete, update

from victimcare.casework.barriers import record_barrier
from victimcare.casework.case_list import case_head
from victimcare.casework.case_now import CaseNow, CaseNowDifference, case_now_differences, recompute
from victimcare.casework.cases import close_case, reopen_case
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
