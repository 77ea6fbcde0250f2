"""Safe hours: by which means, on which days and between which hours a person may be reached. Pure rules on the office's clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from victimcare.casework.dates import in_office_time
from victimcare.refused import Refused
from victimcare.store.clock import LONDON

YES, NO, ASK = "YES", "NO", "ASK"
EVERY_DAY = 127
WHOLE_DAY = 24 * 60
_LOOK_AHEAD = 8  # days: every weekly pattern has come round


class HoursRefused(Refused):
    """Hours that cannot be, or a plan that leaves no way to reach the person."""


@dataclass(frozen=True, slots=True)
class SafeHours:
    """What was agreed for one channel. `weekdays`: bit 0 Monday to bit 6 Sunday. Minutes of the day, `to_minute` not included."""

    channel: str
    is_safe: str
    weekdays: int = EVERY_DAY
    from_minute: int = 0
    to_minute: int = WHOLE_DAY
    may_leave_message: bool = False

    def covers(self, at: datetime) -> bool:
        """Whether `at` (on the office's clock) falls in these hours."""
        return bool(self.weekdays >> at.weekday() & 1) and self.from_minute <= at.hour * 60 + at.minute < self.to_minute


@dataclass(frozen=True, slots=True)
class SafeNow:
    """The answer for a channel at a moment. `until`: when it changes (aware, UTC), None when it stays so all week."""

    answer: str
    until: datetime | None


def possible_hours(hours: SafeHours) -> SafeHours:
    """`hours` if they can be. Raises HoursRefused: no day, an end that is not after its start."""
    if not 1 <= hours.weekdays <= EVERY_DAY:
        raise HoursRefused("The hours name no day of the week.", "Choose at least one day.")
    if not 0 <= hours.from_minute < hours.to_minute <= WHOLE_DAY:
        raise HoursRefused("The hours end before they start.", "Give a later end; past midnight, add the next day's hours.")
    return hours


def usable_hours(agreed: Iterable[SafeHours], suspended: Collection[str]) -> tuple[SafeHours, ...]:
    """`agreed` with NO in place of what it says of channels that are suspended, so that no answer calls one of them safe."""
    return (*(row for row in agreed if row.channel not in suspended), *(SafeHours(channel, NO) for channel in suspended))


def safe_now(agreed: Iterable[SafeHours], channel: str, at: datetime) -> SafeNow:
    """Whether `channel` is safe at `at` (aware), and until when that answer holds.

    NO beats everything, YES beats ASK. Hours nobody spoke of are not safe, nor is a channel nobody spoke of: contact is
    made only in a way the person has said is safe.
    """
    rows = [row for row in agreed if row.channel == channel]
    local = in_office_time(at)
    answer = _answer(rows, local)
    for moment in _turns(rows, local):
        if _answer(rows, moment) != answer:
            return SafeNow(answer, moment.astimezone(UTC))
    return SafeNow(answer, None)


def answer_at(agreed: Iterable[SafeHours], channel: str, at: datetime) -> str:
    """The answer of `safe_now` alone, without until when it holds: for many moments."""
    local = in_office_time(at)
    return _answer([row for row in agreed if row.channel == channel], local)


def is_safe_on(agreed: Iterable[SafeHours], channel: str, at: datetime, answer: str = YES) -> bool:
    """Whether `answer` holds for `channel` at any hour of the day of `at`: for what happened at an hour nobody wrote down."""
    weekday = in_office_time(at).weekday()
    return any(row.channel == channel and row.is_safe == answer and row.weekdays >> weekday & 1 for row in agreed)


def is_safe_now(agreed: Iterable[SafeHours], channel: str, at: datetime) -> bool:
    """Whether `channel` may be used at `at` without asking first."""
    return safe_now(agreed, channel, at).answer == YES


def safe_until(agreed: Iterable[SafeHours], channel: str, at: datetime) -> datetime | None:
    """When `channel`, safe at `at`, stops being safe (UTC); None when it is not safe, or does not stop."""
    found = safe_now(agreed, channel, at)
    return found.until if found.answer == YES else None


def is_stale(checked_on: date | None, today: date, *, days: int) -> bool:
    """Whether a plan must be checked with the person again: never checked, or `days` or more ago."""
    return checked_on is None or (today - checked_on).days >= days


def _answer(rows: Sequence[SafeHours], local: datetime) -> str:
    said = {row.is_safe for row in rows if row.covers(local)}
    return NO if NO in said else YES if YES in said else ASK if ASK in said else NO


def _turns(rows: Sequence[SafeHours], local: datetime) -> list[datetime]:
    """Every moment after `local` at which an answer may change, in order, on the office's clock.

    Safe hours are those on the person's clock: an hour that comes twice when the clocks go back is safe both times, and
    the clocks of England and Wales change at 01:00 UTC.
    """
    minutes = {0} | {minute % WHOLE_DAY for row in rows for minute in (row.from_minute, row.to_minute)}
    days = [local.date() + timedelta(days=ahead) for ahead in range(_LOOK_AHEAD + 1)]
    moments = {datetime.combine(day, time(1), UTC) for day in days}
    for day in days:
        for minute in minutes:
            moments.update(datetime.combine(day, time(minute // 60, minute % 60, fold=fold), LONDON).astimezone(UTC) for fold in (0, 1))
    return [in_office_time(moment) for moment in sorted(moments) if moment > local.astimezone(UTC)]
