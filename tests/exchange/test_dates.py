"""Dates as offices type them: read when they can be read one way, refused with a reason when not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.exchange.clock_times import Moment
from victimcare.exchange.date_order import Order, column_order
from victimcare.exchange.dates import AMBIGUOUS, NO_DAY, NO_SUCH_DAY, NOT_A_DATE, moment_of, time_of

DAY = date(2015, 1, 13)


@pytest.mark.parametrize(
    "text",
    [
        "13/01/2015",
        "13.1.2015",
        "13-01-2015",
        "13 01 2015",
        "13/1/15",
        "2015-01-13",
        "2015/01/13",
        "2015.01.13.",
        "20150113",
        "13012015",
        "13 Jan 15",
        "13-Jan-2015",
        "Jan 13th 2015",
        "January 13, 2015",
        "Tue 13 January 2015",
        "13. Januar 2015",
        "13 janvier 2015",
        "13 stycznia 2015",
        "13 de enero de 2015",
        "13 ianuarie 2015",
        "ngày 13 tháng 1 năm 2015",
        "13 января 2015",
        "42017",
        "42017.5",
        "1/13/2015",
    ],
)
def test_a_day_that_can_be_read_one_way_needs_no_column(text: str) -> None:
    assert moment_of(text).on == DAY


@pytest.mark.parametrize(
    ("cell", "on", "at"),
    [
        ("13/01/2015 14:30", DAY, time(14, 30)),
        ("13 Jan 2015 2.30pm", DAY, time(14, 30)),
        ("13/01/2015, 9pm", DAY, time(21)),
        ("2015-01-13T14:30:00", DAY, time(14, 30)),
        (datetime(2015, 1, 13, 14, 30), DAY, time(14, 30)),
        (date(2015, 1, 13), DAY, None),
        (42017.604166666664, DAY, time(14, 30)),
        ("14h30", None, time(14, 30)),
        (0.604166666666667, None, time(14, 30)),
    ],
)
def test_a_time_of_day_beside_the_day(cell: object, on: date | None, at: time | None) -> None:
    found = moment_of(cell)  # type: ignore[arg-type]
    assert (found.on, found.at) == (on, at)


def test_a_zone_that_is_named_is_kept() -> None:
    assert moment_of("2015-01-13T14:30:00Z").offset == UTC
    assert moment_of("2015-01-13 14:30+02:00").offset == timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/1990", NO_SUCH_DAY),
        ("03/01/2015", AMBIGUOUS),
        ("1985", NO_DAY),
        ("Mar 2015", NO_DAY),
        ("03/2015", NO_DAY),
        ("not known", NOT_A_DATE),
        ("07700 900982", NOT_A_DATE),
    ],
)
def test_what_is_no_day_says_why(text: str, reason: str) -> None:
    assert moment_of(text) == Moment(reason=reason)


def test_two_digit_years_are_the_latest_that_can_be() -> None:
    assert moment_of("13/01/85", not_after=date(2026, 11, 24)).on == date(1985, 1, 13)
    assert moment_of("13/01/15", not_after=date(2026, 11, 24)).on == DAY


@given(st.lists(st.dates(date(1950, 1, 1), date(2026, 1, 1)), min_size=30, max_size=60), st.sampled_from([Order.DAY_FIRST, Order.MONTH_FIRST]))
def test_a_column_with_one_clear_day_reads_every_day_right_or_not_at_all(days: list[date], order: Order) -> None:
    pattern = "%d/%m/%Y" if order is Order.DAY_FIRST else "%m/%d/%Y"
    texts = [day.strftime(pattern) for day in days]
    found = column_order(texts).order
    assert found is order if any(day.day > 12 for day in days) else found is None
    for day, text in zip(days, texts, strict=True):
        assert moment_of(text, found).on in (day, None if found is None else day)


def test_a_few_impossible_dates_do_not_turn_a_column() -> None:
    texts = [f"{day}/03/2015" for day in range(13, 29)] * 3 + ["31/02/1990", "03/25/2015"]
    assert column_order(texts).order is Order.DAY_FIRST


def test_a_column_written_both_ways_is_not_decided() -> None:
    texts = [f"{day}/03/2015" for day in range(13, 29)] + [f"03/{day}/2015" for day in range(13, 29)] + ["03/04/2015"]
    assert column_order(texts).order is None


@pytest.mark.parametrize(
    ("cell", "at"),
    [("1245", time(12, 45)), ("12.45", time(12, 45)), ("9", time(9)), (time(9, 15), time(9, 15)), ("9.15am", time(9, 15)), ("noonish", None), ("2575", None)],
)
def test_times_in_a_column_of_times(cell: object, at: time | None) -> None:
    assert time_of(cell) == at  # type: ignore[arg-type]
