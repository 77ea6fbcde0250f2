"""The pairs of barrier and mitigation: all 33 and all 47, each with a reason and a source."""

from __future__ import annotations

import pytest

from victimcare.reference.codelists import UnknownCode, codelist
from victimcare.reference.mitigation_pairs import asking_may_raise_risk, general_pairs, none_words, pairs_of, rules, safe_ways

BARRIERS, MITIGATIONS = codelist("barrier").codes, codelist("mitigation").codes


def test_all_of_both_lists_are_walked() -> None:
    assert (len(BARRIERS), len(MITIGATIONS)) == (33, 47)
    assert set(rules()["barriers"]) == set(BARRIERS)
    assert set(rules()["legal"]) <= set(MITIGATIONS)


@pytest.mark.parametrize("barrier", BARRIERS)
def test_each_pair_is_in_the_lists_with_a_reason_and_a_source(barrier: str) -> None:
    pairs = pairs_of(barrier)
    codes = [pair.mitigation for pair in pairs]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(MITIGATIONS)
    assert all(pair.why.endswith(".") and pair.sources for pair in pairs)
    assert set(codelist("barrier").value(barrier).fields["typical_mitigations"]) <= set(codes)


@pytest.mark.parametrize("barrier", BARRIERS)
def test_a_barrier_without_a_mitigation_says_so(barrier: str) -> None:
    assert bool(none_words(barrier)) == (not pairs_of(barrier))


def test_every_mitigation_is_found_from_some_barrier_or_helps_with_any() -> None:
    found = {pair.mitigation for barrier in BARRIERS for pair in pairs_of(barrier)} | {pair.mitigation for pair in general_pairs()}
    assert found == set(MITIGATIONS)


def test_what_is_said_before_asking_another_state_has_sources() -> None:
    assert "raise the risk" in asking_may_raise_risk().words
    assert len(safe_ways()) >= 3
    assert all(said.words and said.sources for said in (asking_may_raise_risk(), *safe_ways()))
    assert safe_ways()[-1].words.startswith("Never")


def test_no_source_is_named_in_vain() -> None:
    text = str({key: value for key, value in rules().items() if key != "sources"})
    assert [key for key in rules()["sources"] if f"'{key}'" not in text] == []


def test_an_unknown_barrier_is_refused() -> None:
    with pytest.raises(UnknownCode):
        pairs_of("FEAR")
