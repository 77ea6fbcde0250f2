"""The revisions: the newest is what the models say, an older vault is brought up to date or left as it was, a newer one refused."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.conftest import make_case
from tests.store.raw import raw
from tests.store.test_backup import notes
from victimcare.store import schema
from victimcare.store.engine.triggers import append_only_ddl
from victimcare.store.errors import NewerVault, OpenElsewhere, StoreDamaged
from victimcare.store.record import Table
from victimcare.store.restore import restore
from victimcare.store.vault import Vault
from victimcare.store.verify import verify

LATER = f'''
"""A later revision: makes a table anew that others name, and adds a column."""
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{schema.revisions()[-1]}"


def upgrade() -> None:
    with op.batch_alter_table("case", recreate="always") as batch:
        batch.add_column(sa.Column("ward", sa.String(), nullable=True))
    op.execute("UPDATE vault_info SET value = value || ' (updated)' WHERE name = 'name'")
'''


def test_the_newest_revision_is_what_the_models_say() -> None:
    with create_engine("sqlite://").connect() as connection:
        schema.make_schema(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
        made = {row[0] for row in connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
        wanted = {one for name in schema.append_only_tables() for one in append_only_ddl(Table.metadata.tables[name], "sqlite")}
        assert {" ".join(one.split()) for one in made} == {" ".join(one.split()) for one in wanted}
        for _, table, sql in connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE type = 'table'"):
            assert sql.count("REFERENCES") == sql.count("DEFERRABLE INITIALLY DEFERRED"), table


def test_revisions_are_numbered_and_self_contained() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    assert [one.revision for one in script.walk_revisions()][::-1] == schema.revisions()
    for path in (schema.MIGRATIONS / "versions").glob("*.py"):
        imported = [node.module for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
        assert {name for name in imported if name and name.startswith("victimcare")} <= {"victimcare.store.types"}


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of a later day, that knows one more revision."""
    copied = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copied, ignore=shutil.ignore_patterns("__pycache__"))
    (copied / "versions" / "9000_later.py").write_text(LATER)
    monkeypatch.setattr(schema, "MIGRATIONS", copied)
    return copied


@pytest.fixture
def older(vault: Vault, case_id: UUID) -> Path:
    """A vault of today, with data, closed."""
    vault.close()
    return vault.folder


def opened(folder: Path, clock: StandingClock, *, read_only: bool = False) -> Vault:
    return Vault.open(folder, "VLO 17", PASSPHRASE, clock=clock, read_only=read_only)


def test_an_older_vault_with_data_is_backed_up_and_brought_up_to_date(older: Path, case_id: UUID, later: Path, clock: StandingClock, tmp_path: Path) -> None:
    vault = opened(older, clock)
    assert vault.name.endswith("(updated)")
    assert notes(vault, case_id) == ["she asked for the same worker"]
    make_case(vault, "After")
    assert [(one.table, one.kind) for one in verify(vault).findings] == []
    vault.close()
    (made,) = older.glob("before-update-*.vcbackup")
    restore(made, tmp_path / "before", "VLO 17", PASSPHRASE, clock=clock)
    opened(older, clock).close()
    assert len(list(older.glob("*.vcbackup"))) == 1


def test_a_migration_that_fails_leaves_the_vault_as_it_was(
    older: Path, case_id: UUID, later: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (later / "versions" / "9000_later.py").write_text(LATER + '    op.execute("DELETE FROM vault_info WHERE no_such_column = 1")\n')
    with pytest.raises(StoreDamaged):
        opened(older, clock)
    monkeypatch.undo()
    with monkeypatch.context() as patched:
        _cheap(patched)
        vault = opened(older, clock)
        assert not vault.name.endswith("(updated)")
        assert notes(vault, case_id) == ["she asked for the same worker"]
        assert verify(vault).holds
        vault.close()


def _cheap(patched: pytest.MonkeyPatch) -> None:
    from victimcare.store import kdf

    patched.setattr(kdf, "FLOOR", kdf.KdfCost(1, 1, 64))


def test_a_migration_that_would_break_a_link_is_undone(older: Path, later: Path, clock: StandingClock) -> None:
    (later / "versions" / "9000_later.py").write_text(LATER + "    op.execute('DELETE FROM \"case\"')\n")
    with pytest.raises(StoreDamaged, match="broken a link"):
        opened(older, clock)
    (later / "versions" / "9000_later.py").write_text(LATER)
    vault = opened(older, clock)
    assert verify(vault).holds
    vault.close()


def test_a_newer_vault_is_refused_and_untouched(vault: Vault, clock: StandingClock) -> None:
    with raw(vault) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    vault.close()
    for read_only in (False, True):
        with pytest.raises(NewerVault):
            opened(vault.folder, clock, read_only=read_only)
    assert not list(vault.folder.glob("*.vcbackup"))


def test_an_older_vault_waits_where_it_cannot_be_written_or_is_open(older: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = opened(older, clock)
    copied = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copied, ignore=shutil.ignore_patterns("__pycache__"))
    (copied / "versions" / "9000_later.py").write_text(LATER)
    monkeypatch.setattr(schema, "MIGRATIONS", copied)
    with pytest.raises(OpenElsewhere):
        opened(older, clock)
    with pytest.raises(schema.NeedsUpdate):
        opened(older, clock, read_only=True)
    other.close()
    opened(older, clock).close()


@pytest.mark.parametrize("statement", ["DELETE FROM alembic_version", "UPDATE alembic_version SET version_num = ''"])
def test_a_vault_that_no_longer_says_its_version_is_damaged_and_not_newer(vault: Vault, vault_dir: Path, clock: StandingClock, statement: str) -> None:
    with raw(vault) as connection:
        connection.execute(statement)
    vault.close()
    with pytest.raises(StoreDamaged):
        Vault.open(vault_dir, "VLO 17", PASSPHRASE, clock=clock)
