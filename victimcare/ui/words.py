"""How things are said to a person: what was refused, dates, times and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from victimcare.refused import Refused

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
THIN = "\u202f"
LONDON = ZoneInfo("Europe/London")  # as `store/clock.py` has it, which the first window must not load
_TURNING, _END_OF_ISOLATE = re.compile("[\u202a-\u202e\u2066-\u2069]"), "\u2069"  # Unicode Bidirectional Algorithm, 2.1 to 2.5

# Where the window can say more than the store, which knows no screens. By code of the refusal.
_HERE = {
    "conflict": ("Somebody changed this while you were working on it. Both versions are kept.", "Look at theirs, then save yours again."),
    "vault_busy": ("The vault is busy with another window or user. What you wrote is still here.", "Save again in a moment."),
    "disk_full": ("The disk is full. What you wrote is still here, and nothing saved before was lost.", "Make room on the disk, then save again."),
    "cancelled": ("Stopped, as you asked. Nothing of it was kept.", ""),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a person reads: what happened and was kept, and what to do."""

    reason: str
    remedy: str


def told(refused: Refused) -> Told:
    """A refusal in the window's words, with its own where the window has none."""
    reason, remedy = _HERE.get(refused.code, (refused.reason, refused.remedy))
    return Told(reason, remedy)


def day(on: date | None) -> str:
    """`24 Nov 2026`, or nothing for no date."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}" if on else ""


def weekday(on: date) -> str:
    """`Tue 24 Nov 2026`."""
    return f"{WEEKDAYS[on.weekday()]} {day(on)}"


def short_day(on: date, today: date) -> str:
    """`24 Nov`, with the year only where it is not this one."""
    return f"{on.day} {MONTHS[on.month - 1]}" + ("" if on.year == today.year else f" {on.year}")


def clock(at: datetime) -> str:
    """`14:02` on the office's clock, wherever this machine thinks it is."""
    return f"{at.astimezone(LONDON):%H:%M}"


def moment(at: datetime) -> str:
    """`24 Nov 2026, 14:02` on the office's clock."""
    here = at.astimezone(LONDON)
    return f"{day(here.date())}, {here:%H:%M}"


def ago(on: date, today: date) -> str:
    """`today`, `yesterday`, `4 days ago`, `tomorrow`, `in 3 days`."""
    days = (today - on).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    if days in near:
        return near[days]
    return f"{number(days)} days ago" if days > 0 else f"in {number(-days)} days"


def breakable(text: str) -> str:
    """The same text for a narrow column: a long word without a blank may be broken, so that it widens nothing."""
    return re.sub(r"(\S{24})(?=\S)", "\\1\u200b", text)


def isolated(text: str) -> str:
    """A short text as part of a line: signs in it that turn the direction round cannot turn the words beside it."""
    if not _TURNING.search(text):
        return text
    return f"\u2068{text.replace(_END_OF_ISOLATE, '')}{_END_OF_ISOLATE}"


def number(value: int) -> str:
    """`10 214`, grouped by thin spaces from 1 000 on."""
    return f"{value:,}".replace(",", THIN)


def count(value: int, one: str, many: str) -> str:
    """`1 person`, `10 214 people`."""
    return f"{number(value)} {one if value == 1 else many}"


def nothing_known(kind: str) -> Told:
    """For an error nobody foresaw: `kind` is its class name, never its text."""
    return Told(
        f"Something went wrong ({kind}). What was saved before is safe; the last step may not have been.",
        "Try it once more. If it happens again, tell whoever looks after the program.",
    )
