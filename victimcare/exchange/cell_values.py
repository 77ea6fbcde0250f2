"""One cell into one value of its field, with the reason where that cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from victimcare.casework.contacts import MOST_MINUTES
from victimcare.casework.units import LONGEST_UNIT, is_unit_label
from victimcare.casework.workers import LONGEST_NAME
from victimcare.exchange.cells import BareFormula, Cell, text_of
from victimcare.exchange.clock_times import Moment
from victimcare.exchange.dates import NOT_A_DATE, moment_of, time_of
from victimcare.exchange.fields import Field, folded
from victimcare.exchange.looks import code_of, is_exact, is_in_part, split
from victimcare.exchange.mapping import LEAVE, ColumnMapping
from victimcare.exchange.reasons import parts_of
from victimcare.exchange.safe_calls import safe_call
from victimcare.resources import resource_json

NOT_IN_LIST = "not in the list"
KEPT_IN_WORDS = "not in the list: kept in its own words"
"""A remark: the field has no code then, and its words are kept whole in any case."""
NO_UNIT = f"no short label of a unit: over {LONGEST_UNIT} characters, or with a number to call"
SPACES = "spaces around it, taken without them"
IN_PART = "in part"
"""A remark that is no problem: a code was found in some of the words, and the cell goes to the notes as well."""
LONGEST_CODED_TEXT = 200
_DUAL = re.compile(
    r"\b(?:dual|joint|both)\b(?:\s+(?:nationality|nationals?|citizen(?:ship)?s?))?|\b(?:nationality|nationals?|citizen(?:ship)?s?)$", re.IGNORECASE
)
_MOST = {"visits": 1_000, "age": 120, "minutes": MOST_MINUTES}
_KEPT_WHOLE = {"notes", "said", "address", "safe_contact_note", "must_not_know"}

Reader = Callable[[Cell], tuple[Any, str]]
"""A cell to (value, remark); the remark says what was changed to take it. Raises Unread."""


class Unread(Exception):
    """The cell cannot be taken. `rest`: what of it can. `value`: the part that cannot, "" for the whole cell."""

    def __init__(self, reason: str, *, value: str = "", rest: Any = None, is_code: bool = False) -> None:
        super().__init__()
        self.reason, self.value, self.rest, self.is_code = reason, value, rest, is_code


def reader_for(field: Field, column: ColumnMapping, today: date) -> Reader:
    """How cells of a column are read. Answers for texts are remembered: registers repeat themselves."""
    read = _reader(field, column, today)
    kept: dict[str, tuple[Any, str] | Unread] = {}

    def read_or_not_known(cell: Cell) -> tuple[Any, str]:
        try:
            return read(cell)
        except Unread:
            if not field.is_required and says_not_known(text_of(cell)):
                return None, IN_PART
            raise

    def remembered(cell: Cell) -> tuple[Any, str]:
        if isinstance(cell, BareFormula):
            raise Unread("a formula saved without its value")
        if not isinstance(cell, str) or len(cell) > 80:
            return read_or_not_known(cell)
        found = kept.get(cell)
        if found is None:
            try:
                found = read_or_not_known(cell)
            except Unread as why:
                found = why
            kept[cell] = found
        if isinstance(found, Unread):
            raise Unread(found.reason, value=found.value, rest=found.rest, is_code=found.is_code)
        return found

    return remembered


def says_not_known(text: str) -> bool:
    """Whether the whole cell is a way to say that nobody knows: "n/k", "TBC", "-", "?"."""
    return "".join(folded(text).split()) in _not_known_words() or not any(character.isalnum() for character in text)


@cache
def _not_known_words() -> frozenset[str]:
    return frozenset(resource_json("exchange/not_known_words.json")["words"])


def _reader(field: Field, column: ColumnMapping, today: date) -> Reader:
    if field.kind == "date":
        is_moment = field.key == "contacts.on"
        return lambda cell: _date(cell, column, today, is_moment=is_moment)
    if field.codelist:
        return lambda cell: _codes(cell, field, column)
    readers: dict[str, Reader] = {
        "time": _time,
        "number": lambda cell: _number(cell, field),
        "safe_call": lambda cell: (safe_call(text_of(cell), from_hour=column.from_hour, codes=dict(column.codes)), ""),
        "phone": lambda cell: (_phones(cell, column.delimiter), ""),
        "name": lambda cell: _name(cell, field, column),
        "link": lambda cell: (split(text_of(cell), column.delimiter) if field.is_several else text_of(cell).strip(), ""),
    }
    return readers.get(field.kind, lambda cell: _text(cell, field))


def _date(cell: Cell, column: ColumnMapping, today: date, *, is_moment: bool) -> tuple[date | Moment, str]:
    moment = moment_of(cell, column.order, not_after=today)
    if moment.on is None:
        raise Unread(moment.reason or NOT_A_DATE)
    return (moment if is_moment else moment.on), ""


def _time(cell: Cell) -> tuple[Any, str]:
    at = time_of(cell)
    if at is None:
        raise Unread("no time of day")
    return at, ""


def _number(cell: Cell, field: Field) -> tuple[int, str]:
    text = text_of(cell).strip().lower()
    match = re.fullmatch(r"(c\.?|ca\.?|about|approx\.?|~)?\s*(\d{1,6})(?:[.,]0+)?\s*(?:years?(?: old)?|yrs?|y/?o|mins?|minutes?|people|visits?)?", text)
    if not match:
        raise Unread("not a whole number")
    number = int(match.group(2))
    if number > _MOST.get(field.name, number):
        raise Unread(f"more than {_MOST[field.name]}")
    return number, IN_PART if match.group(1) else ""


def _codes(cell: Cell, field: Field, column: ColumnMapping) -> tuple[Any, str]:
    parts = parts_of(field, text_of(cell), column.delimiter)
    found: list[str] = []
    unknown: list[str] = []
    if field.is_several:
        parts = tuple(one for part in parts for one in ((part,) if part in column.codes else _two_in_one(field.codelist, part)))
    for part in parts:
        chosen = column.codes.get(part)
        code = chosen if chosen is not None else code_of(field.codelist, part)
        if code and code not in found:
            found.append(code)
        elif not code and chosen != LEAVE:
            unknown.append(part)
    value = tuple(found) if field.is_several else (found[0] if found else None)
    # What the user chose to leave is not known by its code, but its words stay in the notes: nothing is lost.
    is_left = any(column.codes.get(part) == LEAVE for part in parts)
    if not unknown and (is_left or any(is_in_part(field.codelist, part) and part not in column.codes for part in parts)):
        return value, IN_PART
    if unknown and field.codelist == "offence" and not says_not_known(text_of(cell)):
        return value, KEPT_IN_WORDS
    if unknown:
        raise Unread(NOT_IN_LIST, value="; ".join(unknown), rest=value, is_code=True)
    return value, ""


def _two_in_one(codelist: str, part: str) -> tuple[str, ...]:
    """``dual British/Polish`` is both, where each half is a wording of the list by itself."""
    if is_exact(codelist, part):
        return (part,)
    halves = [half.strip() for half in re.split(r"\s*[/+&;,]\s*|\s+-\s+|(?<=\w)-(?=\w)|\s+and\s+", _DUAL.sub("", part).strip(" :()"))]
    return tuple(halves) if len(halves) > 1 and all(half and is_exact(codelist, half) for half in halves) else (part,)


def _phones(cell: Cell, delimiter: str) -> tuple[str, ...]:
    """Numbers as typed. A UK mobile that a spreadsheet took for a number has lost its first nought: it is given back."""
    text = text_of(cell)
    if isinstance(cell, int | float) and re.fullmatch(r"[17]\d{9}", text):
        return ("0" + text,)
    return split(text, delimiter)


def _name(cell: Cell, field: Field, column: ColumnMapping) -> tuple[Any, str]:
    text = text_of(cell)
    remark = SPACES if text != text.strip() else ""
    if field.is_several:
        return split(text, column.delimiter), remark
    return " ".join(text.split()), remark


def _text(cell: Cell, field: Field) -> tuple[str, str]:
    text = text_of(cell).strip()
    longest = LONGEST_NAME if field.name == "worker" else LONGEST_CODED_TEXT
    if field.kind == "text" and field.name not in _KEPT_WHOLE and len(text) > longest:
        raise Unread(f"longer than {longest} characters")
    if field.name == "unit" and not is_unit_label(text):
        raise Unread(NO_UNIT)
    return text, ""
