from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.reference.working_days import (
    add_working_days,
    bank_holidays,
    calendar_ends,
    calendar_warning,
    is_working_day,
    working_days_between,
)

# As published for England and Wales; written out here so that the library's sum is checked against something else.
PUBLISHED_2027 = ["2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28"]
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(("n", "due"), [(1, date(2027, 12, 29)), (5, date(2028, 1, 5)), (0, date(2027, 12, 24))])
def test_an_arrest_on_christmas_eve_2027(n, due):
    assert add_working_days(date(2027, 12, 24), n) == due


@pytest.mark.parametrize(
    ("day", "n", "due"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        (date(2023, 5, 5), 1, date(2023, 5, 9)),
        (date(2020, 5, 7), 1, date(2020, 5, 11)),
    ],
)
def test_weekends_easter_the_state_funeral_the_coronation_and_the_moved_may_day(day, n, due):
    assert add_working_days(day, n) == due


def test_weekdays_off_work_in_2027_are_the_published_ones():
    off = [day.isoformat() for day, _ in bank_holidays(2027) if day.weekday() < 5]
    assert off == PUBLISHED_2027


def test_saint_patricks_and_saint_andrews_days_are_worked_in_england_and_wales():
    assert is_working_day(date(2026, 3, 17))
    assert is_working_day(date(2026, 11, 30))


@given(DAYS, st.integers(0, 60))
def test_adding_agrees_with_counting_every_day_by_hand(day, n):
    due = add_working_days(day, n)
    worked = [d for d in (day + timedelta(days=i) for i in range(1, (due - day).days + 1)) if d.weekday() < 5 and d not in dict(bank_holidays(d.year))]
    assert len(worked) == n
    assert not n or worked[-1] == due
    assert working_days_between(day, due) == n


@given(DAYS, DAYS)
def test_nothing_lies_between_a_day_and_an_earlier_one(one, other):
    first, last = min(one, other), max(one, other)
    assert working_days_between(last, first) == 0
    assert 0 <= working_days_between(first, last) <= (last - first).days


def test_going_back_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        add_working_days(date(2026, 1, 1), -1)


def test_a_date_beyond_the_announced_bank_holidays_comes_with_a_warning():
    assert calendar_warning(calendar_ends()) == ""
    assert "not announced" in calendar_warning(calendar_ends() + timedelta(days=1))
