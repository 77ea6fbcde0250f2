"""Proof of every row: does it stand as its newest signed digest says, does its seal open, does nothing lack a row.

Raw driver rows: 38,000 a second. No case key is needed for a digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, LargeBinary
from sqlalchemy import Table as CoreTable

from victimcare.store.audit import NO_HASH
from victimcare.store.errors import NoKey, StoreDamaged
from victimcare.store.finding import RESTORE, Counts, Finding
from victimcare.store.keyring import Keyring
from victimcare.store.record import Record, Table
from victimcare.store.seal import opened
from victimcare.store.tables import DataKey, KeyGrant
from victimcare.store.types import Id
from victimcare.store.verify_bytes import check_bytes

_NEWEST = """(SELECT r.digest FROM audit_row r JOIN audit a ON a.id = r.entry_id
 WHERE r.row = t.id AND r.owner = '{name}' ORDER BY a.rowid DESC, r.seq DESC LIMIT 1)"""


def record_classes() -> dict[str, type[Record]]:
    """Every mapped class that counts as evidence, by table."""
    classes = [mapper.class_ for mapper in Table.registry.mappers]
    return {one.__tablename__: one for one in classes if issubclass(one, Record)}


class Keys:
    """The data keys the checking member can open, found once each."""

    def __init__(self, connection: Any, keyring: Keyring) -> None:
        self._keyring = keyring
        self._grants: dict[bytes, list[tuple[bytes, bytes]]] = {}
        for key_id, holder, wrapped in connection.execute("SELECT key_id, holder, wrapped FROM key_grant"):
            self._grants.setdefault(key_id, []).append((holder, wrapped))
        self._open: dict[bytes, bytes | None] = {}
        self.damaged: list[UUID] = []

    def get(self, key_id: bytes) -> bytes | None:
        """The key, or None where the member holds no grant."""
        if key_id not in self._open:
            self._open[key_id] = self._find(key_id)
        return self._open[key_id]

    def _find(self, key_id: bytes) -> bytes | None:
        number = UUID(bytes=key_id)
        for holder, wrapped in self._grants.get(key_id, []):
            try:
                key = self._keyring.unwrapped(number, UUID(bytes=holder), wrapped)
            except NoKey:
                self.damaged.append(number)
                continue
            if key is not None:
                return key
        return None


def check_rows(connection: Any, keyring: Keyring, counts: Counts, progress: Callable[[str], None]) -> Iterator[Finding]:
    """Findings about the rows of every record, key and seal."""
    keys = Keys(connection, keyring)
    classes = record_classes()
    for name, kind in sorted(classes.items()):
        progress(name)
        yield from _table(connection, kind.__table__, kind, keys, counts)  # type: ignore[arg-type]
    progress("keys and seals")
    yield from _table(connection, DataKey.__table__, None, keys, counts)  # type: ignore[arg-type]
    yield from _grants(connection)
    yield from _loose_seals(connection, classes)
    progress("documents")
    yield from check_bytes(connection, classes, keys.get, counts)
    for number in keys.damaged:
        yield Finding("key_grant", number, "key", "A key granted to you does not open.", RESTORE)
    yield from _gone(connection, classes, counts)


def _plain(column: Any) -> Callable[[Any], Any]:
    if isinstance(column.type, Id):
        return bytes.hex
    if isinstance(column.type, Boolean):
        return bool
    if isinstance(column.type, LargeBinary):
        return lambda value: hashlib.sha256(value).hexdigest()
    return lambda value: value


def _digest_of(table: CoreTable) -> Callable[[tuple[Any, ...], bytes | None], bytes]:
    """A function from one raw row to the digest that `audit.digest` gives the same record in memory."""
    order = sorted((column.name, place, _plain(column)) for place, column in enumerate(table.columns))
    name, dump = table.name, json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def digest(row: tuple[Any, ...], payload: bytes | None) -> bytes:
        values = [[key, plain(row[place])] for key, place, plain in order if row[place] is not None]
        inner = hashlib.sha256(payload).digest() if payload else b""
        return hashlib.sha256(dump([name, values]).encode() + b"\0" + inner).digest()

    return digest


def _table(connection: Any, table: CoreTable, kind: type[Record] | None, keys: Keys, counts: Counts) -> Iterator[Finding]:
    name, digest = table.name, _digest_of(table)
    width = len(table.columns)
    place = {column.name: at for at, column in enumerate(table.columns)}
    columns = ", ".join(f't."{column}"' for column in place)
    query = f'SELECT {columns}, s.payload, s.owner, s.key_id, k.id, k.case_id, {_NEWEST.format(name=name)} FROM "{name}" t LEFT JOIN sealed s ON s.id = t.id LEFT JOIN data_key k ON k.id = s.key_id'
    for row in connection.execute(query):
        payload, owner, key_id, known_key, key_case, newest = row[width:]
        number = row[place["id"]]
        counts.rows += 1
        if newest is None:
            yield Finding(name, UUID(bytes=number), "unsigned", "Nobody signed for this row: it was put in past the program.", RESTORE)
        elif digest(row, payload) != newest:
            yield Finding(name, UUID(bytes=number), "altered", "It is not what was last signed for.", RESTORE)
        if payload is None:
            continue
        case = number if kind is not None and kind.__makes_case_key__ else row[place["case_id"]] if "case_id" in place else None
        if owner != name or known_key is None or key_case != case:
            yield Finding(name, UUID(bytes=number), "seal", "Its sealed part is under a key of another case, or of none.", RESTORE)
            continue
        yield from _seal(name, number, payload, key_id, keys, counts)


def _seal(name: str, number: bytes, payload: bytes, key_id: bytes, keys: Keys, counts: Counts) -> Iterator[Finding]:
    key = keys.get(key_id)
    if key is None:
        counts.seals_without_key += 1
        return
    try:
        opened(key, name, UUID(bytes=number), UUID(bytes=key_id), payload)
        counts.seals_opened += 1
    except StoreDamaged:
        yield Finding(name, UUID(bytes=number), "seal", "Its sealed part does not open: it was altered or moved here from another row.", RESTORE)


def _grants(connection: Any) -> Iterator[Finding]:
    """Each grant of a data key must be one that was signed for (its digest covers key and holder)."""
    noted = {row[0] for row in connection.execute("SELECT digest FROM audit_row WHERE owner = 'key_grant'")}
    table: Any = KeyGrant.__table__
    digest_of = _digest_of(table)
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    for row in connection.execute(f"SELECT {columns} FROM key_grant"):
        if digest_of(row, None) not in noted:
            yield Finding(
                "key_grant",
                UUID(bytes=row[0]),
                "unsigned",
                "Nobody signed for this grant of a key.",
                "Find out who can write to the vault's folder; rotate the keys.",
            )


def _loose_seals(connection: Any, classes: dict[str, type[Record]]) -> Iterator[Finding]:
    for name in sorted(classes):
        query = f'SELECT s.id FROM sealed s WHERE s.owner = ? AND NOT EXISTS (SELECT 1 FROM "{name}" t WHERE t.id = s.id)'
        for (number,) in connection.execute(query, (name,)):
            yield Finding("sealed", UUID(bytes=number), "link", f"A sealed part of {name} has lost its row.", RESTORE)
    owners = ", ".join(f"'{name}'" for name in classes)
    for number, owner in connection.execute(f"SELECT id, owner FROM sealed WHERE owner NOT IN ({owners})"):
        yield Finding("sealed", UUID(bytes=number), "link", f"A sealed part belongs to a table that is not there ({owner[:40]}).", RESTORE)


def _gone(connection: Any, classes: dict[str, type[Record]], counts: Counts) -> Iterator[Finding]:
    """Rows that were signed for and are no more, though nobody may delete them and their case was not erased."""
    names = [*classes, "data_key"]
    absent = " ".join(f"WHEN '{name}' THEN NOT EXISTS (SELECT 1 FROM \"{name}\" t WHERE t.id = r.row)" for name in names)
    erased = {row[0] for row in connection.execute("SELECT case_id FROM erased")}
    query = f"SELECT DISTINCT r.owner, r.row FROM audit_row r WHERE CASE r.owner {absent} ELSE 0 END"
    newest = "SELECT r.digest, a.case_id FROM audit_row r JOIN audit a ON a.id = r.entry_id WHERE r.row = ? AND r.owner = ? ORDER BY a.rowid DESC, r.seq DESC LIMIT 1"
    for owner, row in connection.execute(query).fetchall():
        digest, case = connection.execute(newest, (row, owner)).fetchone()
        deletable = owner not in classes or classes[owner].__deletable__
        if digest == NO_HASH and case in erased:
            counts.erased_rows += 1
        elif digest != NO_HASH or not deletable:
            yield Finding(owner, UUID(bytes=row), "gone", "It was signed for and is no longer there, and its case was not erased.", RESTORE)
