"""Proof of every document's bytes: each part is there, opens in its place, and none is there too many.

Raw driver rows, one part in memory at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from victimcare.store.document_bytes import BytesDamaged, opened_part
from victimcare.store.finding import RESTORE, Counts, Finding
from victimcare.store.record import Record

OpenKey = Callable[[bytes], bytes | None]


def check_bytes(connection: Any, classes: dict[str, type[Record]], key_of: OpenKey, counts: Counts) -> Iterator[Finding]:
    """Findings about the bytes of every record that has some (`__has_bytes__`). `key_of`: a data key's id -> the key, None where it is not held."""
    known: set[bytes] = set()
    for name in sorted(name for name, kind in classes.items() if kind.__has_bytes__):
        # A document whose sealed part is destroyed (withdrawn) has no bytes any more either.
        query = f'SELECT t.id, t.case_id, t.parts, t.size, s.id IS NOT NULL FROM "{name}" t LEFT JOIN sealed s ON s.id = t.id'
        for number, case_id, parts, size, is_sealed in connection.execute(query).fetchall():
            known.add(number)
            yield from _document(connection, name, number, case_id, (parts, size) if is_sealed else (0, 0), key_of, counts)
    for (number,) in connection.execute("SELECT DISTINCT document_id FROM sealed_bytes").fetchall():
        if number not in known:
            yield Finding("sealed_bytes", UUID(bytes=number), "link", "Bytes are there of a document that is not.", RESTORE)


def _document(connection: Any, name: str, number: bytes, case_id: bytes, wanted: tuple[int, int], key_of: OpenKey, counts: Counts) -> Iterator[Finding]:
    document, (parts, size) = UUID(bytes=number), wanted
    found, done, is_opened = set(), 0, True
    query = "SELECT b.part, b.key_id, b.payload, k.case_id FROM sealed_bytes b LEFT JOIN data_key k ON k.id = b.key_id WHERE b.document_id = ? ORDER BY b.part"
    for part, key_id, payload, key_case in connection.execute(query, (number,)):
        found.add(part)
        if key_case != case_id:
            yield Finding(name, document, "bytes", f"Part {part + 1} of its bytes is under a key of another case, or of none.", RESTORE)
            is_opened = False
            continue
        key = key_of(key_id)
        if key is None:
            counts.parts_without_key += 1
            is_opened = False
            continue
        try:
            plain, count = opened_part(key, document, UUID(bytes=key_id), part, payload)
        except BytesDamaged:
            yield Finding(name, document, "bytes", f"Part {part + 1} of its bytes does not open: it was altered or moved here from elsewhere.", RESTORE)
            is_opened = False
            continue
        counts.parts_opened += 1
        done += len(plain)
        if count != parts:
            yield Finding(name, document, "bytes", f"Part {part + 1} of its bytes says they are {count}; the record says {parts}.", RESTORE)
    for part in sorted(set(range(parts)) - found):
        yield Finding(name, document, "bytes", f"Part {part + 1} of {parts} of its bytes is missing.", RESTORE)
    for part in sorted(found - set(range(parts))):
        yield Finding(name, document, "bytes", f"Part {part + 1} of its bytes is one too many: the record says {parts}.", RESTORE)
    if is_opened and found == set(range(parts)) and done != size:
        yield Finding(name, document, "bytes", f"Its parts hold {done} bytes; the record says {size}.", RESTORE)
