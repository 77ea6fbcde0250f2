"""Rows and columns of the lists on the screen Import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from victimcare.exchange.fields import kind_label
from victimcare.exchange.mapping import ColumnMapping, SheetMapping, Sure
from victimcare.exchange.plan import Duplicate
from victimcare.exchange.rows import Problem
from victimcare.reference.codelists import readable
from victimcare.ui.screens.importing.corrections import Wording, field_words
from victimcare.ui.screens.importing.register import Place, Prepared
from victimcare.ui.widgets.table import Column, Group, Mark
from victimcare.ui.words import number

MARKS = {
    Sure.SURE: Mark("tick", "Sure", "safe"), Sure.LIKELY: Mark("info", "Likely", "info"),
    Sure.LOOK: Mark("caution", "Look", "caution"), Sure.UNCLEAR: Mark("late", "Unclear", "late"),
}  # fmt: skip
ASKS = (Sure.UNCLEAR, Sure.LOOK)
LATER = "later"
"""As a code: nothing is said about the cell now, it goes to Leftovers."""


@dataclass(frozen=True, slots=True, repr=False)
class ColumnRow:
    """A column of the register and where it goes."""

    id: Place
    sheet: SheetMapping
    column: ColumnMapping
    first: str
    filled: int


@dataclass(frozen=True, slots=True, repr=False)
class CellRow:
    """A cell that cannot be taken as it stands. `column`: where it is, None for a row as a whole. `code`: what a person said it means."""

    id: tuple[str, str, int, str]
    problem: Problem
    reference: str
    column: Place | None
    code: str | None


@dataclass(frozen=True, slots=True, repr=False)
class DuplicateRow:
    """Two that may be one person."""

    id: int
    one: Duplicate


def column_rows(prepared: Prepared) -> tuple[ColumnRow | Group, ...]:
    """Every column, sheet by sheet. With one sheet there is no heading."""
    rows: list[ColumnRow | Group] = []
    for at, (sheet, mapping) in enumerate(zip(prepared.sheets, prepared.mappings, strict=True)):
        if len(prepared.sheets) > 1:
            kinds = " and ".join(kind_label(kind).lower() for kind in mapping.kinds) or "not understood: kept in Leftovers"
            rows.append(Group(sheet.name, Mark("table"), f"{number(len(sheet.rows))} rows", kinds))
        for place, column in enumerate(mapping.columns):
            first, filled = prepared.seen[at, place]
            rows.append(ColumnRow((at, place), mapping, column, "; ".join(first), filled))
    return tuple(rows)


def columns_of_columns() -> list[Column]:
    """In the file, first values, goes to, proposal, filled."""
    return [
        Column("In the file", lambda row: row.column.heading, width=148, strong=lambda row: True, tip=lambda row: row.column.heading),
        Column("First values", lambda row: row.first, width=212, tone="muted", tip=lambda row: row.first),
        Column("Goes to", lambda row: field_words(row.column.field, row.sheet), width=236),
        Column("Proposal", lambda row: "", width=96, mark=lambda row: MARKS[row.column.sure]),
        Column("and why", lambda row: row.column.why, width=300, stretch=True, tip=lambda row: row.column.why),
        Column("Filled", lambda row: number(row.filled), align="right", width=88),
    ]


def cell_rows(prepared: Prepared, earlier: Mapping[tuple[str, str, int, str], CellRow]) -> tuple[CellRow, ...]:
    """The cells that cannot be taken, and those a person has said something about since the file was read."""
    rows: dict[tuple[str, str, int, str], CellRow] = {}
    references = _references(prepared)
    for problem in prepared.plan.problems if prepared.plan else ():
        key = (problem.file, problem.sheet, problem.row, problem.column)
        rows[key] = CellRow(key, problem, references.get(key[:3], ""), _column(prepared, problem), None)
    for key, row in earlier.items():
        if key not in rows and row.problem.is_code and row.column is not None:
            at, place = row.column
            said = prepared.mappings[at].columns[place].codes
            if row.problem.value in said:
                rows[key] = CellRow(key, row.problem, row.reference, row.column, said[row.problem.value])
    return tuple(sorted(rows.values(), key=lambda row: (_sheet_order(prepared, row), row.problem.row, row.problem.column)))


def columns_of_cells() -> list[Column]:
    """Row, sheet, reference, column, value, why, what to do."""
    return [
        Column("Row", lambda row: number(row.problem.row) if row.problem.row else "", align="right", width=64),
        Column("Sheet", lambda row: kind_label(row.problem.sheet) if row.problem.row else row.problem.sheet, width=112, tone="muted"),
        Column("Reference", lambda row: row.reference, width=164, tone="muted"),
        Column("Column", lambda row: row.problem.column, width=112),
        Column("Value", lambda row: _spaces_shown(row.problem.value), width=150, tip=lambda row: row.problem.value),
        Column("Why", lambda row: row.problem.reason, width=200, stretch=True, tip=lambda row: row.problem.reason, mark=_cell_mark),
        Column("What to do", what_to_do, width=248),
    ]


def what_to_do(row: CellRow) -> str:
    """What happens with the cell as things stand, in words."""
    problem = row.problem
    if row.column is not None and problem.is_code:
        return "Choose a code" if is_one_wording(row) else "Choose codes under Values"
    if problem.is_taken:
        return "Kept in its own words" if problem.is_code else "Taken without them"
    if not problem.row:
        return "Say above what its columns are, or keep it as it stands"
    if problem.field and "date" in problem.field:
        return "Left empty; mend it in Leftovers"
    return "Kept in Leftovers"


def is_one_wording(row: CellRow) -> bool:
    """Whether one code settles the cell: it is about codes, and just one of its wordings is not known."""
    return row.column is not None and row.problem.is_code and "; " not in row.problem.value


def columns_of_duplicates() -> list[Column]:
    """Which row, which other, why."""
    return [
        Column("Row", lambda row: number(row.one.row), align="right", width=64),
        Column("Reference", lambda row: row.one.reference, width=160, strong=lambda row: True),
        Column("May be the same as", lambda row: row.one.other, width=240),
        Column("Why", lambda row: row.one.why, width=280, stretch=True),
        Column("What happens", lambda row: "Both are kept apart", width=200, tone="muted"),
    ]


def columns_of_wordings(words: Mapping[str, str]) -> list[Column]:
    """Wording, in how many rows, what it means. `words`: code -> words, filled by the screen."""
    return [
        Column("Wording", lambda row: row.wording, width=300, strong=lambda row: True, tip=lambda row: row.wording),
        Column("Rows", lambda row: number(row.rows), align="right", width=80),
        Column("Means", lambda row: words.get(row.code, readable(row.code)), width=300),
        Column("", _wording_words, width=200, stretch=True, tone="muted"),
    ]


def _wording_words(row: Wording) -> str:
    return "you said so" if row.is_chosen else ""


def _cell_mark(row: CellRow) -> Mark | None:
    if row.code is not None:
        return Mark("tick", "Settled:", "safe")
    return None


def _spaces_shown(value: str) -> str:
    """Blanks at either end as a person can see them."""
    left, right = len(value) - len(value.lstrip()), len(value) - len(value.rstrip())
    return "␣" * left + value.strip() + "␣" * right if value.strip() else value


def _references(prepared: Prepared) -> dict[tuple[str, str, int], str]:
    wanted = {(problem.file, problem.sheet, problem.row) for problem in prepared.plan.problems} if prepared.plan else set()
    found: dict[tuple[str, str, int], str] = {}
    for rows in prepared.plan.take.values() if prepared.plan else ():
        for row in rows:
            if (row.file, row.kind, row.row) in wanted:
                found[row.file, row.kind, row.row] = row.link
    for waiting in prepared.plan.waiting if prepared.plan else ():
        found.setdefault((waiting.row.file, waiting.row.kind, waiting.row.row), waiting.row.link)
    return found


def _column(prepared: Prepared, problem: Problem) -> Place | None:
    for at, mapping in enumerate(prepared.mappings):
        if mapping.file == problem.file and problem.sheet in mapping.kinds:
            for place, column in enumerate(mapping.columns):
                if column.heading == problem.column and column.field == problem.field:
                    return at, place
    return None


def _sheet_order(prepared: Prepared, row: CellRow) -> int:
    return row.column[0] if row.column else len(prepared.sheets)
