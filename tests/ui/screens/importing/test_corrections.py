"""Corrections of a mapping: each changes what was asked for and nothing else, and a kept mapping never holds a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from victimcare.exchange.mapping import LEAVE, SheetMapping, Sure
from victimcare.exchange.mapping_file import as_json
from victimcare.exchange.proposal import propose, read_register
from victimcare.exchange.sheets import Sheet
from victimcare.ui.screens.importing import corrections

Proposed = tuple[list[Sheet], tuple[SheetMapping, ...]]


@pytest.fixture
def proposed(register: Callable[..., Path]) -> Proposed:
    sheets = read_register([register()])
    return sheets, tuple(propose(sheets))


def place(mappings: tuple[SheetMapping, ...], heading: str) -> int:
    return next(at for at, column in enumerate(mappings[0].columns) if column.heading == heading)


def test_an_own_meaning_is_not_kept_as_if_a_person_had_said_it(proposed: Proposed) -> None:
    _, mappings = proposed
    at = place(mappings, "Nationality")
    said = corrections.with_code(mappings, 0, at, "Poland", "RO")
    assert said[0].columns[at].codes == {"Poland": "RO"}
    assert corrections.with_code(said, 0, at, "Poland", "PL")[0].columns[at].codes == {}
    assert corrections.without_code(said, 0, at, "Poland") == mappings
    assert mappings[0].columns[at].codes == {}  # nothing changes in place


def test_wordings_that_are_not_known_come_first(proposed: Proposed) -> None:
    sheets, mappings = proposed
    at = place(mappings, "Nationality")
    found = corrections.wordings(sheets[0], mappings[0].columns[at], at)
    assert [(one.wording, one.code) for one in found[:2]] == [("Yugoslav?", LEAVE), ("Poland", "PL")]


def test_a_column_of_another_kind_brings_its_kind_along_and_takes_it_away(proposed: Proposed) -> None:
    sheets, mappings = proposed
    at = place(mappings, "Mobile")
    made = corrections.to_field(sheets, mappings, 0, at, "contacts.said")
    assert made[0].kinds == ("referrals", "contacts")
    back = corrections.to_field(sheets, made, 0, at, "referrals.phone")
    assert back[0].kinds == ("referrals",)
    assert back[0].columns[at].field == "referrals.phone"


def test_two_columns_may_share_a_field_that_holds_several(proposed: Proposed) -> None:
    sheets, mappings = proposed
    made = corrections.to_field(sheets, mappings, 0, place(mappings, "Nationality"), "referrals.notes")
    made = corrections.to_field(sheets, made, 0, place(mappings, "Safe to call?"), "referrals.notes")
    assert [column.field for column in made[0].columns].count("referrals.notes") == 2


def test_no_hour_said_asks_again(proposed: Proposed) -> None:
    sheets, mappings = proposed
    at = place(mappings, "Safe to call?")
    assert corrections.asks_hour(sheets[0], at)
    said = corrections.with_hour(mappings, 0, at, 18)
    assert (said[0].columns[at].from_hour, said[0].columns[at].sure) == (18, Sure.SURE)
    again = corrections.with_hour(said, 0, at, None)
    assert (again[0].columns[at].from_hour, again[0].columns[at].sure) == (None, Sure.LOOK)


def test_what_is_a_name_somewhere_never_gets_into_a_kept_mapping(proposed: Proposed) -> None:
    sheets, mappings = proposed
    at = place(mappings, "Nationality")
    made = corrections.with_code(mappings, 0, at, "hoxha ", "AL")
    made = corrections.with_code(made, 0, at, "Yugoslav?", "RS")
    names = corrections.names_among(sheets, made)
    assert names == {"hoxha"}
    written = json.dumps(as_json(corrections.without_names(made, names)))
    assert "oxha" not in written
    assert "Yugoslav?" in written
