"""The audit: what was written and read, by whom and when, hash-chained per author and signed.

A digest is over a row's canonical bytes and its ciphertext, so checking it needs no case key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from json.encoder import encode_basestring
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, insert, select

from victimcare.store.ids import new_id
from victimcare.store.tables import AuditEntry, AuditRow, AuditWitness, MemberEntry
from victimcare.store.wrap import PersonKeys

NO_HASH = b"\0" * 32
MEMBERSHIP = UUID(int=0)
"""Stands for the membership where a chain's author is named: no member has this id."""
# The digest that says a row is no more.
GONE = b"\0" * 32


_AS_JSON: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    bool: lambda value: "true" if value else "false",
    UUID: lambda value: f'"{value.hex}"',
    datetime: lambda value: str(int(value.timestamp())),
    date: lambda value: f'"{value.isoformat()}"',
    bytes: lambda value: f'"{hashlib.sha256(value).hexdigest()}"',
}
"""How each kind of value stands in the canonical bytes. By hand, since a JSON encoder is set up anew for every row: 1.5 times the time."""


def _as_json(value: Any) -> str:
    known = _AS_JSON.get(type(value))
    return json.dumps(value, ensure_ascii=False) if known is None else known(value)


def canonical(table: str, values: Mapping[str, Any]) -> bytes:
    """The bytes that stand for one row: JSON without spaces of its table, then its columns by name. The same from memory and from either engine.

    A value that is absent leaves no trace, so that a column added later alters no digest signed before.
    """
    columns = [f'["{name}",{_as_json(value)}]' for name, value in sorted(values.items()) if value is not None]
    return f'["{table}",[{",".join(columns)}]]'.encode()


def digest(table: str, values: Mapping[str, Any], payload: bytes | None) -> bytes:
    """32 bytes over the row and, where it has one, its sealed part."""
    return hashlib.sha256(canonical(table, values) + b"\0" + (hashlib.sha256(payload).digest() if payload else b"")).digest()


def root_of(digests: Iterable[bytes]) -> bytes:
    """One hash over the digests of an entry's rows, in order."""
    whole = hashlib.sha256()
    for one in digests:
        whole.update(one)
    return whole.digest()


def entry_hash(entry: Mapping[str, Any]) -> bytes:
    """The hash that the next entry of the same author names, and that is signed."""
    names = ("id", "author", "seq", "at", "kind", "case_id", "count", "root", "previous")
    return hashlib.sha256(canonical("audit", {name: entry[name] for name in names})).digest()


def head_of(connection: Connection, author: UUID) -> tuple[int, bytes]:
    """The number and hash of `author`'s newest entry; (0, zeros) before the first."""
    newest = select(AuditEntry.seq, AuditEntry.hash).where(AuditEntry.author == author).order_by(AuditEntry.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return (row.seq, row.hash) if row else (0, NO_HASH)


class AuditWriter:
    """Collects what one transaction wrote and writes its entry. Used inside the store's own door only."""

    def __init__(self, author: UUID, keys: PersonKeys) -> None:
        self.author, self._keys = author, keys
        self._entry_id = new_id()
        self._digests: list[bytes] = []
        self._unwritten: list[dict[str, Any]] = []
        self.tables: set[str] = set()

    def note(self, table: str, row: UUID, row_digest: bytes) -> None:
        """`row` of `table` was written, and stands now as `row_digest` says."""
        self._unwritten.append({"entry_id": self._entry_id, "seq": len(self._digests), "owner": table, "row": row, "digest": row_digest})
        self._digests.append(row_digest)
        self.tables.add(table)

    def write_rows(self, connection: Connection) -> None:
        """Put what was noted so far into the store (executemany)."""
        if self._unwritten:
            connection.execute(insert(AuditRow), self._unwritten)
            self._unwritten = []

    @property
    def is_empty(self) -> bool:
        return not self._digests

    def write_entry(self, connection: Connection, *, at: datetime, kind: str, case_id: UUID | None = None, count: int = 0) -> None:
        """The signed entry of this transaction, over all rows noted."""
        self.write_rows(connection)
        self._insert(connection, self._entry_id, at, kind, case_id, count or len(self._digests), root_of(self._digests), signed=True)

    def write_reading(self, connection: Connection, *, at: datetime, kind: str, case_id: UUID | None, count: int = 0) -> None:
        """An entry without rows: something was about to be read. Covered by the author's next signature."""
        self._insert(connection, new_id(), at, kind, case_id, count, NO_HASH, signed=False)

    def write_witness(self, connection: Connection, *, at: datetime) -> None:
        """Sign the newest hash of every other author's chain and of the membership, so that nobody can cut the end off one unseen."""
        newest = connection.execute(select(MemberEntry.seq, MemberEntry.hash).order_by(MemberEntry.seq.desc()).limit(1)).one()
        heads: dict[UUID, tuple[int, bytes]] = {MEMBERSHIP: (newest.seq, newest.hash)}
        for row in connection.execute(newest_heads()):
            if row.author != self.author:
                heads[row.author] = (row.seq, row.hash)
        entry_id = new_id()
        seen = [{"entry_id": entry_id, "author": author, "seq": seq, "hash": known} for author, (seq, known) in sorted(heads.items())]
        if seen:
            connection.execute(insert(AuditWitness), seen)
        root = root_of(canonical("audit_witness", one) for one in seen)
        self._insert(connection, entry_id, at, "unlocked", None, len(seen), root, signed=True)

    def _insert(
        self,
        connection: Connection,
        entry_id: UUID,
        at: datetime,
        kind: str,
        case_id: UUID | None,
        count: int,
        root: bytes,
        *,
        signed: bool,
    ) -> None:
        seq, previous = head_of(connection, self.author)
        entry = {
            "id": entry_id,
            "author": self.author,
            "seq": seq + 1,
            "at": at,
            "kind": kind,
            "case_id": case_id,
            "count": count,
            "root": root,
            "previous": previous,
        }
        own_hash = entry_hash(entry)
        entry["hash"] = own_hash
        entry["signature"] = self._keys.sign(own_hash) if signed else None
        connection.execute(insert(AuditEntry), [entry])


def newest_heads() -> Select[*tuple[Any, ...]]:
    """A query of every author's newest entry: author, seq, hash."""
    last = select(AuditEntry.author, func.max(AuditEntry.seq).label("seq")).group_by(AuditEntry.author).subquery()
    return select(AuditEntry.author, AuditEntry.seq, AuditEntry.hash).join(last, (AuditEntry.author == last.c.author) & (AuditEntry.seq == last.c.seq))
