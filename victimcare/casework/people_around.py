"""People around the person supported: who they are to them, what they may be told, and how to reach them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


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
