from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.barriers import record_barrier
from victimcare.casework.cases import open_case
from victimcare.casework.dates import DateRefused
from victimcare.casework.mitigation_changes import change_mitigation, mitigation_changes_of
from victimcare.casework.mitigations import (
    MitigationRefused,
    answer_barrier,
    mitigations_of,
    record_mitigation,
    suggestions,
)
from victimcare.reference.codelists import UnknownCode, codelist
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw


def test_a_mitigation_answers_its_barriers_and_is_followed_to_its_result(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        abroad = record_barrier(session, case_id=case_id, code="FAMILY_ABROAD", since=date(2026, 3, 3))
        here = record_barrier(session, case_id=case_id, code="FAMILY_UK", since=date(2026, 3, 3))
        asked = record_mitigation(
            session,
            case_id=case_id,
            code="OVERSEAS_SAFEGUARD",
            on=date(2026, 11, 2),
            status="ASKED",
            barrier_ids=[abroad, abroad],
            detail="Through the liaison officer.",
        )
    with vault.transaction() as session:
        answer_barrier(session, mitigation_id=asked, barrier_id=here)
        with pytest.raises(MitigationRefused):
            answer_barrier(session, mitigation_id=asked, barrier_id=abroad)
        change_mitigation(session, mitigation_id=asked, version=1, on=date(2026, 11, 20), status="IN_PLACE", result="HELPED")
    with vault.reading(Reading.case(case_id)) as session:
        row = mitigations_of(session, case_id)[0]
    assert (row.status, row.result, row.on, row.barrier_ids, row.detail) == (
        "IN_PLACE",
        "HELPED",
        date(2026, 11, 20),
        (abroad, here),
        "Through the liaison officer.",
    )


def test_a_mitigation_that_cannot_be_is_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        offered = record_mitigation(session, case_id=case_id, code="S28", on=date(2026, 11, 2))
        session.flush()
        with pytest.raises(UnknownCode):
            record_mitigation(session, case_id=case_id, code="PAYMENT", on=date(2026, 11, 2))
        with pytest.raises(UnknownCode):
            change_mitigation(session, mitigation_id=offered, version=1, on=date(2026, 11, 3), status="IN_PLACE", result="LOTS")
        with pytest.raises(DateRefused):
            change_mitigation(session, mitigation_id=offered, version=1, on=date(2026, 11, 1), status="AGREED")


def test_a_mitigation_never_answers_a_barrier_of_somebody_else(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        other = open_case(session, received_on=date(2026, 1, 1), source="NGO")
        theirs = record_barrier(session, case_id=other, code="DEBT", since=date(2026, 3, 3))
        ours = record_mitigation(session, case_id=case_id, code="S28", on=date(2026, 11, 2))
        with pytest.raises(MitigationRefused):
            record_mitigation(session, case_id=case_id, code="S28", on=date(2026, 11, 2), barrier_ids=[theirs])
        with pytest.raises(MitigationRefused):
            answer_barrier(session, mitigation_id=ours, barrier_id=theirs)
    with vault.reading() as session:
        assert [row.barrier_ids for row in mitigations_of(session, case_id, {})] == [()]


def test_each_barrier_suggests_what_the_list_says_but_what_is_there_already() -> None:
    found = suggestions("FAMILY_ABROAD", besides={"JIT"})
    assert [one.code for one in found][:2] == ["OVERSEAS_SAFEGUARD", "POLICE_LIAISON_ABROAD"]
    assert all(one.label for one in found)
    assert suggestions("NONE") == ()
    for barrier in codelist("barrier").codes:
        suggestions(barrier)
    with pytest.raises(UnknownCode):
        suggestions("FEAR")


def test_each_step_of_a_mitigation_is_kept_and_one_withdrawn_gives_way_to_the_one_before(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        asked = record_mitigation(session, case_id=case_id, code="SAFETY_PLAN", on=date(2026, 11, 2), status="OFFERED")
    with vault.transaction() as session:
        change_mitigation(session, mitigation_id=asked, version=1, on=date(2026, 11, 9), status="AGREED", words="Wants it in writing.")
    with vault.transaction() as session:
        placed = change_mitigation(session, mitigation_id=asked, version=2, on=date(2026, 11, 16), status="IN_PLACE", result="HELPED")
        with pytest.raises(MitigationRefused):
            change_mitigation(session, mitigation_id=asked, version=2, on=date(2026, 11, 17), status="IN_PLACE", result="HELPED")
    with vault.reading(Reading.case(case_id)) as session:
        assert [(row.status, row.on.day, row.words) for row in mitigation_changes_of(session, case_id)] == [
            ("IN_PLACE", 16, ""),
            ("AGREED", 9, "Wants it in writing."),
        ]
        [row] = mitigations_of(session, case_id)
        assert (row.status, row.began_status, row.began_on) == ("IN_PLACE", "OFFERED", date(2026, 11, 2))
    with vault.transaction() as session:
        withdraw(session, row_id=placed, reason="TAKEN_BACK")
    with vault.reading() as session:
        [row] = mitigations_of(session, case_id, {})
        assert (row.status, row.on, row.result) == ("AGREED", date(2026, 11, 9), None)
        assert [row.status for row in mitigation_changes_of(session, case_id, {})] == ["AGREED"]
        assert len(mitigation_changes_of(session, case_id, {}, also_withdrawn=True)) == 2
