"""Arrests: one person arrested on one day in one investigation. Counted by day of arrest where flagged as slavery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.dates import possible_day
from victimcare.casework.deadline_events import event_happened
from victimcare.casework.opening import fitting
from victimcare.justice.people_of import people_of
from victimcare.reference.codelists import known
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

EVENT = "ARREST"


class Arrest(Record):
    """One arrest. `offence`: a code, "" while not known. `is_flagged`: for a modern-slavery-flagged offence.

    `suspect`: the office's reference only. `notes`: the offence in its own words, and what a register said besides.
    """

    __tablename__ = "arrest"
    __write_right__ = Right.CASEWORK
    investigation_id: Mapped[UUID] = link("investigation")
    on: Mapped[date] = mapped_column(index=True)
    offence: Mapped[str]
    is_flagged: Mapped[bool]
    imported: Mapped[bool] = mapped_column(default=False)
    suspect = SealedText()
    notes = SealedText()


@dataclass(frozen=True, slots=True)
class ArrestRow:
    """An arrest without the suspect."""

    id: UUID
    on: date
    offence: str
    is_flagged: bool


def record_arrest(
    session: VaultSession, *, investigation_id: UUID, on: date, offence: str, is_flagged: bool, suspect: str = "", notes: str = "", imported: bool = False
) -> UUID:
    """Record an arrest; the people of the matter are owed word of it from then on. Raises UnknownCode, DateRefused for a day to come."""
    known("offence", offence)
    possible_day(on, today=session.today)
    arrest = Arrest(investigation_id=investigation_id, on=on, offence=offence, is_flagged=is_flagged, imported=imported)
    if suspect:
        arrest.suspect = fitting(suspect)
    if notes:
        arrest.notes = fitting(notes)
    session.add(arrest)
    if not imported:
        event_happened(session, event=EVENT, on=on, about_id=arrest.id, case_ids=people_of(session, investigation_id))
    return arrest.id


def arrests_of(session: VaultSession, investigation_id: UUID) -> tuple[ArrestRow, ...]:
    """The arrests of one investigation, newest first."""
    query = select(Arrest).where(Arrest.investigation_id == investigation_id).order_by(Arrest.on.desc(), Arrest.id.desc())
    return tuple(ArrestRow(row.id, row.on, row.offence, row.is_flagged) for row in session.scalars(query))
