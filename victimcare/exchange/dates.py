"""Dates and times in any form an office types. Which number is the day is proved by the column, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from victimcare.exchange.cells import Cell
from victimcare.exchange.clock_times import Moment, clock_of, split_time
from victimcare.exchange.date_order import Order, full_year, numbers_of, possible_day, readings
from victimcare.resources import resource_json

NO_SUCH_DAY = "no such day"
AMBIGUOUS = "day and month cannot be told apart"
NOT_A_DATE = "not a date"
NO_DAY = "a date without its day"


_SERIAL = re.compile(r"\d{4,5}(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_FIRST_SERIAL, _LAST_SERIAL = 7_000, 60_000  # 1919 to 2064
_EPOCH = date(1899, 12, 30)


@cache
def _words() -> tuple[dict[str, int], frozenset[str]]:
    data = resource_json("exchange/date_words.json")
    months = {word: number for number, names in enumerate(data["months"], start=1) for word in names}
    return months, frozenset(data["weekdays"]) | frozenset(data["fill"])


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
    bare, clock = split_time(text)
    if not bare:
        return clock
    on, reason = _on(bare, order, not_after)
    if on is None and reason is NOT_A_DATE and clock.at is not None:
        on, reason = _on(text, order, not_after)
        clock = Moment()
    return Moment(on, clock.at, clock.offset, reason)


def _of_number(number: float, order: Order | None, not_after: date | None) -> Moment:
    if 0 < number < 1:
        return Moment(at=clock_of(number))
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        whole = _EPOCH + timedelta(days=int(number))
        rest = number - int(number)
        return Moment(whole, clock_of(rest) if rest else None)
    if number.is_integer() and len(str(int(number))) in (7, 8):
        on, reason = _on(str(int(number)).zfill(8), order, not_after)
        return Moment(on, reason=reason)
    return Moment(reason=NOT_A_DATE)


def _on(text: str, order: Order | None, not_after: date | None) -> tuple[date | None, str]:
    numbers = numbers_of(text)
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
    found_in = readings(numbers, short_year_first=order is Order.YEAR_FIRST and len(numbers[2]) < 3)
    if not found_in:
        return None, NO_SUCH_DAY
    if order in found_in:
        found = found_in[order]
    elif order is None or (len(numbers[0]) == 4) != (order in (Order.YEAR_FIRST, Order.YEAR_DAY_MONTH)):
        if len(numbers[0]) == 4 and Order.YEAR_FIRST in found_in:  # year, month, day is the one standard; no office writes year, day, month beside it
            found = found_in[Order.YEAR_FIRST]
        elif len(set(found_in.values())) == 1:
            found = next(iter(found_in.values()))
        else:
            return None, AMBIGUOUS
    else:
        return None, NO_SUCH_DAY
    year, month, day = found
    short = len(numbers[0]) < 4 and len(numbers[2]) < 4
    made = possible_day(full_year(year % 100, 2, not_after) if short else year, month, day)
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
    made = possible_day(full_year(int(year), len(year), not_after), named, int(day))
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
