from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.reference.periods import PeriodRefused, parse_period, range_period


@pytest.mark.parametrize(
    ("text", "first", "last", "label", "kind", "part"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31), "2016", "YEAR", False),
        ("2016/17", date(2016, 4, 1), date(2017, 3, 31), "2016/17", "FINANCIAL_YEAR", False),
        ("2016/2017", date(2016, 4, 1), date(2017, 3, 31), "2016/17", "FINANCIAL_YEAR", False),
        ("1999/00", date(1999, 4, 1), date(2000, 3, 31), "1999/00", "FINANCIAL_YEAR", False),
        ("2016-Q3", date(2016, 7, 1), date(2016, 9, 30), "2016, quarter 3", "QUARTER", True),
        ("2016q1", date(2016, 1, 1), date(2016, 3, 31), "2016, quarter 1", "QUARTER", True),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), "February 2016", "MONTH", True),
        (" 2017-01-01..2017-09-30 ", date(2017, 1, 1), date(2017, 9, 30), "1 Jan 2017 to 30 Sep 2017", "RANGE", True),
        ("2015-01-01..2016-12-31", date(2015, 1, 1), date(2016, 12, 31), "1 Jan 2015 to 31 Dec 2016", "RANGE", False),
        ("2016-04-01..2017-03-31", date(2016, 4, 1), date(2017, 3, 31), "1 Apr 2016 to 31 Mar 2017", "RANGE", False),
    ],
)
def test_every_way_to_write_a_period(text, first, last, label, kind, part):
    period = parse_period(text)
    assert (period.first, period.last, period.label, period.kind, period.is_part_year) == (first, last, label, kind, part)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "16",
        "2016/18",
        "2016/2019",
        "2016-Q5",
        "2016-13",
        "2017-02-30..2017-03-01",
        "2017-09-30..2017-01-01",
        "last year",
        "0000",
        "2016-1",
        "9999/00",
    ],
)
def test_anything_else_is_refused_and_the_ways_are_told(text):
    with pytest.raises(PeriodRefused) as refused:
        parse_period(text)
    assert "2016/17" in refused.value.remedy


def test_the_registers_three_years_with_the_last_one_marked_as_a_part():
    years = parse_period("2015-01-01..2017-10-31").calendar_years()
    assert [(year.label, year.is_part_year) for year in years] == [("2015", False), ("2016", False), ("1 Jan 2017 to 31 Oct 2017", True)]


def test_a_year_is_unfinished_up_to_its_last_day():
    assert parse_period("2026").is_unfinished(date(2026, 12, 31))
    assert not parse_period("2026").is_unfinished(date(2027, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 1500))
def test_cut_years_cover_every_day_once(first, length):
    period = range_period(first, first + timedelta(days=length))
    pieces = period.calendar_years()
    assert pieces[0].first == period.first
    assert pieces[-1].last == period.last
    assert all(before.last + timedelta(days=1) == after.first for before, after in pairwise(pieces))
    for piece in pieces:
        is_whole = (piece.first.month, piece.first.day, piece.last.month, piece.last.day) == (1, 1, 12, 31)
        assert piece.is_part_year is not is_whole
