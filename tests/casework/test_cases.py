from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.cases import (
    CaseRefused,
    case_facts,
    case_ids,
    change_facts,
    close_case,
    hand_over,
    next_references,
    open_case,
    reopen_case,
)
from victimcare.casework.dates import DateRefused
from victimcare.casework.workers import record_worker
from victimcare.reference.codelists import UnknownCode
from victimcare.store.errors import Conflict
from victimcare.store.vault import Vault


def test_references_count_within_the_year_of_receipt(vault: Vault) -> None:
    with vault.transaction() as session:
        for year in (2025, 2026, 2026):
            open_case(session, received_on=date(year, 1, 5), source="NGO")
    with vault.reading() as session:
        assert set(case_ids(session, ("VC-2025-0001", "VC-2026-0001", "VC-2026-0002", "VC-2026-0003"))) == {"VC-2025-0001", "VC-2026-0001", "VC-2026-0002"}


def test_many_references_at_once_go_on_past_nine_thousand(vault: Vault) -> None:
    with vault.transaction() as session:
        open_case(session, received_on=date(2026, 1, 1), source="NGO", reference="VC-2026-9999")
        open_case(session, received_on=date(2026, 1, 1), source="NGO", reference="VC-2026-10000")
        assert next_references(session, 2026, 2) == ("VC-2026-10001", "VC-2026-10002")
        assert next_references(session, 2024, 1) == ("VC-2024-0001",)


def test_a_code_that_is_in_no_list_and_a_future_day_are_refused(vault: Vault) -> None:
    with vault.transaction() as session:
        with pytest.raises(UnknownCode):
            open_case(session, received_on=date(2026, 1, 1), source="RUMOUR")
        with pytest.raises(UnknownCode):
            open_case(session, received_on=date(2026, 1, 1), source="NGO", nationality="QQ")
        with pytest.raises(DateRefused):
            open_case(session, received_on=date(2026, 11, 25), source="NGO")
    with vault.reading() as session:
        assert case_ids(session, ("VC-2026-0001",)) == {}


def test_a_case_closes_and_opens_again(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        with pytest.raises(DateRefused):
            close_case(session, case_id=case_id, version=1, on=date(2026, 3, 2))
        close_case(session, case_id=case_id, version=1, on=date(2026, 11, 1))
    with vault.reading() as session:
        closed = case_facts(session, case_id)
    assert (closed.status, closed.closed_on) == ("CLOSED", date(2026, 11, 1))
    with vault.transaction() as session:
        with pytest.raises(CaseRefused):
            close_case(session, case_id=case_id, version=closed.version, on=date(2026, 11, 1))
        reopen_case(session, case_id=case_id, version=closed.version)
    with vault.reading() as session:
        again = case_facts(session, case_id)
    assert (again.status, again.closed_on) == ("OPEN", None)


def test_two_who_change_the_same_case_do_not_overwrite_each_other(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        worker = record_worker(session, name="PC 1182")
        hand_over(session, case_id=case_id, version=1, worker_id=worker)
    with vault.transaction() as session, pytest.raises(Conflict):
        change_facts(session, case_id=case_id, version=1, gender="FEMALE")
    with vault.reading() as session:
        facts = case_facts(session, case_id)
    assert (facts.worker_id, facts.gender) == (worker, "UNKNOWN")


def test_only_facts_of_the_person_are_corrected_this_way(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        change_facts(session, case_id=case_id, version=1, gender="FEMALE", language="ro")
    with vault.transaction() as session:
        with pytest.raises(TypeError):
            change_facts(session, case_id=case_id, version=2, status="CLOSED")
        with pytest.raises(UnknownCode):
            change_facts(session, case_id=case_id, version=2, gender="YES")
    with vault.reading() as session:
        facts = case_facts(session, case_id)
    assert (facts.gender, facts.language, facts.status) == ("FEMALE", "ro", "OPEN")
