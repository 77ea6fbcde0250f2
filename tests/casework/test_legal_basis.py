"""What the law says of a mitigation follows from the recorded offences, and from nothing else but age."""

from __future__ import annotations

from itertools import combinations

import pytest

from victimcare.casework.legal_basis import APPLIES, NEEDS_APPLICATION, NO, NOT_KNOWN, legal_basis_of
from victimcare.casework.offences import AUTOMATIC, anonymity_of
from victimcare.reference.codelists import codelist

OFFENCES = codelist("offence").codes
EVERY_SET = [chosen for size in range(len(OFFENCES) + 1) for chosen in combinations(OFFENCES, size)]


def answer(mitigation: str, *offences: str, child: bool = False) -> str:
    found = legal_basis_of(mitigation, offences, may_be_under_18=child)
    assert found is not None
    return found.answer


@pytest.mark.parametrize("offences", EVERY_SET, ids="+".join)
def test_anonymity_for_life_is_promised_only_where_the_law_gives_it(offences: tuple[str, ...]) -> None:
    is_automatic = anonymity_of(offences).basis == AUTOMATIC
    assert (answer("AUTO_ANONYMITY", *offences) == APPLIES) == is_automatic
    assert is_automatic == bool({"MSA_S2", "SOA"} & set(offences))


def test_slavery_alone_needs_a_direction_and_trafficking_beside_it_makes_it_needless() -> None:
    assert answer("AUTO_ANONYMITY", "MSA_S1") == NO
    direction = legal_basis_of("REPORTING_DIRECTION", ["MSA_S1"])
    assert direction is not None
    assert (direction.answer, direction.statute) == (NEEDS_APPLICATION, "YJCEA 1999 s46(2)-(3)")
    assert "fear or distress" in direction.words
    assert "co-operation" in direction.words
    assert answer("REPORTING_DIRECTION", "MSA_S1", "MSA_S2") == NO


def test_special_measures_are_open_by_law_for_these_offences_and_the_court_still_decides() -> None:
    for offence in ("MSA_S1", "MSA_S2", "SOA"):
        found = legal_basis_of("SPECIAL_MEASURES", [offence])
        assert found is not None
        assert (found.answer, found.because) == (APPLIES, (offence,))
        assert "s17(4)" in found.statute
        assert "court's decision" in found.words
    assert answer("SPECIAL_MEASURES", "IMMIGRATION") == NEEDS_APPLICATION
    child = legal_basis_of("SPECIAL_MEASURES", ["MSA_S1"], may_be_under_18=True)
    assert child is not None
    assert "s35(3)" in child.statute


def test_recorded_questioning_is_never_promised() -> None:
    for offences in EVERY_SET:
        assert answer("S28", *offences) != APPLIES
        assert answer("PRIVATE_HEARING", *offences) != APPLIES


@pytest.mark.parametrize("mitigation", ["AUTO_ANONYMITY", "REPORTING_DIRECTION", "SPECIAL_MEASURES", "S28", "PRIVATE_HEARING"])
def test_without_an_offence_nothing_is_known(mitigation: str) -> None:
    assert answer(mitigation) == NOT_KNOWN


def test_most_mitigations_need_no_law_and_codes_of_an_older_list_give_nothing() -> None:
    assert legal_basis_of("COUNSELLING", ["MSA_S1"]) is None
    assert legal_basis_of("AN_OLDER_CODE", ["MSA_S1"]) is None
    assert answer("AUTO_ANONYMITY", "AN_OLDER_CODE") == NO
    assert answer("AUTO_ANONYMITY", "AN_OLDER_CODE", "MSA_S2") == APPLIES


@pytest.mark.parametrize("child", [True, False])
def test_every_answer_has_words_a_statute_and_a_source(child: bool) -> None:
    for mitigation in codelist("mitigation").codes:
        for offences in EVERY_SET:
            found = legal_basis_of(mitigation, offences, may_be_under_18=child)
            assert found is None or (found.words and found.statute and found.sources and found.label and found.words.endswith("."))
