"""Erasing a case for good: its rows, texts and keys go in one transaction; only that it was erased, by whom and why code, stays.

Backups made before can still bring it back: the header's list of erased cases is applied again by every restore.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from filelock import FileLock
from sqlalchemy import delete, select

from victimcare.refused import Refused
from victimcare.store.audit import GONE
from victimcare.store.errors import NotAllowed
from victimcare.store.header import read_header, write_header
from victimcare.store.record import Record, Table
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.tables import AuditEntry, DataKey, Erased, KeyGrant, Sealed, SealedBytes, row_id

if TYPE_CHECKING:
    from victimcare.store.vault import Vault

KIND = "case erased"


class NoSuchCase(Refused):
    """The case is not in the vault, or was erased already."""

    def __init__(self) -> None:
        super().__init__("There is no such case here.", "Look at the list of cases; it may have been erased already.")


def erase_case(vault: Vault, case_id: UUID, *, reason: str, check: Callable[[VaultSession, UUID], object] | None = None) -> None:
    """Erase one case; `reason` is a code. `check` is asked in the same transaction and raises where the case must be kept.

    Raises NotAllowed, NoSuchCase, OpenElsewhere, LinkBroken when something else still names it, and what `check` raises.
    """
    if Right.SUPERVISE not in vault.member.rights:
        raise NotAllowed(Right.SUPERVISE)
    with vault.presence.alone("erasing a case"):
        with vault.transaction(KIND, case_id=case_id) as session:
            if check is not None:
                check(session, case_id)
            erase_rows(session, case_id, reason)
        # Without this the wrapped key is still in the file: measured.
        vault.store.checkpoint()
        vault.keyring.forget_case(case_id)
        settle_erased(vault)


def settle_erased(vault: Vault) -> None:
    """Bring the header's list up to what the store says was erased; also at opening, after a stop in between."""
    with vault.reading() as session:
        erased = set(session.scalars(select(Erased.case_id)))
    if not erased <= set(vault.header.erased):
        with FileLock(vault.folder / "header.lock", timeout=10, mode=0o666):
            header = read_header(vault.folder)
            header = vault.sealed_header(replace(header, erased=tuple(sorted(erased | set(header.erased)))))
            write_header(vault.folder, header)
        vault.header = header


def erase_rows(session: VaultSession, case_id: UUID, reason: str) -> None:
    """Delete everything of one case, and what other cases say of it (a link, a merge), in the caller's transaction. Raises NoSuchCase."""
    tables = _tables_of_cases()
    owner = next(one for one in tables if _makes_key(one))
    if session.execute(select(owner.__table__.c.id).where(owner.__table__.c.id == case_id)).first() is None:
        raise NoSuchCase
    # First, since the triggers of append-only tables let a row go only if its case is listed here.
    session.write_rows(Erased, [{"case_id": case_id, "on": session.today, "by": session.member.id, "reason": reason}])
    with session.door("erasure"):
        keys = list(session.scalars(select(DataKey.id).where(DataKey.case_id == case_id)))
        session.execute(delete(Sealed).where(Sealed.key_id.in_(keys)))
        session.execute(delete(SealedBytes).where(SealedBytes.key_id.in_(keys)))
        for table, column in _tables_that_name_cases():
            _delete_named(session, table, column, case_id)
        for table in tables:
            _delete(session, table, _column(table) == case_id)
        _delete(session, KeyGrant, KeyGrant.key_id.in_(keys))
        _delete(session, DataKey, DataKey.id.in_(keys))


def _delete(session: VaultSession, table: type[Table], condition: Any) -> None:
    """Delete rows and sign for their going; a derived table is in no audit."""
    if issubclass(table, Record) or table in (DataKey, KeyGrant):
        for row in session.execute(select(table.__table__).where(condition)).mappings():
            session.audit.note(table.__tablename__, row_id(dict(row)), GONE)
    session.execute(delete(table).where(condition))


def _delete_named(session: VaultSession, table: type[Table], column: Any, case_id: UUID) -> None:
    """Delete rows of other cases that name this one, with their sealed parts; what hangs on cases named on either side is recomputed."""
    facts = table.__table__.c
    named = session.scalars(select(column).where(facts.case_id == case_id, column.is_not(None), column != case_id)).all()
    rows = session.execute(select(facts.id, facts.case_id).where(column == case_id, facts.case_id != case_id)).all()
    session.execute(delete(Sealed).where(Sealed.id.in_([row.id for row in rows])))
    _delete(session, table, facts.id.in_([row.id for row in rows]))
    touches = getattr(table, "__touches__", None)
    if touches is not None:
        session.touched.setdefault(touches, set()).update(named, (row.case_id for row in rows))


def _makes_key(table: type[Table]) -> bool:
    return issubclass(table, Record) and table.__makes_case_key__


def _column(table: type[Table]) -> Any:
    return table.__table__.c.id if _makes_key(table) else table.__table__.c.case_id


def _tables_of_cases() -> list[type[Table]]:
    """Every mapped table whose rows belong to a case, the cases themselves last."""
    kept = (AuditEntry, Erased, DataKey)
    classes = [mapper.class_ for mapper in Table.registry.mappers if mapper.class_ not in kept]
    return sorted((one for one in classes if _makes_key(one) or "case_id" in one.__table__.c), key=lambda one: (_makes_key(one), one.__tablename__))


def _tables_that_name_cases() -> list[tuple[type[Table], Any]]:
    """(table, column) of every record of a case that names another case as well."""
    found = []
    for table in _tables_of_cases():
        for column in table.__table__.c:
            if column.name != "case_id" and any(key.target_fullname == "case.id" for key in column.foreign_keys):
                found.append((table, column))
    return found
