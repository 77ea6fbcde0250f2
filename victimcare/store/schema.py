"""The schema of a new vault: every table and the triggers that hold what is append-only."""

from __future__ import annotations

from sqlalchemy import Connection

from victimcare.store.engine.triggers import append_only_ddl
from victimcare.store.record import Record, Table
from victimcare.store.tables import APPEND_ONLY


def append_only_tables() -> list[str]:
    """The names of every table whose rows never change: the store's own and each class that says so."""
    classes = [mapper.class_ for mapper in Table.registry.mappers]
    return sorted(
        {one.__tablename__ for one in APPEND_ONLY}
        | {one.__tablename__ for one in classes if issubclass(one, Record) and one.__append_only__}
    )


def make_schema(connection: Connection) -> None:
    """Make every table known to the mappers. `victimcare.records` must be imported before."""
    Table.metadata.create_all(connection)
    for name in append_only_tables():
        for statement in append_only_ddl(Table.metadata.tables[name], connection.dialect.name):
            connection.exec_driver_sql(statement)
