"""Dates and numbers as people read them, the same in windows, on paper and on the command line, whatever the machine's language."""

from __future__ import annotations

from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NARROW_SPACE = "\u202f"  # no-break: a number never falls apart at a line's end


def day_text(day: date) -> str:
    """ "24 Nov 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, today: date) -> str:
    """ "Tue 24 Nov"; with the year instead of the weekday where it is another year than today's."""
    if day.year != today.year:
        return day_text(day)
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def ago(day: date, today: date) -> str:
    """ "today", "yesterday", "4 days ago", "tomorrow", "in 4 days"; past two months in months, past two years in years."""
    days = (today - day).days
    if days in (-1, 0, 1):
        return ("today", "yesterday", "tomorrow")[days]
    span = _span(abs(days))
    return f"{span} ago" if days > 0 else f"in {span}"


def number_text(number: int) -> str:
    """A whole number in groups of three from five digits on: 1013, 10 214, with a narrow no-break space."""
    if abs(number) < 10_000:
        return str(number)
    return f"{number:,}".replace(",", NARROW_SPACE)


def _span(days: int) -> str:
    if days < 61:
        return f"{days} days"
    if days < 731:
        return f"{round(days / 30.44)} months"
    return f"{days // 365} years"
