from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.cases import open_case
from victimcare.casework.opening import CODED_ONLY, TextRefused
from victimcare.casework.other_references import other_references_of, record_other_reference
from victimcare.reference.codelists import UnknownCode
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


def test_references_of_other_systems_are_read_with_the_case(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        other = open_case(session, received_on=date(2026, 1, 1), source="NGO")
        record_other_reference(session, case_id=case_id, system="OFFICE", value=" MSKU/2015/00001 ")
        record_other_reference(session, case_id=case_id, system="CRIME", value="3000007/16")
        record_other_reference(session, case_id=other, system="OFFICE", value="MSKU/2015/00002")
    with vault.reading(Reading.case(case_id)) as session:
        assert [(row.system, row.value) for row in other_references_of(session, case_id)] == [("OFFICE", "MSKU/2015/00001"), ("CRIME", "3000007/16")]
        assert [row.value for row in other_references_of(session, case_id, CODED_ONLY)] == ["", ""]


def test_a_reference_needs_a_system_and_a_value(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        with pytest.raises(UnknownCode):
            record_other_reference(session, case_id=case_id, system="PNC", value="1")
        with pytest.raises(TextRefused):
            record_other_reference(session, case_id=case_id, system="NRM", value=" \0 ")
