"""Dates written with numbers alone: which number is the day, as far as a column's own values prove it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from victimcare.exchange.cells import Cell
from victimcare.exchange.clock_times import split_time


class Order(StrEnum):
    """Which number comes first in dates written with numbers alone."""

    DAY_FIRST = "DAY_FIRST"
    MONTH_FIRST = "MONTH_FIRST"
    YEAR_FIRST = "YEAR_FIRST"
    YEAR_DAY_MONTH = "YEAR_DAY_MONTH"


@dataclass(frozen=True, slots=True)
class ColumnOrder:
    """What a column proves. `order` None: nothing does. `proofs`: rows that can be read no other way; `against`: rows that deny it."""

    order: Order | None
    proofs: int
    against: int
    open: int
    """Rows that either order could read differently."""


_SEP = r"\s*[-/.,\s]\s*"
_NUMBERS = re.compile(rf"(\d{{1,4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,4}})\.?")
_COMPACT = re.compile(r"\d{8}|\d{6}")


def column_order(cells: Iterable[Cell]) -> ColumnOrder:
    """What the column's own values prove about the order of day, month and year.

    A few impossible dates do not turn a column: the other order must be denied by far more rows than it is proved by.
    """
    counts = dict.fromkeys(Order, 0)
    undecided = 0
    texts = Counter(cell for cell in cells if isinstance(cell, str))
    dates = [(numbers, rows) for cell, rows in texts.items() if (numbers := numbers_of(cell)) is not None]
    short_year_first = _short_year_first([numbers for numbers, _ in dates])
    for numbers, rows in dates:
        found = readings(numbers, short_year_first=short_year_first)
        if len(found) == 1:
            counts[next(iter(found))] += rows
        elif len(set(found.values())) > 1:
            undecided += rows
    best = max(counts, key=lambda order: counts[order])
    against = sum(counts.values()) - counts[best]
    if counts[best] == 0 or counts[best] < 20 * against:
        return ColumnOrder(None, counts[best], against, undecided)
    return ColumnOrder(best, counts[best], against, undecided)


def _short_year_first(dates: list[tuple[str, str, str]]) -> bool:
    """Whether years of two digits stand first: a register has few years and many days, so years repeat and days spread."""
    short = [(first, third) for first, _, third in dates if len(first) < 3 and len(third) < 3]
    firsts, thirds = {int(first) for first, _ in short}, {int(third) for _, third in short}
    if any(third > 31 for third in thirds) or len(short) < 6:
        return False
    return len(firsts) * 2 <= len(thirds)


def readings(numbers: tuple[str, str, str], *, short_year_first: bool = False) -> dict[Order, tuple[int, int, int]]:
    """Every order in which the numbers are a day. A number up to 31 in front is a year of two digits only where the column says so."""
    is_short = len(numbers[0]) < 3 and len(numbers[2]) < 3
    orders = list(Order)
    if is_short and short_year_first:
        orders = [Order.YEAR_FIRST]
    elif is_short and int(numbers[0]) <= 31:
        orders = [Order.DAY_FIRST, Order.MONTH_FIRST]
    return {order: day for order in orders if (day := _in_order(numbers, order)) is not None}


def numbers_of(cell: Cell) -> tuple[str, str, str] | None:
    """The three numbers of a date written with numbers alone."""
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    if ":" in text or text[-1:].isalpha():
        text, _ = split_time(text)
    match = _NUMBERS.fullmatch(text)
    if match:
        first, second, third = match.groups()
        return (first, second, third) if 3 not in (len(first), len(third)) else None
    if _COMPACT.fullmatch(text):
        return _compact_numbers(text)
    return None


def _compact_numbers(text: str) -> tuple[str, str, str] | None:
    if len(text) == 6:
        return text[:2], text[2:4], text[4:]
    if 1900 <= int(text[:4]) <= 2100 and 1 <= int(text[4:6]) <= 12:
        return text[:4], text[4:6], text[6:]
    if 1900 <= int(text[4:]) <= 2100:
        return text[:2], text[2:4], text[4:]
    return None


def _in_order(numbers: tuple[str, str, str], order: Order) -> tuple[int, int, int] | None:
    """(year, month, day) if the numbers can be a day in this order; the year as written."""
    first, second, third = numbers
    if len(first) == 4:
        if order not in (Order.YEAR_FIRST, Order.YEAR_DAY_MONTH):
            return None
        year, month, day = (first, second, third) if order is Order.YEAR_FIRST else (first, third, second)
    elif len(third) == 4:
        if order not in (Order.DAY_FIRST, Order.MONTH_FIRST):
            return None
        year, month, day = (third, second, first) if order is Order.DAY_FIRST else (third, first, second)
    elif order is Order.YEAR_DAY_MONTH or not (len(first) == len(third) == 2 or order is not Order.YEAR_FIRST):
        return None
    else:
        year, month, day = {Order.DAY_FIRST: (third, second, first), Order.MONTH_FIRST: (third, first, second)}.get(order, (first, second, third))
    made = possible_day(full_year(int(year), len(year), None), int(month), int(day))
    return (made.year, made.month, made.day) if made else None


def full_year(year: int, digits: int, not_after: date | None) -> int:
    """A year of two digits is the latest that is not after `not_after`; without a limit, 1970 to 2069."""
    if digits > 2:
        return year
    if not_after is None:
        return year + (2000 if year < 70 else 1900)
    return year + 2000 if year + 2000 <= not_after.year else year + 1900


def possible_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
