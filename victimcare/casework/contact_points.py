"""Numbers and addresses. Which kinds there are is coded; a value opens alone, when it is asked for, and that is noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.casework.dates import possible_day
from victimcare.casework.opening import fitting, needed
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession


class ContactPointRefused(Refused):
    """A change a number or address cannot take."""


class ContactPoint(Record):
    """One number or address of the person. `label`: whose or which it is, in words.

    `safe_to_write`: YES, NO or "" for not asked, the tick per address of the official NRM form.
    """

    __tablename__ = "contact_point"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __sealed_apart__ = True  # a reading of the case does not open it: the plan comes first

    case_id: Mapped[UUID] = link("case")
    kind: Mapped[str]
    value = SealedText()
    label = SealedText()
    safe_to_write = SealedText()


class ContactPointEnd(Record):
    """That a number or address is no longer the person's."""

    __tablename__ = "contact_point_end"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    contact_point_id: Mapped[UUID] = link("contact_point")
    ended_on: Mapped[date]


@dataclass(frozen=True, slots=True)
class ContactPointRow:
    """That there is a number or address, without it. `ended_on`: when it stopped being the person's."""

    id: UUID
    kind: str
    ended_on: date | None


@dataclass(frozen=True, slots=True, repr=False)
class ShownContactPoint:
    """A number or address as shown to who asked for it."""

    id: UUID
    case_id: UUID
    kind: str
    value: str
    label: str
    safe_to_write: str


def record_contact_point(session: VaultSession, *, case_id: UUID, kind: str, value: str, label: str = "", safe_to_write: str = "") -> UUID:
    """Record a number or address. Raises UnknownCode, TextRefused."""
    known("contact_point_kind", kind)
    if safe_to_write:
        known("yes_no", safe_to_write)
    point = ContactPoint(case_id=case_id, kind=kind)
    point.value = needed(value, "a number or an address")
    if label:
        point.label = fitting(label)
    if safe_to_write:
        point.safe_to_write = safe_to_write
    session.add(point)
    return point.id


def end_contact_point(session: VaultSession, *, contact_point_id: UUID, on: date) -> UUID:
    """Say that it is no longer the person's; it stays in the file. Raises DateRefused, ContactPointRefused when it has ended or is not here."""
    possible_day(on, today=session.today)
    case_id = session.scalar(select(ContactPoint.case_id).where(ContactPoint.id == contact_point_id))
    ended = session.scalar(select(ContactPointEnd.id).where(ContactPointEnd.contact_point_id == contact_point_id))
    if case_id is None or ended is not None:
        raise ContactPointRefused("That number or address has ended already, or is not here.", "Look at the case again.")
    end = ContactPointEnd(case_id=case_id, contact_point_id=contact_point_id, ended_on=on)
    session.add(end)
    return end.id


def contact_points(session: VaultSession, case_id: UUID) -> tuple[ContactPointRow, ...]:
    """The kinds of numbers and addresses of one case, those in use first; no value is opened."""
    rows = session.execute(
        select(ContactPoint.id, ContactPoint.kind, ContactPointEnd.ended_on)
        .outerjoin(ContactPointEnd, ContactPointEnd.contact_point_id == ContactPoint.id)
        .where(ContactPoint.case_id == case_id)
        .order_by(ContactPointEnd.ended_on.is_not(None), ContactPoint.id)
    )
    return tuple(ContactPointRow(*row) for row in rows)


def show_contact_point(session: VaultSession, contact_point_id: UUID) -> ShownContactPoint:
    """One number or address, opened. Needs `Reading.numbers(case_id)`: raises ReadNotNoted, NoKey, ContactPointRefused when it is not here."""
    point = session.get(ContactPoint, contact_point_id)
    if point is None:
        raise ContactPointRefused("That number or address is not here.", "Look at the case again.")
    return ShownContactPoint(point.id, point.case_id, point.kind, point.value, point.label, point.safe_to_write)
