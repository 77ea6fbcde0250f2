"""People around the person supported: who they are to them, what they may be told, and how to reach them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.dates import FIRST_DAY, DateRefused, possible_day
from victimcare.casework.opening import Sealed, columns, fitting, needed, opened, texts_of
from victimcare.reference.codelists import codelist, known, known_or_same
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

INTERPRETER, COMPANION, FAMILY, DANGEROUS, CHILD = "INTERPRETER", "COMPANION", "FAMILY", "DANGEROUS", "CHILD"
TEXTS = ("name", "may_be_told", "must_not_be_told", "note")
NOT_INDEPENDENT = (COMPANION, FAMILY, CHILD, "DEPENDANT", "TRUSTED", DANGEROUS)
"""Who never interprets for the person (First Responder Toolkit, April 2026)."""


class PersonAroundRefused(Refused):
    """A change of somebody around the person that cannot be made."""


class PersonAround(Record):
    """One of them. `role`: a code of `person_role`. `language`, `gender`: of an interpreter above all. `ended_on`: no longer around."""

    __tablename__ = "person_around"
    __write_right__ = Right.CASEWORK

    case_id: Mapped[UUID] = link("case")
    role: Mapped[str]
    language: Mapped[str | None] = mapped_column(default=None)
    gender: Mapped[str | None] = mapped_column(default=None)
    born_year: Mapped[int | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    name = SealedText()
    may_be_told = SealedText()
    must_not_be_told = SealedText()
    note = SealedText()


class PersonAroundContact(Record):
    """A number or address of one of them, opened only when asked for. `kind`: a code of `contact_point_kind`."""

    __tablename__ = "person_around_contact"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __sealed_apart__ = True

    case_id: Mapped[UUID] = link("case")
    person_id: Mapped[UUID] = link("person_around")
    kind: Mapped[str]
    value = SealedText()


class PersonAroundContactEnd(Record):
    """That a number or address of one of them is used no more."""

    __tablename__ = "person_around_contact_end"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    contact_id: Mapped[UUID] = link("person_around_contact")
    ended_on: Mapped[date]


@dataclass(frozen=True, slots=True, repr=False)
class PersonAroundRow:
    """One of them; texts "" when not opened. `numbers`: how many numbers and addresses in use there are; none is opened."""

    id: UUID
    version: int
    case_id: UUID
    role: str
    language: str | None
    gender: str | None
    born_year: int | None
    ended_on: date | None
    made_at: datetime
    made_by: UUID
    numbers: int
    name: str
    may_be_told: str
    must_not_be_told: str
    note: str

    @property
    def is_dangerous(self) -> bool:
        """Whether the person or the office has reason to fear them."""
        return self.role == DANGEROUS


@dataclass(frozen=True, slots=True, repr=False)
class ShownNumber:
    """A number or address of somebody around, as shown to who asked for it."""

    id: UUID
    person_id: UUID
    kind: str
    value: str


def add_person_around(
    session: VaultSession,
    *,
    case_id: UUID,
    role: str,
    name: str,
    language: str | None = None,
    gender: str | None = None,
    born_year: int | None = None,
    **texts: str,
) -> UUID:
    """Record somebody around the person. `texts`: may_be_told, must_not_be_told, note. Raises UnknownCode, TextRefused, DateRefused."""
    row = PersonAround(case_id=case_id, role=known("person_role", role))
    _set(session, row, role=role, name=name, language=language, gender=gender, born_year=born_year, **texts)
    session.add(row)
    return row.id


def change_person_around(session: VaultSession, *, person_id: UUID, version: int, **facts: Any) -> None:
    """Say anew who they are and what they may be told; fields as in `add_person_around`, those given alone.

    Raises Conflict, UnknownCode, TextRefused, DateRefused.
    """
    row = session.get_for_change(PersonAround, person_id, version=version)
    _set(session, row, **({"role": row.role} | facts))


def end_person_around(session: VaultSession, *, person_id: UUID, version: int, on: date) -> None:
    """They are no longer around since `on`; they stay in the file. Raises Conflict, DateRefused, PersonAroundRefused when said already."""
    row = session.get_for_change(PersonAround, person_id, version=version)
    if row.ended_on is not None:
        raise PersonAroundRefused("It is said already that they are no longer around.", "Look at the case again.")
    row.ended_on = possible_day(on, today=session.today)


def add_number(session: VaultSession, *, person_id: UUID, kind: str, value: str) -> UUID:
    """Record a number or address of one of them. Raises UnknownCode, TextRefused, PersonAroundRefused when they are not here."""
    case_id = session.scalar(select(PersonAround.case_id).where(PersonAround.id == person_id))
    if case_id is None:
        raise PersonAroundRefused("They are not in this vault.", "Look at the case again.")
    row = PersonAroundContact(case_id=case_id, person_id=person_id, kind=known("contact_point_kind", kind))
    row.value = needed(value, "a number or an address")
    session.add(row)
    return row.id


def end_numbers(session: VaultSession, *, person_id: UUID, on: date) -> int:
    """Say that every number and address of one of them is used no more; they stay in the file. How many that were. Raises DateRefused."""
    possible_day(on, today=session.today)
    rows = session.execute(select(PersonAroundContact.id, PersonAroundContact.case_id).where(PersonAroundContact.person_id == person_id, _in_use())).all()
    for row in rows:
        session.add(PersonAroundContactEnd(case_id=row.case_id, contact_id=row.id, ended_on=on))
    return len(rows)


def people_around_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[PersonAroundRow, ...]:
    """Who is around the person, as `by_role` orders them: one query."""
    numbers = select(func.count()).where(PersonAroundContact.person_id == PersonAround.id, _in_use()).correlate(PersonAround).scalar_subquery()
    query = select(*columns(PersonAround, PersonAroundRow.__slots__[:10]), numbers).where(PersonAround.case_id == case_id).order_by(PersonAround.id)
    rows = session.execute(query).all()
    texts = opened(session, [row[0] for row in rows], sealed)
    return by_role(PersonAroundRow(*row, **texts_of(texts, row[0], TEXTS)) for row in rows)


def by_role(rows: Iterable[PersonAroundRow]) -> tuple[PersonAroundRow, ...]:
    """Dangerous ones first, then in the order of the list of roles, who is no longer around last."""
    place = {code: at for at, code in enumerate(codelist("person_role").codes)}
    return tuple(sorted(rows, key=lambda row: (row.ended_on is not None, not row.is_dangerous, place.get(row.role, len(place)))))


def numbers_around(session: VaultSession, person_id: UUID) -> tuple[ShownNumber, ...]:
    """The numbers and addresses in use of one of them, opened. Needs `Reading.numbers(case_id)`: raises ReadNotNoted, NoKey."""
    rows = session.scalars(select(PersonAroundContact).where(PersonAroundContact.person_id == person_id, _in_use()).order_by(PersonAroundContact.id))
    return tuple(ShownNumber(row.id, row.person_id, row.kind, row.value) for row in rows)


def interpreter_warning(role: str, name: str, others: tuple[PersonAroundRow, ...]) -> str:
    """What to say where somebody entered as interpreter is also close to the person under the same name, or the other way round; "" else."""
    folded = " ".join(name.split()).casefold()
    same = [row.role for row in others if row.ended_on is None and folded and " ".join(row.name.split()).casefold() == folded]
    if (role == INTERPRETER and set(same) & set(NOT_INDEPENDENT)) or (role in NOT_INDEPENDENT and INTERPRETER in same):
        return "Interpreter and close to the person at once. An interpreter is never a companion or a relative: book somebody independent."
    return ""


def _in_use() -> Any:
    ended = select(PersonAroundContactEnd.id).where(PersonAroundContactEnd.contact_id == PersonAroundContact.id)
    return ~ended.correlate(PersonAroundContact).exists()


def _set(session: VaultSession, row: PersonAround, **facts: Any) -> None:
    for name, list_name in (("role", "person_role"), ("language", "language"), ("gender", "gender")):
        known_or_same(list_name, facts.get(name), getattr(row, name))
    year = facts.get("born_year")
    if year is not None and not FIRST_DAY.year <= year <= session.today.year:
        raise DateRefused("Nobody can be born in that year.", "Give the year with four digits, or leave it empty.")
    for name, value in facts.items():
        if name not in TEXTS:
            setattr(row, name, value)
        elif name == "name":
            row.name = needed(value, "a name, or who they are in words")
        elif value or getattr(row, name):
            setattr(row, name, fitting(value))
