"""A document's bytes: sealed in parts of 1 MiB beside the facts, so that a page of a case never reads them and progress can be told.

Payload of a part: version byte, how many parts there are (4 bytes), nonce (12), AES-256-GCM of the bytes. Bound to the document,
the key, the part's number and their count, so that parts cannot be swapped, cut off, repeated or moved to another document.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, insert, select, update

from victimcare.refused import Refused
from victimcare.store.errors import NoKey
from victimcare.store.session import VaultSession
from victimcare.store.tables import DataKey, KeyGrant, SealedBytes

PART = 1024 * 1024
VERSION = b"\x01"
OWNER = "sealed_bytes"
_COUNT, _NONCE = 4, 12
_HEAD = 1 + _COUNT + _NONCE
Progress = Callable[[int, int], None]


class BytesDamaged(Refused):
    """A part of a document is missing, was altered, or belongs elsewhere; nothing of the document is handed out as whole."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This document is damaged: {what}. It is not shown, so that nobody takes a piece for the whole.",
            "Check the vault under Admin, and restore the newest backup where this document is whole.",
        )


class BytesChanged(Refused):
    """More or fewer bytes came than were announced."""

    def __init__(self) -> None:
        super().__init__("The file changed while it was being read. Nothing of it was kept.", "Wait until nothing else writes to it, then add it again.")


@dataclass(frozen=True, slots=True)
class Written:
    """What was sealed. `sha256`: of the whole, in hexadecimal digits."""

    parts: int
    sha256: str


# Changing


def write_bytes(session: VaultSession, *, document_id: UUID, case_id: UUID, size: int, chunks: Iterable[bytes], progress: Progress | None = None) -> Written:
    """Seal `size` bytes under the case's key, in the caller's transaction. No more than two parts are in memory at once.

    `progress(done, size)` after each part; what it raises (a person stopped it) ends the transaction, and nothing is kept.
    Raises BytesChanged, NoKey.
    """
    session.load_keys([case_id])
    key_id, key = session.case_key(case_id)
    count, done, whole = parts_of(size), 0, hashlib.sha256()
    with session.door("document") as connection:
        for number, part in enumerate(_parts(chunks)):
            done += len(part)
            if done > size:
                raise BytesChanged
            whole.update(part)
            payload = _closed(key, document_id, key_id, number, count, part)
            connection.execute(insert(SealedBytes), [{"document_id": document_id, "part": number, "key_id": key_id, "payload": payload}])
            if progress is not None:
                progress(done, size)
    if done != size:
        raise BytesChanged
    return Written(count, whole.hexdigest())


def seal_bytes_anew(session: VaultSession, old: Iterable[UUID], key_id: UUID, key: bytes) -> int:
    """Seal every part that is under one of the keys `old` under another, one part at a time. Returns how many. Raises NoKey, BytesDamaged."""
    connection = session.connection()
    keys = {one: session.keyring.known(one) or _key(session, one) for one in old}
    places = connection.execute(
        select(SealedBytes.document_id, SealedBytes.part, SealedBytes.key_id).where(SealedBytes.key_id.in_(keys)).order_by(SealedBytes.document_id)
    ).all()
    for document, number, before in places:
        here = (SealedBytes.document_id == document, SealedBytes.part == number)
        plain, count = opened_part(keys[before], document, before, number, connection.execute(select(SealedBytes.payload).where(*here)).scalar_one())
        payload = _closed(key, document, key_id, number, count, plain)
        with session.door("restriction") as writer:
            writer.execute(update(SealedBytes).where(*here).values(key_id=key_id, payload=payload))
    return len(places)


# Reading


def read_bytes(session: VaultSession, document_id: UUID, *, parts: int) -> Iterator[bytes]:
    """The parts of a document in order, one at a time, each proved before it is handed out.

    Needs `Reading.document` or `Reading.document_saved` of its case. Raises ReadNotNoted, NoKey, BytesDamaged.
    """
    connection = session.connection()
    standing = connection.execute(
        select(SealedBytes.part, SealedBytes.key_id, DataKey.case_id)
        .outerjoin(DataKey, DataKey.id == SealedBytes.key_id)
        .where(SealedBytes.document_id == document_id)
        .order_by(SealedBytes.part)
    ).all()
    for _, _, case_id in standing:
        session.allowed.check(OWNER, case_id)
    if [row.part for row in standing] != list(range(parts)):
        raise BytesDamaged(f"it should have {parts} parts, and {len(standing)} are there")
    return _opened(session, connection, document_id, [(row.part, row.key_id) for row in standing], parts)


def _opened(session: VaultSession, connection: Connection, document: UUID, places: list[tuple[int, UUID]], parts: int) -> Iterator[bytes]:
    keys: dict[UUID, bytes] = {}
    for number, key_id in places:
        key = keys.get(key_id) or keys.setdefault(key_id, _key(session, key_id))
        payload = connection.execute(select(SealedBytes.payload).where(SealedBytes.document_id == document, SealedBytes.part == number)).scalar_one()
        plain, count = opened_part(key, document, key_id, number, payload)
        if count != parts:
            raise BytesDamaged("its parts do not say how many they are as its record does")
        yield plain


def opened_part(key: bytes, document: UUID, key_id: UUID, number: int, payload: bytes) -> tuple[bytes, int]:
    """The bytes of one part, and how many parts it says there are. Raises BytesDamaged."""
    if payload[:1] != VERSION or len(payload) < _HEAD:
        raise BytesDamaged(f"part {number + 1} is of an unknown kind")
    count = int.from_bytes(payload[1 : 1 + _COUNT], "big")
    try:
        plain = AESGCM(key).decrypt(payload[1 + _COUNT : _HEAD], payload[_HEAD:], _bound_to(document, key_id, number, count))
    except InvalidTag:
        raise BytesDamaged(f"part {number + 1} was altered or moved") from None
    return plain, count


def parts_of(size: int) -> int:
    """How many parts `size` bytes take."""
    return -(-size // PART)


# Inside


def _closed(key: bytes, document: UUID, key_id: UUID, number: int, count: int, plain: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return VERSION + count.to_bytes(_COUNT, "big") + nonce + AESGCM(key).encrypt(nonce, plain, _bound_to(document, key_id, number, count))


def _bound_to(document: UUID, key_id: UUID, number: int, count: int) -> bytes:
    return b"|".join([b"document part", document.bytes, key_id.bytes, number.to_bytes(4, "big"), count.to_bytes(4, "big")])


def _key(session: VaultSession, key_id: UUID) -> bytes:
    rows: Any = session.connection().execute(select(KeyGrant.holder, KeyGrant.wrapped).where(KeyGrant.key_id == key_id))
    for holder, wrapped in rows:
        key = session.keyring.unwrapped(key_id, holder, wrapped)
        if key is not None:
            return key
    raise NoKey


def _parts(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in parts of exactly 1 MiB, the last one shorter."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= PART:
            yield bytes(held[:PART])
            del held[:PART]
    if held:
        yield bytes(held)
