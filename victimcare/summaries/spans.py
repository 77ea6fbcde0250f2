"""Which days a statement's rows stand for: the period asked for, those before it to compare with, cut to where records go.

A row that is not a whole year says so in its label, whether the period was cut by who asked, by today or because nothing
was recorded after a month's end.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from victimcare.reference.dates_text import day_text
from victimcare.reference.periods import Period, financial_year, range_period, year_period

YEARS_BEFORE = 2  # as the Met's statement of 2017 set 2015 and 2016 beside it
_WHOLE = ("YEAR", "FINANCIAL_YEAR")
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Span:
    """Days `first` to `last`, both counted. `level`: as a period is written; `label`: as people read it."""

    first: date
    last: date
    level: str
    label: str
    is_part: bool = False

    @property
    def leaves(self) -> tuple[str, ...]:
        """The whole months in it (`2016-05`), and the days (`2016-05-03`) of a month that it cuts."""
        found: list[str] = []
        for start, end in _months(self.first, self.last):
            if max(start, self.first) == start and min(end, self.last) == end:
                found.append(f"{start:%Y-%m}")
            else:
                first, last = max(start, self.first), min(end, self.last)
                found += [(first + timedelta(days=day)).isoformat() for day in range((last - first).days + 1)]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where records go. `begins`: when the office began to record; `first`, `newest`: days of this measure. None where there is nothing."""

    begins: date | None
    first: date | None
    newest: date | None


def run_of(leaves: tuple[str, ...]) -> tuple[date, date]:
    """The first and last day that leaf levels of a date variable stand for. Raises ValueError for anything else."""
    days = [_leaf_days(leaf) for leaf in leaves]
    return min(first for first, _ in days), max(last for _, last in days)


def is_date_leaf(leaf: str) -> bool:
    """Whether a leaf level is a month or a day."""
    try:
        _leaf_days(leaf)
    except ValueError:
        return False
    return True


def written(period: Period) -> str:
    """The period as a command writes it."""
    if period.kind in _WHOLE:
        return period.label
    if period.kind == "QUARTER":
        return f"{period.first.year}-Q{(period.first.month + 2) // 3}"
    if period.kind == "MONTH":
        return f"{period.first:%Y-%m}"
    return f"{period.first.isoformat()}..{period.last.isoformat()}"


def month_end(day: date) -> date:
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def newest_period(newest: date, today: date) -> Period:
    """The year of the newest record, to the end of that month; the whole year where it is over and was recorded to its end."""
    last = min(month_end(newest), today)
    whole = year_period(newest.year)
    return whole if last == whole.last else range_period(whole.first, last)


def rows(period: Period, kind: str, coverage: Coverage, today: date) -> tuple[Span, ...]:
    """The rows of a table. `kind`: "years" (with those before), "financial_years", "period", "together" (financial years as one)."""
    if kind == "period":
        return _cut((period,), coverage, today)
    if kind == "years":
        return _cut(_with_before(period), coverage, today)
    spans = _cut(_financial(period), coverage, today)
    if kind == "together":
        if any(after.first - before.last != timedelta(days=1) for before, after in pairwise(spans)):
            return spans[-1:]
        both = range_period(spans[0].first, spans[-1].last)
        return (Span(both.first, both.last, written(both), both.label),)
    return spans


def _with_before(period: Period) -> tuple[Period, ...]:
    """The period and the same days of the years before; whole calendar years before a period that begins with one."""
    before = range(YEARS_BEFORE, 0, -1)
    if period.kind == "FINANCIAL_YEAR":
        return (*(financial_year(period.first.year - years) for years in before), period)
    if period.kind == "YEAR" or (period.kind == "RANGE" and (period.first.month, period.first.day) == (1, 1)):
        return (*(year_period(period.first.year - years) for years in before), *period.calendar_years())
    if period.last - period.first >= _A_YEAR:
        return period.calendar_years()
    return (*(_earlier(period, years) for years in before), period)


def _financial(period: Period) -> tuple[Period, ...]:
    """The financial years that begin in the years shown, the last one cut where the period asked for ends within it.

    A calendar year is told by the financial years that begin in it and before it, whole: courts' results are counted so.
    """
    shown = _with_before(period)
    if period.kind == "FINANCIAL_YEAR" or (period.first.month, period.first.day) != (1, 1) or period.kind in ("QUARTER", "MONTH"):
        return shown
    found = [financial_year(one.first.year) for one in shown]
    if period.kind == "YEAR":
        return tuple(found)
    found = [one for one in found if one.first <= period.last]
    if found and found[-1].last > period.last:
        found[-1] = range_period(found[-1].first, period.last)
    return tuple(found)


def _cut(periods: tuple[Period, ...], coverage: Coverage, today: date) -> tuple[Span, ...]:
    """Spans cut to where records go. Those before the first record are left out, but never the last."""
    end = today if coverage.newest is None else min(today, month_end(coverage.newest))
    spans = []
    for place, one in enumerate(periods, start=1):
        if place < len(periods) and coverage.first is not None and one.last < coverage.first:
            continue
        first = coverage.begins if coverage.begins and one.first < coverage.begins <= one.last else one.first
        last = one.last if end < first else min(one.last, end)
        spans.append(_span(one, first, last))
    return tuple(spans)


def _span(one: Period, first: date, last: date) -> Span:
    if (first, last) == (one.first, one.last) and one.kind != "RANGE":
        return Span(first, last, written(one), one.label)
    cut = range_period(first, last)
    part = cut.is_part_year
    return Span(first, last, written(cut), f"{cut.label} (part-year)" if part else cut.label, part)


def _earlier(period: Period, years: int) -> Period:
    first, last = (_same_day(day, day.year - years) for day in (period.first, period.last))
    label = period.label.replace(str(period.first.year), str(first.year)) if period.kind in ("QUARTER", "MONTH") else f"{day_text(first)} to {day_text(last)}"
    return Period(first, month_end(last) if period.last == month_end(period.last) else last, label, period.kind)


def _same_day(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    start = first.replace(day=1)
    while start <= last:
        end = month_end(start)
        yield start, end
        start = end + timedelta(days=1)


def _leaf_days(leaf: str) -> tuple[date, date]:
    if len(leaf) == len("2016-05"):
        start = date.fromisoformat(f"{leaf}-01")
        return start, month_end(start)
    day = date.fromisoformat(leaf)
    return day, day
