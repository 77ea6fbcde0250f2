"""The audit as a table for whoever must account for it: who did what, to which case, when. No text of any case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, MetaData, String, select
from sqlalchemy import Table as CoreTable

from victimcare.store.members import Membership
from victimcare.store.session import VaultSession
from victimcare.store.tables import AuditEntry, AuditRow
from victimcare.store.types import Id

# The case's own reference, which is a coded fact: read by table name, since `store` knows no mapped class of casework.
_CASE = CoreTable("case", MetaData(), Column("id", Id), Column("reference", String))

_CHUNK = 500  # ids a query


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry. `case`: its reference, or empty; `rows`: how many records it wrote; `hash`: hex."""

    at: datetime
    who: str
    number: int
    what: str
    case: str
    rows: int
    is_signed: bool
    hash: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What the audit says of one row: its table, the digest it has now, and who wrote it first."""

    owner: str
    digest: bytes
    author: UUID | None


def signed_rows(session: VaultSession, ids: Sequence[UUID]) -> dict[UUID, Signed]:
    """Row -> what the audit signed for it; one query for 500."""
    found: dict[UUID, Signed] = {}
    for start in range(0, len(ids), _CHUNK):
        query = select(AuditRow.row, AuditRow.owner, AuditRow.digest, AuditEntry.author).join(AuditEntry, AuditEntry.id == AuditRow.entry_id)
        newest_last = query.where(AuditRow.row.in_(ids[start : start + _CHUNK])).order_by(AuditRow.entry_id, AuditRow.seq)
        for row, owner, digest, author in session.connection().execute(newest_last):
            first = found.get(row)
            found[row] = Signed(owner, digest, first.author if first else author)
    return found


def audit_log(session: VaultSession, membership: Membership) -> tuple[AuditLine, ...]:
    """Every entry, oldest first."""
    names = {one.id: one.name for one in membership.members.values()}
    query = select(AuditEntry.__table__, _CASE.c.reference).outerjoin(_CASE, _CASE.c.id == AuditEntry.case_id).order_by(AuditEntry.at, AuditEntry.id)
    return tuple(
        AuditLine(
            row.at,
            names.get(row.author, ""),
            row.seq,
            row.kind,
            row.reference or "",
            row._mapping["count"],
            row.signature is not None,
            row.hash.hex(),
        )
        for row in session.connection().execute(query)
    )
