"""Periods of a report: `2016`, `2016/17` (financial year), `2016-Q3`, `2016-05`, `2017-01-01..2017-09-30`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from victimcare.reference.dates_text import day_text
from victimcare.refused import Refused

_APRIL = 4
_YEAR = re.compile(r"(\d{4})")
_FINANCIAL = re.compile(r"(\d{4})/(\d{2}|\d{4})")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*\.\.\s*(\d{4}-\d{2}-\d{2})")


class PeriodRefused(Refused):
    """A period is not written in one of the five ways, or ends before it begins."""

    def __init__(self, reason: str = "This is not a period.") -> None:
        super().__init__(reason, "Write 2016, 2016/17 (financial year), 2016-Q3, 2016-05 or 2017-01-01..2017-09-30.")


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first` to `last`, both counted. `kind`: YEAR, FINANCIAL_YEAR, QUARTER, MONTH or RANGE. `label`: as people read it."""

    first: date
    last: date
    label: str
    kind: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def is_part_year(self) -> bool:
        """Whether it is less or more than whole years, calendar or financial: never to be set beside a year without saying so."""
        after = self.last + timedelta(days=1)
        return not any((self.first.month, self.first.day) == (month, 1) == (after.month, after.day) for month in (1, _APRIL))

    def is_unfinished(self, on: date) -> bool:
        """Whether it was still running on that day, so that its numbers could still grow."""
        return on <= self.last

    def calendar_years(self) -> tuple[Period, ...]:
        """The period cut at each New Year; a piece that is no whole year says so (`is_part_year`) and in its label."""
        pieces = []
        for year in range(self.first.year, self.last.year + 1):
            whole = year_period(year)
            first, last = max(self.first, whole.first), min(self.last, whole.last)
            pieces.append(whole if (first, last) == (whole.first, whole.last) else range_period(first, last))
        return tuple(pieces)


def year_period(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), str(year), "YEAR")


def financial_year(year: int) -> Period:
    """The financial year that begins on 1 April of `year`."""
    return Period(date(year, _APRIL, 1), date(year + 1, _APRIL, 1) - timedelta(days=1), f"{year}/{(year + 1) % 100:02d}", "FINANCIAL_YEAR")


def range_period(first: date, last: date) -> Period:
    """Any days. Raises PeriodRefused where the end is before the beginning."""
    if last < first:
        raise PeriodRefused("The period ends before it begins.")
    return Period(first, last, f"{day_text(first)} to {day_text(last)}", "RANGE")


def parse_period(text: str) -> Period:
    """The period a person or a command wrote. Raises PeriodRefused."""
    written = text.strip()
    try:
        if match := _YEAR.fullmatch(written):
            return year_period(int(match[1]))
        if match := _FINANCIAL.fullmatch(written):
            return _financial(int(match[1]), match[2])
        if match := _QUARTER.fullmatch(written):
            return _quarter(int(match[1]), int(match[2]))
        if match := _MONTH.fullmatch(written):
            return _month(int(match[1]), int(match[2]))
        if match := _RANGE.fullmatch(written):
            return range_period(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    except (ValueError, OverflowError):
        raise PeriodRefused("The period has a day, month or year that does not exist.") from None
    raise PeriodRefused


def _financial(year: int, ending: str) -> Period:
    if int(ending) != ((year + 1) % 100 if len(ending) == 2 else year + 1):
        raise PeriodRefused("A financial year ends in the year after it begins.")
    return financial_year(year)


def _quarter(year: int, quarter: int) -> Period:
    month = 3 * quarter
    return Period(date(year, month - 2, 1), date(year, month, calendar.monthrange(year, month)[1]), f"{year}, quarter {quarter}", "QUARTER")


def _month(year: int, month: int) -> Period:
    first = date(year, month, 1)
    return Period(first, date(year, month, calendar.monthrange(year, month)[1]), f"{calendar.month_name[month]} {year}", "MONTH")
