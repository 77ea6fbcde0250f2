from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.casework.dates import DateRefused, comes_twice, from_office_time, in_office_time, not_before, possible_day, possible_time

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("on", "born_on"), [(date(2026, 11, 25), None), (date(216, 11, 4), None), (date(1998, 5, 1), date(1998, 5, 2))], ids=["future", "slip", "before birth"]
)
def test_a_day_that_cannot_be_is_refused_without_saying_it(on: date, born_on: date | None) -> None:
    with pytest.raises(DateRefused) as refused:
        possible_day(on, today=TODAY, born_on=born_on)
    assert str(on.year) not in str(refused.value)
    assert refused.value.remedy


def test_today_and_the_day_of_birth_are_taken() -> None:
    assert possible_day(TODAY, today=TODAY, born_on=TODAY) == TODAY


def test_an_evening_in_summer_belongs_to_the_day_on_the_office_clock() -> None:
    now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert possible_time(now, now=now, born_on=date(2026, 7, 2)) == now
    with pytest.raises(DateRefused):
        possible_time(now.replace(hour=22), now=now, born_on=date(2026, 7, 2))


def test_a_later_moment_than_now_is_refused() -> None:
    with pytest.raises(DateRefused):
        possible_time(datetime(2026, 11, 24, 14, 3, tzinfo=UTC), now=datetime(2026, 11, 24, 14, 2, tzinfo=UTC))


def test_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(DateRefused):
        not_before(date(2026, 11, 1), date(2026, 11, 2))


NIGHTS = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]  # on which the clocks change


@given(
    st.one_of(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(NIGHTS)),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)) | st.builds(time, st.just(1), st.integers(0, 59)),
)
def test_a_time_on_the_offices_clock_comes_back_as_it_was_typed_or_is_refused(on: date, at: time) -> None:
    try:
        moment = from_office_time(on, at)
    except DateRefused:
        assert on.month == 3
        assert at.hour == 1
        assert on.weekday() == 6
        return
    assert in_office_time(moment).date() == on
    assert in_office_time(moment).time() == at
    assert moment.tzinfo is UTC
    assert comes_twice(on, at) == (in_office_time(moment + timedelta(hours=1)).time() == at)
