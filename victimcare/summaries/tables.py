"""Frequency tables as values, and the JSON of a release: what is published, kept in the register and may be attacked by anyone.

A cell's key has one level for each dimension. A hierarchy gives the children of a level; levels that are no key of it are
leaves. Days are told by leaves too: a whole month (`2016-05`) or, where a month is cut, a day (`2016-05-03`).
In the JSON `levels` names every level of the hierarchy, those with cells first; of a level without a cell nothing is told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

TOTAL = "Total"
HIDDEN = "c"
Key = tuple[str, ...]
Value = int | str
"""A count, or "c" (hidden), "z" (impossible), "x" (not collected)."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a table is split by. `levels`: those that have cells. `multi_valued`: one unit may count at several levels."""

    name: str
    levels: tuple[str, ...]
    hierarchy: Mapping[str, tuple[str, ...]]
    multi_valued: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every level, those with cells first."""
        return tuple(dict.fromkeys((*self.levels, *self.hierarchy, *(child for children in self.hierarchy.values() for child in children))))

    def leaves(self, level: str) -> tuple[str, ...]:
        """The leaf levels that `level` stands for."""
        children = self.hierarchy.get(level)
        if children is None:
            return (level,)
        return tuple(leaf for child in children for leaf in self.leaves(child))


@dataclass(frozen=True, slots=True)
class Rate:
    """A number made of two cells, in per cent: `of` / `over`, or for a change (`of` - `over`) / `over`."""

    name: str
    of: Key
    over: Key
    value: float | str


@dataclass(frozen=True, slots=True)
class FrequencyTable:
    """Counts of one unit. `restrict`: the leaf levels counted of a variable that is no dimension. `protected`: counts people supported."""

    name: str
    unit: str
    population: str
    definition: str
    protected: bool
    dimensions: tuple[Dimension, ...]
    cells: Mapping[Key, Value]
    rates: tuple[Rate, ...] = ()
    restrict: Mapping[str, tuple[str, ...]] | None = None
    revised: tuple[Key, ...] = ()

    @property
    def is_multi_valued(self) -> bool:
        return any(dimension.multi_valued for dimension in self.dimensions)

    def hidden_whole(self, reason: str) -> FrequencyTable:
        """The same table with no number in it, its definition saying why."""
        return replace(
            self,
            definition=f"{self.definition} {reason}",
            cells=dict.fromkeys(self.cells, HIDDEN),
            rates=tuple(replace(rate, value=HIDDEN) for rate in self.rates),
            revised=(),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "unit": self.unit,
            "population": self.population,
            "definition": self.definition,
            "protected": self.protected,
            "restrict": {name: list(leaves) for name, leaves in (self.restrict or {}).items()},
            "dimensions": [
                {
                    "name": one.name,
                    "levels": list(one.names),
                    "hierarchy": {level: list(children) for level, children in one.hierarchy.items()},
                    "multi_valued": one.multi_valued,
                }
                for one in self.dimensions
            ],
            "cells": [{"key": list(key), "value": value} for key, value in self.cells.items()],
            "rates": [{"name": rate.name, "of": list(rate.of), "over": list(rate.over), "value": rate.value} for rate in self.rates],
            "revised": [list(key) for key in self.revised],
        }


def table_from_json(data: Mapping[str, Any]) -> FrequencyTable:
    """The table that `as_json` told of. Raises KeyError where a part is missing."""
    cells = {tuple(cell["key"]): cell["value"] for cell in data["cells"]}
    return FrequencyTable(
        name=data["name"],
        unit=data["unit"],
        population=data["population"],
        definition=data["definition"],
        protected=data["protected"],
        dimensions=tuple(
            Dimension(
                name=one["name"],
                levels=tuple(dict.fromkeys(key[place] for key in cells)),
                hierarchy={level: tuple(children) for level, children in one["hierarchy"].items()},
                multi_valued=one["multi_valued"],
            )
            for place, one in enumerate(data["dimensions"])
        ),
        cells=cells,
        rates=tuple(Rate(rate["name"], tuple(rate["of"]), tuple(rate["over"]), rate["value"]) for rate in data["rates"]),
        restrict={name: tuple(leaves) for name, leaves in data["restrict"].items()},
        revised=tuple(tuple(key) for key in data["revised"]),
    )


def release_json(*, report: str, period: str, extracted: datetime, threshold: int, tables: tuple[FrequencyTable, ...]) -> str:
    """The text of a release. Zeros that could have been people are hidden; nothing is rounded."""
    body = {
        "report": report,
        "period": period,
        "extracted": extracted.isoformat(),
        "threshold": threshold,
        "zeros": "hidden",
        "rounding": None,
        "tables": [table.as_json() for table in tables],
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def tables_of(release: str) -> tuple[FrequencyTable, ...]:
    """The tables of a release's JSON text."""
    return tuple(table_from_json(table) for table in json.loads(release)["tables"])
