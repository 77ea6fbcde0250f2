"""A mapping kept as a file: it brings back every correction, and nothing else passes for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.exchange.conftest import bring_in, previewed
from victimcare.casework.cases import Case
from victimcare.casework.safe_contact import SafeChannel
from victimcare.exchange.date_order import Order
from victimcare.exchange.mapping import MappingRefused, MappingUnclear
from victimcare.exchange.mapping_file import as_json, load_mapping, save_mapping
from victimcare.exchange.proposal import propose, read_register
from victimcare.store.vault import Vault

ROWS = [["Day book", "In", "Who", "Ctry", "Ring?"]] + [
    [f"A/{day}", f"0{day}/0{10 - day}/2016", f"Person {'ABCDEFGHI'[day]}", "Polska", "eve only"] for day in (1, 2, 3, 4)
]


def corrected(path: Path) -> list[Any]:
    (mapping,) = propose(read_register([path]))
    mapping = mapping.with_column("Day book", field="referrals.reference").with_column("In", field="referrals.received_on", order=Order.MONTH_FIRST)
    mapping = mapping.with_column("Who", field="referrals.full_name").with_column("Ctry", field="referrals.nationality", codes={"Polska": "RO"})
    mapping = mapping.with_column("Ring?", field="referrals.safe_to_call", from_hour=18)
    return [type(mapping)(mapping.file, mapping.name, ("referrals",), mapping.columns)]


def test_corrections_come_back_with_the_file(office: Vault, write_csv: Callable[..., Path], tmp_path: Path) -> None:
    path, kept = write_csv("register.csv", ROWS), tmp_path / "mapping.json"
    with pytest.raises(MappingUnclear):
        previewed(office, [path])
    save_mapping(corrected(path), kept)

    result = bring_in(office, path, kept=load_mapping(kept))

    assert result["created"]["referrals"] == 4
    with office.reading() as session:
        cases = session.execute(select(Case.received_on, Case.nationality).order_by(Case.received_on)).all()
        assert [(row.received_on.month, row.received_on.day, row.nationality) for row in cases] == [(1, 9, "RO"), (2, 8, "RO"), (3, 7, "RO"), (4, 6, "RO")]
        assert set(session.execute(select(SafeChannel.is_safe, SafeChannel.from_minute)).all()) == {("YES", 18 * 60)}


def test_a_kept_mapping_holds_headings_and_no_person(write_csv: Callable[..., Path]) -> None:
    assert "Person" not in json.dumps(as_json(corrected(write_csv("register.csv", ROWS))))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(version=2),
        lambda data: data.update(format="other"),
        lambda data: data.update(more=1),
        lambda data: data["sheets"][0].update(kinds=["recipes"]),
        lambda data: data["sheets"][0]["columns"][0].update(field="referrals.password"),
        lambda data: data["sheets"][0]["columns"][0].update(shell="rm"),
        lambda data: data["sheets"][0]["columns"][1].update(order="LATEST_FIRST"),
        lambda data: data["sheets"][0]["columns"][3].update(codes={"Polska": "ZZTOP"}),
        lambda data: data["sheets"][0]["columns"][4].update(from_hour=25),
        lambda data: data["sheets"][0]["columns"].append(dict(data["sheets"][0]["columns"][0])),
        lambda data: data["sheets"].append("sheet"),
    ],
)
def test_anything_else_is_no_mapping(write_csv: Callable[..., Path], tmp_path: Path, change: Callable[[Any], None]) -> None:
    data = as_json(corrected(write_csv("register.csv", ROWS)))
    change(data)
    path = tmp_path / "mapping.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(MappingRefused):
        load_mapping(path)


def test_no_json_and_no_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    for name in ("bad.json", "gone.json"):
        with pytest.raises(MappingRefused):
            load_mapping(tmp_path / name)
