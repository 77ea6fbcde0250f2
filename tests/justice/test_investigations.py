"""Investigations with their arrests and charges, and counts the statement can stand on."""

from __future__ import annotations

from datetime import date

import pytest

from victimcare.casework.cases import open_case
from victimcare.casework.dates import DateRefused
from victimcare.justice.arrests import arrests_of, record_arrest
from victimcare.justice.investigations import (
    assign_outcome,
    cases_of,
    crime_references,
    investigation_list,
    investigations_of,
    link_case,
    open_investigation,
)
from victimcare.justice.prosecutions import completed_outcomes, prosecutions_of, record_outcome, record_prosecution, successful_outcomes
from victimcare.reference.codelists import UnknownCode, codelist
from victimcare.store.errors import Conflict, ReadNotNoted
from victimcare.store.vault import Reading, Vault


def test_an_investigation_counts_its_people_arrests_and_charges(vault: Vault) -> None:
    with vault.transaction() as session:
        matter = open_investigation(session, source="INTELLIGENCE", unit="MSKU", received_on=date(2016, 2, 14), crime_reference="3000007/16")
        other = open_investigation(session, source="DIRECT_REPORT", unit="MSKU", received_on=date(2016, 5, 1))
        first = open_case(session, received_on=date(2016, 2, 14), source="INTELLIGENCE")
        session.flush()
        assert link_case(session, investigation_id=matter, case_id=first) == link_case(session, investigation_id=matter, case_id=first)
        record_arrest(session, investigation_id=matter, on=date(2016, 3, 1), offence="MSA_S2", is_flagged=True, suspect="SUS-0001")
        for outcome in ("CONVICTED_MSA", "ACQUITTED", "PENDING"):
            record_prosecution(session, investigation_id=matter, charge="MSA_S2", outcome=outcome, defendant="DEF-0001")
    with vault.reading() as session:
        newest, oldest = investigation_list(session)
        assert (newest.id, oldest.id) == (other, matter)
        assert (oldest.cases, oldest.arrests, oldest.completed, oldest.successful) == (1, 1, 2, 1)
        assert (newest.cases, newest.arrests, newest.completed, newest.successful) == (0, 0, 0, 0)
        assert [row.id for row in investigations_of(session, first)] == [matter]
        assert cases_of(session, matter) == (first,)
        assert [(row.on, row.is_flagged) for row in arrests_of(session, matter)] == [(date(2016, 3, 1), True)]


def test_the_crime_reference_is_sealed_under_the_office_key(vault: Vault) -> None:
    with vault.transaction() as session:
        matter = open_investigation(session, source="INTELLIGENCE", unit="MSKU", crime_reference="3000007/16")
    with vault.reading(Reading.office("import")) as session:
        assert crime_references(session) == {matter: "3000007/16"}
    with vault.reading() as session, pytest.raises(ReadNotNoted):
        crime_references(session)


def test_a_charge_ends_once_somebody_saw_the_latest(vault: Vault) -> None:
    with vault.transaction() as session:
        matter = open_investigation(session, source="INTELLIGENCE", unit="MSKU")
        session.flush()
        charge = record_prosecution(session, investigation_id=matter, charge="MSA_S1")
    with vault.transaction() as session:
        [seen] = prosecutions_of(session, matter)
        assert (seen.outcome, seen.is_completed) == ("PENDING", False)
        record_outcome(session, prosecution_id=charge, version=seen.version, outcome="CONVICTED_OTHER", outcome_on=date(2026, 10, 1))
    with vault.transaction() as session:
        [now] = prosecutions_of(session, matter)
        assert (now.is_completed, now.is_successful) == (True, False)
        with pytest.raises(Conflict):
            record_outcome(session, prosecution_id=charge, version=seen.version, outcome="ACQUITTED", outcome_on=date(2026, 10, 2))


def test_what_counts_as_completed_or_successful_is_of_the_code_list() -> None:
    codes = set(codelist("case_outcome").codes)
    assert successful_outcomes() < successful_outcomes(any_conviction=True) < completed_outcomes() < codes
    assert "PENDING" not in completed_outcomes()


def test_what_cannot_be_is_refused(vault: Vault) -> None:
    with vault.transaction() as session:
        matter = open_investigation(session, source="INTELLIGENCE", unit="MSKU")
        session.flush()
        assign_outcome(session, investigation_id=matter, version=1, outcome_code="16")
        with pytest.raises(UnknownCode):
            open_investigation(session, source="GOSSIP", unit="MSKU")
        with pytest.raises(UnknownCode):
            open_investigation(session, source="NGO", unit="MSKU", outcome_code="99")
        with pytest.raises(UnknownCode):
            record_prosecution(session, investigation_id=matter, charge="MSA_S2", outcome="WON")
        with pytest.raises(DateRefused):
            record_arrest(session, investigation_id=matter, on=date(2026, 11, 25), offence="MSA_S2", is_flagged=True)
    with vault.reading() as session:
        assert investigation_list(session)[0].outcome_code == "16"
