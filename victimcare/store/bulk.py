"""Many new records at once, past the unit of work: it spends more on a record than sealing, signing and inserting it take together.

Same rights, keys, seals, signatures and recomputing as the flush, by the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import insert, inspect

from victimcare.store import seal
from victimcare.store.record import Record, case_of, is_new
from victimcare.store.session import VaultSession
from victimcare.store.tables import Sealed

FIRST_VERSION = 1


def write_new(session: VaultSession, records: Iterable[Record]) -> None:
    """Write records that were never written, as adding them and flushing would.

    They do not become part of the session: to change one, get it from there. Raises NotAllowed, NoKey.
    """
    made = list(records)
    session.flush()
    if not all(is_new(record) for record in made):
        raise ValueError("a record that was written before")
    for kind in {type(record) for record in made}:
        session.check_right(kind)
    session.make_case_keys([record for record in made if record.__makes_case_key__])
    session.load_keys(case_of(record) for record in made if "_sealed_written" in record.__dict__)
    rows: dict[type[Record], list[dict[str, Any]]] = {}
    parts: list[dict[str, Any]] = []
    for record in made:
        values = _values(record, session)
        payload = _part(session, record, parts)
        rows.setdefault(type(record), []).append(values)
        session.note(record, values, payload)
    with session.door("flush") as connection:
        for kind, of_kind in rows.items():
            connection.execute(insert(kind), of_kind)
        if parts:
            connection.execute(insert(Sealed), parts)
        session.audit.write_rows(connection)


def _part(session: VaultSession, record: Record, parts: list[dict[str, Any]]) -> bytes | None:
    """The sealed part of a record, put among `parts`."""
    texts: Mapping[str, str] | None = record.__dict__.get("_sealed_written")
    if texts is None:
        return None
    owner, row = record.__tablename__, record.id
    key_id, key = session.case_key(case_of(record))
    payload = seal.closed(key, owner, row, key_id, texts)
    parts.append({"id": row, "owner": owner, "key_id": key_id, "payload": payload})
    return payload


def _values(record: Record, session: VaultSession) -> dict[str, Any]:
    """Every column of a record's row."""
    given = record.__dict__
    values = {name: given.get(key, default) for name, key, default in _columns(type(record))}
    values["version"], values["made_at"], values["made_by"] = FIRST_VERSION, session.now, session.member.id
    return values


@cache
def _columns(kind: type[Record]) -> tuple[tuple[str, str, Any], ...]:
    """(column, attribute, value where the record was made without one) of a class."""
    columns = [(attribute.columns[0], attribute.key) for attribute in inspect(kind).column_attrs]
    return tuple((column.name, key, column.default.arg if column.default is not None else None) for column, key in columns)
