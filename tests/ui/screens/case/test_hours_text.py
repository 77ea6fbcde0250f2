"""Safe hours as people type and read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.casework.safe_hours import EVERY_DAY, WHOLE_DAY, SafeHours
from victimcare.ui.screens.case.hours_text import agreed_words, caution_words, hours_words, read_hours, safe_ways

TUESDAY_AFTERNOON = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", (EVERY_DAY, 0, WHOLE_DAY)),
        ("any time", (EVERY_DAY, 0, WHOLE_DAY)),
        ("before 16", (EVERY_DAY, 0, 960)),
        ("until 4pm", (EVERY_DAY, 0, 960)),
        ("after 18:30", (EVERY_DAY, 1110, WHOLE_DAY)),
        ("from 9 to 12:30", (EVERY_DAY, 540, 750)),
        ("between 9 and 12", (EVERY_DAY, 540, 720)),
        ("Mon-Fri 9-16", (31, 540, 960)),
        ("weekends after noon", (96, 720, WHOLE_DAY)),
        ("Mon, Wed 9:30-12", (5, 570, 720)),
        ("tuesday and thursday 9 to 12", (10, 540, 720)),
        ("fri-mon 10-11", (113, 600, 660)),
        ("9 to midnight", (EVERY_DAY, 540, WHOLE_DAY)),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, meant: tuple[int, int, int]) -> None:
    assert read_hours(typed) == meant


@pytest.mark.parametrize("typed", ["whenever", "16-9", "25:00", "before", "9-9", "mon-fri 9-99"])
def test_what_cannot_be_hours_is_not_guessed(typed: str) -> None:
    assert read_hours(typed) is None


@given(st.integers(1, EVERY_DAY), st.integers(0, WHOLE_DAY - 1), st.integers(1, WHOLE_DAY))
def test_words_of_hours_are_read_back_as_the_same_hours(weekdays: int, start: int, end: int) -> None:
    if start < end:
        assert read_hours(hours_words(weekdays, start, end)) == (weekdays, start, end)


def test_an_agreement_is_told_with_what_is_never_safe() -> None:
    hours = (SafeHours("TEXT", "YES", to_minute=960), SafeHours("PHONE", "NO"), SafeHours("EMAIL", "ASK"))
    assert agreed_words(hours) == "Text before 16:00. Never: call. Ask first: email."
    assert safe_ways(hours) == (("TEXT", "Text, before 16:00"),)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ((), "No safe-contact plan is recorded."),
        ((SafeHours("TEXT", "YES"),), ""),
        ((SafeHours("TEXT", "NO"),), "The plan says never: text."),
        ((SafeHours("TEXT", "ASK"),), "The plan says: ask first about text."),
        ((SafeHours("TEXT", "YES", to_minute=600),), "The plan says text only before 10:00."),
        ((SafeHours("PHONE", "YES"),), "The plan does not say that text is safe."),
        ((SafeHours("TEXT", "YES"), SafeHours("TEXT", "NO", from_minute=720, to_minute=900)), "The plan says not at this hour: text."),
    ],
)
def test_the_caution_says_what_the_plan_says(hours: tuple[SafeHours, ...], words: str) -> None:
    assert caution_words(hours, "TEXT", TUESDAY_AFTERNOON) == words
