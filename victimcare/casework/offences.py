"""Offences recorded for the person as the one harmed, and what protects their name because of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.reference.codelists import codelist, known
from victimcare.store.record import Record, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

AUTOMATIC, DIRECTION, NOT_KNOWN = "AUTOMATIC", "DIRECTION", "NOT_KNOWN"


class Offence(Record):
    """One kind of offence said to have been committed against the person."""

    __tablename__ = "offence"
    __write_right__ = Right.CASEWORK
    __deletable__ = True

    case_id: Mapped[UUID] = link("case")
    code: Mapped[str]


@dataclass(frozen=True, slots=True)
class OffenceRow:
    """A recorded offence."""

    id: UUID
    version: int
    code: str


@dataclass(frozen=True, slots=True)
class Anonymity:
    """What protects the person's name. `basis`: AUTOMATIC (for life, by law), DIRECTION (only if a court says so), NOT_KNOWN.

    `because`: the codes that decide it. `sources`: the law, as the code list `offence` names it.
    """

    basis: str
    because: tuple[str, ...]
    sources: tuple[str, ...]


def record_offence(session: VaultSession, *, case_id: UUID, code: str) -> UUID:
    """Record an offence against the person; recorded twice it stands once. Raises UnknownCode."""
    known("offence", code)
    standing = session.scalar(select(Offence.id).where(Offence.case_id == case_id, Offence.code == code))
    if standing is not None:
        return standing
    offence = Offence(case_id=case_id, code=code)
    session.add(offence)
    return offence.id


def remove_offence(session: VaultSession, *, offence_id: UUID, version: int) -> None:
    """Take away an offence recorded in error: a wrong one promises anonymity the law does not give. Raises Conflict."""
    session.delete(session.get_for_change(Offence, offence_id, version=version))


def offences_of(session: VaultSession, case_id: UUID) -> tuple[OffenceRow, ...]:
    """The offences recorded for one case, oldest first."""
    query = select(Offence.id, Offence.version, Offence.code).where(Offence.case_id == case_id).order_by(Offence.id)
    return tuple(OffenceRow(*row) for row in session.execute(query))


def anonymity_of(codes: Collection[str]) -> Anonymity:
    """What the recorded offences give. One that protects for life by law decides, whatever else is recorded.

    Trafficking (MSA s2) and sexual offences: Sexual Offences (Amendment) Act 1992 s2. Slavery, servitude or forced labour
    (MSA s1) alone: only a direction under s46 of the Youth Justice and Criminal Evidence Act 1999.
    """
    rules = {item.code: item for item in codelist("offence").values if item.code in codes}
    for basis in (AUTOMATIC, DIRECTION):
        deciding = [item for item in rules.values() if item.fields["anonymity"] == basis]
        if deciding:
            sources = dict.fromkeys(source for item in deciding for source in item.fields["source"])
            return Anonymity(basis, tuple(item.code for item in deciding), tuple(sources))
    return Anonymity(NOT_KNOWN, (), ())
