"""Append-only, held by the engine: triggers that refuse UPDATE and DELETE, for both dialects.

A row may go only if its case is in `erased` (the erasure writes that row first, in the same transaction).
"""

from __future__ import annotations

from sqlalchemy import Table as CoreTable


def append_only_ddl(table: CoreTable, dialect: str) -> list[str]:
    """The statements that make `table` append-only on `dialect` ("sqlite" or "postgresql")."""
    name = table.name
    erased = "EXISTS (SELECT 1 FROM erased WHERE erased.case_id = OLD.case_id)" if "case_id" in table.c and name not in ("audit", "erased") else None
    if dialect == "sqlite":
        when = f" WHEN NOT {erased}" if erased else ""
        return [
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON \"{name}\" BEGIN SELECT RAISE(ABORT, 'append-only'); END",
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON \"{name}\"{when} BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        ]
    check = f"IF TG_OP = 'DELETE' AND {erased} THEN RETURN OLD; END IF; " if erased else ""
    return [
        f"CREATE FUNCTION {name}_append_only() RETURNS trigger AS $$ BEGIN {check}RAISE EXCEPTION 'append-only'; END $$ LANGUAGE plpgsql",
        f'CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON "{name}" FOR EACH ROW EXECUTE FUNCTION {name}_append_only()',
    ]
