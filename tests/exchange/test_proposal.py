"""Headings never seen, columns in any order, several things in one column, several sheets in one: where each column goes."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import KINDS
from tests.exchange.headings import FIELDS, OFFICES
from victimcare.exchange.cells import Grid
from victimcare.exchange.date_order import Order
from victimcare.exchange.mapping import MappingUnclear, SheetMapping, Sure, check_clear
from victimcare.exchange.proposal import propose
from victimcare.exchange.shared_columns import taken_apart
from victimcare.exchange.sheets import Sheet, sheet_of

Register = dict[str, list[list[str]]]


def as_sheet(rows: Sequence[Sequence[object]], name: str = "sheet") -> Sheet:
    return taken_apart(sheet_of(Grid(f"{name}.csv", name, rows), name))  # type: ignore[arg-type]


def wrong(mapping: SheetMapping, expected: dict[str, str]) -> dict[str, str]:
    """Columns that do not go where they should."""
    return {column.heading: column.field for column in mapping.columns if column.field != expected[column.heading]}


def shuffled(register: Register, office: dict[str, str], chance: random.Random) -> tuple[list[Sheet], list[dict[str, str]]]:
    sheets, expected = [], []
    for number, kind in enumerate(chance.sample(KINDS, len(KINDS))):
        headings, fields = office[kind].split("|"), FIELDS[kind].split()
        order = chance.sample(range(len(headings)), len(headings))
        rows = [[headings[place] for place in order], *([row[place] for place in order] for row in register[kind][1:])]
        sheets.append(as_sheet(rows, f"sheet {number}"))
        expected.append({headings[place]: f"{kind}.{fields[place]}" for place in order})
    return sheets, expected


@pytest.mark.parametrize("office", sorted(OFFICES))
@pytest.mark.parametrize("seed", [1, 2])
def test_headings_of_other_offices_in_any_order(register: Register, office: str, seed: int) -> None:
    sheets, expected = shuffled(register, OFFICES[office], random.Random(seed))
    assert [wrong(mapping, fields) for mapping, fields in zip(propose(sheets), expected, strict=True)] == [{}] * len(sheets)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_each_heading_from_another_office(register: Register, chance: random.Random) -> None:
    mixed = {}
    for kind in KINDS:
        choices = [office[kind].split("|") for office in OFFICES.values()] + [register[kind][0]]
        picked = [chance.choice(column) for column in zip(*choices, strict=True)]
        mixed[kind] = "|".join(picked)
        if len(set(picked)) < len(picked):
            mixed[kind] = "|".join(register[kind][0])
    small = {kind: rows[:1] + chance.sample(rows[1:], min(len(rows) - 1, 300)) for kind, rows in register.items()}
    sheets, expected = shuffled(small, mixed, chance)
    for mapping, fields in zip(propose(sheets), expected, strict=True):
        assert wrong(mapping, fields) == {}


def test_the_reasons_are_ones_an_officer_can_check(register: Register) -> None:
    (mapping,) = propose([as_sheet(register["referrals"])])
    said = {column.heading: (column.sure, column.why) for column in mapping.columns}
    assert said["Ref"] == (Sure.SURE, "unique in every row")
    assert said["Date received"] == (Sure.SURE, "day first: 1560 rows can be read no other way")
    assert said["Source"] == (Sure.SURE, "14 wordings, 7 codes")
    assert said["Nationality"] == (Sure.SURE, "41 wordings, 15 codes, 1 not known")
    assert said["Barriers"] == (Sure.SURE, "split at “;”, 20 wordings, 10 codes")
    assert said["Safe to call?"] == (Sure.LOOK, "“eve only” in 623 rows: from what hour?")


def test_several_things_in_one_column(register: Register) -> None:
    rows: list[list[str]] = [["Ref", "Received", "Name", "Born", "Sex / Age", "Nationality"]]
    rows += [[row[0], row[1], f"{row[5].upper()}, {row[4].strip()}", row[7], f"{row[9]} / {row[8]}", row[10]] for row in register["referrals"][1:400]]
    (mapping,) = propose([as_sheet(rows)])
    assert [column.field.removeprefix("referrals.") for column in mapping.columns] == [
        "reference",
        "received_on",
        "full_name",
        "date_of_birth",
        "gender",
        "age",
        "nationality",
    ]


def test_day_and_time_in_one_column(register: Register) -> None:
    rows = [["Ref", "Date/time", "How", "Reached?", "Note"]] + [[row[0], f"{row[1]} {row[2]}", row[3], row[4], row[7]] for row in register["contacts"][1:400]]
    (mapping,) = propose([as_sheet(rows)])
    assert [column.field for column in mapping.columns] == ["contacts.case_reference", "contacts.on", "contacts.channel", "contacts.outcome", "contacts.said"]


@pytest.mark.parametrize(
    ("parent", "child"),
    [("referrals", "partner_referrals"), ("referrals", "contacts"), ("investigations", "arrests"), ("investigations", "prosecutions")],
)
def test_two_sheets_merged_into_one(register: Register, parent: str, child: str) -> None:
    of: dict[str, list[list[str]]] = defaultdict(list)
    for row in register[child][1:]:
        of[row[0]].append(row[1:])
    taken = {heading.casefold() for heading in register[parent][0]}
    more = [heading if heading.casefold() not in taken else f"{heading} ({child})" for heading in register[child][0][1:]]
    rows = [register[parent][0] + more]
    for row in register[parent][1:]:
        rows += [row + other for other in of.get(row[0], [[""] * len(more)])]
    (mapping,) = propose([as_sheet(rows)])
    expected = [f"{parent}.{name}" for name in FIELDS[parent].split()] + [f"{child}.{name}" for name in FIELDS[child].split()[1:]]
    assert mapping.kinds == (parent, child)
    assert [column.field for column in mapping.columns] == expected


def test_a_date_received_that_nothing_proves_is_asked_for() -> None:
    rows = [["Ref", "Date received", "Nationality"]] + [[f"A/{day}", f"{day:02}/0{day % 9 + 1}/2016", "Poland"] for day in range(1, 13)]
    mappings = propose([as_sheet([*rows[:1], *(row for row in rows[1:] if row[1][:2] != row[1][3:5])])])
    with pytest.raises(MappingUnclear) as caught:
        check_clear(mappings)
    assert "Date received" in caught.value.reason


def test_another_date_column_of_the_file_decides() -> None:
    rows = [["Ref", "Date received", "DOB", "Nationality"]]
    rows += [[f"A/{day}", f"0{day % 9 + 1}/0{(day + 3) % 9 + 1}/2016", f"{12 + day}/05/1990", "Poland"] for day in range(1, 13)]
    (mapping,) = propose([as_sheet(rows)])
    assert mapping.columns[1].order is Order.DAY_FIRST
    check_clear([mapping])


def test_a_sheet_that_is_none_of_ours_has_no_kind() -> None:
    rows = [["Item", "Price", "Colour"]] + [[f"Chair {number}", str(number), "blue"] for number in range(20)]
    (mapping,) = propose([as_sheet(rows)])
    assert mapping.kinds == ()
