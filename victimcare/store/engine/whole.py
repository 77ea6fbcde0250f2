"""Work on a whole database file: are its pages sound, a copy under another key, what it holds row by row.

Measured: `sqlcipher_export` leaves user_version, application_id and WAL mode behind, and one page that fails poisons its
connection; so the numbers are copied by hand, and every check here has a connection of its own.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from victimcare.store.engine.sqlcipher import _told, connect
from victimcare.store.errors import DiskFull, StoreDamaged

_LOGS = ("-wal", "-shm", "-journal")


@contextmanager
def snapshot(path: Path, key: bytes) -> Iterator[Any]:
    """A driver connection that sees one state of the file and can change nothing. Raises StoreDamaged when a page does not hold."""
    connection = connect(path, key, read_only=True)
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("BEGIN")
        yield connection
    except driver.DatabaseError as wrong:
        raise _told(wrong) from None
    finally:
        connection.close()


def unsound_pages(path: Path, key: bytes) -> list[tuple[int, str]]:
    """Every page that does not verify or hang together: its number (0: not told) and what is wrong. Empty when all is well."""
    found: list[tuple[int, str]] = []
    for pragma, what in (("cipher_integrity_check", "was altered or damaged"), ("quick_check", "does not fit the others")):
        try:
            with snapshot(path, key) as connection:
                said = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}")]
        except StoreDamaged:
            said = ["unreadable"]
        # The words of the engine may quote a row; only the page's number goes on.
        for line in said:
            if line != "ok":
                number = re.search(r"page (\d+)", line)
                found.append((int(number.group(1)) if number else 0, what))
    return list(dict.fromkeys(found))


def export(source: Path, key: bytes, target: Path, new_key: bytes, *, then: Callable[[], None]) -> None:
    """Write everything in `source` to the new file `target` under `new_key`, compare, then call `then` while nobody can write.

    Whoever writes to `source` meanwhile waits and is refused; so what `then` commits holds everything that was ever acknowledged.
    Raises DiskFull, StoreDamaged, VaultBusy. What is left of `target` when this fails is removed at the next opening.
    """
    room_for(target.parent, source.stat().st_size)
    remove_store(target)
    lock = connect(source, key)
    try:
        lock.execute("BEGIN IMMEDIATE")
        _export(source, key, target, new_key)
        _same_content(source, key, target, new_key)
        then()
        lock.execute("ROLLBACK")
    except driver.DatabaseError as wrong:
        raise _told(wrong) from None
    finally:
        lock.close()


def _export(source: Path, key: bytes, target: Path, new_key: bytes) -> None:
    connection = connect(source, key)
    try:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("ATTACH DATABASE ? AS target KEY ?", (str(target), f"x'{new_key.hex()}'"))
        connection.execute("SELECT sqlcipher_export('target')").fetchall()
        for pragma in ("user_version", "application_id"):
            number = int(connection.execute(f"PRAGMA main.{pragma}").fetchone()[0])
            connection.execute(f"PRAGMA target.{pragma}={number}")
        connection.execute("DETACH DATABASE target")
    finally:
        connection.close()


def _same_content(source: Path, key: bytes, target: Path, new_key: bytes) -> None:
    if unsound_pages(target, new_key):
        raise StoreDamaged("the new copy does not verify")
    with snapshot(source, key) as old, snapshot(target, new_key) as new:
        if content_digest(old) != content_digest(new):
            raise StoreDamaged("the new copy is not what was copied")
    sync_file(target)


def content_digest(connection: Any) -> bytes:
    """32 bytes over the schema and every row of every table, in the order they were written."""
    whole = hashlib.sha256()
    schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    whole.update(repr(schema).encode())
    for name in sorted(name for kind, name, _ in schema if kind == "table"):
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):
            whole.update(repr(row).encode("utf-8", "surrogatepass"))
    return whole.digest()


def room_for(folder: Path, size: int) -> None:
    """Raises DiskFull when `folder` has no room for `size` bytes and a little more."""
    if shutil.disk_usage(folder).free < size * 11 // 10 + 1_000_000:
        raise DiskFull


def sync_file(path: Path) -> None:
    """Make the content of a closed file durable."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_store(path: Path) -> None:
    """Delete a store file that nobody has open, with its logs."""
    for part in (path, *(path.with_name(path.name + ending) for ending in _LOGS)):
        part.unlink(missing_ok=True)
