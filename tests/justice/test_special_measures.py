"""Special measures: what the law gives follows from the recorded offences; steps out of order are asked about, never refused."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.cases import open_case
from victimcare.casework.dates import DateRefused
from victimcare.justice.special_measures import (
    MeasureRow,
    doubt,
    eligibility,
    limits_of,
    measures_of,
    newest_of_each,
    record_measure,
    status_words,
    statute_of,
)
from victimcare.reference.codelists import UnknownCode, codelist
from victimcare.store.vault import Reading, Vault
from victimcare.store.withdrawn import withdraw

TODAY = date(2026, 11, 24)


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return open_case(session, received_on=date(2026, 3, 3), source="NRM")


def recorded(vault: Vault, case_id: UUID, *steps: tuple[str, str, int]) -> tuple[MeasureRow, ...]:
    """(measure, status, day of November) each."""
    with vault.transaction() as session:
        for measure, status, day in steps:
            record_measure(session, case_id=case_id, measure=measure, status=status, on=date(2026, 11, day), words="her wish")
    with vault.reading(Reading.case(case_id)) as session:
        return measures_of(session, case_id)


def test_the_newest_step_of_each_measure_counts_and_a_withdrawn_one_does_not(vault: Vault, case_id: UUID) -> None:
    rows = recorded(vault, case_id, ("S24", "DISCUSSED", 2), ("S23", "APPLIED", 9), ("S23", "GRANTED", 20), ("S23", "USED", 23))
    assert [(row.measure, row.status, row.words) for row in newest_of_each(rows)] == [("S23", "USED", "her wish"), ("S24", "DISCUSSED", "her wish")]
    with vault.transaction() as session:
        withdraw(session, row_id=rows[0].id, reason="TAKEN_BACK")
    assert [row.status for row in newest_of_each(recorded(vault, case_id))] == ["GRANTED", "DISCUSSED"]


@pytest.mark.parametrize("offence", ["MSA_S1", "MSA_S2", "SOA"])
def test_slavery_trafficking_and_sexual_offences_make_eligible_until_the_person_says_no(vault: Vault, case_id: UUID, offence: str) -> None:
    found = eligibility([offence], (), is_child=False)
    assert (found.is_open, found.statute) == (True, "YJCEA 1999 s17(4)")
    assert "The court still decides" in found.words
    turned_down = eligibility([offence], recorded(vault, case_id, ("S17_4", "NOT_WANTED", 5)), is_child=False)
    assert not turned_down.is_open
    assert "may change their mind" in turned_down.words
    again = eligibility([offence], recorded(vault, case_id, ("S17_4", "WANTED", 9)), is_child=False)
    assert again.is_open


def test_other_offences_and_none_do_not() -> None:
    assert eligibility(["OTHER"], (), is_child=False).statute == "YJCEA 1999 s17(1)"
    assert "Record the offences" in eligibility([], (), is_child=False).words
    assert eligibility([], (), is_child=True).by_16


def test_intermediary_and_aids_are_for_section_16_witnesses_only() -> None:
    adult, child = eligibility(["MSA_S2"], (), is_child=False), eligibility(["MSA_S2"], (), is_child=True)
    for measure in ("S29", "S30"):
        assert "section 16" in limits_of(measure, ["MSA_S2"], adult)
        assert limits_of(measure, ["MSA_S2"], child) == ""
    assert limits_of("S23", ["MSA_S2"], adult) == ""


def test_pre_recorded_cross_examination_is_asked_for_and_never_promised() -> None:
    assert "Do not promise" in limits_of("S28", ["MSA_S2"], eligibility(["MSA_S2"], (), is_child=False))
    assert (status_words("S28", "APPLIED"), status_words("S23", "APPLIED")) == ("Asked for", "Application made")


def test_anonymity_by_law_is_cautioned_where_slavery_stands_alone() -> None:
    adult = eligibility(["MSA_S1"], (), is_child=False)
    assert "s46" in limits_of("SOAA", ["MSA_S1"], adult)
    assert limits_of("SOAA", ["MSA_S1", "MSA_S2"], adult) == ""


def test_every_measure_names_its_statute() -> None:
    assert all(statute_of(code) for code in codelist("special_measure").codes)


def test_a_grant_before_an_application_is_asked_about_and_can_be_recorded(vault: Vault, case_id: UUID) -> None:
    assert "no application is recorded" in doubt((), "S23", "GRANTED", TODAY)
    assert "no grant is recorded" in doubt((), "S23", "USED", TODAY)
    rows = recorded(vault, case_id, ("S23", "APPLIED", 9), ("S23", "GRANTED", 20))
    assert doubt(rows, "S23", "USED", TODAY) == ""
    assert "A later step is recorded already: granted on 20 Nov 2026" in doubt(rows, "S23", "DISCUSSED", date(2026, 11, 12))
    assert "no application" in doubt(rows, "S24", "GRANTED", TODAY)
    assert doubt((), "SOAA", "GRANTED", TODAY) == ""


def test_what_cannot_be_is_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        with pytest.raises(UnknownCode):
            record_measure(session, case_id=case_id, measure="S99", status="WANTED", on=TODAY)
        with pytest.raises(UnknownCode):
            record_measure(session, case_id=case_id, measure="S23", status="WISHED", on=TODAY)
        with pytest.raises(DateRefused):
            record_measure(session, case_id=case_id, measure="S23", status="WANTED", on=date(2026, 11, 25))
