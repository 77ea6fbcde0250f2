"""Cover: one worker's whole Today in the hands of another for a period, and back.

Cover shows work, it opens nothing: whoever covers reads a case with their own key, and restricted cases that were not shared with
them stay shut. One worker is covered by one other at a time; who covers may be covered themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from victimcare.casework.opening import fitting
from victimcare.casework.workers import Worker, worker_of_member
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.tables import Sealed


class CoverRefused(Refused):
    """A cover that cannot be given, or not by whoever asks."""


class Cover(Record):
    """`by_id` works for `worker_id` from `from_on` to `until_on`, both included; `ended_on`: given back on that day, earlier."""

    __tablename__ = "cover"
    __write_right__ = Right.CASEWORK

    worker_id: Mapped[UUID] = link("worker")
    by_id: Mapped[UUID] = link("worker")
    from_on: Mapped[date]
    until_on: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    note = SealedText()


@dataclass(frozen=True, slots=True)
class CoverRow:
    """A cover with both labels. `version` goes back with its end. `has_note`: a note is read apart, by `note_of`."""

    id: UUID
    version: int
    worker_id: UUID
    worker: str
    by_id: UUID
    by: str
    from_on: date
    until_on: date
    ended_on: date | None
    has_note: bool

    def is_on(self, today: date) -> bool:
        """Whether it holds today."""
        return self.from_on <= today <= self.until_on and self.ended_on is None


def give_cover(session: VaultSession, *, worker_id: UUID, by_id: UUID, from_on: date, until_on: date, note: str = "") -> UUID:
    """Hand the Today of `worker_id` to `by_id`. One's own by oneself; somebody else's by a supervisor.

    Raises CoverRefused (not yours to give, to oneself, to somebody who does not sign in, an end before the start, a past start, or
    days on which somebody covers already), TextRefused.
    """
    if worker_id != worker_of_member(session, session.member.id) and not session.may(Right.SUPERVISE):
        raise CoverRefused("Only a supervisor hands over what somebody else has to do.", "Ask a supervisor.")
    if worker_id == by_id:
        raise CoverRefused("Nobody covers for themselves.", "Choose a colleague.")
    by = session.get(Worker, by_id)
    if by is None or by.member_id is None:
        raise CoverRefused("That worker does not sign in here.", "Choose a colleague who does.")
    if from_on < session.today:
        raise CoverRefused("Cover cannot start on a day that has passed.", "Start it today.")
    if until_on < from_on:
        raise CoverRefused("The cover ends before it starts.", "Give a later end, or the same day.")
    same = select(Cover.id).where(Cover.worker_id == worker_id, Cover.ended_on.is_(None), Cover.from_on <= until_on, Cover.until_on >= from_on)
    if session.scalar(same.limit(1)) is not None:
        raise CoverRefused("Somebody covers on some of those days already.", "Choose other days, or take that cover back first.")
    cover = Cover(worker_id=worker_id, by_id=by_id, from_on=from_on, until_on=until_on)
    if text := fitting(note):
        cover.note = text
    session.add(cover)
    return cover.id


def end_cover(session: VaultSession, *, cover_id: UUID, version: int) -> None:
    """Back today, before its last day: taken back by whose work it is, given back by who covers, or by a supervisor.

    Raises CoverRefused (ended already, not yours to end), Conflict.
    """
    cover = session.get_for_change(Cover, cover_id, version=version)
    me = worker_of_member(session, session.member.id)
    if me not in (cover.worker_id, cover.by_id) and not session.may(Right.SUPERVISE):
        raise CoverRefused("Only the two it is between, or a supervisor, end a cover.", "Ask one of them.")
    if cover.ended_on is not None or cover.until_on < session.today:
        raise CoverRefused("That cover has ended already.", "Nothing needs to be done.")
    cover.ended_on = session.today


def note_of(session: VaultSession, cover_id: UUID) -> str:
    """What was noted for who covers; "" when nothing was. Raises NoKey, ReadNotNoted, KeyError."""
    cover = session.get(Cover, cover_id)
    if cover is None:
        raise KeyError(Cover.__tablename__)
    return cover.note


def covers_now(session: VaultSession) -> tuple[CoverRow, ...]:
    """Every cover of the office that holds today or is yet to start, soonest end first; one query."""
    by: Any = aliased(Worker)
    noted = select(Sealed.id).where(Sealed.id == Cover.id).exists()
    query = (
        select(Cover.id, Cover.version, Cover.worker_id, Worker.name, Cover.by_id, by.name, Cover.from_on, Cover.until_on, Cover.ended_on, noted)
        .join(Worker, Worker.id == Cover.worker_id)
        .join(by, by.id == Cover.by_id)
        .where(Cover.ended_on.is_(None), Cover.until_on >= session.today)
        .order_by(Cover.until_on, Cover.id)
    )
    return tuple(CoverRow(*row) for row in session.execute(query))
