"""Who may be the same person: two things must agree, and nobody is ever merged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from tests.exchange.conftest import bring_in
from victimcare.casework.cases import Case
from victimcare.exchange.people import person, possible_duplicates
from victimcare.store.vault import Vault

HEADINGS = ["Ref", "Date received", "First name", "Family name", "DOB", "Mobile"]


def test_the_same_name_in_another_order_and_spelling_with_the_same_birth_date() -> None:
    first = person("a", "Nguyễn Vân", "1993-05-23", [])
    (found,) = possible_duplicates([person("b", "Van NGUYEN", "1993-05-23", [])], [first])
    assert found[2] == "same name and date of birth"


def test_one_thing_alone_is_not_enough() -> None:
    known = [person("a", "Ana Albescu", "1990-01-13", ["07700 900982"])]
    others = [person("b", "Ana Albescu", "", []), person("c", "Eva Bilan", "", ["+44 7700 900982"]), person("d", "Ida Costa", "1990-01-13", [])]
    assert possible_duplicates(others, known) == []


def test_an_import_lists_them_and_takes_both(office: Vault, write_csv: Callable[..., Path]) -> None:
    bring_in(office, write_csv("one.csv", [HEADINGS, ["T/1", "13/03/2016", "Ana", "Albescu", "13/01/1990", "07700 900982"]]))
    rows = [
        HEADINGS,
        ["T/2", "14/03/2016", "ANA", "Albescu", "13/01/1990", ""],
        ["T/3", "15/03/2016", "Anna", "Albescu", "", "+44 7700 900 111"],
        ["T/4", "15/04/2016", "Albescu", "Anna", "", "07700 900111"],
    ]

    result = bring_in(office, write_csv("two.csv", rows))

    assert [(one["reference"], one["other"], one["why"]) for one in result["duplicates"]] == [
        ("T/2", "in the vault", "same name and date of birth"),
        ("T/4", "row 3 of two.csv", "same name and phone"),
    ]
    with office.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 4


def test_a_row_that_changed_since_it_was_taken_waits_and_makes_no_second_case(office: Vault, write_csv: Callable[..., Path]) -> None:
    row = ["T/1", "13/03/2016", "Ana", "Albescu", "13/01/1990", ""]
    bring_in(office, write_csv("one.csv", [HEADINGS, row]))

    result = bring_in(office, write_csv("two.csv", [HEADINGS, [*row[:3], "Albescu-Pop", row[4], "07700 900982"]]))

    assert result["created"] == {}
    assert [one["reference"] for one in result["duplicates"]] == ["T/1"]
    assert bring_in(office, write_csv("two.csv", [HEADINGS, [*row[:3], "Albescu-Pop", row[4], "07700 900982"]]))["created"] == {}
    with office.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1
