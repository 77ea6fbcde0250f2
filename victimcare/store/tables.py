"""The store's own tables: keys, sealed parts, members, audit. Their owners are seal.py, members.py and audit.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Table, link


class VaultInfo(Table):
    """Facts about the vault: its name, when it was made."""

    __tablename__ = "vault_info"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class MemberEntry(Table):
    """One signed, chained row of the membership. `by`: the member whose keys signed; a founding or joining entry signs itself in."""

    __tablename__ = "member_entry"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    member: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str]
    roles: Mapped[str]
    public: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[UUID]
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class GroupKey(Table):
    """A generation of a group's key. The newest of a name is current."""

    __tablename__ = "group_key"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID]


class GroupGrant(Table):
    """A group key wrapped to one holder: a member, or the recovery key pair."""

    __tablename__ = "group_grant"
    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    holder: Mapped[UUID] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class RecoveryKey(Table):
    """The public half of the recovery key pair, and a value wrapped to it that the drill opens."""

    __tablename__ = "recovery_key"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    needed: Mapped[int]
    shares: Mapped[int]
    public: Mapped[bytes] = mapped_column(LargeBinary)
    test: Mapped[bytes] = mapped_column(LargeBinary)


class DataKey(Table):
    """A key that seals parts: of one case, or of the office (`case_id` None). A case's newest is current."""

    __tablename__ = "data_key"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID | None] = link("case", optional=True)
    made_at: Mapped[datetime]


class KeyGrant(Table):
    """Who may open a data key: a group generation, one member, or recovery."""

    __tablename__ = "key_grant"
    key_id: Mapped[UUID] = mapped_column(primary_key=True)
    holder: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class Sealed(Table):
    """The sealed part of the fact row of the same id. `owner`: that row's table, bound into the seal."""

    __tablename__ = "sealed"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner: Mapped[str]
    key_id: Mapped[UUID] = mapped_column(index=True)
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class SealedBytes(Table):
    """One part (1 MiB at most) of a document's bytes. Opens only to a reading that asks for a document."""

    __tablename__ = "sealed_bytes"
    __sealed_apart__ = True
    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[UUID] = mapped_column(index=True)
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class Erased(Table):
    """A case that was erased: no name, no fact, only that it was and by whom."""

    __tablename__ = "erased"
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    on: Mapped[date]
    by: Mapped[UUID]
    reason: Mapped[str]


class AuditEntry(Table):
    """One transaction or one reading, chained to its author's last. A change is signed; a reading is covered by the next signature."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("author", "seq"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    author: Mapped[UUID]
    seq: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    count: Mapped[int]
    root: Mapped[bytes] = mapped_column(LargeBinary)
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)


class AuditRow(Table):
    """What one entry wrote: a row and the digest of its canonical bytes and ciphertext."""

    __tablename__ = "audit_row"
    __table_args__ = (Index("ix_audit_row_row", "row"),)
    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    row: Mapped[UUID]
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class AuditWitness(Table):
    """The newest hash of another author's chain, as the author of `entry_id` saw it at unlock."""

    __tablename__ = "audit_witness"
    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    author: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary)


def row_id(row: Mapping[str, Any]) -> UUID:
    """The id under which the audit knows a row of the store's own tables; both halves of a double key together."""
    if "id" in row:
        found: UUID = row["id"]
        return found
    names = [name for name in ("key_id", "group_id", "holder", "case_id") if name in row]
    number = 0
    for name in names:
        number ^= row[name].int
    return UUID(int=number)


APPEND_ONLY = (MemberEntry, AuditEntry, AuditRow, AuditWitness, Erased)
