"""A statement as people read it: headings, rows and notes, the same for a screen, a PDF and a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text
from victimcare.summaries.counted import NONE_RECORDED
from victimcare.summaries.reports import Axis
from victimcare.summaries.statement import StatedTable, Statement
from victimcare.summaries.tables import HIDDEN, TOTAL, Dimension, FrequencyTable, Key, Rate

Cell = str | int | float
_MARKS = {HIDDEN: "[c]", "z": "[z]", "x": "[x]"}


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table to read. `numbers`: which columns hold numbers. Cells are plain numbers, words or a mark such as [c]."""

    name: str
    definition: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    notes: tuple[str, ...]
    withheld: str


def shown(statement: Statement) -> tuple[ShownTable, ...]:
    """The tables of a statement in its order. A withheld one has no rows and says why."""
    return tuple(_shown(one) for one in statement.tables)


def about(statement: Statement) -> tuple[str, ...]:
    """What a reader must know of the whole."""
    return (
        f"Period: {statement.period.label}. Computed from the records as they stood on {day_text(statement.extracted_on)}.",
        f"For: {label('release_recipient', statement.report.recipient)}.",
        f"Counts of people supported under {statement.threshold}, and nought, are hidden [c], so that nobody can be identified here or with what was "
        "released before. Acts of organisations (arrests, prosecutions, activities, visits) are not people supported and are shown.",
        "Rates are made of numbers shown here. A part-year stands for the days named and is not to be set beside a whole year.",
    )


def _shown(one: StatedTable) -> ShownTable:
    table, withheld = one.table, one.cleared.withheld
    if withheld:
        return ShownTable(table.name, table.definition.removesuffix(withheld).strip(), (), (), (), one.cleared.notes, withheld)
    headers, rows = _ranked(one) if one.spec.rank else _crossed(one)
    notes = one.cleared.notes
    if not rows:
        notes = (*notes, "Nothing recorded.")
    return ShownTable(table.name, table.definition, headers, rows, _number_columns(headers, one), notes, "")


def _number_columns(headers: tuple[str, ...], one: StatedTable) -> tuple[int, ...]:
    return (0, *range(2, len(headers))) if one.spec.rank else tuple(range(1, len(headers)))


def _crossed(one: StatedTable) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """First variable down, second across if there is one; then what the rates say."""
    table, spec = one.table, one.spec
    first, *rest = table.dimensions
    across: tuple[str, ...] = rest[0].levels if rest else ("",)
    heads = [_label(one, rest[0], level) for level in across] if rest else [spec.measure.units]
    rates = _rates(table)
    names = tuple(dict.fromkeys(rate.name for rate in table.rates))
    rows = []
    for level in first.levels:
        keys: list[Key] = [(level, other) for other in across] if rest else [(level,)]
        cells = [_cell(table, key) for key in keys]
        rows.append((_label(one, first, level), *cells, *(_rate_cell(rates.get((name, level))) for name in names)))
    return (_title(one, first), *heads, *names), tuple(rows)


def _ranked(one: StatedTable) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Most first, ties sharing a rank; then those that are no answer to the question, then one line for all hidden ones alike."""
    table, axis = one.table, one.spec.by[0]
    dimension = table.dimensions[0]
    numbers = {key[0]: value for key, value in table.cells.items() if isinstance(value, int)}
    ranked = sorted((code for code in numbers if code not in axis.unranked), key=lambda code: (-numbers[code], dimension.levels.index(code)))
    rows: list[tuple[Cell, ...]] = []
    for place, code in enumerate(ranked, start=1):
        tied = bool(rows) and rows[-1][2] == numbers[code]
        rows.append((rows[-1][0] if tied else place, _label(one, dimension, code), numbers[code]))
    rows += [("", _label(one, dimension, code), numbers[code]) for code in axis.unranked if code in numbers]
    rows.append(("", "Any other, and none recorded: each", _MARKS[HIDDEN]))
    return ("Rank", _title(one, dimension), one.spec.measure.units), tuple(rows)


def _rates(table: FrequencyTable) -> dict[tuple[str, str], Rate]:
    return {(rate.name, rate.of[0]): rate for rate in table.rates}


def _rate_cell(rate: Rate | None) -> Cell:
    if rate is None:
        return ""
    return _MARKS[rate.value] if isinstance(rate.value, str) else rate.value


def _cell(table: FrequencyTable, key: Key) -> Cell:
    value = table.cells[key]
    if isinstance(value, str):
        return _MARKS[value]
    return f"{value} [r]" if key in table.revised else value


def _axis(one: StatedTable, dimension: Dimension) -> Axis | None:
    return next((axis for axis in one.spec.by if axis.variable == dimension.name), None)


def _title(one: StatedTable, dimension: Dimension) -> str:
    axis = _axis(one, dimension)
    return one.spec.measure.variable(axis.variable).title if axis else "Period"


def _label(one: StatedTable, dimension: Dimension, level: str) -> str:
    axis = _axis(one, dimension)
    if axis is None:
        return next(span.label for span in one.spans if span.level == level)
    if level == TOTAL:
        return axis.total
    if level == NONE_RECORDED:
        return "None recorded"
    return level if level in axis.groups else one.spec.measure.variable(axis.variable).label(level)
