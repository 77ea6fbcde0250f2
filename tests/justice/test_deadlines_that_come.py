"""Deadlines that come by themselves: with an arrest, a charge, its end and the stages of the NRM; once each, and none from a register."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from tests.casework.conftest import case_id
from tests.casework.test_deadlines import rows
from victimcare.casework.case_now import CaseNow, case_now_differences
from victimcare.casework.cases import close_case, open_case
from victimcare.casework.deadlines import Deadline, is_open
from victimcare.justice.arrests import record_arrest
from victimcare.justice.investigations import link_case, open_investigation
from victimcare.justice.nrm import record_nrm
from victimcare.justice.prosecutions import record_outcome, record_prosecution
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw

__all__ = ["case_id"]
TODAY, YESTERDAY = date(2026, 11, 24), date(2026, 11, 23)


def matter_of(vault: Vault, *cases: UUID) -> UUID:
    with vault.transaction() as session:
        matter = open_investigation(session, source="DIRECT_REPORT", unit="MSKU")
        for case in cases:
            link_case(session, investigation_id=matter, case_id=case)
    return matter


def rules(vault: Vault, case: UUID) -> dict[str, str | None]:
    """Rule -> what came of it, None while open."""
    return {row.rule: row.outcome.result if row.outcome else None for row in rows(vault, case)}


def test_an_arrest_is_owed_to_everybody_in_the_matter_with_an_open_case(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        closed = open_case(session, received_on=date(2026, 3, 3), source="NGO")
        close_case(session, case_id=closed, version=1, on=TODAY)
    matter = matter_of(vault, case_id, closed)
    with vault.transaction() as session:
        arrest = record_arrest(session, investigation_id=matter, on=YESTERDAY, offence="MSA_S2", is_flagged=True)
    [row] = rows(vault, case_id)
    assert (row.rule, row.event_on, row.due_on, row.about_id) == ("VC_ARREST", YESTERDAY, TODAY, arrest)
    assert rows(vault, closed) == ()


def test_a_case_linked_later_gets_them_once(vault: Vault, case_id: UUID) -> None:
    matter = matter_of(vault)
    with vault.transaction() as session:
        record_arrest(session, investigation_id=matter, on=YESTERDAY, offence="MSA_S2", is_flagged=True)
        record_prosecution(session, investigation_id=matter, charge="MSA_S2", charged_on=TODAY)
        for _ in range(2):
            link_case(session, investigation_id=matter, case_id=case_id)
    assert rules(vault, case_id) == {"VC_ARREST": None, "VC_CHARGE": None}
    assert len(rows(vault, case_id)) == 2


def test_what_a_register_says_starts_nothing(vault: Vault, case_id: UUID) -> None:
    matter = matter_of(vault, case_id)
    with vault.transaction() as session:
        later = open_case(session, received_on=date(2026, 3, 3), source="NGO")
        record_arrest(session, investigation_id=matter, on=date(2022, 3, 1), offence="MSA_S2", is_flagged=True, imported=True)
        record_prosecution(session, investigation_id=matter, charge="MSA_S2", outcome="ACQUITTED", outcome_on=date(2023, 3, 1), imported=True)
        record_nrm(session, case_id=case_id, stage="RG_NEGATIVE", on=date(2023, 3, 1), imported=True)
        link_case(session, investigation_id=matter, case_id=later)
    assert rows(vault, case_id) == rows(vault, later) == ()


def test_the_end_of_a_charge_is_owed_and_a_second_result_again(vault: Vault, case_id: UUID) -> None:
    matter = matter_of(vault, case_id)
    with vault.transaction() as session:
        charge = record_prosecution(session, investigation_id=matter, charge="MSA_S2", charged_on=date(2026, 11, 20))
        record_outcome(session, prosecution_id=charge, version=1, outcome="DISCONTINUED", outcome_on=YESTERDAY)
    assert rules(vault, case_id) == {"VC_CHARGE": None, "VC_STOPPED": None}
    with vault.transaction() as session:
        record_outcome(session, prosecution_id=charge, version=2, outcome="CONVICTED_MSA", outcome_on=TODAY)
        record_outcome(session, prosecution_id=charge, version=3, outcome="CONVICTED_MSA", outcome_on=TODAY)
    assert rules(vault, case_id) == {"VC_CHARGE": None, "VC_STOPPED": None, "WCU_RESULT": None}


def test_a_decision_of_the_nrm_meets_what_was_waited_for_and_starts_what_follows(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_nrm(session, case_id=case_id, stage="REFERRED", on=date(2026, 11, 2))
    [waited] = rows(vault, case_id)
    assert (waited.rule, waited.due_on) == ("NRM_RG", date(2026, 11, 9))
    with vault.transaction() as session:
        record_nrm(session, case_id=case_id, stage="RG_POSITIVE", on=date(2026, 11, 12))
    after = {row.rule: row for row in rows(vault, case_id)}
    assert after["NRM_RG"].outcome is not None
    assert (after["NRM_RG"].outcome.result, after["NRM_RG"].outcome.reason) == ("LATE", "OTHER_BODY_LATE")
    assert after["NRM_RECOVERY_MIN"].due_on == date(2026, 12, 11)
    with vault.transaction() as session:
        record_nrm(session, case_id=case_id, stage="WITHDRAWN", on=TODAY)
    assert rules(vault, case_id) == {"NRM_RG": "LATE", "NRM_RECOVERY_MIN": "NOT_APPLICABLE"}


def test_what_a_withdrawn_stage_started_is_owed_no_more(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        wrong = record_nrm(session, case_id=case_id, stage="REFERRED", on=date(2026, 11, 2))
    with vault.transaction() as session:
        withdraw(session, row_id=wrong, reason="TAKEN_BACK")
    [row] = rows(vault, case_id)
    assert (row.is_void, row.is_open, row.outcome) == (True, False, None)
    with vault.reading() as session:
        assert session.scalars(select(Deadline.id).where(is_open())).all() == []
        assert session.scalar(select(CaseNow.next_due_on).where(CaseNow.case_id == case_id)) is None
        assert case_now_differences(session) == ()
    with vault.transaction() as session:
        record_nrm(session, case_id=case_id, stage="REFERRED", on=date(2026, 11, 20))
    assert [row.is_open for row in rows(vault, case_id)] == [True, False]


def test_stages_written_down_in_the_wrong_order_end_the_same(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_nrm(session, case_id=case_id, stage="RG_POSITIVE", on=date(2026, 11, 12))
        record_nrm(session, case_id=case_id, stage="REFERRED", on=date(2026, 11, 6))
    assert rules(vault, case_id) == {"NRM_RG": "MET", "NRM_RECOVERY_MIN": None}
    assert len(rows(vault, case_id)) == 2


def test_a_day_to_know_of_that_is_over_and_an_event_before_the_code_start_nothing(vault: Vault, case_id: UUID) -> None:
    matter = matter_of(vault, case_id)
    with vault.transaction() as session:
        record_nrm(session, case_id=case_id, stage="RG_POSITIVE", on=date(2026, 3, 12))
        record_arrest(session, investigation_id=matter, on=date(2019, 5, 2), offence="MSA_S2", is_flagged=True)
    assert rows(vault, case_id) == ()


def test_a_restricted_case_gets_its_deadline_from_whoever_enters_the_arrest(vault: Vault, case_id: UUID, clock) -> None:  # type: ignore[no-untyped-def]
    from tests.casework.test_restricted import colleague
    from victimcare.store.restrict import restrict
    from victimcare.store.rights import Role

    other = colleague(vault, clock, Role.CASEWORKER)
    matter = matter_of(vault, case_id)
    with vault.transaction() as session:
        restrict(session, case_id=case_id, version=1, members=[session.member.id])
    with other.transaction() as session:
        record_arrest(session, investigation_id=matter, on=YESTERDAY, offence="MSA_S2", is_flagged=True)
    other.close()
    assert rules(vault, case_id) == {"VC_ARREST": None}
