"""The office's own keys: public halves in columns, private halves in the row's sealed part. Append-only.

An older vault has no row yet: the first holder of the casework key who opens it makes the keys, since only they can seal them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from victimcare.store.types import Id, Instant

revision = "0002"
down_revision = "0001"

SQLITE = (
    "CREATE TRIGGER office_identity_no_update BEFORE UPDATE ON \"office_identity\" BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER office_identity_no_delete BEFORE DELETE ON \"office_identity\" BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION office_identity_append_only() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'append-only'; END $$ LANGUAGE plpgsql",
    'CREATE TRIGGER office_identity_append_only BEFORE UPDATE OR DELETE ON "office_identity" FOR EACH ROW EXECUTE FUNCTION office_identity_append_only()',
)


def upgrade() -> None:
    op.create_table(
        "office_identity",
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_office_identity"),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
