"""Safe hours in words: as a person types them ("Mon-Fri before 16"), as the panel says them, and what is not in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from victimcare.casework.dates import in_office_time
from victimcare.casework.safe_hours import ASK, EVERY_DAY, NO, WHOLE_DAY, YES, SafeHours, safe_now
from victimcare.reference.codelists import label
from victimcare.ui.widgets.time_box import read_time
from victimcare.ui.words import WEEKDAYS

SHORT = {"PHONE": "Call", "TEXT": "Text", "VIA_WORKER": "Via worker", "MESSAGING": "Messaging app", "VIA_LAWYER": "Via lawyer", "VIDEO": "Video call"}
_DAY = r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_RANGE = re.compile(rf"{_DAY}\s*(?:-|–|to)\s*{_DAY}")
_ONE = re.compile(_DAY)
_NAMED = {"weekdays": 31, "weekends": 96, "weekend": 96, "every day": EVERY_DAY, "daily": EVERY_DAY, "any day": EVERY_DAY}


def channel_words(channel: str) -> str:
    """A way to reach somebody, short: "Text", "Call", "In person"."""
    return SHORT.get(channel) or label("contact_channel", channel)


def hours_words(weekdays: int = EVERY_DAY, from_minute: int = 0, to_minute: int = WHOLE_DAY) -> str:
    """`Mon–Fri, before 16:00`; "any time" for all of the week."""
    days = "" if weekdays == EVERY_DAY else _days_words(weekdays)
    if from_minute == 0 and to_minute == WHOLE_DAY:
        return days or "any time"
    if from_minute == 0:
        hours = f"before {_clock(to_minute)}"
    elif to_minute == WHOLE_DAY:
        hours = f"after {_clock(from_minute)}"
    else:
        hours = f"{_clock(from_minute)}–{_clock(to_minute)}"
    return f"{days}, {hours}" if days else hours


def read_hours(text: str) -> tuple[int, int, int] | None:
    """(weekdays, from, to) of what was typed, empty for any time; None when it cannot be read or ends before it starts."""
    rest = " ".join(text.strip().lower().replace(",", " ").replace("any time", " ").replace("anytime", " ").split())
    weekdays = 0
    for words, days in _NAMED.items():
        if words in rest:
            weekdays |= days
            rest = rest.replace(words, " ")
    for first, last in _RANGE.findall(rest):
        start, end = _place(first), _place(last)
        weekdays |= sum(1 << at % 7 for at in range(start, end + 1 if end >= start else end + 8))
    rest = _RANGE.sub(" ", rest)
    weekdays |= sum(1 << place for place in {_place(one) for one in _ONE.findall(rest)})
    hours = _read_clock(" ".join(_ONE.sub(" ", rest).split()).removeprefix("and ").removesuffix(" and"))
    return None if hours is None else (weekdays or EVERY_DAY, *hours)


def agreed_words(hours: Sequence[SafeHours]) -> str:
    """All of it in a line: `Text before 16:00. Never: call. Ask first: email.`"""
    parts = [f"{channel_words(row.channel)} {hours_words(row.weekdays, row.from_minute, row.to_minute)}" for row in hours if row.is_safe == YES]
    for answer, words in ((NO, "Never"), (ASK, "Ask first")):
        rows = [row for row in hours if row.is_safe == answer]
        if rows:
            parts.append(f"{words}: " + ", ".join(_with_hours(row) for row in rows))
    return ". ".join(parts) + "." if parts else ""


def caution_words(hours: Sequence[SafeHours], channel: str, at: datetime) -> str:
    """Why this way at this moment is not what the plan calls safe; "" when it is."""
    if safe_now(hours, channel, at).answer == YES:
        return ""
    way, rows = channel_words(channel).lower(), [row for row in hours if row.channel == channel]
    safe = [row for row in rows if row.is_safe == YES]
    if not hours:
        return "No safe-contact plan is recorded."
    if any(row.is_safe == NO for row in rows) and not safe:
        return f"The plan says never: {way}."
    if safe and any(row.is_safe == NO and row.covers(in_office_time(at)) for row in rows):
        return f"The plan says not at this hour: {way}."
    if safe:
        return f"The plan says {way} only {' or '.join(hours_words(row.weekdays, row.from_minute, row.to_minute) for row in safe)}."
    if any(row.is_safe == ASK for row in rows):
        return f"The plan says: ask first about {way}."
    return f"The plan does not say that {way} is safe."


def safe_ways(hours: Sequence[SafeHours]) -> tuple[tuple[str, str], ...]:
    """(channel, words) of what the plan calls safe, such as "Text, before 16:00"."""
    safe = (row for row in hours if row.is_safe == YES)
    return tuple(dict.fromkeys((row.channel, f"{channel_words(row.channel)}, {hours_words(row.weekdays, row.from_minute, row.to_minute)}") for row in safe))


def _with_hours(row: SafeHours) -> str:
    hours = hours_words(row.weekdays, row.from_minute, row.to_minute)
    return channel_words(row.channel).lower() + ("" if hours == "any time" else f" {hours}")


def _read_clock(text: str) -> tuple[int, int] | None:
    if not text:
        return 0, WHOLE_DAY
    if found := re.fullmatch(r"(?:before|until|till|to|by) (.+)", text):
        end = _minute(found[1])
        return (0, end) if end else None
    if (found := re.fullmatch(r"(?:after|from) (.+)", text)) and (start := _minute(found[1])) is not None:
        return start, WHOLE_DAY
    if found := re.fullmatch(r"(?:from |between )?(.+?) ?(?:-|–|to|until|and) ?(.+)", text):
        start, end = _minute(found[1]), _minute(found[2])
        return (start, end) if start is not None and end and start < end else None
    return None


def _minute(text: str) -> int | None:
    if text.strip() in ("24", "24:00", "midnight"):
        return WHOLE_DAY
    at = read_time({"noon": "12", "midday": "12"}.get(text.strip(), text))
    return at.hour * 60 + at.minute if at else None


def _days_words(weekdays: int) -> str:
    places = [place for place in range(7) if weekdays >> place & 1]
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{WEEKDAYS[places[0]]}–{WEEKDAYS[places[-1]]}"
    return ", ".join(WEEKDAYS[place] for place in places)


def _place(name: str) -> int:
    return WEEKDAYS.index(name.capitalize())


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
