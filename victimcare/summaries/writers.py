"""The files of a statement: PDF, CSV, XLSX and the release's JSON. Nothing in them but what the statement shows.

CSV is one file of one number a line, each with its table, period, unit and definition: it needs no reading of blocks. File
names carry the report, the period and the day it was made, never an id or a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from victimcare.paper.csv_text import csv_bytes
from victimcare.paper.pdf import pdf
from victimcare.paper.xlsx import Sheet, xlsx_bytes
from victimcare.reference.dates_text import NARROW_SPACE, day_text
from victimcare.refused import Refused
from victimcare.summaries.shown import Cell, ShownTable, about, shown
from victimcare.summaries.statement import Statement

FORMATS = ("pdf", "csv", "xlsx", "json")


class FormatRefused(Refused):
    """A format there is no writer for, or none at all."""

    def __init__(self) -> None:
        super().__init__("A statement cannot be written so.", f"Choose among {', '.join(FORMATS)}.")


def files(statement: Statement, formats: tuple[str, ...]) -> dict[str, bytes]:
    """File name -> content, in memory. Raises FormatRefused."""
    if not formats or not set(formats) <= set(FORMATS):
        raise FormatRefused
    writers = {"pdf": _pdf, "csv": _csv, "xlsx": _xlsx, "json": _json}
    return {f"{file_stem(statement)}.{kind}": writers[kind](statement) for kind in dict.fromkeys(formats)}


def file_stem(statement: Statement) -> str:
    """`santa-marta_2016-17_made-2026-11-24`."""
    period = statement.period_written.replace("/", "-").replace("..", "_to_")
    return f"{statement.report.name}_{period}_made-{statement.extracted_on.isoformat()}"


def _json(statement: Statement) -> bytes:
    return statement.as_json().encode()


def _csv(statement: Statement) -> bytes:
    headers = ("Report", "Period asked for", "Extracted", "Table", "Row", "Column", "Value", "Definition", "Notes")
    head = (statement.report.name, statement.period_written, statement.extracted_on)
    return csv_bytes(headers, ((*head, *line) for table in shown(statement) for line in _lines(table)))


def _lines(table: ShownTable) -> Iterator[tuple[Cell, ...]]:
    notes = " ".join(table.notes)
    if not table.rows:
        yield (table.name, "", "", "[c]" if table.withheld else "", table.definition, " ".join((*table.notes, table.withheld)).strip())
    labelled = next((place for place in range(len(table.headers)) if place not in table.numbers), 0)
    for row in table.rows:
        for place in table.numbers:
            if row[place] != "":
                yield (table.name, row[labelled], table.headers[place], row[place], table.definition, notes)


def _xlsx(statement: Statement) -> bytes:
    tables = shown(statement)
    contents = [(number, table.name, table.withheld) for number, table in enumerate(tables, start=1)]
    sheets = [Sheet("About", ("Table", "Name", "Withheld"), contents, above=(statement.report.title, *about(statement), ""))]
    for number, table in enumerate(tables, start=1):
        above = (table.name, table.definition, *table.notes, *((table.withheld,) if table.withheld else ()), "")
        sheets.append(Sheet(f"{number} {table.name}", table.headers, table.rows, above=above))
    return xlsx_bytes(sheets, title=statement.report.title, made_at=statement.extracted)


def _pdf(statement: Statement) -> bytes:
    data = {
        "subtitle": f"{statement.period.label}. Made on {day_text(statement.extracted_on)}.",
        "lead": list(about(statement)),
        "sections": [_section(number, table) for number, table in enumerate(shown(statement), start=1)],
        "footer": f"{statement.report.title}, {statement.period.label}, made on {day_text(statement.extracted_on)}",
    }
    return pdf("statement", data, title=statement.report.title, made_at=statement.extracted)


def _section(number: int, table: ShownTable) -> dict[str, object]:
    rows = [[_printed(cell) for cell in row] for row in table.rows]
    grid = [{"headers": list(table.headers), "rows": rows, "numbers": list(table.numbers), "caption": ""}] if rows else []
    notes = [*table.notes, *([table.withheld] if table.withheld else [])]
    return {"heading": f"{number}. {table.name}", "definition": table.definition, "notes": notes, "tables": grid}


def _printed(cell: Cell) -> str:
    return f"{cell:,}".replace(",", NARROW_SPACE) if isinstance(cell, int) else str(cell)
