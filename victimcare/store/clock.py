"""What time it is, for the whole program: passed in, so that tests and rules agree on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
# Deadlines, safe hours and "today" are those of England and Wales, wherever the laptop thinks it is.
LONDON = ZoneInfo("Europe/London")


def system_clock() -> datetime:
    """Now, aware, UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def day_of(instant: datetime) -> date:
    """The calendar day of `instant` in London."""
    return instant.astimezone(LONDON).date()
