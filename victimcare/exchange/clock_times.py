"""Times of day beside a date or alone, on a 12 or 24 hour clock, with the zone where one is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta, timezone

_CLOCK = re.compile(
    r"(?:^|(?<=[\s,T]))(\d{1,2})\s*(?:[:h.]\s*(\d{2})(?:[:.m](\d{2})(?:[.,]\d+)?)?s?)?\s*([ap])?\.?(?:m\.?)?(?:hrs?|uhr|h)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a cell says: a day, a time of day, or neither and why. `offset` is set when the cell names its zone."""

    on: date | None = None
    at: time | None = None
    offset: timezone | None = None
    reason: str = ""


def clock_of(part_of_day: float) -> time:
    seconds = min(round(part_of_day * 86_400), 86_399)
    return time(seconds // 3_600, seconds // 60 % 60, seconds % 60)


def split_time(text: str) -> tuple[str, Moment]:
    """A cell's day and its time of day. What is not clearly a time stays with the day."""
    match = _CLOCK.search(text)
    if not match:
        return text, Moment()
    hour, minute, second, half, zone = match.groups()
    separated = ":" in match.group() or "h" in match.group().lower()
    if not (separated or half) or (match.start() and minute is None and not half) or (half is None and minute is None and "h" not in match.group().lower()):
        return text, Moment()
    number = int(hour) % 12 + (12 if half.lower() == "p" else 0) if half else int(hour)
    if number > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return text, Moment()
    return text[: match.start()].rstrip(" ,T\t"), Moment(at=time(number, int(minute or 0), int(second or 0)), offset=_zone(zone))


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.lower() in ("z", "utc", "gmt"):
        return timezone.utc  # noqa: UP017 (the type of the field is timezone)
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
