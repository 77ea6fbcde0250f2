"""What somebody with the file key and a tool of his own could do to a vault: statements past the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from victimcare.store.engine.sqlcipher import connect
from victimcare.store.vault import Vault


@contextmanager
def raw(vault: Vault) -> Iterator[Any]:
    """A writing connection without triggers in the way: what it does is committed."""
    subject = vault.subject()
    connection = connect(subject.path, subject.key)
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def without_triggers(vault: Vault, table: str) -> Iterator[Any]:
    """The same, with the triggers of one table gone meanwhile."""
    with raw(vault) as connection:
        kept = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,))]
        for number in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{number}")
        yield connection
        for statement in kept:
            connection.execute(statement)


def flip_byte(path: Any, page: int, offset: int = 200) -> None:
    """Damage one byte of a page (1 is the first) in a closed file."""
    with open(path, "r+b") as file:
        file.seek((page - 1) * 4096 + offset)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 0x55]))
