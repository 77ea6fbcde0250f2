"""Rows as we understand them. A bad cell never costs the row: its field stays not known, and the cell is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from victimcare.exchange.cell_values import IN_PART, KEPT_IN_WORDS, Reader, Unread, reader_for
from victimcare.exchange.cells import Cell, is_blank, text_of
from victimcare.exchange.clock_times import Moment
from victimcare.exchange.fields import Field, fields_of
from victimcare.exchange.mapping import LEAVE, SheetMapping, reference_key
from victimcare.exchange.rows_seen import Said, stamp_of
from victimcare.exchange.sheets import Row, Sheet
from victimcare.reference.dates_text import day_text

NO_REFERENCE = "no reference"
NO_DATE = "no usable date"
_PAST_DAYS = ("received_on", "on", "sent_on", "status_on", "outcome_on", "closed_on")
_WORDS_KEPT = {"partner_referrals.status", "partner_referrals.partner", "arrests.offence", "prosecutions.charge"}
"""Fields whose own words say more than their code: why a partner declined, which partner, which offence exactly."""
_OLDEST = timedelta(days=120 * 366)


@dataclass(frozen=True, slots=True, repr=False)
class Problem:
    """A cell that could not be taken as it stands. `sheet`: our kind. `is_taken`: it was taken after all (spaces cut off).

    `field`: the key of the field that stays not known; "" where no field is meant.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str
    field: str = ""
    is_taken: bool = False
    is_code: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ParsedRow:
    """One row for one kind of record. `values`: field name -> value; absent means not known.

    `link`: the reference of the case or investigation it belongs to. `refused`: why it cannot be taken, "" when it can.
    `unread`: (heading, text) of what goes to the notes. `stamp`: what makes it the same row again in a later file, from `said`.
    `extra`: (heading, text) of what the stamp does not cover: cells no field takes.
    """

    kind: str
    file: str
    row: int
    link: str
    values: Mapping[str, Any]
    problems: tuple[Problem, ...]
    unread: tuple[tuple[str, str], ...]
    refused: str
    stamp: str
    cells: Mapping[str, str]
    said: Said = ()
    extra: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> Any:
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class _Column:
    place: int
    heading: str
    field: Field
    read: Reader


def parse_sheet(sheet: Sheet, mapping: SheetMapping, kind: str, *, today: date) -> Iterator[ParsedRow]:
    """The rows of a sheet as records of `kind`. Rows of a merged sheet that hold nothing of this kind are passed over."""
    known = {field.key: field for field in fields_of(kind)}
    columns = [
        _Column(place, column.heading, known[column.field], reader_for(known[column.field], column, today))
        for place, column in enumerate(mapping.columns)
        if column.field in known
    ]
    key = reference_key(mapping, kind)
    link_at = mapping.place_of(key) if key else None
    # In a merged sheet nobody knows whose a column is that has no field: each kind of record keeps it.
    leave = [(place, column.heading) for place, column in enumerate(mapping.columns) if column.field == LEAVE]
    own = [column for column in columns if column.place != link_at]
    for row in sheet.rows:
        if kind != mapping.kind and not any(not is_blank(row.cells[column.place]) for column in own):
            continue
        yield _parse(sheet, row, kind, columns, link_at, leave, today)


def _parse(sheet: Sheet, row: Row, kind: str, columns: list[_Column], link_at: int | None, leave: list[tuple[int, str]], today: date) -> ParsedRow:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    unread: list[tuple[str, str]] = [(heading, text_of(row.cells[place]).strip()) for place, heading in leave if not is_blank(row.cells[place])]
    if row.surplus:
        unread.append(("beyond the last heading", "; ".join(text_of(cell) for cell in row.surplus)))
        problems.append(Problem(sheet.file, kind, row.number, "", unread[-1][1], "more cells than headings"))
    alone = len(unread)
    _read_cells(sheet.file, row, columns, values, problems, unread)
    link = text_of(row.cells[link_at]).strip() if link_at is not None else ""
    for name, reason in _impossible(kind, values, today):
        column = next(column for column in columns if column.field.name == name)
        del values[name]
        problems.append(Problem(sheet.file, kind, row.number, column.heading, text_of(row.cells[column.place]), reason, column.field.key))
        unread.append((column.heading, problems[-1].value.strip()))
    said, covered = _said(values, row, columns)
    return ParsedRow(
        kind=kind,
        file=sheet.file,
        row=row.number,
        link=link,
        values=values,
        problems=tuple(problems),
        unread=tuple(unread),
        refused=_refusal(kind, link, values, link_at is not None),
        stamp=stamp_of(kind, link, said),
        cells={heading: text_of(cell) for heading, cell in zip(sheet.headings, row.cells, strict=True) if not is_blank(cell)},
        said=said,
        extra=(*unread[:alone], *covered),
    )


def _read_cells(file: str, row: Row, columns: list[_Column], values: dict[str, Any], problems: list[Problem], unread: list[tuple[str, str]]) -> None:
    for column in columns:
        cell = row.cells[column.place]
        if is_blank(cell):
            continue
        name = column.field.name
        try:
            value, note = column.read(cell)
        except Unread as why:
            raw = text_of(cell)
            problems.append(Problem(file, column.field.sheet, row.number, column.heading, why.value or raw, why.reason, column.field.key, is_code=why.is_code))
            unread.append((column.heading, raw.strip()))
            value, note = why.rest, ""
        if note == IN_PART:
            unread.append((column.heading, text_of(cell).strip()))
        elif note:
            is_code = note == KEPT_IN_WORDS
            problems.append(
                Problem(file, column.field.sheet, row.number, column.heading, text_of(cell), note, column.field.key, is_taken=True, is_code=is_code)
            )
        if value not in (None, ()) and not _put(values, name, value, column):
            unread.append((column.heading, text_of(cell).strip()))
        if column.field.key in _WORDS_KEPT:
            values[f"{name}_words"] = text_of(cell).strip()


def _put(values: dict[str, Any], name: str, value: Any, column: _Column) -> bool:
    """Several columns of notes or phones are kept one after the other. False where a second date, code or count says something else."""
    if name not in values:
        values[name] = value
    elif isinstance(value, tuple):
        values[name] = (*values[name], *value)
    elif isinstance(value, str) and not column.field.codelist:
        values[name] = f"{values[name]}\n{column.heading}: {value}"
    else:
        return value == values[name]
    return True


def _impossible(kind: str, values: Mapping[str, Any], today: date) -> list[tuple[str, str]]:
    """Fields whose values cannot be true, each with why: a day yet to come, a birth after the day received."""
    wrong: list[tuple[str, str]] = []
    for name in _PAST_DAYS:
        value = values.get(name)
        day = value.on if isinstance(value, Moment) else value
        if day is not None and day > today:
            wrong.append((name, "in the future"))
    for first, later in (("received_on", "closed_on"), ("on", "next_on"), ("sent_on", "status_on")):
        begun, day = values.get(first), values.get(later)
        begun = begun.on if isinstance(begun, Moment) else begun
        if begun is not None and day is not None and day < begun and later not in dict(wrong):
            wrong.append((later, f"before {day_text(begun)}"))
    born, received = values.get("date_of_birth"), values.get("received_on")
    if born is None:
        return wrong
    if received is not None and born > received:
        wrong.append(("date_of_birth", f"after the day received, {day_text(received)}"))
    elif born > today or today - born > _OLDEST:
        wrong.append(("date_of_birth", "no possible date of birth"))
    return wrong


def _refusal(kind: str, link: str, values: Mapping[str, Any], has_link: bool) -> str:
    if kind != "activities" and not link:
        return NO_REFERENCE
    needed = {"referrals": "received_on", "contacts": "on", "partner_referrals": "sent_on", "arrests": "on", "activities": "on"}.get(kind)
    if needed and needed not in values:
        return NO_DATE
    return ""


def _said(values: Mapping[str, Any], row: Row, columns: list[_Column]) -> tuple[Said, list[tuple[str, str]]]:
    """What the row says by field, and apart from it the cells of fields that several columns share: of these the last speaks.

    A cell that is corrected in the mapping later is taken by its words, not by its code, so that it stays the same row.
    """
    said: dict[str, tuple[str, str]] = {}
    covered: list[tuple[str, str]] = []
    for column in columns:
        cell = row.cells[column.place]
        if is_blank(cell):
            continue
        name, value = column.field.name, values.get(column.field.name)
        text = str(value) if column.field.kind in ("date", "time", "number") and value is not None else _plain(cell)
        if name in said:
            covered.append((said[name][1], text_of(row.cells[_place_of(columns, said[name][1])]).strip()))
        said[name] = (text, column.heading)
    return tuple((name, text, heading) for name, (text, heading) in sorted(said.items())), covered


def _place_of(columns: list[_Column], heading: str) -> int:
    return next(column.place for column in columns if column.heading == heading)


def _plain(cell: Cell) -> str:
    return " ".join(text_of(cell).split()).casefold()


Progress = Callable[[str, int, int], None]
"""Told what is being done, how much is done, and of how much."""
