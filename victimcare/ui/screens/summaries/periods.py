"""Which periods a statement may be about, from what the records hold. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from victimcare.reference.periods import Period, financial_year, parse_period, year_period
from victimcare.store.session import VaultSession
from victimcare.summaries.counting import coverages
from victimcare.summaries.releases import ReleaseRow, may_release, register
from victimcare.summaries.spans import newest_period, written

_APRIL = 4
QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Ground:
    """What the screen stands on: periods to choose from (as written, in words), the register of releases, and whether this user may release."""

    periods: tuple[tuple[str, str], ...]
    releases: tuple[ReleaseRow, ...]
    may_release: bool


def ground(session: VaultSession) -> Ground:
    """Read it. Coded facts only: an analyst holds no key to cases."""
    coverage = coverages(session)
    ends = [(one.first, one.newest) for one in coverage.values() if one.first is not None and one.newest is not None]
    people = coverage["people_received"].newest
    first, last = min((one[0] for one in ends), default=None), max((one[1] for one in ends), default=None)
    found: list[Period] = []
    if first is not None and last is not None:
        found = periods(first, min(last, session.today), newest_period(people or last, session.today))
    return Ground(tuple((written(one), words(one)) for one in found), register(session), may_release(session))


def periods(first: date, last: date, newest: Period) -> list[Period]:
    """The newest year as far as it goes, then quarters, calendar years and financial years, newest first."""
    quarters = _quarters(first, last)[-QUARTERS:]
    years = [year_period(year) for year in range(first.year, last.year + 1)]
    start, end = (day.year - (day.month < _APRIL) for day in (first, last))
    found = [newest, *reversed(years), *(financial_year(year) for year in range(end, start - 1, -1)), *reversed(quarters)]
    return list(dict.fromkeys(found))


def words(period: Period) -> str:
    """A period as one chooses it."""
    kinds = {"YEAR": "Calendar year ", "FINANCIAL_YEAR": "Financial year "}
    part = ", part-year" if period.kind == "RANGE" and period.is_part_year else ""
    return f"{kinds.get(period.kind, '')}{period.label}{part}"


def _quarters(first: date, last: date) -> list[Period]:
    places = range(first.year * 4 + (first.month - 1) // 3, last.year * 4 + (last.month - 1) // 3 + 1)
    return [parse_period(f"{place // 4}-Q{place % 4 + 1}") for place in places]
