"""Columns that hold two things at once, such as "Sex / Age": taken apart where heading and values agree on how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from victimcare.exchange.cells import Cell, is_blank, text_of
from victimcare.exchange.fields import fields, folded, heading_score
from victimcare.exchange.sheets import Row, Sheet

_JOINTS = re.compile(r"\s*(?:/|&|\+|,|;|\band\b|\bund\b|\bet\b|\be\b|\by\b|\bi\b|\bși\b|\ben\b)\s*", re.IGNORECASE)
_DELIMITERS = (" / ", "/", "; ", ";", " | ", "|", ", ", ",", " - ", "\n", " ")
_WHOLE = {("date", "time"), ("time", "date")}
"""Pairs a single field reads by itself."""


def taken_apart(sheet: Sheet) -> Sheet:
    """The sheet with such columns cut into one for each thing, named ``Sex / Age [1]``; itself where there are none."""
    cuts = {place: cut for place, heading in enumerate(sheet.headings) if (cut := _cut(heading, [row.cells[place] for row in sheet.rows]))}
    if not cuts:
        return sheet
    headings: list[str] = []
    for place, heading in enumerate(sheet.headings):
        names, _ = cuts.get(place, ((), ""))
        headings += [f"{heading} [{name}]" for name in names] or [heading]
    rows = tuple(Row(row.number, tuple(_cells(row.cells, cuts)), row.surplus) for row in sheet.rows)
    return Sheet(sheet.file, sheet.name, tuple(headings), rows, sheet.stated_kind, sheet.above)


def _cells(cells: Sequence[Cell], cuts: dict[int, tuple[tuple[str, ...], str]]) -> list[Cell]:
    made: list[Cell] = []
    for place, cell in enumerate(cells):
        if place in cuts:
            names, delimiter = cuts[place]
            parts = [part.strip() for part in text_of(cell).split(delimiter, len(names) - 1)]
            made += parts + [""] * (len(names) - len(parts))
        else:
            made.append(cell)
    return made


def _cut(heading: str, cells: list[Cell]) -> tuple[tuple[str, ...], str] | None:
    names = tuple(part for part in _JOINTS.split(heading) if part)
    if not 2 <= len(names) <= 3:
        return None
    known = [_field_for(name) for name in names]
    if None in known or len(set(known)) < len(names) or folded(heading) in _known_headings():
        return None
    if tuple(fields()[key].kind for key in known if key) in _WHOLE:
        return None
    filled = [text_of(cell).strip() for cell in cells if not is_blank(cell)][:2_000]
    for delimiter in _DELIMITERS:
        if filled and sum(len(text.split(delimiter)) == len(names) for text in filled) >= 0.85 * len(filled):
            return names, delimiter
    return None


@cache
def _field_for(name: str) -> str | None:
    best = max(fields().values(), key=lambda field: heading_score(name, field))
    return best.key if heading_score(name, best) > 0.9 else None


@cache
def _known_headings() -> frozenset[str]:
    """Whole headings that mean one thing although they have a stroke or an "and" in them: "m/f", "date and time"."""
    return frozenset(word for field in fields().values() for word in field.words)
