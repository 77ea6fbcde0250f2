from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.barriers import (
    Barrier,
    BarrierRefused,
    barrier_changes_of,
    barriers_of,
    change_barrier,
    judge_barrier,
    record_barrier,
    resolve_barrier,
)
from victimcare.casework.case_list import case_head
from victimcare.casework.case_now import case_now_differences
from victimcare.casework.dates import DateRefused
from victimcare.reference.codelists import UnknownCode
from victimcare.store.errors import AppendOnly, Conflict
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import last_own, withdraw


def count(vault: Vault, case_id: UUID) -> int:
    with vault.reading() as session:
        return case_head(session, case_id).open_barriers


def test_a_barrier_is_resolved_with_a_reason_and_stays_in_the_file(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        fear = record_barrier(
            session, case_id=case_id, code="FAMILY_ABROAD", since=date(2026, 3, 3), strength="STRONG", words="My mother.", recorded_from="OWN_WORDS"
        )
        record_barrier(session, case_id=case_id, code="COURT_FEAR", since=date(2026, 4, 1))
        record_barrier(session, case_id=case_id, code="NONE", since=date(2026, 3, 3))
    assert count(vault, case_id) == 2
    with vault.transaction() as session:
        with pytest.raises(BarrierRefused):
            change_barrier(session, barrier_id=fear, version=1, on=date(2026, 11, 2), status="RESOLVED")
        resolve_barrier(session, barrier_id=fear, version=1, on=date(2026, 11, 2), reason="MITIGATED", words="She has moved.")
    assert count(vault, case_id) == 1
    with vault.reading(Reading.case(case_id)) as session:
        assert [(row.code, row.status) for row in barriers_of(session, case_id)][-1] == ("FAMILY_ABROAD", "RESOLVED")
        assert barriers_of(session, case_id)[-1].words == "My mother."
        assert [(row.status, row.reason, row.words) for row in barrier_changes_of(session, case_id)] == [("RESOLVED", "MITIGATED", "She has moved.")]
    with pytest.raises(AppendOnly), vault.transaction() as session:
        session.delete(session.get(Barrier, fear))


def test_a_resolved_barrier_may_come_back(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        fear = record_barrier(session, case_id=case_id, code="FAMILY_ABROAD", since=date(2026, 3, 3), on_or_before=True, imported=True)
    with vault.transaction() as session:
        resolve_barrier(session, barrier_id=fear, version=1, on=date(2026, 5, 1), reason="CHANGED")
    with vault.transaction() as session:
        change_barrier(session, barrier_id=fear, version=2, on=date(2026, 6, 1), status="OPEN", review_on=date(2026, 12, 1))
    with vault.reading() as session:
        assert case_head(session, case_id).next_due_on == date(2026, 12, 1)
        assert [row.status for row in barrier_changes_of(session, case_id, {})] == ["RETURNED", "RESOLVED"]
        assert barriers_of(session, case_id, {})[0].status == "RETURNED"
    assert count(vault, case_id) == 1


def test_two_who_judge_the_same_barrier_both_see_it(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        fear = record_barrier(session, case_id=case_id, code="DEBT", since=date(2026, 3, 3))
    with vault.transaction() as session:
        judge_barrier(session, barrier_id=fear, version=1, strength="DECISIVE", recorded_from="OWN_WORDS", review_on=None)
    with vault.transaction() as session, pytest.raises(Conflict):
        judge_barrier(session, barrier_id=fear, version=1, strength="SOME", recorded_from="WORKER_VIEW", review_on=None)
    with vault.reading() as session:
        assert barriers_of(session, case_id, {})[0].strength == "DECISIVE"


def test_a_barrier_that_cannot_be_is_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        fear = record_barrier(session, case_id=case_id, code="DEBT", since=date(2026, 3, 3))
        session.flush()
        for code, since, error in (("FEAR", date(2026, 3, 3), UnknownCode), ("DEBT", date(2026, 12, 1), DateRefused), ("DEBT", date(1997, 1, 1), DateRefused)):
            with pytest.raises(error):
                record_barrier(session, case_id=case_id, code=code, since=since)
        with pytest.raises(DateRefused):
            change_barrier(session, barrier_id=fear, version=1, on=date(2026, 3, 2), status="MITIGATING")
        with pytest.raises(BarrierRefused):
            change_barrier(session, barrier_id=fear, version=1, on=date(2026, 4, 2), status="OPEN")


def test_words_about_a_barrier_are_kept_though_it_stands_as_before(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        fear = record_barrier(session, case_id=case_id, code="COURT_FEAR", since=date(2026, 4, 1))
    with vault.transaction() as session:
        change_barrier(session, barrier_id=fear, version=1, on=date(2026, 6, 1), status="OPEN", words="Saw the court room.", review_on=date(2026, 12, 1))
    with vault.reading(Reading.case(case_id)) as session:
        assert [(row.status, row.words) for row in barrier_changes_of(session, case_id)] == [("OPEN", "Saw the court room.")]
        assert barriers_of(session, case_id)[0].review_on == date(2026, 12, 1)


def test_a_step_that_is_withdrawn_gives_way_to_the_one_before_and_the_barrier_counts_again(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        fear = record_barrier(session, case_id=case_id, code="COURT_FEAR", since=date(2026, 4, 1))
    with vault.transaction() as session:
        change_barrier(session, barrier_id=fear, version=1, on=date(2026, 6, 1), status="MITIGATING")
    with vault.transaction() as session:
        step = resolve_barrier(session, barrier_id=fear, version=2, on=date(2026, 7, 1), reason="MITIGATED")
    assert count(vault, case_id) == 0
    with vault.transaction() as session:
        withdraw(session, row_id=step, reason="TAKEN_BACK")
    assert count(vault, case_id) == 1
    with vault.reading() as session:
        assert [row.status for row in barriers_of(session, case_id, {})] == ["MITIGATING"]
        assert [row.status for row in barrier_changes_of(session, case_id, {})] == ["MITIGATING"]
        assert [row.code for row in barrier_changes_of(session, case_id, {}, also_withdrawn=True)] == ["COURT_FEAR"] * 2
        assert case_now_differences(session) == ()


def test_undo_after_a_step_takes_back_the_step_and_nothing_older(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        fear = record_barrier(session, case_id=case_id, code="COURT_FEAR", since=date(2026, 4, 1))
        since = session.now
    with vault.transaction() as session:
        step = change_barrier(session, barrier_id=fear, version=1, on=date(2026, 6, 1), status="MITIGATING")
    with vault.reading() as session:
        assert last_own(session, case_id, since) == step
