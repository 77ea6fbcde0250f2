"""`rescue`: a new vault of everything that can still be read from a damaged one, and a list of what cannot.

Without the database engine: pages are opened in plain Python (`pages.py`) and read with the standard library's SQLite in
memory. No plain byte touches the disk. What was read verified page by page; `verify` on the new vault then says which rows
lost their proof. What is lost on the way to sound pages (the list of tables, a table's root) is made up for by `salvage.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from victimcare.refused import Refused
from victimcare.store.errors import PlaceNotWritable, PlaceTaken, StoreDamaged, WrongPassphrase
from victimcare.store.header import INVITATION, open_slot, read_header, sync_folder, write_header
from victimcare.store.pages import empty_database, read_pages, write_pages
from victimcare.store.salvage import Column, NotARow, Pages, Row, owner_of
from victimcare.store.schema import revisions, schema_at
from victimcare.store.tables import GroupGrant, row_id

_STEP = 500


class NothingLeft(Refused):
    """No row could be read."""

    def __init__(self) -> None:
        super().__init__("Nothing in this vault's file can be read any more.", "Restore the newest backup.")


@dataclass(slots=True)
class Rescued:
    """What a rescue saved and lost.

    `pages_lost`: page numbers. `saved`: rows by table. `gaps`: by table, how many stretches of rows could not be read.
    `loose`: by table, how many of the rows saved were on pages that nothing led to any more; `unplaced`: pages of rows whose table could
    not be told. `is_proved`: False where the file's salt is lost, so that no page could be proved by itself.
    `is_listed`: False where the list of tables is lost or damaged and was made up from what is left of it and from the program's own.
    """

    folder: Path
    pages_lost: list[int]
    saved: dict[str, int] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    loose: dict[str, int] = field(default_factory=dict)
    unplaced: int = 0
    is_proved: bool = True
    is_listed: bool = True

    @property
    def is_whole(self) -> bool:
        return not self.pages_lost and not self.gaps and self.is_proved


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
        plain = read_pages(folder / header.store_name, file_key)
    except OSError:
        raise StoreDamaged("its file cannot be read") from None
    saved = Rescued(out, plain.lost, is_proved=plain.is_proved)
    with closing(_in_memory(empty_database())) as new:
        _copy(bytes(plain.content), new, saved, progress)
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


def _copy(plain: bytes, new: sqlite3.Connection, saved: Rescued, progress: Callable[[str, int, int], None] | None) -> None:
    pages, seen = Pages(plain), set[int]()
    with closing(_in_memory(plain)) as old:
        listed = _listed(old)
        saved.is_listed = listed is not None
        revision = _revision(pages) if listed is None else ""
        schema = _completed(pages, revision) if listed is None else listed
        tables = [(name, root, sql) for name, (kind, root, sql) in schema.items() if kind == "table" and not name.startswith("sqlite_")]
        new.execute("PRAGMA foreign_keys=OFF")
        new.execute("BEGIN")
        for number, (name, root, sql) in enumerate(tables):
            if progress is not None:
                progress(name, number, len(tables))
            new.execute(sql)
            leaves = list(pages.leaves(root, seen)) if saved.pages_lost or not saved.is_proved else []
            if listed is not None:
                _copy_table(old, new, name, saved)
            else:
                _copy_leaves(pages, leaves, new, name, saved)
        if saved.pages_lost or not saved.is_proved:
            _copy_loose(pages, seen, new, saved)
        if not any(saved.saved.values()):
            raise NothingLeft
        if listed is None and not saved.saved["alembic_version"]:
            new.execute("INSERT INTO alembic_version VALUES (?)", (revision,))
        # Indexes and triggers last: these refuse what a copy does.
        for kind, _, sql in schema.values():
            if kind in ("index", "trigger") and sql:
                new.execute(sql)
        new.execute("COMMIT")
        for pragma in ("user_version", "application_id") if listed is not None else ():
            new.execute(f"PRAGMA {pragma}={int(old.execute(f'PRAGMA {pragma}').fetchone()[0])}")


def _listed(old: sqlite3.Connection) -> dict[str, tuple[str, int, str]] | None:
    """The list of tables: name -> (kind, root page, statement); None where any of it is lost."""
    try:
        rows = old.execute("SELECT name, type, rootpage, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        return {str(name, "utf-8"): (str(kind, "utf-8"), root, str(sql, "utf-8")) for name, kind, root, sql in rows}
    except sqlite3.DatabaseError:
        return None


def _completed(pages: Pages, revision: str) -> dict[str, tuple[str, int, str]]:
    """The list of tables as far as it is left; the rest as the program knows it, without a way to the rows."""
    known = {name: (kind, 0, sql) for kind, name, sql in schema_at(revision)}
    left = {name: entry for name, entry in pages.schema().items() if entry[2]}
    return known | left


def _revision(pages: Pages) -> str:
    """Which revision made the vault: the one row of one text that names one; the newest where it is lost."""
    known = revisions()
    for number in range(1, pages.count + 1):
        try:
            rows = pages.rows(number)
        except NotARow:
            continue
        if len(rows) == 1 and len(rows[0][1]) == 1 and rows[0][1][0] in known:
            return str(rows[0][1][0])
    return known[-1]


def _copy_leaves(pages: Pages, leaves: list[int], new: sqlite3.Connection, name: str, saved: Rescued) -> None:
    saved.saved[name] = 0
    for leaf in leaves:
        try:
            _insert(new, name, pages.rows(leaf), saved)
        except NotARow:
            saved.gaps[name] = saved.gaps.get(name, 0) + 1


def _copy_loose(pages: Pages, seen: set[int], new: sqlite3.Connection, saved: Rescued) -> None:
    """Rows of pages that nothing leads to: first the audit's own, since they say whose the others are, last what it does not know."""
    tables = {name: _columns(new, name) for name in saved.saved}
    waiting = [number for number, _ in pages.loose_leaves(seen)]
    for known, only in ((_nothing, "audit_row"), (_signed, ""), (_first_grants, "")):
        owners, waiting, left = known(new), [], waiting
        for leaf in left:
            rows = pages.rows(leaf)
            name = owner_of(rows, tables, owners)
            if name is None or (only and name != only):
                waiting.append(leaf)
            else:
                _insert(new, name, rows, saved, is_loose=True)
    saved.unplaced = len(waiting)


def _nothing(new: sqlite3.Connection) -> dict[bytes, str]:
    return {}


def _signed(new: sqlite3.Connection) -> dict[bytes, str]:
    return {row: str(owner, "utf-8") for row, owner in new.execute("SELECT row, owner FROM audit_row")}


def _first_grants(new: sqlite3.Connection) -> dict[bytes, str]:
    """The grants of group keys a vault begins with: the audit starts after them, and they have the shape of a case's grants."""
    groups = [row[0] for row in new.execute("SELECT id FROM group_key")]
    holders = [row[0] for row in new.execute("SELECT DISTINCT member FROM member_entry")]
    pairs = [{"group_id": UUID(bytes=group), "holder": UUID(bytes=holder)} for group in groups for holder in holders]
    return {row_id(pair).bytes: GroupGrant.__tablename__ for pair in pairs}


def _columns(new: sqlite3.Connection, name: str) -> list[Column]:
    return [Column(str(row[1], "utf-8"), str(row[2], "utf-8").upper(), bool(row[3])) for row in new.execute(f'PRAGMA table_info("{name}")')]


def _insert(new: sqlite3.Connection, name: str, rows: list[Row], saved: Rescued, *, is_loose: bool = False) -> None:
    columns = ", ".join(f'"{column.name}"' for column in _columns(new, name))
    for number, values in rows:
        if len(values) + 1 != columns.count(",") + 2:
            raise NotARow
        new.execute(f'INSERT OR IGNORE INTO "{name}" (rowid, {columns}) VALUES ({", ".join("?" * (len(values) + 1))})', (number, *values))
    saved.saved[name] = saved.saved.get(name, 0) + len(rows)
    if is_loose:
        saved.loose[name] = saved.loose.get(name, 0) + len(rows)


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
