"""One sheet that holds several kinds of rows, told apart by a column such as "Record type": cut into a sheet for each kind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from victimcare.exchange.cells import Check, go_on, is_blank, text_of
from victimcare.exchange.fields import kind_called
from victimcare.exchange.sheets import Row, Sheet

_MOST_KINDS = 12


def unstacked(sheet: Sheet, check: Check = go_on) -> list[Sheet]:
    """A sheet for each kind, with the columns its rows fill; the sheet itself where no column names kinds of rows.

    Rows the column does not name stay together as one more sheet.
    """
    place = _type_column(sheet, check)
    if place is None:
        return [sheet]
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in sheet.rows:
        parts[kind_called(text_of(row.cells[place]))].append(row)
    cut = [_part(sheet, kind, rows, place) for kind, rows in parts.items()]
    return [replace(cut[0], above=sheet.above), *cut[1:]]


def _type_column(sheet: Sheet, check: Check) -> int | None:
    for place in range(len(sheet.headings)):
        check()
        values = {text_of(row.cells[place]).strip() for row in sheet.rows if not is_blank(row.cells[place])}
        if not 2 <= len(values) <= _MOST_KINDS:
            continue
        kinds = {value: kind_called(value) for value in values}
        named = sum(bool(kinds.get(text_of(row.cells[place]).strip())) for row in sheet.rows)
        if len(set(kinds.values()) - {""}) >= 2 and named >= 0.95 * len(sheet.rows):
            return place
    return None


def _part(sheet: Sheet, kind: str, rows: list[Row], place: int) -> Sheet:
    columns = [column for column in range(len(sheet.headings)) if column != place and any(not is_blank(row.cells[column]) for row in rows)]
    cut = tuple(Row(row.number, tuple(row.cells[column] for column in columns), row.surplus) for row in rows)
    return Sheet(sheet.file, f"{sheet.name} ({kind or 'other'})", tuple(sheet.headings[column] for column in columns), cut, kind)
