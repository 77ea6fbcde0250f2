"""The JSON of a release, read as a stranger reads it: the file alone, and the format as it is described."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from tests.conftest import PASSPHRASE
from victimcare.cli.main import run_command

REPORTS = ("santa-marta", "partnership-board", "bakhita-caritas", "barriers", "nrm")
PERIODS = (None, "2016", "2016/17", "2016-Q3", "2016-05", "2017-01-15..2017-09-30")
MONTH_OR_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")


@pytest.fixture
def release(example, tmp_path, monkeypatch):
    """`release("nrm", "2016")`: the JSON that the command writes of the example register."""
    monkeypatch.setenv("VICTIMCARE_PASSPHRASE", PASSPHRASE)

    def released(report: str, period: str | None) -> dict[str, Any]:
        out = tmp_path / f"out-{report}-{(period or 'newest').replace('/', '-')}"
        asked = ["--period", period] if period else []
        assert run_command(["summarise", str(example.folder), report, "--user", "VLO 17", "--out", str(out), "--format", "json", *asked]) == 0
        (written,) = out.iterdir()
        return json.loads(written.read_text(encoding="utf-8"))

    return released


@pytest.mark.parametrize("report", REPORTS)
def test_a_stranger_can_work_with_every_table(release, report):
    for period in PERIODS:
        body = release(report, period)
        assert body["zeros"] in ("hidden", "shown")
        for table in body["tables"]:
            cells = {tuple(cell["key"]): cell["value"] for cell in table["cells"]}
            assert len(cells) == len(table["cells"])
            for dimension in table["dimensions"]:
                hierarchy_is_whole(dimension)
            keys_are_known_and_none_is_missing(table["dimensions"], cells)
            sums_add_up(table["dimensions"], cells)
            rates_are_made_of_cells(table["rates"], cells)
            hidden_as_it_says(body, table, cells)
            assert all(tuple(key) in cells for key in table["revised"])
        restricted_to_leaves(body["tables"])
        levels_mean_the_same_everywhere(body["tables"])


def hierarchy_is_whole(dimension: dict[str, Any]) -> None:
    """Every name in it is a level, every level stands under the total, each under one parent."""
    levels, hierarchy = dimension["levels"], dimension["hierarchy"]
    children = [child for below in hierarchy.values() for child in below]
    assert len(set(levels)) == len(levels)
    assert {*hierarchy, *children} == set(levels)
    assert len(set(children)) == len(children)
    assert set(levels) - set(children) == {"Total"}
    assert set(below(dimension, "Total")) == {level for level in levels if level not in hierarchy}


def keys_are_known_and_none_is_missing(dimensions: list[dict[str, Any]], cells: dict[tuple[str, ...], Any]) -> None:
    for key in cells:
        assert len(key) == len(dimensions)
        assert all(level in dimension["levels"] for level, dimension in zip(key, dimensions, strict=True))
    used = [{key[place] for key in cells} for place in range(len(dimensions))]
    assert set(cells) == (set(product(*used)) if cells else set())


def sums_add_up(dimensions: list[dict[str, Any]], cells: dict[tuple[str, ...], Any]) -> None:
    """A shown sum is that of its shown parts, or more where a part of it is not shown."""
    for key, value in cells.items():
        for place, dimension in enumerate(dimensions):
            children = dimension["hierarchy"].get(key[place], ())
            parts = [cells.get((*key[:place], child, *key[place + 1 :])) for child in children]
            numbers = [part for part in parts if isinstance(part, int)]
            if isinstance(value, int) and numbers and not dimension["multi_valued"]:
                assert sum(numbers) == value if len(numbers) == len(parts) else sum(numbers) <= value


def rates_are_made_of_cells(rates: list[dict[str, Any]], cells: dict[tuple[str, ...], Any]) -> None:
    for rate in rates:
        of, over = cells[tuple(rate["of"])], cells[tuple(rate["over"])]
        if "c" in (of, over):
            assert rate["value"] == "c"
        else:
            top = of - over if rate["name"].startswith("Change") else of
            assert rate["value"] == pytest.approx(100 * top / over, abs=0.0501)


def hidden_as_it_says(body: dict[str, Any], table: dict[str, Any], cells: dict[tuple[str, ...], Any]) -> None:
    numbers = [value for value in cells.values() if isinstance(value, int)]
    assert all(isinstance(value, int) or value in ("c", "z", "x") for value in cells.values())
    if table["protected"]:
        assert all(value >= body["threshold"] or (value == 0 and body["zeros"] == "shown") for value in numbers)
    else:
        assert "c" not in cells.values()


def restricted_to_leaves(tables: list[dict[str, Any]]) -> None:
    dimensions = {}
    for table in tables:
        dimensions.update({(table["population"], one["name"]): one for one in table["dimensions"]})
    for table in tables:
        assert not set(table["restrict"]) & {one["name"] for one in table["dimensions"]}
        for variable, leaves in table["restrict"].items():
            assert leaves
            told = dimensions.get((table["population"], variable))
            assert all(leaf not in told["hierarchy"] for leaf in leaves) if told else True
            # What another table tells of is named there as here; days of a cut month stand in no other table.
            assert all(leaf in told["levels"] or MONTH_OR_DAY.fullmatch(leaf) for leaf in leaves) if told else True


def levels_mean_the_same_everywhere(tables: list[dict[str, Any]]) -> None:
    meanings: dict[tuple[str, str, str], frozenset[str]] = {}
    for table in tables:
        for dimension in table["dimensions"]:
            for level in dimension["hierarchy"]:
                if level != "Total":
                    place = (table["population"], dimension["name"], level)
                    assert meanings.setdefault(place, frozenset(below(dimension, level))) == frozenset(below(dimension, level))


def below(dimension: dict[str, Any], level: str) -> Iterator[str]:
    if level not in dimension["hierarchy"]:
        yield level
    for child in dimension["hierarchy"].get(level, ()):
        yield from below(dimension, child)


def test_some_sums_and_rates_of_the_example_are_there_to_be_checked(release):
    tables = {table["name"]: table for table in release("santa-marta", None)["tables"]}
    assert {rate["value"] for rate in tables["Prosecutions by financial year"]["rates"]} == {75, 75.9}
    visits = tables["Visits by premises and finding"]
    finding = next(one for one in visits["dimensions"] if one["name"] == "finding")
    assert {key for cell in visits["cells"] for key in cell["key"][1:]} == {"Total", *finding["hierarchy"]["Total"]}
