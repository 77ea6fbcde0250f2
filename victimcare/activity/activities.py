"""What organisations do together: activity days, conferences, campaigns, boards. Open acts, not people supported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.activity.visits import Visit
from victimcare.casework.dates import possible_day
from victimcare.casework.opening import fitting
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession


class CountRefused(Refused):
    """A number of people that cannot be."""

    def __init__(self) -> None:
        super().__init__("The number of people spoken to cannot be below nought.", "Leave it empty where nobody counted.")


class Activity(Record):
    """One activity on one day. `people_spoken_to`: people, over all its visits; None where nobody counted."""

    __tablename__ = "activity"
    __write_right__ = Right.CASEWORK
    kind: Mapped[str]
    on: Mapped[date] = mapped_column(index=True)
    people_spoken_to: Mapped[int | None] = mapped_column(default=None)
    title = SealedText()
    notes = SealedText()


class ActivityAgency(Record):
    """An agency that took part."""

    __tablename__ = "activity_agency"
    __write_right__ = Right.CASEWORK
    activity_id: Mapped[UUID] = link("activity")
    agency: Mapped[str]


class ActivityCountry(Record):
    """A country that took part (ISO 3166-1 alpha-2)."""

    __tablename__ = "activity_country"
    __write_right__ = Right.CASEWORK
    activity_id: Mapped[UUID] = link("activity")
    country: Mapped[str]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A line of the list. `visits`: how many premises; `title` "" where it was not opened or not readable."""

    id: UUID
    version: int
    kind: str
    on: date
    people_spoken_to: int | None
    visits: int
    agencies: tuple[str, ...]
    countries: tuple[str, ...]
    title: str


def record_activity(
    session: VaultSession,
    *,
    kind: str,
    on: date,
    title: str = "",
    agencies: tuple[str, ...] = (),
    countries: tuple[str, ...] = (),
    people_spoken_to: int | None = None,
) -> UUID:
    """Record an activity. Raises UnknownCode, DateRefused, CountRefused."""
    known("activity_type", kind)
    possible_day(on, today=session.today)
    if people_spoken_to is not None and people_spoken_to < 0:
        raise CountRefused
    activity = Activity(kind=kind, on=on, people_spoken_to=people_spoken_to)
    if title:
        activity.title = fitting(title)
    session.add(activity)
    for agency in dict.fromkeys(agencies):
        known("agency", agency)
        session.add(ActivityAgency(activity_id=activity.id, agency=agency))
    for country in dict.fromkeys(countries):
        known("nationality", country)
        session.add(ActivityCountry(activity_id=activity.id, country=country))
    return activity.id


def activity_list(session: VaultSession, *, titles: Mapping[UUID, Mapping[str, str]] | None = None) -> tuple[ActivityRow, ...]:
    """All activities, newest first. `titles`: opened sealed parts (`activity_titles`), none opened without."""
    visits = select(func.count()).where(Visit.activity_id == Activity.id).scalar_subquery()
    query = select(Activity.id, Activity.version, Activity.kind, Activity.on, Activity.people_spoken_to, visits)
    agencies = _grouped(session, select(ActivityAgency.activity_id, ActivityAgency.agency).order_by(ActivityAgency.id))
    countries = _grouped(session, select(ActivityCountry.activity_id, ActivityCountry.country).order_by(ActivityCountry.id))
    opened = titles or {}
    return tuple(
        ActivityRow(id, version, kind, on, spoken_to, count or 0, agencies.get(id, ()), countries.get(id, ()), opened.get(id, {}).get("title", ""))
        for id, version, kind, on, spoken_to, count in session.execute(query.order_by(Activity.on.desc(), Activity.id.desc()))
    )


def activity_titles(session: VaultSession) -> Mapping[UUID, Mapping[str, str]]:
    """The titles of all activities, opened with one query. Raises ReadNotNoted where the reading was not noted."""
    opened: Mapping[UUID, Mapping[str, str]] = session.sealed_where(select(Activity.id))
    return opened


def activity_notes(session: VaultSession, activity_id: UUID) -> str:
    """The notes of one activity, "" for none. Raises ReadNotNoted where the reading was not noted."""
    notes: str = session.sealed([activity_id]).get(activity_id, {}).get("notes", "")
    return notes


def _grouped(session: VaultSession, query: object) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    for owner, code in session.execute(query):  # type: ignore[call-overload]
        found[owner] = (*found.get(owner, ()), code)
    return found
