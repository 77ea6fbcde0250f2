"""Dates and times in any form an office types. Which number is the day is proved by the column, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cache

from victimcare.exchange.cells import Cell
from victimcare.resources import resource_json


class Order(StrEnum):
    """Which number comes first in dates written with numbers alone."""

    DAY_FIRST = "DAY_FIRST"
    MONTH_FIRST = "MONTH_FIRST"
    YEAR_FIRST = "YEAR_FIRST"
    YEAR_DAY_MONTH = "YEAR_DAY_MONTH"


NO_SUCH_DAY = "no such day"
AMBIGUOUS = "day and month cannot be told apart"
NOT_A_DATE = "not a date"
NO_DAY = "a date without its day"


@dataclass(frozen=True, slots=True)
class Moment:
    """What a cell says: a day, a time of day, or neither and why. `offset` is set when the cell names its zone."""

    on: date | None = None
    at: time | None = None
    offset: timezone | None = None
    reason: str = ""


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
_SERIAL = re.compile(r"\d{4,5}(?:[.,]\d+)?")
_CLOCK = re.compile(
    r"(?:^|(?<=[\s,T]))(\d{1,2})\s*(?:[:h.]\s*(\d{2})(?:[:.m](\d{2})(?:[.,]\d+)?)?s?)?\s*([ap])?\.?(?:m\.?)?(?:hrs?|uhr|h)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_FIRST_SERIAL, _LAST_SERIAL = 7_000, 60_000  # 1919 to 2064
_EPOCH = date(1899, 12, 30)


@cache
def _words() -> tuple[dict[str, int], frozenset[str]]:
    data = resource_json("exchange/date_words.json")
    months = {word: number for number, names in enumerate(data["months"], start=1) for word in names}
    return months, frozenset(data["weekdays"]) | frozenset(data["fill"])


def column_order(cells: Iterable[Cell]) -> ColumnOrder:
    """What the column's own values prove about the order of day, month and year.

    A few impossible dates do not turn a column: the other order must be denied by far more rows than it is proved by.
    """
    counts = dict.fromkeys(Order, 0)
    undecided = 0
    texts = Counter(cell for cell in cells if isinstance(cell, str))
    dates = [(found, rows) for cell, rows in texts.items() if (found := _numbers_of(cell)) is not None]
    short_year_first = _short_year_first([numbers for numbers, _ in dates])
    for numbers, rows in dates:
        readings = _readings(numbers, short_year_first=short_year_first)
        if len(readings) == 1:
            counts[next(iter(readings))] += rows
        elif len(set(readings.values())) > 1:
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


def _readings(numbers: tuple[str, str, str], *, short_year_first: bool = False) -> dict[Order, tuple[int, int, int]]:
    """Every order in which the numbers are a day. A number up to 31 in front is a year of two digits only where the column says so."""
    is_short = len(numbers[0]) < 3 and len(numbers[2]) < 3
    orders = list(Order)
    if is_short and short_year_first:
        orders = [Order.YEAR_FIRST]
    elif is_short and int(numbers[0]) <= 31:
        orders = [Order.DAY_FIRST, Order.MONTH_FIRST]
    return {order: day for order in orders if (day := _in_order(numbers, order)) is not None}


def _numbers_of(cell: Cell) -> tuple[str, str, str] | None:
    """The three numbers of a date written with numbers alone."""
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    if ":" in text or text[-1:].isalpha():
        text, _ = _split_time(text)
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
    made = _day(_year(int(year), len(year), None), int(month), int(day))
    return (made.year, made.month, made.day) if made else None


def _year(year: int, digits: int, not_after: date | None) -> int:
    """A year of two digits is the latest that is not after `not_after`; without a limit, 1970 to 2069."""
    if digits > 2:
        return year
    if not_after is None:
        return year + (2000 if year < 70 else 1900)
    return year + 2000 if year + 2000 <= not_after.year else year + 1900


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def moment_of(cell: Cell, order: Order | None = None, *, not_after: date | None = None) -> Moment:
    """What a date cell says. `order` None reads only what can be read one way. `not_after` settles two-digit years."""
    if isinstance(cell, datetime):
        return Moment(cell.date(), cell.time() if cell.time() != time() else None)
    if isinstance(cell, date):
        return Moment(cell)
    if isinstance(cell, time):
        return Moment(at=cell)
    if isinstance(cell, bool):
        return Moment(reason=NOT_A_DATE)
    if isinstance(cell, int | float):
        return _of_number(float(cell), order, not_after)
    text = cell.strip()
    if not text:
        return Moment()
    bare, clock = _split_time(text)
    if not bare:
        return clock
    on, reason = _on(bare, order, not_after)
    if on is None and reason is NOT_A_DATE and clock.at is not None:
        on, reason = _on(text, order, not_after)
        clock = Moment()
    return Moment(on, clock.at, clock.offset, reason)


def _of_number(number: float, order: Order | None, not_after: date | None) -> Moment:
    if 0 < number < 1:
        return Moment(at=_clock(number))
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        whole = _EPOCH + timedelta(days=int(number))
        rest = number - int(number)
        return Moment(whole, _clock(rest) if rest else None)
    if number.is_integer() and len(str(int(number))) in (7, 8):
        on, reason = _on(str(int(number)).zfill(8), order, not_after)
        return Moment(on, reason=reason)
    return Moment(reason=NOT_A_DATE)


def _clock(part_of_day: float) -> time:
    seconds = min(round(part_of_day * 86_400), 86_399)
    return time(seconds // 3_600, seconds // 60 % 60, seconds % 60)


def _split_time(text: str) -> tuple[str, Moment]:
    """A cell's day and its time of day. What is not clearly a time stays with the day."""
    match = _CLOCK.search(text)
    if not match:
        return text, Moment()
    hour, minute, second, half, zone = match.groups()
    separated = ":" in match.group() or "h" in match.group().lower()
    if not (separated or half) or (match.start() and minute is None and not half) or (half is None and minute is None and "h" not in match.group().lower()):
        return text, Moment()
    number = int(hour) % 12 + (12 if half.lower() == "p" else 0) if half else int(hour)
    if number > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return text, Moment()
    return text[: match.start()].rstrip(" ,T\t"), Moment(at=time(number, int(minute or 0), int(second or 0)), offset=_zone(zone))


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.lower() in ("z", "utc", "gmt"):
        return timezone.utc  # noqa: UP017 (the type of the field is timezone)
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def _on(text: str, order: Order | None, not_after: date | None) -> tuple[date | None, str]:
    numbers = _numbers_of(text)
    if numbers is not None:
        return _from_numbers(numbers, order, not_after)
    if _SERIAL.fullmatch(text):
        number = float(text.replace(",", "."))
        if _FIRST_SERIAL <= number <= _LAST_SERIAL:
            return _EPOCH + timedelta(days=int(number)), ""
    if re.fullmatch(r"(19|20)\d\d|\d{1,2}\s*[-/.]\s*(19|20)\d\d", text):
        return None, NO_DAY
    return _from_words(text, not_after)


def _from_numbers(numbers: tuple[str, str, str], order: Order | None, not_after: date | None) -> tuple[date | None, str]:
    readings = _readings(numbers, short_year_first=order is Order.YEAR_FIRST and len(numbers[2]) < 3)
    if not readings:
        return None, NO_SUCH_DAY
    if order in readings:
        found = readings[order]
    elif order is None or (len(numbers[0]) == 4) != (order in (Order.YEAR_FIRST, Order.YEAR_DAY_MONTH)):
        if len(numbers[0]) == 4 and Order.YEAR_FIRST in readings:  # year, month, day is the one standard; no office writes year, day, month beside it
            found = readings[Order.YEAR_FIRST]
        elif len(set(readings.values())) == 1:
            found = next(iter(readings.values()))
        else:
            return None, AMBIGUOUS
    else:
        return None, NO_SUCH_DAY
    year, month, day = found
    short = len(numbers[0]) < 4 and len(numbers[2]) < 4
    made = _day(_year(year % 100, 2, not_after) if short else year, month, day)
    return (made, "") if made else (None, NO_SUCH_DAY)


def _from_words(text: str, not_after: date | None) -> tuple[date | None, str]:
    """A date with its month in words, in any order: the word is the month, a number over 31 the year."""
    months, passed_over = _words()
    plain = re.sub(r"tháng\s+(\d{1,2})", r"tháng\1", text.casefold())
    plain = re.sub(r"(\d)(?:st|nd|rd|th|er|º|ª)\b", r"\1", plain)
    named: int | None = months.get(plain[plain.find("tháng") :].split()[0].strip(".,")) if "tháng" in plain else None
    if named is not None:
        plain = re.sub(r"tháng\d{1,2}", " ", plain)
    for word in _WORD.findall(plain):
        if word in months and named is None:
            named = months[word]
        elif word not in passed_over and word not in months:
            return None, NOT_A_DATE
    numbers = re.findall(r"\d+", plain)
    if named is None or len(numbers) > 2 or not numbers:
        return None, NOT_A_DATE
    if len(numbers) == 1:
        return None, NO_DAY
    day, year = numbers if len(numbers[0]) <= 2 and (len(numbers[1]) == 4 or int(numbers[0]) <= 31) else reversed(numbers)
    made = _day(_year(int(year), len(year), not_after), named, int(day))
    return (made, "") if made else (None, NO_SUCH_DAY)


def looks_like_moment(text: str) -> bool:
    """Whether a text is a date or a time of day and nothing else."""
    if len(text) > 60 or not any(character.isdigit() for character in text):
        return False
    found = moment_of(text, Order.DAY_FIRST)
    return found.on is not None or found.at is not None or found.reason == NO_SUCH_DAY


def time_of(cell: Cell) -> time | None:
    """The time of day of a cell in a column of times: also ``1245``, ``12.45``, ``9`` for nine o'clock."""
    found = moment_of(cell)
    if found.at is not None:
        return found.at
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip().lower().removesuffix("hrs").removesuffix("h").strip()
    match = re.fullmatch(r"(\d{1,2})[.:]?(\d{2})?", text)
    if not match or int(match.group(1)) > 23 or int(match.group(2) or 0) > 59:
        return None
    return time(int(match.group(1)), int(match.group(2) or 0))
