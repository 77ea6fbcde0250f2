"""The embedded engine: SQLCipher through SQLAlchemy, with a raw 256-bit key.

Wiring, measured: WAL, synchronous FULL, foreign keys, secure delete, temporaries in memory, cipher log off. The key never enters
a URL, an echo or a repr. Reads are refused writes by the engine (`query_only`). Only this folder knows a path or SQLite.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects import sqlite as _sqlite  # noqa: F401 - else loaded by the first engine, after the passphrase is typed
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.selectable import SelectBase
from sqlcipher3 import dbapi2 as driver

from victimcare.store.engine.place import is_writable
from victimcare.store.errors import DiskFull, DoesNotFit, LinkBroken, ReadOnlyVault, StoreDamaged, VaultBusy

# At its most verbose the library logs every row it reads. Nothing of a vault may stand in a log, so its loggers have no way out.
for _name in ("sqlalchemy", "alembic"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False

WAIT_SECONDS = 5.0
READERS = 3
_WRITER_CACHE_KIB = 16_000
_READER_CACHE_KIB = 10_000  # each of three; with 64 MB each no list came sooner, with 100,000 cases
_READING_WORDS = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN")


class NotThroughADoor(RuntimeError):
    """A statement tried to change the store past the flush, the audit, an erasure, a migration or a derived table."""


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A driver connection that has proved its key. Raises StoreDamaged."""
    mode = "rw"
    if read_only:
        log = path.with_name(path.name + "-wal")
        # Where nothing can be written the engine cannot make its shared memory either; without a log nothing can change under it.
        still = not (log.exists() and log.stat().st_size) and not is_writable(path.parent)
        mode = "ro&immutable=1" if still else "ro"
    connection = driver.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=WAIT_SECONDS)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as wrong:
        connection.close()
        raise _told(wrong) from None
    for pragma in ("foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY", "trusted_schema=OFF", "recursive_triggers=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


class SqlcipherStore:
    """One open database file: a writer connection, a few readers, and nothing above knows its path."""

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False) -> None:
        self.path, self.is_read_only = path, read_only
        self._key = key
        self.writer = self._engine(1, _WRITER_CACHE_KIB, writes=not read_only)
        self.readers = self._engine(READERS, _READER_CACHE_KIB, writes=False)
        with self.readers.connect() as connection:
            connection.execute(text("SELECT count(*) FROM sqlite_master"))

    def _engine(self, size: int, cache_kib: int, *, writes: bool) -> Engine:
        def creator() -> Any:
            connection = connect(self.path, self._key, read_only=self.is_read_only)
            connection.execute(f"PRAGMA cache_size=-{cache_kib}")
            if not self.is_read_only:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=FULL")
            if not writes:
                connection.execute("PRAGMA query_only=ON")
            return connection

        # hide_parameters: a failed statement must not carry names and notes into an exception.
        engine = create_engine(
            "sqlite+pysqlite://",
            module=driver,
            creator=creator,
            poolclass=QueuePool,
            pool_size=size,
            max_overflow=0,
            pool_timeout=60,
            pool_use_lifo=True,  # the connection used last has the pages decrypted, and one cache is filled in place of three
            hide_parameters=True,
            pool_reset_on_return="rollback",
        )
        begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        if writes:
            event.listen(engine, "before_cursor_execute", _guard)
            event.listen(engine, "commit", _commit)
        return engine

    def changed_since(self, known: int | None) -> tuple[bool, int]:
        """Whether another process committed since the number `known`, and the number now. Only while nothing is written here."""
        connection = self.writer.raw_connection()  # the number a connection is told leaves its own commits out, and all of ours are the writer's
        try:
            now = int(connection.cursor().execute("PRAGMA data_version").fetchone()[0])
        finally:
            connection.close()
        return known is not None and now != known, now

    def forget_pages(self) -> None:
        """Let go of the pages that readers nobody uses now keep decrypted; who reads next decrypts those it needs again."""
        with ExitStack() as idle:
            for _ in range(self.readers.pool.checkedin()):  # type: ignore[attr-defined]
                idle.enter_context(self.readers.connect()).exec_driver_sql("PRAGMA shrink_memory")

    def copy_to(self, target: Path) -> None:
        """A compact copy under the same key. Raises StoreDamaged, DiskFull."""
        connection = connect(self.path, self._key, read_only=self.is_read_only)
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        except driver.DatabaseError as wrong:
            raise _told(wrong) from None
        finally:
            connection.close()

    def checkpoint(self) -> None:
        """Move the log into the file and cut it: what was deleted is then in neither."""
        connection = connect(self.path, self._key)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def close(self) -> None:
        self.readers.dispose()
        self.writer.dispose()


def _guard(connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
    changes = context is not None and (context.isinsert or context.isupdate or context.isdelete)
    selects = context is not None and context.compiled is not None and isinstance(context.compiled.statement, SelectBase)
    reads = not changes and (selects or statement.lstrip().upper().startswith(_READING_WORDS))
    if not reads and not connection.info.get("doors"):
        raise NotThroughADoor("a statement that changes the store was sent outside the flush")


def open_doors(connection: Connection, doors: list[str]) -> None:
    """Let `doors` (a list its owner fills and empties) say when statements that change may pass."""
    connection.info["doors"] = doors


def _commit(connection: Connection) -> None:
    # Committed by hand, since after a failed commit of SQLAlchemy's own the transaction is gone and cannot be asked what was wrong.
    raw: Any = connection.connection.driver_connection
    try:
        raw.execute("COMMIT")
    except driver.IntegrityError:
        rows = raw.execute("PRAGMA foreign_key_check").fetchall()
        raw.execute("ROLLBACK")
        raise LinkBroken(sorted({str(row[0]) for row in rows})) from None
    except driver.DatabaseError as wrong:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise _told(wrong) from None


def told(wrong: DBAPIError) -> Exception:
    """What a database error means for the person."""
    if isinstance(wrong.orig, Exception):
        return _told(wrong.orig)
    return StoreDamaged("the engine reported an error")


def _told(wrong: Exception) -> Exception:
    if isinstance(wrong, driver.IntegrityError):
        return DoesNotFit()
    words = str(wrong).lower()
    meanings: tuple[tuple[tuple[str, ...], Callable[[], Exception]], ...] = (
        (("locked", "busy"), VaultBusy),
        (("full",), DiskFull),
        (("readonly", "read-only", "unable to open"), ReadOnlyVault),
        (("not a database", "malformed", "hmac", "corrupt", "disk i/o"), lambda: StoreDamaged("a page cannot be read")),
    )
    for signs, make in meanings:
        if any(sign in words for sign in signs):
            return make()
    # The message of the driver may hold values: only its kind goes on.
    return StoreDamaged(f"the engine refused a statement ({type(wrong).__name__})")
