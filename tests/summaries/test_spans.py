"""Rows of a statement in time: what is set beside what, and that a part of a year never reads as a whole one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from victimcare.reference.periods import parse_period
from victimcare.summaries.spans import Coverage, Span, newest_period, rows, run_of, written

TODAY = date(2026, 11, 24)
RECORDS = Coverage(date(2015, 1, 1), date(2015, 1, 3), date(2017, 10, 27))
DAYS = some.dates(date(2014, 1, 1), date(2018, 12, 31))


def labels(period, kind="years", coverage=RECORDS, today=TODAY):
    return [span.label for span in rows(parse_period(period), kind, coverage, today)]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2016", ["2015", "2016"]),
        ("2016-Q3", ["2015, quarter 3", "2016, quarter 3"]),
        ("2017-02", ["February 2015", "February 2016", "February 2017"]),
        ("2016/17", ["1 Jan 2015 to 31 Mar 2015 (part-year)", "2015/16", "2016/17"]),
        ("2017-01-01..2017-09-15", ["2015", "2016", "1 Jan 2017 to 15 Sep 2017 (part-year)"]),
        ("2017", ["2015", "2016", "1 Jan 2017 to 31 Oct 2017 (part-year)"]),
    ],
)
def test_a_period_stands_beside_the_years_before_it(period, expected):
    assert labels(period) == expected


def test_a_year_still_running_is_a_part_year():
    coverage = Coverage(date(2015, 1, 1), date(2015, 1, 3), date(2016, 6, 14))
    assert labels("2016", coverage=coverage, today=date(2016, 6, 15))[-1] == "1 Jan 2016 to 15 Jun 2016 (part-year)"


def test_courts_are_told_by_financial_years_cut_where_records_end():
    courts = Coverage(date(2015, 1, 1), date(2016, 4, 5), date(2017, 9, 20))
    assert labels("2017-01-01..2017-10-31", "financial_years", courts) == ["2016/17", "1 Apr 2017 to 30 Sep 2017 (part-year)"]


def test_financial_years_taken_together_never_hold_days_that_no_row_counts():
    assert labels("2017-01-01..2017-10-31", "together") == ["1 Apr 2015 to 31 Oct 2017"]
    assert labels("2016-Q3", "together") == ["2016, quarter 3"]


@pytest.mark.parametrize(("newest", "today", "expected"), [
    (date(2017, 10, 27), TODAY, "2017-01-01..2017-10-31"),
    (date(2017, 12, 2), TODAY, "2017"),
    (date(2026, 11, 3), TODAY, "2026-01-01..2026-11-24"),
])  # fmt: skip
def test_the_newest_year_ends_where_its_records_do(newest, today, expected):
    assert written(newest_period(newest, today)) == expected


@given(DAYS, some.integers(0, 900))
def test_the_leaves_of_a_span_are_its_days_once_each(first, length):
    last = first + timedelta(days=length)
    days = [day for leaf in Span(first, last, "", "").leaves for day in all_days(leaf)]
    assert days == [first + timedelta(days=number) for number in range(length + 1)]


def all_days(leaf):
    start, end = run_of((leaf,))
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


@given(DAYS, DAYS)
def test_no_row_without_a_whole_year_in_it_looks_like_one(one, other):
    first, last = sorted((one, other))
    for span in rows(parse_period(f"{first}..{last}"), "years", RECORDS, TODAY):
        whole = (span.first.month, span.first.day, span.last.month, span.last.day) == (1, 1, 12, 31)
        assert whole or span.is_part or (span.first.month, span.first.day) == (4, 1)
        assert span.label.endswith("(part-year)") == span.is_part


@given(DAYS, DAYS, some.sampled_from(["years", "financial_years"]))
def test_rows_never_share_a_day(one, other, kind):
    first, last = sorted((one, other))
    spans = rows(parse_period(f"{first}..{last}"), kind, RECORDS, TODAY)
    assert all(before.last < after.first for before, after in pairwise(spans))
