"""Runs migrations on the connection it is given, in the caller's transaction. `schema.py` is the only caller but for a developer's
`revision --autogenerate`, which compares the metadata it is given."""

from alembic import context

config = context.config
context.configure(
    connection=config.attributes["connection"],
    target_metadata=config.attributes["metadata"],
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
