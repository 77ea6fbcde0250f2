"""A table as counted from the records: levels, cells and restrictions, before anything is hidden. It never leaves as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from victimcare.store.session import VaultSession
from victimcare.summaries.counting import counts, undated
from victimcare.summaries.reports import TableSpec
from victimcare.summaries.spans import Span
from victimcare.summaries.tables import HIDDEN, TOTAL, Dimension, FrequencyTable, Key, Value

NONE_RECORDED = "NONE_RECORDED"
"""The leaf of a variable with several values for who has none. Always hidden: with the rest it would tell more than it says."""
Counts = Mapping[tuple[int | str, ...], int]


@dataclass(frozen=True, slots=True)
class _Levels:
    """The levels of an axis that get cells, each with its codes, and the hierarchy they stand in."""

    codes: Mapping[str, tuple[str, ...]]
    hierarchy: Mapping[str, tuple[str, ...]]


def counted(session: VaultSession, spec: TableSpec, spans: tuple[Span, ...]) -> FrequencyTable:
    """Count one table. One query, and one more where some records may have no date."""
    measure = spec.measure
    variables = [*(axis.variable for axis in spec.by), *spec.only]
    found = _kept(counts(session, measure, spans, variables), len(spec.by), spec.only)
    axes = [_levels(spec, number, found) for number in range(len(spec.by))]
    in_time = len(spans) > 1 or spec.rows in ("years", "financial_years")
    cells: dict[Key, Value] = {}
    for place, span in enumerate(spans):
        for levels in product(*(axis.codes for axis in axes)):
            key = (span.level, *levels) if in_time else levels
            codes = product(*(axis.codes[level] for axis, level in zip(axes, levels, strict=True)))
            cells[key] = HIDDEN if NONE_RECORDED in levels else sum(found.get((place, *one), 0) for one in codes)
    restrict = dict(spec.only)
    if not in_time:
        restrict[measure.date_variable] = spans[0].leaves
    dimensions = [_days(measure.date_variable, spans)] if in_time else []
    dimensions += [
        Dimension(axis.variable, tuple(levels.codes), levels.hierarchy, measure.variable(axis.variable).multi_valued)
        for axis, levels in zip(spec.by, axes, strict=True)
    ]
    return FrequencyTable(
        name=spec.name,
        unit=measure.unit,
        population=measure.population,
        definition=_definition(spec, spans, undated(session, measure)),
        protected=measure.protected,
        dimensions=tuple(dimensions),
        cells=cells,
        restrict=restrict,
    )


def _definition(spec: TableSpec, spans: tuple[Span, ...], without_date: int) -> str:
    days = "; ".join(span.label for span in spans)
    return " ".join(part for part in (spec.words, spec.measure.definition(days, without_date)) if part)


def _kept(found: Counts, split: int, only: Mapping[str, tuple[str, ...]]) -> Counts:
    """Leave out what is not counted, then forget the variables that split nothing."""
    kept: dict[tuple[int | str, ...], int] = {}
    for key, number in found.items():
        if all(code in codes for code, codes in zip(key[1 + split :], only.values(), strict=True)):
            kept[key[: 1 + split]] = kept.get(key[: 1 + split], 0) + number
    return kept


def _levels(spec: TableSpec, number: int, found: Counts) -> _Levels:
    """The levels of one axis.

    Of a protected table: those fixed before anything was counted, so that a code of the office's own is not named for having
    occurred. Of an open one: those that occur, in the list's order; nothing is told of the others, whose count is nought.
    """
    axis, measure = spec.by[number], spec.measure
    variable = measure.variable(axis.variable)
    occur = {str(key[1 + number]) for key in found}
    every = (*variable.levels, *sorted(occur - set(variable.levels)))
    listed = variable.levels if measure.protected else every
    if axis.groups:
        codes, grouped = dict(axis.groups), {code for group in axis.groups.values() for code in group}
        children = (*codes, *(code for code in listed if code not in grouped))
    else:
        codes = {code: (code,) for code in listed if measure.protected or code in occur}
        if variable.multi_valued and measure.protected:
            codes[NONE_RECORDED] = (NONE_RECORDED,)
        children = tuple(codes)
    if axis.total:
        codes[TOTAL] = every
    return _Levels(codes, {TOTAL: children, **axis.groups})


def _days(name: str, spans: tuple[Span, ...]) -> Dimension:
    levels = tuple(span.level for span in spans)
    hierarchy = {TOTAL: levels, **{span.level: span.leaves for span in spans if span.leaves != (span.level,)}}
    return Dimension(name, levels, hierarchy)
