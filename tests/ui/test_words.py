"""What people read."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.refused import Refused
from victimcare.store.errors import Conflict, DiskFull, NotAllowed
from victimcare.ui import words

TODAY = date(2026, 11, 24)


def test_dates_and_times() -> None:
    assert words.day(TODAY) == "24 Nov 2026"
    assert words.day(None) == ""
    assert words.weekday(TODAY) == "Tue 24 Nov 2026"
    assert words.short_day(date(2026, 3, 3), TODAY) == "3 Mar"
    assert words.short_day(date(2025, 3, 3), TODAY) == "3 Mar 2025"
    at = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
    assert words.moment(at).endswith(words.clock(at))


def test_how_long_ago() -> None:
    said = [words.ago(date(2026, 11, day), TODAY) for day in (24, 23, 20, 25, 27)]
    assert said == ["today", "yesterday", "4 days ago", "tomorrow", "in 3 days"]


@given(st.integers(-(10**9), 10**9))
def test_numbers_are_grouped_by_thin_spaces_and_lose_nothing(value: int) -> None:
    shown = words.number(value)
    assert int(shown.replace(words.THIN, "")) == value
    assert all(len(part) == 3 for part in shown.split(words.THIN)[1:])


def test_counts() -> None:
    assert words.count(1, "person", "people") == "1 person"
    assert words.count(10_214, "person", "people") == f"10{words.THIN}214 people"


def test_a_refusal_says_what_was_kept_and_what_to_do() -> None:
    assert "still here" in words.told(DiskFull()).reason
    assert "Both versions are kept" in words.told(Conflict("barrier", object(), 1, 2)).reason
    own = words.told(NotAllowed("CASEWORK"))
    assert "CASEWORK" in own.reason
    assert own.remedy
    assert words.told(Refused("No such day.", "Type another.")) == words.Told("No such day.", "Type another.")


def test_an_error_nobody_foresaw_is_named_by_kind_alone() -> None:
    told = words.nothing_known("KeyError")
    assert "KeyError" in told.reason
    assert told.remedy


def test_a_machine_in_another_zone_tells_the_time_of_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        monkeypatch.setenv("TZ", "Pacific/Auckland")
        time.tzset()
        assert words.moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 Jul 2026, 00:30"
        assert words.clock(datetime(2026, 11, 24, 14, 2, tzinfo=UTC)) == "14:02"
    finally:
        monkeypatch.undo()
        time.tzset()


@given(st.text(alphabet="ab \u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
def test_signs_that_turn_the_direction_end_with_the_name(name: str) -> None:
    told = words.isolated(name)
    if name.replace(" ", "").isalnum() or not name.strip():
        assert told == name
    else:
        assert told.startswith("\u2068")
        assert told.endswith("\u2069")
        assert told.count("\u2069") == 1


def test_an_ordinary_name_in_any_script_is_as_it_is() -> None:
    for name in ("Ana", "خالد", "Nguyễn", "e\u0301"):
        assert words.isolated(name) == name
