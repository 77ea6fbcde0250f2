import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victimcare.casework.cases import open_case
from victimcare.casework.contact_points import end_contact_point, record_contact_point
from victimcare.casework.identity import record_identity
from victimcare.casework.names import Known
from victimcare.casework.other_references import record_other_reference
from victimcare.casework.search import SearchIndex
from victimcare.store.errors import ReadNotNoted
from victimcare.store.ids import new_id
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

PAIRS = json.loads((Path(__file__).parent / "name_pairs.json").read_text(encoding="utf-8"))


def only(name: str) -> SearchIndex:
    return SearchIndex([Known(new_id(), "VC-2026-0001", name, (name,), (), (), None)])


@pytest.mark.parametrize(("first", "second", "why"), PAIRS["found"], ids=str)
def test_either_writing_finds_the_other(first: str, second: str, why: str) -> None:
    assert only(first).find(second)
    assert only(second).find(first)


@pytest.mark.parametrize(("first", "second", "why"), PAIRS["apart"], ids=str)
def test_another_persons_name_does_not_find_this_one(first: str, second: str, why: str) -> None:
    assert only(first).find(second) == ()
    assert only(second).find(first) == ()


def test_there_are_enough_pairs() -> None:
    assert (len(PAIRS["found"]), len(PAIRS["apart"])) == (60, 20)


def built(vault: Vault) -> SearchIndex:
    with vault.reading(Reading.names()) as session:
        index = SearchIndex.build(session)
        index.add_numbers(session)
    return index


def person(vault: Vault, reference: str, **identity: object) -> UUID:
    with vault.transaction() as session:
        case = open_case(session, received_on=date(2026, 1, 1), source="NGO", reference=reference)
        record_identity(session, case_id=case, **identity)
    return case


@pytest.fixture
def ana(vault: Vault) -> UUID:
    case = person(vault, "VC-2026-0107", name_used="Ana", given_names="Ana", family_name="Munteanu", aliases=("Ruxandra",), name_as_we_write_it="Anna Muntean")
    with vault.transaction() as session:
        record_other_reference(session, case_id=case, system="OFFICE", value="MSKU/2015/00018")
        record_contact_point(session, case_id=case, kind="PHONE", value="+44 7700 900982")
    return case


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("ana", "name"),
        ("munt ana", "name"),
        ("MUNTEANU", "name"),
        ("muntaenu", "name"),
        ("ruxandra", "alias"),
        ("anna", "name as we write it"),
        ("VC-2026-0107", "reference"),
        ("0107", "reference"),
        ("2026 107", None),
        ("msku/2015/00018", "other reference"),
        ("00018", "other reference"),
        ("0982", "phone"),
        ("07700 900982", "phone"),
        ("+447700900982", "phone"),
        ("  ", None),
        ("zzz", None),
    ],
)
def test_a_person_is_found_by_any_part_of_what_is_known(vault: Vault, ana: UUID, typed: str, why: str | None) -> None:
    person(vault, "VC-2025-0893", name_used="Żaneta Żołnierczyk")
    hits = [(hit.case_id, hit.name, hit.why) for hit in built(vault).find(typed)]
    assert hits == ([(ana, "Ana", why)] if why else [])


def test_the_nearest_comes_first(vault: Vault) -> None:
    for number, name in enumerate(("Tatiana Popa", "Anastasia Popa", "Ana Popa"), 1):
        person(vault, f"VC-2026-000{number}", name_used=name)
    index = built(vault)
    assert [hit.name for hit in index.find("ana")] == ["Ana Popa", "Anastasia Popa", "Tatiana Popa"]
    assert [hit.name for hit in index.find("ana", limit=1)] == ["Ana Popa"]


def test_what_changed_is_found_at_once_and_what_it_was_no_longer(vault: Vault, ana: UUID) -> None:
    index = built(vault)
    with vault.transaction() as session:
        record_identity(session, case_id=ana, name_used="Mirela Stan")
        point = record_contact_point(session, case_id=ana, kind="PHONE", value="020 7946 0018")
    new = person(vault, "VC-2026-0108", name_used="Favour Okafor")
    with vault.reading(Reading.names()) as session:
        index.update(session, [ana, new])
    assert [hit.case_id for hit in index.find("mirela")] == [ana]
    assert [hit.case_id for hit in index.find("okafor")] == [new]
    assert [hit.case_id for hit in index.find("79460018")] == [ana]
    assert index.find("munteanu") == ()
    assert (len(index), index.named([ana, new])) == (2, {ana: "Mirela Stan", new: "Favour Okafor"})
    with vault.transaction() as session:
        end_contact_point(session, contact_point_id=point, on=date(2026, 11, 24))
    with vault.reading(Reading.names()) as session:
        index.update(session, [ana])
    assert index.find("79460018") == ()
    assert [hit.case_id for hit in index.find("okafor")] == [new]


def test_nobody_is_left_after_the_lock_and_nothing_shows_in_a_printed_hit(vault: Vault, ana: UUID) -> None:
    index = built(vault)
    assert "Ana" not in repr(index.find("ana"))
    index.drop()
    assert (index.find("ana"), len(index)) == ((), 0)


def test_names_are_not_read_unless_that_is_noted(vault: Vault, ana: UUID) -> None:
    with vault.reading() as session, pytest.raises(ReadNotNoted):
        SearchIndex.build(session)


WORDS = ("Ana", "Munteanu", "Okafor", "Nguyễn", "Żaneta", "Засенко", "Tesfay", "Maryam", "Kowalska", "Hoxha")


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True), min_size=1, max_size=8), st.data())
def test_everybody_who_bears_the_words_typed_is_found_in_any_order(people: list[list[str]], data: st.DataObject) -> None:
    index = SearchIndex(Known(new_id(), f"VC-2026-{n:04}", " ".join(words), (" ".join(words),), (), (), None) for n, words in enumerate(people))
    asked = data.draw(st.permutations(data.draw(st.sampled_from(people))))
    found = {hit.reference for hit in index.find(" ".join(asked))}
    assert {f"VC-2026-{n:04}" for n, words in enumerate(people) if set(asked) <= set(words)} <= found


def test_a_list_has_the_names_before_anybody_can_be_found(vault: Vault, ana: UUID) -> None:
    with vault.reading(Reading.names()) as session:
        index = SearchIndex.build_names(session)
    name = index.named([ana])[ana]
    assert name
    assert index.find(name) == ()
    index.add_words()
    assert [hit.case_id for hit in index.find(name)] == [ana]
