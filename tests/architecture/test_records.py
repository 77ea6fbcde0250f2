"""What every table promises: a right to write, deferred links, no relationship, and a form that PostgreSQL takes too."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import victimcare
from victimcare import records
from victimcare.store.engine.triggers import append_only_ddl
from victimcare.store.record import Record, Table
from victimcare.store.schema import append_only_tables

TABLES = sorted(Table.metadata.tables.values(), key=lambda table: table.name)


def test_records_names_every_module_with_a_mapped_class() -> None:
    named = {module.__name__ for module in records.MODULES}
    for module in pkgutil.walk_packages(victimcare.__path__, "victimcare."):
        if ".ui" not in module.name and ".app" not in module.name and "migrations" not in module.name and "__main__" not in module.name:
            importlib.import_module(module.name)
    mapped = {mapper.class_.__module__ for mapper in Table.registry.mappers}
    assert mapped <= named


@pytest.mark.parametrize("mapper", sorted(Table.registry.mappers, key=lambda mapper: mapper.class_.__name__), ids=lambda mapper: mapper.class_.__name__)
def test_no_relationship_crosses_a_module(mapper: object) -> None:
    assert list(mapper.relationships) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_link_is_checked_at_the_end_and_found_by_an_index(table: object) -> None:
    for key in table.foreign_keys:  # type: ignore[attr-defined]
        assert key.deferrable
        assert key.initially == "DEFERRED"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_can_be_made_on_postgresql(table: object) -> None:
    dialect = postgresql.dialect()
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))  # type: ignore[arg-type]
    for index in table.indexes:  # type: ignore[attr-defined]
        assert "CREATE" in str(CreateIndex(index).compile(dialect=dialect))


@pytest.mark.parametrize("name", append_only_tables())
def test_append_only_is_held_by_both_engines(name: str) -> None:
    table = Table.metadata.tables[name]
    assert all("append-only" in one for one in append_only_ddl(table, "sqlite"))
    assert any("BEFORE UPDATE OR DELETE" in one for one in append_only_ddl(table, "postgresql"))


def test_every_record_says_who_may_write_it() -> None:
    classes = [mapper.class_ for mapper in Table.registry.mappers if issubclass(mapper.class_, Record)]
    assert len(classes) > 20
    assert all(one.__write_right__ for one in classes)
