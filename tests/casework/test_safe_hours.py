from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.casework.safe_hours import HoursRefused, SafeHours, is_safe_now, is_stale, possible_hours, safe_now, safe_until
from victimcare.store.clock import LONDON

TUESDAY = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
TEXT_BEFORE_FOUR = (SafeHours("TEXT", "YES", to_minute=16 * 60), SafeHours("PHONE", "NO"))


def test_a_text_is_safe_until_four_and_a_call_never() -> None:
    assert safe_until(TEXT_BEFORE_FOUR, "TEXT", TUESDAY) == datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert not is_safe_now(TEXT_BEFORE_FOUR, "TEXT", TUESDAY.replace(hour=16, minute=0))
    assert safe_now(TEXT_BEFORE_FOUR, "PHONE", TUESDAY) == safe_now((), "PHONE", TUESDAY)
    assert safe_until(TEXT_BEFORE_FOUR, "PHONE", TUESDAY) is None


def test_a_means_nobody_spoke_of_is_not_safe() -> None:
    assert safe_now(TEXT_BEFORE_FOUR, "EMAIL", TUESDAY).answer == "NO"


def test_never_beats_safe_and_safe_beats_ask() -> None:
    both = (SafeHours("TEXT", "YES"), SafeHours("TEXT", "ASK"), SafeHours("TEXT", "NO", weekdays=0b0000100))
    assert safe_now(both, "TEXT", TUESDAY).answer == "YES"
    assert safe_until(both, "TEXT", TUESDAY) == datetime(2026, 11, 25, tzinfo=UTC)
    assert safe_now(both, "TEXT", TUESDAY + timedelta(days=1)).answer == "NO"


def test_hours_that_meet_at_midnight_are_one_spell() -> None:
    night = (SafeHours("PHONE", "YES", from_minute=22 * 60), SafeHours("PHONE", "YES", to_minute=2 * 60))
    assert safe_until(night, "PHONE", datetime(2026, 11, 24, 23, tzinfo=UTC)) == datetime(2026, 11, 25, 2, tzinfo=UTC)


def test_hours_are_those_on_the_persons_clock_when_clocks_change() -> None:
    until_nine = (SafeHours("PHONE", "YES", to_minute=9 * 60),)
    assert safe_until(until_nine, "PHONE", datetime(2026, 7, 1, 7, tzinfo=UTC)) == datetime(2026, 7, 1, 8, tzinfo=UTC)
    # On 25 Oct 2026 the hour from 01:00 comes twice: safe until half past one, both times.
    until_half_past_one = (SafeHours("PHONE", "YES", to_minute=90),)
    assert not is_safe_now(until_half_past_one, "PHONE", datetime(2026, 10, 25, 0, 45, tzinfo=UTC))
    assert safe_until(until_half_past_one, "PHONE", datetime(2026, 10, 25, 1, 10, tzinfo=UTC)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_hours_across_midnight_hold_through_the_night_the_clocks_change() -> None:
    night = (SafeHours("PHONE", "YES", from_minute=22 * 60), SafeHours("PHONE", "YES", to_minute=2 * 60))
    # Back on 25 Oct 2026 at 01:00 UTC: two by the clock comes once, five hours after ten the evening before.
    assert safe_until(night, "PHONE", datetime(2026, 10, 24, 21, tzinfo=UTC)) == datetime(2026, 10, 25, 2, tzinfo=UTC)
    # Forward on 29 Mar 2026 at 01:00 UTC: the clock goes from 01:00 to 02:00, and the night ends there.
    assert safe_until(night, "PHONE", datetime(2026, 3, 28, 22, tzinfo=UTC)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_four_in_the_afternoon_is_four_by_the_clock_on_the_days_it_changes() -> None:
    for day, end in ((datetime(2026, 3, 29, tzinfo=UTC), 15), (datetime(2026, 10, 25, tzinfo=UTC), 16)):
        assert safe_until(TEXT_BEFORE_FOUR, "TEXT", day.replace(hour=12)) == day.replace(hour=end)
    # From the evening before, which was still in the other time.
    assert safe_until((SafeHours("TEXT", "YES", weekdays=0b1100000, to_minute=16 * 60), SafeHours("TEXT", "YES", weekdays=0b0100000)), "TEXT",
                      datetime(2026, 3, 28, 20, tzinfo=UTC)) == datetime(2026, 3, 29, 15, tzinfo=UTC)  # fmt: skip


def test_hours_the_clock_jumps_over_are_not_safe_hours() -> None:
    jumped = (SafeHours("PHONE", "YES", from_minute=60, to_minute=120),)
    sunday = datetime(2026, 3, 29, 0, tzinfo=UTC)
    assert not any(is_safe_now(jumped, "PHONE", sunday + timedelta(minutes=minute)) for minute in range(0, 180, 5))


def test_a_plan_goes_stale_on_the_day_it_is_due() -> None:
    today = date(2026, 11, 24)
    assert is_stale(None, today, days=28)
    assert is_stale(date(2026, 10, 27), today, days=28)
    assert not is_stale(date(2026, 10, 28), today, days=28)


@pytest.mark.parametrize("hours", [SafeHours("TEXT", "YES", weekdays=0), SafeHours("TEXT", "YES", from_minute=600, to_minute=540)])
def test_hours_that_cannot_be_are_refused(hours: SafeHours) -> None:
    with pytest.raises(HoursRefused):
        possible_hours(hours)


def _hours() -> st.SearchStrategy[SafeHours]:
    minutes = st.tuples(st.integers(0, 1440), st.integers(0, 1440)).filter(lambda pair: pair[0] < pair[1])
    return st.builds(lambda safe, days, pair: SafeHours("PHONE", safe, days, *pair), st.sampled_from(["YES", "NO", "ASK"]), st.integers(1, 127), minutes)


@given(
    st.lists(_hours(), max_size=4), st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC))
)
def test_the_answer_holds_exactly_until_it_is_said_to_end(agreed: list[SafeHours], at: datetime) -> None:
    def by_hand(moment: datetime) -> str:
        local = moment.astimezone(LONDON)
        minute = local.hour * 60 + local.minute
        said = [row.is_safe for row in agreed if row.weekdays & (1 << local.weekday()) and row.from_minute <= minute < row.to_minute]
        return next((answer for answer in ("NO", "YES", "ASK") if answer in said), "NO")

    found = safe_now(agreed, "PHONE", at)
    assert found.answer == by_hand(at)
    end = found.until or at + timedelta(days=7)
    steps = int((end - at) / timedelta(minutes=1))
    assert all(by_hand(at + timedelta(minutes=step)) == found.answer for step in range(0, steps, 7))
    assert steps == 0 or by_hand(end - timedelta(minutes=1)) == found.answer
    assert found.until is None or by_hand(found.until) != found.answer
