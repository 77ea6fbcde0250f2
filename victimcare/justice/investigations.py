"""Police investigations: where the matter came from, how it ended, and the people whose cases belong to it.

The crime reference is sealed under the office key: it names the matter to anybody with access to police systems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.dates import possible_day
from victimcare.casework.deadline_events import event_happened
from victimcare.casework.opening import fitting
from victimcare.casework.units import unit_label
from victimcare.justice.arrests import EVENT as ARREST
from victimcare.justice.arrests import Arrest
from victimcare.justice.prosecutions import Prosecution, completed_outcomes, successful_outcomes, tell_of_charge
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession


class ReferenceUnclear(Refused):
    """Several investigations have the same crime reference, and nothing says which is meant."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} investigations have that crime reference.", "Open Investigations, choose the right one and enter it there.")


class Investigation(Record):
    """A police matter. `outcome_code`: Home Office outcome type, None or 0 while not assigned."""

    __tablename__ = "investigation"
    __write_right__ = Right.CASEWORK
    received_on: Mapped[date | None] = mapped_column(default=None, index=True)
    source: Mapped[str]
    unit: Mapped[str]
    outcome_code: Mapped[str | None] = mapped_column(default=None)
    crime_reference = SealedText()
    notes = SealedText()


class InvestigationCase(Record):
    """That a person's case belongs to an investigation."""

    __tablename__ = "investigation_case"
    __write_right__ = Right.CASEWORK
    case_id: Mapped[UUID] = link("case")
    investigation_id: Mapped[UUID] = link("investigation")


@dataclass(frozen=True, slots=True)
class InvestigationRow:
    """A line of the list. Counts: people's cases, arrests, charges completed and of those successful."""

    id: UUID
    version: int
    received_on: date | None
    source: str
    unit: str
    outcome_code: str | None
    cases: int
    arrests: int
    completed: int
    successful: int


def open_investigation(
    session: VaultSession,
    *,
    source: str,
    unit: str,
    received_on: date | None = None,
    crime_reference: str = "",
    outcome_code: str | None = None,
) -> UUID:
    """Record a matter. Raises UnknownCode, DateRefused, TextRefused for a unit that is no short label."""
    known("case_source", source)
    if outcome_code is not None:
        known("crime_outcome_code", outcome_code)
    if received_on is not None:
        possible_day(received_on, today=session.today)
    investigation = Investigation(received_on=received_on, source=source, unit=unit_label(unit), outcome_code=outcome_code)
    if crime_reference:
        investigation.crime_reference = fitting(crime_reference)
    session.add(investigation)
    return investigation.id


def assign_outcome(session: VaultSession, *, investigation_id: UUID, version: int, outcome_code: str) -> None:
    """Set the outcome type. Raises UnknownCode, Conflict."""
    known("crime_outcome_code", outcome_code)
    session.get_for_change(Investigation, investigation_id, version=version).outcome_code = outcome_code


def link_case(session: VaultSession, *, investigation_id: UUID, case_id: UUID) -> UUID:
    """Say that a case belongs to an investigation; what the person is owed for its arrests and charges comes by itself. Saying it twice changes nothing."""
    query = select(InvestigationCase.id).where(InvestigationCase.investigation_id == investigation_id, InvestigationCase.case_id == case_id)
    there = session.scalar(query)
    if there is not None:
        return there
    row = InvestigationCase(case_id=case_id, investigation_id=investigation_id)
    session.add(row)
    for arrest in session.scalars(select(Arrest).where(Arrest.investigation_id == investigation_id, Arrest.imported.is_(False)).order_by(Arrest.id)):
        event_happened(session, event=ARREST, on=arrest.on, about_id=arrest.id, case_ids=(case_id,))
    charges = select(Prosecution).where(Prosecution.investigation_id == investigation_id, Prosecution.imported.is_(False))
    for charge in session.scalars(charges.order_by(Prosecution.id)):
        tell_of_charge(session, charge, (case_id,))
    return row.id


def crime_references(session: VaultSession) -> dict[UUID, str]:
    """The crime reference of every investigation that has one: one query. Two may have the same. Needs the office key.

    Raises ReadNotNoted in a reading session that did not say why it opens office texts.
    """
    opened = session.sealed_where(select(Investigation.id))
    return {id: texts["crime_reference"] for id, texts in opened.items() if texts.get("crime_reference")}


def investigation_called(session: VaultSession, reference: str) -> UUID | None:
    """The investigation with this crime reference, whatever its case and blanks, None where there is none. Raises ReferenceUnclear."""
    wanted = "".join(reference.split()).casefold()
    found = [id for id, text in crime_references(session).items() if "".join(text.split()).casefold() == wanted]
    if len(found) > 1:
        raise ReferenceUnclear(len(found))
    return found[0] if found else None


def add_notes(session: VaultSession, *, investigation_id: UUID, text: str) -> None:
    """Put more at the end of the notes of an investigation. Raises TextRefused when they become too long to keep."""
    investigation = session.get(Investigation, investigation_id)
    assert investigation is not None, "an investigation that is here"
    investigation.notes = fitting("\n".join(filter(None, [investigation.notes, text])))


def notes_among(session: VaultSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The notes of these investigations, arrests and charges, where there are any: one query. Raises ReadNotNoted."""
    return {id: texts["notes"] for id, texts in session.sealed(ids).items() if texts.get("notes")}


def investigation_list(session: VaultSession) -> tuple[InvestigationRow, ...]:
    """All investigations, newest first, with their counts in one query."""
    return _rows(session, None)


def investigations_of(session: VaultSession, case_id: UUID) -> tuple[InvestigationRow, ...]:
    """The investigations a case belongs to, newest first."""
    return _rows(session, case_id)


def cases_of(session: VaultSession, investigation_id: UUID) -> tuple[UUID, ...]:
    """The cases of an investigation."""
    query = select(InvestigationCase.case_id).where(InvestigationCase.investigation_id == investigation_id)
    return tuple(session.scalars(query.order_by(InvestigationCase.id)))


def _rows(session: VaultSession, case_id: UUID | None) -> tuple[InvestigationRow, ...]:
    here = Investigation.id
    cases = select(func.count()).where(InvestigationCase.investigation_id == here).scalar_subquery()
    arrests = select(func.count()).where(Arrest.investigation_id == here).scalar_subquery()
    charges = select(func.count()).where(Prosecution.investigation_id == here)
    completed = charges.where(Prosecution.outcome.in_(sorted(completed_outcomes()))).scalar_subquery()
    successful = charges.where(Prosecution.outcome.in_(sorted(successful_outcomes()))).scalar_subquery()
    query = select(
        Investigation.id,
        Investigation.version,
        Investigation.received_on,
        Investigation.source,
        Investigation.unit,
        Investigation.outcome_code,
        cases.label("cases"),
        arrests.label("arrests"),
        completed.label("completed"),
        successful.label("successful"),
    ).order_by(Investigation.received_on.desc(), Investigation.id.desc())
    if case_id is not None:
        query = query.where(Investigation.id.in_(select(InvestigationCase.investigation_id).where(InvestigationCase.case_id == case_id)))
    return tuple(InvestigationRow(*row) for row in session.execute(query))
