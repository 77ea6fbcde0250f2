"""The seal: what may only be read. The one place that closes and opens sealed parts; it has the key or raises.

Payload: version byte, nonce (12), AES-256-GCM of the row's texts as JSON, padded with spaces to a multiple of 64 bytes.
Bound to the owning table, row id and key id, so that two people's parts cannot be swapped unseen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Select, insert, select, update

from victimcare.store.errors import NoKey, StoreDamaged
from victimcare.store.keyring import Keyring
from victimcare.store.tables import DataKey, KeyGrant, Sealed

VERSION = b"\x01"
PAD = 64
_CHUNK = 500
_OF_A_PART: tuple[Any, ...] = (Sealed.id, Sealed.owner, Sealed.key_id, Sealed.payload, DataKey.case_id, KeyGrant.holder, KeyGrant.wrapped)
_AT_ONCE = 1_000  # rows fetched together where all are opened one by one
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def bound_to(owner: str, row: UUID, key_id: UUID) -> bytes:
    return b"|".join([owner.encode(), row.bytes, key_id.bytes])


def closed(key: bytes, owner: str, row: UUID, key_id: UUID, texts: Mapping[str, str]) -> bytes:
    """The payload that seals `texts` of one row."""
    plain = _dump({name: value for name, value in texts.items() if value}).encode("utf-8", "surrogatepass")
    plain += b" " * (-len(plain) % PAD)
    nonce = os.urandom(12)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, bound_to(owner, row, key_id))


def opened(key: bytes, owner: str, row: UUID, key_id: UUID, payload: bytes) -> dict[str, str]:
    """The texts in `payload`. Raises StoreDamaged when it was altered or belongs to another row."""
    if payload[:1] != VERSION:
        raise StoreDamaged(f"a sealed part of {owner} is of an unknown kind")
    try:
        plain = AESGCM(key).decrypt(payload[1:13], payload[13:], bound_to(owner, row, key_id))
        texts: dict[str, str] = json.loads(plain.decode("utf-8", "surrogatepass"))
    except (InvalidTag, ValueError):
        raise StoreDamaged(f"a sealed part of {owner} was altered") from None
    return texts


def _with_grants() -> Select[*tuple[Any, ...]]:
    return select(*_OF_A_PART).join(DataKey, DataKey.id == Sealed.key_id).join(KeyGrant, KeyGrant.key_id == Sealed.key_id)


class Parts:
    """Opens sealed parts of one connection for one keyring, only of owners and cases its reader was noted for."""

    def __init__(self, connection: Connection, keyring: Keyring, allowed: Any) -> None:
        self._connection, self._keyring, self._allowed = connection, keyring, allowed

    def one(self, owner: str, row: UUID) -> dict[str, str]:
        """The texts of one row; {} where it has none. Raises NoKey, ReadNotNoted."""
        rows = self._connection.execute(_with_grants().where(Sealed.id == row)).all()
        if not rows:
            exists = self._connection.execute(select(Sealed.id).where(Sealed.id == row)).first()
            if exists:
                raise NoKey
            return {}
        found = self._open_rows(rows)
        if row not in found:
            raise NoKey
        return found[row]

    def many(self, ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
        """The texts of many rows, one query for 500; rows whose key the member lacks are left out."""
        wanted = list(ids)
        found: dict[UUID, dict[str, str]] = {}
        for start in range(0, len(wanted), _CHUNK):
            found |= self._open_rows(self._connection.execute(_with_grants().where(Sealed.id.in_(wanted[start : start + _CHUNK]))))
        return found

    def of_case(self, case_id: UUID) -> dict[UUID, dict[str, str]]:
        """Every text of one case that this reading may open, with one query."""
        return self._open_rows(self._connection.execute(_with_grants().where(DataKey.case_id == case_id)), quiet=True)

    def where(self, ids: Select[Any]) -> dict[UUID, dict[str, str]]:
        """The texts of the rows whose ids `ids` selects, with one query."""
        return self._open_rows(self._connection.execute(_with_grants().where(Sealed.id.in_(ids))))

    def each_of(self, rows: Select[Any]) -> Iterator[tuple[Any, dict[str, str]]]:
        """The rows that `rows` selects, the id first, each with its texts, one by one: for more than one would hold at once."""
        wanted = rows.subquery()
        # Outer joins, so that each engine begins with these rows and does not go through every sealed part there is.
        query = (
            select(*_OF_A_PART, *wanted.c[1:])
            .select_from(wanted)
            .outerjoin(Sealed, Sealed.id == wanted.c[0])
            .outerjoin(DataKey, DataKey.id == Sealed.key_id)
            .outerjoin(KeyGrant, KeyGrant.key_id == Sealed.key_id)
        )
        found = chain.from_iterable(self._connection.execute(query).partitions(_AT_ONCE))
        # Their keys are not kept: 100,000 of them take 27 MB, and the case one opens next has its own looked up in no time.
        opened_each = self._open_each((row for row in found if row[0] is not None and row[5] is not None), keep=False)
        return (((row[0], *row[7:]), texts) for row, texts in opened_each)

    def _open_rows(self, rows: Iterable[Any], *, quiet: bool = False) -> dict[UUID, dict[str, str]]:
        return {row[0]: texts for row, texts in self._open_each(rows, quiet=quiet)}

    def _open_each(self, rows: Iterable[Any], *, quiet: bool = False, keep: bool = True) -> Iterator[tuple[Any, dict[str, str]]]:
        """Each part whose key the member has; again where two grants give it to them."""
        allowed, unwrapped = self._allowed, self._keyring.unwrapped
        for row in rows:
            number, owner, key_id, payload, case_id, holder, wrapped = row[:7]
            if quiet and not allowed.may_open(owner, case_id):
                continue
            allowed.check(owner, case_id)
            key = unwrapped(key_id, holder, wrapped, keep=keep)
            if key is not None:
                yield row, opened(key, owner, number, key_id, payload)


def write_parts(connection: Connection, parts: Mapping[UUID, tuple[str, UUID, bytes, bool]]) -> None:
    """Write sealed parts, row -> (owner, key id, payload, whether the row is new), many new ones at once."""
    new: list[dict[str, Any]] = []
    for row, (owner, key_id, payload, is_new) in parts.items():
        changed = None if is_new else connection.execute(update(Sealed).where(Sealed.id == row).values(key_id=key_id, payload=payload))
        # A row that had no text until now has no sealed part to change.
        if changed is None or changed.rowcount == 0:
            new.append({"id": row, "owner": owner, "key_id": key_id, "payload": payload})
    if new:
        connection.execute(insert(Sealed), new)


def payloads(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, bytes]:
    """The sealed parts as they stand, unopened, of those among `ids` that have one."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {row.id: row.payload for row in connection.execute(select(Sealed.id, Sealed.payload).where(Sealed.id.in_(wanted)))}
