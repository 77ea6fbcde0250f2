"""Cases: one person's file, its reference, its life from opening to closing, and who is responsible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_events import CLOSED as CLOSING
from victimcare.casework.case_events import HANDED_OVER, REOPENED, record_step
from victimcare.casework.case_now import recompute
from victimcare.casework.dates import not_before, possible_day
from victimcare.casework.opening import columns
from victimcare.casework.units import unit_label
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.record import Record, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

OPEN, CLOSED = "OPEN", "CLOSED"
FACTS = ("unit", "gender", "age_band", "age_group", "nationality", "nationality2", "language", "interpreter", "borough", "may_be_under_18")


class CaseRefused(Refused):
    """A change a case cannot take in the state it is in."""


class Case(Record):
    """One person's file. Everything here may be counted; who the person is stands in `identity`."""

    __tablename__ = "case"
    __write_right__ = Right.CASEWORK
    __makes_case_key__ = True
    __touches__ = staticmethod(recompute)

    reference: Mapped[str] = mapped_column(unique=True)
    received_on: Mapped[date] = mapped_column(index=True)
    source: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    status: Mapped[str] = mapped_column(default=OPEN)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    is_restricted: Mapped[bool] = mapped_column(default=False)
    risk: Mapped[str | None] = mapped_column(default=None)
    gender: Mapped[str] = mapped_column(default="UNKNOWN")
    age_band: Mapped[str] = mapped_column(default="NOT_KNOWN")
    age_group: Mapped[str] = mapped_column(default="UNKNOWN")
    nationality: Mapped[str] = mapped_column(default="ZZ")
    nationality2: Mapped[str | None] = mapped_column(default=None)
    language: Mapped[str | None] = mapped_column(default=None)
    interpreter: Mapped[str] = mapped_column(default="UNKNOWN")
    borough: Mapped[str | None] = mapped_column(default=None)
    activity_id: Mapped[UUID | None] = link("activity", optional=True)
    imported: Mapped[bool] = mapped_column(default=False)
    may_be_under_18: Mapped[str | None] = mapped_column(default=None)  # YES or NO; presumed a child while YES (MSA 2015 s51)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The coded facts at the head of a case page. `version` goes back with a change."""

    id: UUID
    version: int
    reference: str
    received_on: date
    source: str
    unit: str
    worker_id: UUID | None
    status: str
    closed_on: date | None
    is_restricted: bool
    risk: str | None
    gender: str
    age_band: str
    age_group: str
    nationality: str
    nationality2: str | None
    language: str | None
    interpreter: str
    borough: str | None
    activity_id: UUID | None
    imported: bool
    may_be_under_18: str | None


def reference_of(year: int, number: int) -> str:
    """Our reference: the year of receipt and the next number in it."""
    return f"VC-{year:04}-{number:04}"


def next_number(session: VaultSession, year: int) -> int:
    """The first free number of `year`: one query. An import asks once a year and counts on by itself."""
    stem = f"VC-{year:04}-"
    newest = session.scalar(
        select(Case.reference)
        .where(Case.reference.startswith(stem, autoescape=True))
        .order_by(func.length(Case.reference).desc(), Case.reference.desc())
        .limit(1)
    )
    return int(newest.removeprefix(stem)) + 1 if newest else 1


def next_references(session: VaultSession, year: int, n: int) -> tuple[str, ...]:
    """The next `n` references of `year`: one query."""
    first = next_number(session, year)
    return tuple(reference_of(year, number) for number in range(first, first + n))


def open_case(session: VaultSession, *, received_on: date, source: str, reference: str | None = None, **facts: Any) -> UUID:
    """Open a person's file and make its key.

    `reference`: one of `next_references`, looked up when absent. `facts`: any other column of Case but status.
    Raises UnknownCode, DateRefused, TextRefused for a unit that is no short label.
    """
    possible_day(received_on, today=session.today)
    known("case_source", source)
    _known_facts(facts)
    number = reference or next_references(session, received_on.year, 1)[0]
    case = Case(reference=number, received_on=received_on, source=source, **facts)
    session.add(case)
    return case.id


def change_facts(session: VaultSession, *, case_id: UUID, version: int, **facts: Any) -> UUID:
    """Correct coded facts of the person (any of FACTS). Raises UnknownCode, Conflict, TextRefused for a unit that is no short label."""
    if not set(facts) <= set(FACTS):
        raise TypeError("not a fact of the person")
    _known_facts(facts)
    case = session.get_for_change(Case, case_id, version=version)
    for name, value in facts.items():
        setattr(case, name, value)
    return case_id


def hand_over(session: VaultSession, *, case_id: UUID, version: int, worker_id: UUID | None, why: str = "") -> UUID:
    """Give the case to another worker, or to none, and write that down. Raises CaseRefused where it is that worker's already, Conflict, TextRefused."""
    case = session.get_for_change(Case, case_id, version=version)
    if case.worker_id == worker_id:
        raise CaseRefused("The case is with that worker already.", "Choose another worker.")
    case.worker_id = worker_id
    record_step(session, case_id=case_id, kind=HANDED_OVER, worker_id=worker_id, why=why)
    return case_id


def close_case(session: VaultSession, *, case_id: UUID, version: int, on: date, reason: str | None = None, why: str = "") -> UUID:
    """Close the file and write that down; nothing else in it changes. `reason`: a code of `case_close_reason`.

    Raises CaseRefused when it is closed, DateRefused, UnknownCode, Conflict, TextRefused.
    """
    possible_day(on, today=session.today)
    case = session.get_for_change(Case, case_id, version=version)
    if case.status != OPEN:
        raise CaseRefused("The case is closed already.", "Reopen it first.")
    not_before(on, case.received_on)
    case.status, case.closed_on = CLOSED, on
    record_step(session, case_id=case_id, kind=CLOSING, on=on, reason=reason, why=why)
    return case_id


def reopen_case(session: VaultSession, *, case_id: UUID, version: int, why: str = "") -> UUID:
    """Open a closed file again and write that down. Raises CaseRefused when it is open, Conflict, TextRefused."""
    case = session.get_for_change(Case, case_id, version=version)
    if case.status != CLOSED:
        raise CaseRefused("The case is open.", "Nothing needs to be done.")
    case.status, case.closed_on = OPEN, None
    record_step(session, case_id=case_id, kind=REOPENED, why=why)
    return case_id


def case_facts(session: VaultSession, case_id: UUID) -> CaseFacts | None:
    """The coded facts of one case; None when it is not here."""
    row = session.execute(select(*columns(Case, CaseFacts.__slots__)).where(Case.id == case_id)).one_or_none()
    return CaseFacts(*row) if row else None


def case_ids(session: VaultSession, references: tuple[str, ...]) -> dict[str, UUID]:
    """Our references among `references` -> case."""
    found: dict[str, UUID] = {}
    for start in range(0, len(references), 500):
        part = references[start : start + 500]
        found.update((reference, case) for reference, case in session.execute(select(Case.reference, Case.id).where(Case.reference.in_(part))))
    return found


def _known_facts(facts: dict[str, Any]) -> None:
    if "unit" in facts:
        facts["unit"] = unit_label(facts["unit"])
    for name, codelist in (
        ("gender", "gender"),
        ("age_group", "age_group"),
        ("risk", "risk_level"),
        ("language", "language"),
        ("interpreter", "yes_no"),
        ("may_be_under_18", "yes_no"),
        ("age_band", "age_band"),
        ("nationality", "nationality"),
        ("nationality2", "nationality"),
        ("borough", "borough"),
    ):
        if facts.get(name) is not None:
            known(codelist, facts[name])
