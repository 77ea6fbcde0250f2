"""Entries withdrawn: the row, who, when and why stay. In the wrong case, or what must not be held: its sealed part is destroyed.

An entry taken back, because it was saved by mistake, keeps its text and is shown struck through. No row is deleted either way.
A withdrawn entry counts nowhere: queries leave it out by `standing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, true
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.errors import NoKey
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.tables import Sealed, SealedBytes

TAKEN_BACK = "TAKEN_BACK"
"""The one reason that keeps the text."""

WRONG_CASE = "WRONG_CASE"


class WithdrawalRefused(Refused):
    """An entry that cannot be withdrawn."""


class Withdrawn(Record):
    """That one entry no longer counts. `owner`: its table. `row_id`: the entry. `reason`: a code of `withdrawal_reason`. `why`: in words."""

    __tablename__ = "withdrawn"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    owner: Mapped[str]
    row_id: Mapped[UUID] = mapped_column(unique=True)
    reason: Mapped[str]
    why = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class WithdrawalRow:
    """That `row_id` was withdrawn; `why` "" when not opened."""

    id: UUID
    row_id: UUID
    reason: str
    made_at: datetime
    made_by: UUID
    why: str


def withdraw(session: VaultSession, *, row_id: UUID, reason: str, why: str = "") -> UUID:
    """Withdraw the entry `row_id`, of whatever kind. Its text is destroyed at once, unless it was only taken back.

    Raises UnknownCode, WithdrawalRefused (no such entry, withdrawn already, of a kind that is not withdrawn), NoKey.
    """
    known("withdrawal_reason", reason)
    record: Any = next((found for kind in _kinds() if (found := session.get(kind, row_id)) is not None), None)
    if record is None:
        raise WithdrawalRefused("That entry cannot be withdrawn.", "Choose an entry of the stream that somebody wrote.")
    if session.scalar(select(Withdrawn.id).where(Withdrawn.row_id == row_id)) is not None:
        raise WithdrawalRefused("That entry has been withdrawn already.", "Look at the case again.")
    if not session.can_open(record.case_id):
        raise NoKey
    row = Withdrawn(case_id=record.case_id, owner=record.__tablename__, row_id=row_id, reason=reason)
    if why.strip():
        row.why = why.strip()
    session.add(row)
    session.flush()
    if reason == TAKEN_BACK:
        session.touch(record)
    else:
        _destroy(session, record)
    return row.id


def last_own(session: VaultSession, case_id: UUID, since: datetime) -> UUID | None:
    """The newest entry of the case that the signed-in member wrote after `since` and did not withdraw: what undo takes back."""
    newest: UUID | None = None
    for kind in _kinds():
        mine = (kind.case_id == case_id, kind.made_by == session.member.id, kind.made_at >= since, standing(kind))
        found = session.scalar(select(kind.id).where(*mine).order_by(kind.id.desc()).limit(1))
        newest = found if found is not None and (newest is None or found > newest) else newest
    return newest


def standing(kind: Any, *, also_withdrawn: bool = False) -> ColumnElement[bool]:
    """The condition that a row of `kind` (a mapped class, or an alias of one) was not withdrawn; with `also_withdrawn`, no condition."""
    return true() if also_withdrawn else ~select(Withdrawn.id).where(Withdrawn.row_id == kind.id).correlate(kind).exists()


def withdrawals_of(session: VaultSession, case_id: UUID, sealed: Any = None) -> dict[UUID, WithdrawalRow]:
    """Entry -> its withdrawal, of one case; two queries, or one where `sealed` holds the texts."""
    wanted = (Withdrawn.id, Withdrawn.row_id, Withdrawn.reason, Withdrawn.made_at, Withdrawn.made_by)
    rows = session.execute(select(*wanted).where(Withdrawn.case_id == case_id)).all()
    texts = session.sealed([row.id for row in rows]) if sealed is None and rows else sealed or {}
    return {row.row_id: WithdrawalRow(*row, why=texts.get(row.id, {}).get("why", "")) for row in rows}


def _kinds() -> list[Any]:
    """Every mapped class whose entries can be withdrawn."""
    return [mapper.class_ for mapper in Record.registry.mappers if getattr(mapper.class_, "__withdrawable__", False)]


def _destroy(session: VaultSession, record: Record) -> None:
    """Delete the sealed part of an entry, and a document's bytes; sign for the row as it then stands."""
    with session.door("withdrawal") as connection:
        connection.execute(delete(Sealed).where(Sealed.id == record.id))
        connection.execute(delete(SealedBytes).where(SealedBytes.document_id == record.id))
    record.__dict__.pop("_sealed_read", None)
    session.note_as_it_stands(record, None)
    session.destroyed = True
