"""One entry of a case's stream, and how its day and words are put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from victimcare.reference.dates_text import day_text
from victimcare.store.clock import LONDON, day_of


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One thing that happened. `at`: aware UTC; where `has_time` is False only its day counts.

    `kind`: CONTACT, STANCE, REFERRAL, CONSENT, BARRIER, MITIGATION, PLAN, NOTE, NRM, SUPPORT, RISK, MEASURE and others. `icon`: a name of `resources/icons`.
    `headline` says what happened, `muted` how and by whom, `parts` (label, text) what was written; "" labels stand alone.
    `about`: the row a click opens (the referral of an event), `id`: the entry's own row.
    `withdrawn`: such as "written in the wrong case, withdrawn by VLO 17 on 24 Nov 2026"; "" while it counts.
    """

    at: datetime
    has_time: bool
    kind: str
    icon: str
    headline: str
    muted: str
    parts: tuple[tuple[str, str], ...]
    id: UUID
    about: UUID
    withdrawn: str = ""


def moment(on: date, made_at: datetime) -> tuple[datetime, bool]:
    """When a dated entry stands in the stream: written down the same day, at that minute; else at the start of its day."""
    return (made_at, True) if day_of(made_at) == on else (start(on), False)


def start(on: date) -> datetime:
    """The start of a day on the office's clock (UTC)."""
    return datetime.combine(on, time(), LONDON).astimezone(UTC)


def or_before(on_or_before: bool, on: date) -> str:
    """ "on or before" for a day that is the latest possible one."""
    return f"on or before {day_text(on)}" if on_or_before else ""


def own_words(words: str) -> tuple[tuple[str, str], ...]:
    """The person's own words as a part of an entry."""
    return (("Own words", words),) if words else ()


def plain_words(words: str) -> tuple[tuple[str, str], ...]:
    """Words without a label as a part of an entry."""
    return (("", words),) if words else ()
