"""Visits: one row a premises, so that a series can be counted by kind of premises and by what was found.

An imported total of n visits is n rows marked `from_total`: the number holds, what differed between them is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.dates import possible_day
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.record import Record, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession


class VisitRefused(Refused):
    """A total of visits below one."""


class Visit(Record):
    """One visit to one premises."""

    __tablename__ = "visit"
    __write_right__ = Right.CASEWORK
    activity_id: Mapped[UUID] = link("activity")
    on: Mapped[date] = mapped_column(index=True)
    premises: Mapped[str]
    finding: Mapped[str]
    from_total: Mapped[bool] = mapped_column(default=False)
    imported: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as screens show it."""

    id: UUID
    on: date
    premises: str
    finding: str
    from_total: bool


def record_visit(session: VaultSession, *, activity_id: UUID, on: date, premises: str, finding: str, imported: bool = False) -> UUID:
    """Record one visit. Raises UnknownCode, DateRefused."""
    _known(premises, finding)
    possible_day(on, today=session.today)
    visit = Visit(activity_id=activity_id, on=on, premises=premises, finding=finding, imported=imported)
    session.add(visit)
    return visit.id


def record_visits(session: VaultSession, *, activity_id: UUID, on: date, premises: str, finding: str, total: int, imported: bool = False) -> tuple[UUID, ...]:
    """Record a total as that many visits, each marked as coming from one. Raises VisitRefused, UnknownCode, DateRefused."""
    _known(premises, finding)
    possible_day(on, today=session.today)
    if total < 1:
        raise VisitRefused("A total of visits is one or more.", "Leave it empty where there was none.")
    visits = [Visit(activity_id=activity_id, on=on, premises=premises, finding=finding, from_total=True, imported=imported) for _ in range(total)]
    session.add_all(visits)
    return tuple(visit.id for visit in visits)


def visits_of(session: VaultSession, activity_id: UUID) -> tuple[VisitRow, ...]:
    """The visits of one activity in the order they were recorded."""
    query = select(Visit.id, Visit.on, Visit.premises, Visit.finding, Visit.from_total)
    return tuple(VisitRow(*row) for row in session.execute(query.where(Visit.activity_id == activity_id).order_by(Visit.id)))


def _known(premises: str, finding: str) -> None:
    known("activity_type.premises_type", premises)
    known("activity_type.finding", finding)
