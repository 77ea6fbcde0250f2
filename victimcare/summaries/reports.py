"""Built-in reports: which tables they have, as data (`resources/reports/reports.json`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from victimcare.reference.codelists import codelist
from victimcare.refused import Refused
from victimcare.resources import resource_json
from victimcare.summaries.measures import MEASURES, Measure


class ReportUnknown(Refused):
    """No report has this name."""

    def __init__(self) -> None:
        super().__init__("There is no report of that name.", f"Choose one of: {', '.join(report_names())}.")


@dataclass(frozen=True, slots=True)
class Axis:
    """One variable of a table. `groups`: levels made of several codes, in order; without, each code is one. `total`: what their sum is called, "" for none."""

    variable: str
    groups: Mapping[str, tuple[str, ...]]
    total: str
    unranked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of a report. `rows`: see `spans.rows`. `only`: codes counted of variables that split nothing. `rate`: its name and the level over the total."""

    code: str
    name: str
    measure_name: str
    rows: str
    by: tuple[Axis, ...]
    only: Mapping[str, tuple[str, ...]]
    change: bool
    rank: bool
    rate: tuple[str, str] | None
    words: str

    @property
    def measure(self) -> Measure:
        return MEASURES[self.measure_name]


@dataclass(frozen=True, slots=True)
class Report:
    """A report. `recipient`: for whom it is made, of the code list `release_recipient`."""

    name: str
    title: str
    recipient: str
    tables: tuple[TableSpec, ...]


def report_names() -> tuple[str, ...]:
    return tuple(_data()["reports"])


def report(name: str) -> Report:
    """The report of that name. Raises ReportUnknown."""
    if name not in _data()["reports"]:
        raise ReportUnknown
    found = _data()["reports"][name]
    return Report(name, found["title"], found["recipient"], tuple(_spec(code) for code in found["tables"]))


def _spec(code: str) -> TableSpec:
    row = _data()["tables"][code]
    return TableSpec(
        code=code,
        name=row["name"],
        measure_name=row["measure"],
        rows=row["rows"],
        by=tuple(_axis(axis) for axis in row.get("by", ())),
        only={name: tuple(codes) for name, codes in row.get("only", {}).items()},
        change=row.get("change", False),
        rank=row.get("rank", False),
        rate=(row["rate"]["name"], row["rate"]["of"]) if "rate" in row else None,
        words=row.get("words", ""),
    )


def _axis(row: Mapping[str, Any]) -> Axis:
    groups = {name: _codes(codes) for name, codes in row.get("groups", {}).items()}
    return Axis(row["variable"], groups, row.get("total", ""), tuple(row.get("unranked", ())))


def _codes(codes: Any) -> tuple[str, ...]:
    if isinstance(codes, str):
        name, _, part = codes.partition(".")
        return tuple(codelist(name).extra[part])
    return tuple(codes)


def _data() -> Any:
    return resource_json("reports/reports.json")
