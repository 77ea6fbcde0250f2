"""Mappings kept as a JSON file, so that next time the same register needs no questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from victimcare.exchange.date_order import Order
from victimcare.exchange.fields import KINDS, fields, folded
from victimcare.exchange.mapping import LEAVE, ColumnMapping, MappingRefused, SheetMapping, Sure
from victimcare.reference.codelists import codelist

FORMAT = "victimcare-mapping"
VERSION = 1
_COLUMN_KEYS = {"heading", "field", "order", "delimiter", "codes", "from_hour"}
_DELIMITERS = {"", ";", "|", "\n", " / ", ",", "/", " + ", " & "}
_REMEDY = "Mend the file, or make a new one with Keep this mapping on the screen Import."


def save_mapping(mappings: Sequence[SheetMapping], path: Path) -> None:
    """Write the mappings to `path`. Headings and wordings that were given a code stand in it, no other cell does."""
    path.write_text(json.dumps(as_json(mappings), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def as_json(mappings: Sequence[SheetMapping]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "sheets": [{"kinds": list(mapping.kinds), "columns": [column_as_json(column) for column in mapping.columns]} for mapping in mappings if mapping.kinds],
    }


def column_as_json(column: ColumnMapping) -> dict[str, Any]:
    """One column as a mapping file has it."""
    kept: dict[str, Any] = {"heading": column.heading, "field": column.field}
    if column.order:
        kept["order"] = column.order.value
    if column.delimiter:
        kept["delimiter"] = column.delimiter
    if column.codes:
        kept["codes"] = dict(column.codes)
    if column.from_hour is not None:
        kept["from_hour"] = column.from_hour
    return kept


def load_mapping(path: Path) -> list[SheetMapping]:
    """The mappings of a file. Raises MappingRefused for anything that is not exactly as `save_mapping` writes it."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MappingRefused(f"The mapping cannot be read ({error.strerror or 'no answer'}).", "Check where it is.") from None
    except ValueError:
        raise MappingRefused("The mapping is no JSON file.", _REMEDY) from None
    return from_json(data)


def from_json(data: Any) -> list[SheetMapping]:
    """The mappings `as_json` gave. Raises MappingRefused."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise MappingRefused("The file is not a mapping of this program.", _REMEDY)
    if data.get("version") != VERSION:
        raise MappingRefused(f"The mapping has version {str(data.get('version'))[:10]}; this program reads version {VERSION}.", _REMEDY)
    sheets = data.get("sheets")
    if set(data) != {"format", "version", "sheets"} or not isinstance(sheets, list):
        raise MappingRefused("The mapping has parts that do not belong there.", _REMEDY)
    return [_sheet_from(entry, number) for number, entry in enumerate(sheets, start=1)]


def _sheet_from(entry: Any, number: int) -> SheetMapping:
    if not isinstance(entry, dict) or set(entry) != {"kinds", "columns"} or not isinstance(entry["columns"], list):
        raise MappingRefused(f"Sheet {number} of the mapping is not as it should be.", _REMEDY)
    kinds = entry["kinds"]
    if not isinstance(kinds, list) or not kinds or not all(kind in KINDS for kind in kinds):
        raise MappingRefused(f"Sheet {number} of the mapping names a kind of sheet that is not known.", f"The kinds are: {', '.join(KINDS)}.")
    columns = tuple(column_from_json(column, f"A column of sheet {number} of the mapping") for column in entry["columns"])
    if len({column.heading.casefold() for column in columns}) != len(columns):
        raise MappingRefused(f"Sheet {number} of the mapping names a heading twice.", _REMEDY)
    return SheetMapping("", "", tuple(kinds), columns)


def column_from_json(entry: Any, where: str = "A column of the mapping") -> ColumnMapping:
    """The column `column_as_json` gave. Raises MappingRefused."""
    if not isinstance(entry, dict) or not {"heading", "field"} <= set(entry) <= _COLUMN_KEYS or not isinstance(entry["heading"], str):
        raise MappingRefused(f"{where} is not as it should be.", _REMEDY)
    key = entry["field"]
    if key != LEAVE and key not in fields():
        raise MappingRefused(f"{where} goes to a field that does not exist.", _REMEDY)
    order = entry.get("order")
    if order is not None and order not in set(Order):
        raise MappingRefused(f"{where} has an order of dates that does not exist.", f"The orders are: {', '.join(Order)}.")
    hour = entry.get("from_hour")
    if entry.get("delimiter", "") not in _DELIMITERS or (hour is not None and (not isinstance(hour, int) or not 0 <= hour <= 23)):
        raise MappingRefused(f"{where} has a delimiter or an hour that cannot be.", _REMEDY)
    return ColumnMapping(
        entry["heading"],
        key,
        Sure.SURE,
        "from the mapping",
        Order(order) if order else None,
        entry.get("delimiter", ""),
        _codes_from(entry.get("codes", {}), key, where),
        hour,
    )


def _codes_from(codes: Any, key: str, where: str) -> dict[str, str]:
    if not isinstance(codes, dict) or not all(isinstance(code, str) for code in codes.values()):
        raise MappingRefused(f"{where} has codes that are not as they should be.", _REMEDY)
    if not codes:
        return {}
    field = fields().get(key)
    name = "safe" if field and field.kind == "safe_call" else (field.codelist if field else "")
    if not name or not all(code == LEAVE or codelist(name).known(code.partition(":")[0]) for code in codes.values()):
        raise MappingRefused(f"{where} gives a wording a code that its list does not have.", _REMEDY)
    return dict(codes)


def with_mapping(proposed: Sequence[SheetMapping], kept: Sequence[SheetMapping]) -> list[SheetMapping]:
    """The proposals, with what was kept put over them: by the headings two sheets share, the best match of each.

    A kept mapping wins column by column; columns it does not name keep their proposal. What a column's own values prove of
    its date order is no longer asked: the kept order counts, and where none was kept the proposal's.
    """
    return [_with_kept(mapping, kept) for mapping in proposed]


def _with_kept(mapping: SheetMapping, kept: Sequence[SheetMapping]) -> SheetMapping:
    mine = {folded(column.heading) for column in mapping.columns}
    best, share = None, 0.0
    for candidate in kept:
        theirs = {folded(column.heading) for column in candidate.columns}
        same = len(mine & theirs) / max(1, len(mine | theirs))
        if same > share or (same == share and best is not None and candidate.kinds == mapping.kinds and best.kinds != mapping.kinds):
            best, share = candidate, same
    if best is None or share < 0.5:
        return mapping
    known = {folded(column.heading): column for column in best.columns}
    columns = tuple(_over(column, known.get(folded(column.heading))) for column in mapping.columns)
    return replace(mapping, kinds=best.kinds, columns=columns)


def _over(column: ColumnMapping, kept: ColumnMapping | None) -> ColumnMapping:
    if kept is None:
        return column
    order = kept.order or (column.order if column.field == kept.field else None)
    sure, why = (Sure.UNCLEAR, column.why) if column.sure is Sure.UNCLEAR and order is None and column.field == kept.field else (Sure.SURE, kept.why)
    return replace(kept, heading=column.heading, order=order, sure=sure, why=why)
