"""Days and hours as people in the office mean them, and which of them can be true."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final

from victimcare.refused import Refused
from victimcare.store.clock import LONDON, day_of

FIRST_DAY: Final = date(1900, 1, 1)  # an older date is a slip of the keys: nobody supported was born before it
NOT_ASKED: Final = date.min  # as `born_on`: the action looks the date of birth up itself


class DateRefused(Refused):
    """A date or time that cannot be true. The words never hold the date: it may be a date of birth."""


def in_office_time(at: datetime) -> datetime:
    """`at` (aware) on the office's clock, that of England and Wales."""
    return at.astimezone(LONDON)


def possible_day(on: date, *, today: date, born_on: date | None = None) -> date:
    """`on`, if something about a person can have happened then.

    Raises DateRefused for a day after `today`, before 1900, or before the person was born.
    """
    if on > today:
        raise DateRefused("That date is in the future.", "Give the day it happened; what is planned goes in the next step.")
    if on < FIRST_DAY:
        raise DateRefused("That date is before 1900.", "Check the year.")
    if born_on is not None and on < born_on:
        raise DateRefused("That date is before the person was born.", "Check the date, or correct the date of birth first.")
    return on


def possible_time(at: datetime, *, now: datetime, born_on: date | None = None) -> datetime:
    """`at` in UTC and whole seconds, if it is not later than `now` (both aware). Raises DateRefused as `possible_day` does."""
    if at > now:
        raise DateRefused("That time is in the future.", "Give the time it happened; what is planned goes in the next step.")
    possible_day(day_of(at), today=day_of(now), born_on=born_on)
    return at.astimezone(UTC).replace(microsecond=0)


def not_before(on: date, earliest: date) -> date:
    """`on`, if it is not before `earliest`. Raises DateRefused: an end before its start."""
    if on < earliest:
        raise DateRefused("That date is before it began.", "Give the same day or a later one.")
    return on


def from_office_time(on: date, at: time) -> datetime:
    """The moment (UTC) at which the office's clock shows `at` on `on`; of a time that comes twice in one night, the first.

    Raises DateRefused for a time that is left out, on the night the clocks go forward.
    """
    moment = datetime.combine(on, at, LONDON).astimezone(UTC)
    if moment.astimezone(LONDON).time() != at:
        raise DateRefused("The clocks go forward that night, and that time is left out.", "Give a time an hour later.")
    return moment


def comes_twice(on: date, at: time) -> bool:
    """Whether the clock shows `at` twice on `on`: on the night the clocks go back."""
    moment = datetime.combine(on, at, LONDON)
    return moment.utcoffset() != moment.replace(fold=1).utcoffset() and moment.astimezone(UTC).astimezone(LONDON).time() == at
