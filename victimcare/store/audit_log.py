"""The audit as a table for whoever must account for it: who did what, to which case, when. No text of any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, MetaData, String, select
from sqlalchemy import Table as CoreTable

from victimcare.store.members import Membership
from victimcare.store.session import VaultSession
from victimcare.store.tables import AuditEntry
from victimcare.store.types import Id

# The case's own reference, which is a coded fact: read by table name, since `store` knows no mapped class of casework.
_CASE = CoreTable("case", MetaData(), Column("id", Id), Column("reference", String))


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
