"""Lines of Today put off until a day, with a reason; for whoever put them off. Only ever added to.

The newest of a line counts: undoing is one more, whose day has come. How far a line may be put off is Today's to say, since it
depends on what the line is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.opening import columns, needed
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession


class SnoozeRefused(Refused):
    """A line that cannot be put off until that day."""


class Snooze(Record):
    """One line put off. `kind`, `case_id`, `about_id`: which line, as Today names it. `until`: the first day it shows again."""

    __tablename__ = "snooze"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID | None] = link("case", optional=True)
    member_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str]
    about_id: Mapped[UUID | None] = mapped_column(default=None)
    until: Mapped[date]
    why = SealedText()


@dataclass(frozen=True, slots=True)
class SnoozeRow:
    """That the member who is signed in put a line off. `made_at`: aware, UTC. Its reason is read apart, by `why_put_off`."""

    id: UUID
    kind: str
    case_id: UUID | None
    about_id: UUID | None
    until: date
    made_at: datetime


def put_off(session: VaultSession, *, kind: str, case_id: UUID | None, about_id: UUID | None, until: date, last: date, why: str) -> UUID:
    """Put a line off until `until`, for whoever is signed in. `last`: the latest day such a line may be put off to.

    Raises SnoozeRefused (a day that has come, or after `last`), TextRefused (no reason), NoKey (a case that cannot be read).
    """
    if until <= session.today:
        raise SnoozeRefused("That day has come.", "Give a later day, tomorrow at the earliest.")
    if until > last:
        most = (last - session.today).days
        raise SnoozeRefused(f"This line can be put off for {most} {'day' if most == 1 else 'days'} at most.", "Give an earlier day, or do what it asks.")
    snooze = Snooze(case_id=case_id, member_id=session.member.id, kind=kind, about_id=about_id, until=until)
    snooze.why = needed(why, "a reason for putting it off")
    session.add(snooze)
    return snooze.id


def take_up_again(session: VaultSession, *, snooze_id: UUID) -> UUID:
    """Show a line again now that one put off oneself. Raises SnoozeRefused."""
    row = session.get(Snooze, snooze_id)
    if row is None or row.member_id != session.member.id:
        raise SnoozeRefused("You put off no such line.", "Look at Today again.")
    again = Snooze(case_id=row.case_id, member_id=row.member_id, kind=row.kind, about_id=row.about_id, until=session.today)
    session.add(again)
    return again.id


def my_snoozes(session: VaultSession) -> tuple[SnoozeRow, ...]:
    """The newest of each line that is put off beyond today by who is signed in; one query, coded facts alone."""
    place = func.row_number().over(partition_by=(Snooze.kind, Snooze.case_id, Snooze.about_id), order_by=Snooze.id.desc()).label("place")
    newest = select(*columns(Snooze, SnoozeRow.__slots__), place).where(Snooze.member_id == session.member.id).subquery("newest")
    query = select(*(newest.c[name] for name in SnoozeRow.__slots__)).where(newest.c.place == 1, newest.c.until > session.today)
    return tuple(SnoozeRow(*row) for row in session.execute(query.order_by(newest.c.until, newest.c.id)))


def why_put_off(session: VaultSession, snooze_id: UUID) -> str:
    """The reason. Raises NoKey, ReadNotNoted, KeyError."""
    row = session.get(Snooze, snooze_id)
    if row is None:
        raise KeyError(Snooze.__tablename__)
    return row.why
