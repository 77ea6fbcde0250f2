"""The schema and its revisions: what a new vault is made with, and how an older one is brought up to date.

Revisions are the numbered files in `migrations/versions/`. An older vault is backed up first; its migration is one transaction
with foreign keys off (a table that is made anew would otherwise empty those that name it: measured) and checked before commit.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError

from victimcare.refused import Refused
from victimcare.store.engine.sqlcipher import SqlcipherStore, open_doors, told
from victimcare.store.errors import NewerVault, StoreDamaged
from victimcare.store.record import Record, Table
from victimcare.store.tables import APPEND_ONLY

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


class NeedsUpdate(Refused):
    """An older vault where nothing can be written."""

    def __init__(self) -> None:
        super().__init__(
            "This vault was made by an older version and must be brought up to date, but it can only be read here.",
            "Copy its folder to a disk you can write to, then open it there.",
        )


def append_only_tables() -> list[str]:
    """The names of every table whose rows never change: the store's own and each class that says so."""
    classes = [mapper.class_ for mapper in Table.registry.mappers]
    return sorted({one.__tablename__ for one in APPEND_ONLY} | {one.__tablename__ for one in classes if issubclass(one, Record) and one.__append_only__})


def revisions() -> list[str]:
    """Every revision this program knows, oldest first."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def make_schema(connection: Connection) -> None:
    """Every table and trigger of a new vault, in the caller's transaction."""
    _upgrade(connection)


def is_older(store: SqlcipherStore) -> bool:
    """Whether the vault must be brought up to date before its tables can be used. Raises NewerVault, StoreDamaged."""
    with store.readers.connect() as connection:
        if connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first() is None:
            raise StoreDamaged("it does not say which version made it")
        standing = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")
    known = revisions()
    if not re.fullmatch(r"\w+", standing):
        raise StoreDamaged("it does not say which version made it")
    if standing not in known:
        raise NewerVault
    return standing != known[-1]


def bring_up_to_date(store: SqlcipherStore) -> None:
    """Migrate to the newest revision, whole or not at all. Back up first. Raises StoreDamaged, DiskFull."""
    with store.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        # Only outside a transaction does the engine listen to this.
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            open_doors(connection, ["migration"])
            _upgrade(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise StoreDamaged("bringing it up to date would have broken a link, and was undone")
            if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
                raise StoreDamaged("bringing it up to date failed its check, and was undone")
            connection.commit()
        except DBAPIError as wrong:
            raise told(wrong) from None
        finally:
            open_doors(connection, [])
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=ON")


def schema_at(revision: str) -> list[tuple[str, str, str]]:
    """What a vault of `revision` has, as (kind, name, statement): tables, indexes, triggers."""
    with create_engine("sqlite://").connect() as connection:
        _upgrade(connection, revision)
        return [(row[0], row[1], row[2]) for row in connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")]


def _upgrade(connection: Connection, revision: str = "head") -> None:
    # Imported here: an opening that has nothing to migrate does not pay for it.
    from alembic import command
    from alembic.config import Config

    # Alembic commits by itself what it began; what had begun before stays the caller's to commit or undo.
    if not connection.in_transaction():
        connection.begin()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    # The metadata comes from here, so that a migration imports nothing from above.
    config.attributes.update(connection=connection, metadata=Table.metadata)
    command.upgrade(config, revision)
