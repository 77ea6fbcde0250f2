"""Prosecutions: one defendant, one charge, one outcome. What counts as completed or successful is data.

Source of the sets: the code list `case_outcome` (completed, successful, successful_flagged).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.dates import not_before, possible_day
from victimcare.casework.deadline_events import event_happened
from victimcare.casework.opening import fitting
from victimcare.justice.people_of import people_of
from victimcare.reference.codelists import codelist, known
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession


class Prosecution(Record):
    """A charge against one defendant. `charge`: the code of an offence, "" while not known. `charged_on`: None while not known.

    `defendant`: the office's reference, never joined to a person supported. `notes`: the charge in its own words, and more.
    """

    __tablename__ = "prosecution"
    __write_right__ = Right.CASEWORK
    investigation_id: Mapped[UUID] = link("investigation")
    charge: Mapped[str]
    outcome: Mapped[str]
    outcome_on: Mapped[date | None] = mapped_column(default=None, index=True)
    imported: Mapped[bool] = mapped_column(default=False)
    charged_on: Mapped[date | None] = mapped_column(default=None)
    defendant = SealedText()
    notes = SealedText()


@dataclass(frozen=True, slots=True)
class ProsecutionRow:
    """A prosecution without its defendant."""

    id: UUID
    version: int
    charge: str
    outcome: str
    outcome_on: date | None
    is_completed: bool
    is_successful: bool


def record_prosecution(
    session: VaultSession,
    *,
    investigation_id: UUID,
    charge: str,
    outcome: str = "PENDING",
    outcome_on: date | None = None,
    charged_on: date | None = None,
    defendant: str = "",
    notes: str = "",
    imported: bool = False,
) -> UUID:
    """Record a charge; what is owed to the people of the matter for it comes by itself. Raises UnknownCode, DateRefused."""
    known("offence", charge)
    known("case_outcome", outcome)
    for day in filter(None, (charged_on, outcome_on)):
        possible_day(day, today=session.today)
    if charged_on is not None and outcome_on is not None:
        not_before(outcome_on, charged_on)
    prosecution = Prosecution(
        investigation_id=investigation_id, charge=charge, outcome=outcome, outcome_on=outcome_on, charged_on=charged_on, imported=imported
    )
    if defendant:
        prosecution.defendant = fitting(defendant)
    if notes:
        prosecution.notes = fitting(notes)
    session.add(prosecution)
    if not imported:
        tell_of_charge(session, prosecution, people_of(session, investigation_id))
    return prosecution.id


def record_outcome(session: VaultSession, *, prosecution_id: UUID, version: int, outcome: str, outcome_on: date) -> None:
    """Record how a charge ended; what is owed to the people of the matter for it comes by itself. Raises UnknownCode, DateRefused, Conflict."""
    known("case_outcome", outcome)
    possible_day(outcome_on, today=session.today)
    prosecution = session.get_for_change(Prosecution, prosecution_id, version=version)
    if prosecution.charged_on is not None:
        not_before(outcome_on, prosecution.charged_on)
    prosecution.outcome, prosecution.outcome_on = outcome, outcome_on
    tell_of_charge(session, prosecution, people_of(session, prosecution.investigation_id))


def tell_of_charge(session: VaultSession, prosecution: Prosecution, case_ids: Iterable[UUID]) -> None:
    """Start what is owed to the people of `case_ids` for a charge and for how it ended, as far as the days are known."""
    cases = list(case_ids)
    for event, on in (("CHARGE", prosecution.charged_on), (f"OUTCOME.{prosecution.outcome}", prosecution.outcome_on)):
        if on is not None:
            event_happened(session, event=event, on=on, about_id=prosecution.id, case_ids=cases)


def completed_outcomes() -> frozenset[str]:
    """Outcomes that end a charge and so stand under a conviction rate."""
    return frozenset(codelist("case_outcome").extra["completed"])


def successful_outcomes(*, any_conviction: bool = False) -> frozenset[str]:
    """Convictions under the Act, or with `any_conviction` those of other offences in a flagged case too."""
    return frozenset(codelist("case_outcome").extra["successful_flagged" if any_conviction else "successful"])


def prosecutions_of(session: VaultSession, investigation_id: UUID) -> tuple[ProsecutionRow, ...]:
    """The charges of one investigation in the order they were recorded."""
    query = select(Prosecution).where(Prosecution.investigation_id == investigation_id).order_by(Prosecution.id)
    return tuple(
        ProsecutionRow(
            id=row.id,
            version=row.version,
            charge=row.charge,
            outcome=row.outcome,
            outcome_on=row.outcome_on,
            is_completed=row.outcome in completed_outcomes(),
            is_successful=row.outcome in successful_outcomes(),
        )
        for row in session.scalars(query)
    )
