"""Working days of England and Wales: Monday to Friday without its bank holidays (holidays library; `resources/rules/calendar.json`)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from victimcare.resources import resource_json

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day` (n >= 1); `day` itself, working or not, is never counted. n = 0 gives `day`.

    Source: Victims' Code periods run from the day after the event (code list `deadline_rule`). Raises ValueError below 0.
    """
    if n < 0:
        raise ValueError("n is below 0")
    while n:
        day += _ONE_DAY
        n -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and with `last`; 0 where `last` is not later. So `add_working_days(d, n)` is n from d."""
    count, day = 0, first
    while day < last:
        day += _ONE_DAY
        count += is_working_day(day)
    return count


def bank_holidays(year: int) -> tuple[tuple[date, str], ...]:
    """The bank holidays of a year with their names, in order of date."""
    return tuple(sorted(_bank_holidays(year).items()))


def calendar_ends() -> date:
    """The last day up to which the bank holidays are announced. Later ones are the usual ones: nobody can know a day proclaimed later."""
    return date.fromisoformat(resource_json("rules/calendar.json")["checked_to"])


def calendar_warning(day: date) -> str:
    """What to say beside a date that rests on bank holidays not announced yet; empty up to `calendar_ends()`."""
    if day <= calendar_ends():
        return ""
    return f"Bank holidays after {calendar_ends().year} are not announced yet. Check this date again nearer the time."


@cache
def _bank_holidays(year: int) -> dict[date, str]:
    # Here and not above: the library is only needed once a deadline is counted, and the unlock window must not wait for it.
    import holidays

    # Observed days included: Christmas on a Saturday is kept on the Monday, Boxing Day then on the Tuesday.
    found: Any = holidays.country_holidays("GB", subdiv="ENG", years=year, observed=True)
    return dict(found.items())
