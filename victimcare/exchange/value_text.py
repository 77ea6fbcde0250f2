"""Parsed values as JSON and back, so that a row that waits can be taken later just as it would have been."""

from __future__ import annotations

from datetime import date, time, timedelta, timezone
from typing import Any

from victimcare.exchange.clock_times import Moment
from victimcare.exchange.safe_calls import SafeCall


def packed(value: Any) -> Any:
    """JSON for one value of a `ParsedRow`."""
    if isinstance(value, Moment):
        offset = None if value.offset is None else int(value.offset.utcoffset(None).total_seconds())
        return {"on": value.on and value.on.isoformat(), "at": value.at and value.at.isoformat(), "offset": offset}
    if isinstance(value, SafeCall):
        return {"is_safe": value.is_safe, "from": value.from_minute, "to": value.to_minute, "words": value.words}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def unpacked(value: Any) -> Any:
    """The value that `packed` was given."""
    if isinstance(value, list):
        return tuple(value)
    if not isinstance(value, dict):
        return value
    if "date" in value:
        return date.fromisoformat(value["date"])
    if "time" in value:
        return time.fromisoformat(value["time"])
    if "is_safe" in value:
        return SafeCall(value["is_safe"], value["from"], value["to"], value["words"])
    return Moment(
        date.fromisoformat(value["on"]) if value["on"] else None,
        time.fromisoformat(value["at"]) if value["at"] else None,
        None if value["offset"] is None else timezone(timedelta(seconds=value["offset"])),
    )
