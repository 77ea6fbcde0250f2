from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.casework.offences import anonymity_of, offences_of, record_offence, remove_offence
from victimcare.reference.codelists import UnknownCode, codelist
from victimcare.store.vault import Vault


@pytest.mark.parametrize(
    ("codes", "basis", "because"),
    [
        (["MSA_S2"], "AUTOMATIC", ("MSA_S2",)),
        (["SOA"], "AUTOMATIC", ("SOA",)),
        (["MSA_S1"], "DIRECTION", ("MSA_S1",)),
        (["MSA_S1", "MSA_S2"], "AUTOMATIC", ("MSA_S2",)),
        ([], "NOT_KNOWN", ()),
    ],
)
def test_what_protects_a_name_follows_from_the_offences(codes: list[str], basis: str, because: tuple[str, ...]) -> None:
    found = anonymity_of(codes)
    assert (found.basis, found.because) == (basis, because)
    assert bool(found.sources) == bool(codes)


@given(st.sets(st.sampled_from(codelist("offence").codes)))
def test_anonymity_for_life_is_never_said_of_offences_that_do_not_give_it(codes: set[str]) -> None:
    assert (anonymity_of(codes).basis == "AUTOMATIC") == bool(codes & {"MSA_S2", "SOA"})


def test_the_basis_changes_with_the_recorded_offences(vault: Vault, case_id: UUID) -> None:
    def basis() -> str:
        with vault.reading() as session:
            return anonymity_of([row.code for row in offences_of(session, case_id)]).basis

    with vault.transaction() as session:
        record_offence(session, case_id=case_id, code="MSA_S1")
        wrong = record_offence(session, case_id=case_id, code="MSA_S2")
        assert record_offence(session, case_id=case_id, code="MSA_S2") == wrong
        with pytest.raises(UnknownCode):
            record_offence(session, case_id=case_id, code="THEFT")
    assert basis() == "AUTOMATIC"
    with vault.transaction() as session:
        remove_offence(session, offence_id=wrong, version=1)
    assert basis() == "DIRECTION"
