from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.reference.dates_text import ago, day_text, number_text, short_day

TODAY = date(2026, 11, 24)


def test_a_day_as_people_read_it():
    assert day_text(TODAY) == "24 Nov 2026"
    assert day_text(date(2026, 3, 3)) == "3 Mar 2026"


def test_a_short_day_names_the_weekday_this_year_and_the_year_otherwise():
    assert short_day(date(2026, 11, 20), TODAY) == "Fri 20 Nov"
    assert short_day(date(2025, 11, 20), TODAY) == "20 Nov 2025"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "yesterday"),
        (-1, "tomorrow"),
        (4, "4 days ago"),
        (-4, "in 4 days"),
        (60, "60 days ago"),
        (61, "2 months ago"),
        (365, "12 months ago"),
        (800, "2 years ago"),
    ],
)
def test_how_long_ago(days, words):
    assert ago(TODAY - timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(("number", "words"), [(0, "0"), (270, "270"), (1013, "1013"), (10214, "10\u202f214"), (-1234567, "-1\u202f234\u202f567")])
def test_numbers_in_groups(number, words):
    assert number_text(number) == words


@given(st.integers(-(10**12), 10**12))
def test_a_number_reads_back(number):
    assert int(number_text(number).replace("\u202f", "")) == number
