"""Ids, instants and days mean the same whatever zone or engine they come through."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from victimcare.store.clock import day_of, system_clock
from victimcare.store.types import Id, Instant

LITE, POSTGRES = sqlite.dialect(), postgresql.dialect()


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_an_instant_comes_back_as_the_same_second_in_utc(naive: datetime, minutes: int) -> None:
    at = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    for dialect in (LITE, POSTGRES):
        back = Instant().process_result_value(Instant().process_bind_param(at, dialect), dialect)
        assert back == at.replace(microsecond=0)
        assert back.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 11, 24, 14, 2), LITE)


@given(st.uuids())
def test_an_id_is_sixteen_bytes_here_and_native_there(number: UUID) -> None:
    def same(value: object) -> object:
        return value

    for dialect, kept in ((LITE, number.bytes), (POSTGRES, None)):
        bind = Id().bind_processor(dialect) or same
        read = Id().result_processor(dialect, None) or same
        assert kept is None or bind(number) == kept
        assert bind(None) is None
        assert read(bind(number)) == number
        assert read(None) is None


def test_the_day_is_londons_in_summer_too() -> None:
    assert day_of(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)).isoformat() == "2026-07-02"
    assert day_of(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)).isoformat() == "2026-11-24"
    assert system_clock().tzinfo is UTC
    assert system_clock().microsecond == 0
