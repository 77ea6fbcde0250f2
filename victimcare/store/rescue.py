"""`rescue`: a new vault of everything that can still be read from a damaged one, and a list of what cannot.

Without the database engine: pages are opened in plain Python (`pages.py`) and read with the standard library's SQLite in
memory. No plain byte touches the disk. What was read verified page by page; `verify` on the new vault then says which rows
lost their proof.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from victimcare.refused import Refused
from victimcare.store.errors import PlaceNotWritable, PlaceTaken, StoreDamaged, WrongPassphrase
from victimcare.store.header import INVITATION, open_slot, read_header, sync_folder, write_header
from victimcare.store.pages import empty_database, read_pages, write_pages

_STEP = 500


class NothingLeft(Refused):
    """The list of tables itself is lost."""

    def __init__(self) -> None:
        super().__init__("The page that says what is in the vault is lost, so nothing can be put together again.", "Restore the newest backup.")


@dataclass(slots=True)
class Rescued:
    """What a rescue saved and lost.

    `pages_lost`: page numbers. `saved`: rows by table. `gaps`: by table, how many stretches of rows could not be read.
    """

    folder: Path
    pages_lost: list[int]
    saved: dict[str, int] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not self.pages_lost and not self.gaps


def rescue(folder: Path, user: str, passphrase: str, out: Path, progress: Callable[[str, int, int], None] | None = None) -> Rescued:
    """Read what can be read of the vault in `folder` and write it as a vault to the new folder `out`. `folder` is not touched.

    The new vault has the same users, passphrases and keys. Close every window of the old one first.
    Raises WrongPassphrase, HeaderDamaged, StoreDamaged, NothingLeft, PlaceTaken, PlaceNotWritable.
    """
    header = read_header(folder)
    slot, _, _, file_key = open_slot(header, user, passphrase)
    if slot.kind == INVITATION:
        raise WrongPassphrase
    if out.exists() and any(out.iterdir()):
        raise PlaceTaken
    try:
        plain, lost = read_pages(folder / header.store_name, file_key)
    except OSError:
        raise StoreDamaged("its file cannot be read") from None
    saved = Rescued(out, lost)
    with closing(_in_memory(bytes(plain))) as old, closing(_in_memory(empty_database())) as new:
        del plain
        _copy(old, new, saved, progress)
        content = new.serialize()
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_pages(out / header.store_name, file_key, content)
        sync_folder(out)
        write_header(out, header)
    except OSError:
        raise PlaceNotWritable from None
    return saved


def _in_memory(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(content)
    connection.text_factory = bytes
    # Temporary files would be plain text on the disk.
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, saved: Rescued, progress: Callable[[str, int, int], None] | None) -> None:
    try:
        schema = [tuple(str(part, "utf-8") for part in row) for row in old.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")]
    except sqlite3.DatabaseError:
        raise NothingLeft from None
    tables = [(name, sql) for kind, name, sql in schema if kind == "table" and not name.startswith("sqlite_")]
    new.execute("PRAGMA foreign_keys=OFF")
    new.execute("BEGIN")
    for number, (name, sql) in enumerate(tables):
        if progress is not None:
            progress(name, number, len(tables))
        new.execute(sql)
        _copy_table(old, new, name, saved)
    # Indexes and triggers last: these refuse what a copy does.
    for kind, _, sql in schema:
        if kind in ("index", "trigger"):
            new.execute(sql)
    new.execute("COMMIT")
    for pragma in ("user_version", "application_id"):
        new.execute(f"PRAGMA {pragma}={int(old.execute(f'PRAGMA {pragma}').fetchone()[0])}")


def _copy_table(old: sqlite3.Connection, new: sqlite3.Connection, name: str, saved: Rescued) -> None:
    width = len(old.execute(f'PRAGMA table_info("{name}")').fetchall())
    columns = ", ".join(f'"{str(row[1], "utf-8")}"' for row in old.execute(f'PRAGMA table_info("{name}")'))
    types = ", ".join(f'typeof("{str(row[1], "utf-8")}")' for row in old.execute(f'PRAGMA table_info("{name}")'))
    insert = f'INSERT OR IGNORE INTO "{name}" (rowid, {columns}) VALUES ({", ".join("?" * (width + 1))})'
    query = f'SELECT rowid, {columns}, {types} FROM "{name}" NOT INDEXED WHERE rowid >= ? ORDER BY rowid'
    newest = _newest(old, name)
    start, count = 1, 0
    while start <= newest:
        last = start - 1
        try:
            for row in old.execute(query, (start,)):
                new.execute(insert, (row[0], *_typed(row, width)))
                last, count = row[0], count + 1
            break
        except sqlite3.DatabaseError:
            saved.gaps[name] = saved.gaps.get(name, 0) + 1
            start = _after_gap(old, name, last + 1, newest)
    saved.saved[name] = count


def _typed(row: tuple[Any, ...], width: int) -> list[Any]:
    """Texts were read as bytes, since one that is no UTF-8 must not end the reading."""
    values = row[1 : width + 1]
    return [str(value, "utf-8", "replace") if kind == b"text" else value for value, kind in zip(values, row[width + 1 :], strict=True)]


def _newest(old: sqlite3.Connection, name: str) -> int:
    """The last row number; where the way to it is lost, far enough to look."""
    try:
        return old.execute(f'SELECT max(rowid) FROM "{name}" NOT INDEXED').fetchone()[0] or 0
    except sqlite3.DatabaseError:
        return 1 << 40


def _after_gap(old: sqlite3.Connection, name: str, lost: int, newest: int) -> int:
    """The first row number after `lost` from which rows can be read again; past `newest` when there is none.

    A row is found by its number without the pages before it, so halving finds the end of the gap.
    """
    query = f'SELECT rowid FROM "{name}" NOT INDEXED WHERE rowid >= ? ORDER BY rowid LIMIT 1'

    def reads(number: int) -> bool:
        try:
            return old.execute(query, (number,)).fetchone() is not None
        except sqlite3.DatabaseError:
            return False

    step = 1
    while lost + step <= newest and not reads(lost + step):
        step *= 2
    if lost + step > newest and not reads(newest):
        return newest + 1
    low, high = lost + step // 2, min(lost + step, newest)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reads(middle) else (middle + 1, high)
    return high
