"""The one door of the store: rights, seals and audit in the flush, opened on demand, and a guard so that nothing goes round it.

Four doors let a statement change the store: the flush, the store's own rows, a derived table, a migration (`engine/`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Connection, Select, delete, event, insert, inspect, select
from sqlalchemy.orm import InstanceState, Session
from sqlalchemy.orm.exc import StaleDataError

from victimcare.store import seal
from victimcare.store.audit import GONE, AuditWriter, digest
from victimcare.store.clock import day_of
from victimcare.store.engine.sqlcipher import open_doors
from victimcare.store.errors import AppendOnly, Conflict, NotAllowed
from victimcare.store.ids import new_id
from victimcare.store.keyring import Keyring
from victimcare.store.members import Member
from victimcare.store.reading import Allowed, Reading
from victimcare.store.record import Record, Table, case_of, is_new
from victimcare.store.rights import Right
from victimcare.store.tables import DataKey, KeyGrant, Sealed, row_id
from victimcare.store.wrap import new_key

R = TypeVar("R", bound=Record)


class VaultSession(Session):
    """A unit of work on the vault. Made by `Vault.transaction` and `Vault.reading` only."""

    def __init__(self, bind: Any, *, vault: UUID, keyring: Keyring, member: Member, now: datetime, reading: Reading | None, writes: bool) -> None:
        super().__init__(bind, expire_on_commit=False, autoflush=writes)
        self.vault_id, self.keyring, self.member, self.now = vault, keyring, member, now
        self.today: date = day_of(now)
        self.writes = writes
        self.allowed = Allowed(reading, writes=writes)
        self.audit = AuditWriter(member.id, keyring.keys)
        self.touched: dict[Callable[[Any, set[UUID]], None], set[UUID]] = {}
        self._doors: list[str] = []
        self._parts: dict[UUID, tuple[str, UUID, bytes, bool]] = {}
        self._new_keys: dict[UUID | None, tuple[UUID, bytes]] = {}
        self._forgotten: set[UUID] = set()
        self._reached: dict[UUID, bool] = {}
        self._may_commit = False
        self.destroyed = False  # a sealed part: the commit then cuts the log behind it

    # What an action may ask

    def may(self, right: Right) -> bool:
        return right in self.member.rights

    def can_open(self, case_id: UUID) -> bool:
        """Whether the member holds the current key of a case. Looked up once a session: another program may have restricted it meanwhile."""
        if case_id not in self._reached:
            self._reached |= self.keyring.reach(self.connection(), case_id)
        return case_id in self._new_keys or self._reached[case_id]

    def get_for_change(self, kind: type[R], row: UUID, *, version: int) -> R:
        """The record as it stands, if nobody changed or removed it since `version` was seen. Raises Conflict."""
        record = self.get(kind, row)
        if record is None or record.version != version:
            raise Conflict(kind.__tablename__, row, version, 0 if record is None else record.version)
        return record

    # Opening sealed parts

    @property
    def _opener(self) -> seal.Parts:
        return seal.Parts(self.connection(), self.keyring, self.allowed)

    def open_part(self, record: Record) -> dict[str, str]:
        """The texts of one record. Raises NoKey, ReadNotNoted."""
        kept: dict[str, str] | None = record.__dict__.get("_sealed_read")
        if kept is None:
            kept = self._opener.one(record.__tablename__, record.id)
            record.__dict__["_sealed_read"] = kept
        return kept

    def sealed(self, ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
        """The texts of many rows, one query for 500; rows whose key the member lacks are left out. Raises ReadNotNoted."""
        self._flush_first()
        return self._opener.many(ids)

    def sealed_of_case(self, case_id: UUID) -> dict[UUID, dict[str, str]]:
        """The texts of a whole case that this reading may open, with one query."""
        self._flush_first()
        return self._opener.of_case(case_id)

    def sealed_where(self, ids: Select[Any]) -> dict[UUID, dict[str, str]]:
        """The texts of the rows that `ids` selects, with one query. Raises ReadNotNoted."""
        self._flush_first()
        return self._opener.where(ids)

    def sealed_each(self, rows: Select[Any]) -> Iterator[tuple[Any, dict[str, str]]]:
        """The rows that `rows` selects, the id first, each with its texts, one by one: for everybody's names. Raises ReadNotNoted."""
        self._flush_first()
        return self._opener.each_of(rows)

    def _flush_first(self) -> None:
        if self.writes:
            self.flush()

    # Changing

    def flush(self, objects: Any = None) -> None:
        if not (self.new or self.dirty or self.deleted or self._parts):
            return
        with self.door("flush"):
            try:
                super().flush(objects)
            except StaleDataError:
                raise Conflict("", None, 0, 0) from None

    @contextmanager
    def door(self, name: str) -> Iterator[Connection]:
        """Let statements that change the store pass while the block runs."""
        connection = self.connection()
        open_doors(connection, self._doors)
        self._doors.append(name)
        try:
            yield connection
        finally:
            self._doors.pop()

    @contextmanager
    def derived(self) -> Iterator[Connection]:
        """For tables that are recomputed from records by query; never for a Record."""
        with self.door("derived") as connection:
            yield connection

    def write_rows(self, table: type[Table], rows: list[dict[str, Any]]) -> None:
        """Insert rows of the store's own tables and note them in the audit."""
        if rows:
            with self.door("store") as connection:
                connection.execute(insert(table), rows)
            for row in rows:
                self.audit.note(table.__tablename__, row_id(row), digest(table.__tablename__, row, None))

    def delete_rows(self, table: type[Table], *conditions: Any) -> None:
        """Delete rows of the store's own tables (grants and keys that are over); the audit notes each as gone."""
        gone = self.connection().execute(select(table.__table__).where(*conditions)).mappings().all()
        if gone:
            with self.door("store") as connection:
                connection.execute(delete(table).where(*conditions))
            for row in gone:
                self.audit.note(table.__tablename__, row_id(dict(row)), GONE)

    def make_key(self, case_id: UUID | None) -> tuple[UUID, bytes]:
        """A new data key for a case (None: the office), granted to the casework group; current from now on. Raises NoKey."""
        key_id, key = new_id(), new_key()
        holder, wrapped = self.keyring.wrapped_for_group(key_id, key)
        self.write_rows(DataKey, [{"id": key_id, "case_id": case_id, "made_at": self.now}])
        self.write_rows(KeyGrant, [{"key_id": key_id, "holder": holder, "wrapped": wrapped}])
        self._new_keys[case_id] = (key_id, key)
        return key_id, key

    def forget_key(self, case_id: UUID) -> None:
        """Once this is committed, look the case's key up again: it may no longer be one's own."""
        self._forgotten.add(case_id)

    def note_as_it_stands(self, record: Record, payload: bytes | None) -> None:
        """Sign for a row whose sealed part alone was written anew, or (None) destroyed."""
        self._note(record, payload)

    def case_key(self, case_id: UUID | None) -> tuple[UUID, bytes]:
        """The id and bytes of the key that seals new parts of a case (None: the office). Raises NoKey."""
        return self._new_keys.get(case_id) or self.keyring.current(self.connection(), case_id)

    def commit(self) -> None:
        if not self._may_commit:
            raise RuntimeError("an action never commits: the caller's block does")
        super().commit()

    def finish(self, kind: str, case_id: UUID | None, count: int = 0) -> set[str]:
        """Recompute what was touched, write the audit entry, commit. Returns the tables written."""
        self.flush()
        for recompute, cases in list(self.touched.items()):  # what hangs on records may be a record itself
            recompute(self, set(cases))
        self.flush()
        with self.door("audit") as connection:
            for case in sorted(self.allowed.cases_read):
                self.audit.write_reading(connection, at=self.now, kind="case read for a change", case_id=case)
            if not self.audit.is_empty:
                self.audit.write_entry(connection, at=self.now, kind=kind, case_id=case_id, count=count)
            self._may_commit = True
            self.commit()
        for owner, (key_id, key) in self._new_keys.items():
            self.keyring.adopt(owner, key_id, key)
        for case in self._forgotten:
            self.keyring.forget_case(case)
        return self.audit.tables

    # Inside the flush

    def _before_flush(self) -> None:
        written = [*self.new, *(one for one in self.dirty if self.is_modified(one)), *self.deleted]
        records = [one for one in written if isinstance(one, Record)]
        for gone in self.deleted:
            if isinstance(gone, Record) and not gone.__deletable__:
                raise AppendOnly(gone.__tablename__)
        for record in records:
            self.check_right(type(record))
            if is_new(record):
                record.made_at, record.made_by = self.now, self.member.id
            elif record.__append_only__:
                raise AppendOnly(record.__tablename__)
        self.make_case_keys([one for one in records if one.__makes_case_key__ and is_new(one)])
        self.load_keys(case_of(one) for one in records if "_sealed_written" in one.__dict__)
        deleted = set(self.deleted)
        for record in records:
            if record not in deleted:
                self._seal(record)

    def check_right(self, kind: type[Record]) -> None:
        """Raises NotAllowed when the member may not write such records."""
        if kind.__write_right__ not in self.member.rights:
            raise NotAllowed(kind.__write_right__)

    def load_keys(self, cases: Iterable[UUID | None]) -> None:
        """Find the keys that seal new parts of `cases` as they are in the store now."""
        self.keyring.load_current(self.connection(), set(cases) - set(self._new_keys), afresh=True)

    def make_case_keys(self, cases: Sequence[Record]) -> None:
        """A key for each new case."""
        keys, grants = [], []
        for case in cases:
            key_id, key = new_id(), new_key()
            holder, wrapped = self.keyring.wrapped_for_group(key_id, key)
            keys.append({"id": key_id, "case_id": case.id, "made_at": self.now})
            grants.append({"key_id": key_id, "holder": holder, "wrapped": wrapped})
            self._new_keys[case.id] = (key_id, key)
        self.write_rows(DataKey, keys)
        self.write_rows(KeyGrant, grants)

    def _seal(self, record: Record) -> None:
        written = record.__dict__.pop("_sealed_written", None)
        if written is None:
            return
        fresh = is_new(record)
        # Not a reading by a person: the texts that stay are only carried over into the new seal.
        carried = {} if fresh else seal.Parts(self.connection(), self.keyring, Allowed(None, writes=True)).one(record.__tablename__, record.id)
        texts = {**carried, **written}
        owner = record.__tablename__
        key_id, key = self.case_key(case_of(record))
        self._parts[record.id] = (owner, key_id, seal.closed(key, owner, record.id, key_id, texts), fresh)
        record.__dict__["_sealed_read"] = dict(texts)

    def _after_flush(self) -> None:
        connection = self.connection()
        seal.write_parts(connection, self._parts)
        unsealed = [one.id for one in self.dirty if isinstance(one, Record) and one.__sealed_fields__ and one.id not in self._parts]
        standing = seal.payloads(connection, unsealed)
        for record in [*self.new, *(one for one in self.dirty if self.is_modified(one))]:
            if isinstance(record, Record):
                part = self._parts.get(record.id)
                self._note(record, part[2] if part else standing.get(record.id))
        for record in self.deleted:
            if isinstance(record, Record):
                connection.execute(delete(Sealed).where(Sealed.id == record.id))
                self.audit.note(record.__tablename__, record.id, GONE)
                self.touch(record)
        self._parts.clear()
        self.audit.write_rows(connection)

    def _note(self, record: Record, payload: bytes | None) -> None:
        state = cast(InstanceState[Any], inspect(record))
        values = {attribute.columns[0].name: getattr(record, attribute.key) for attribute in state.mapper.column_attrs}
        self.note(record, values, payload)

    def note(self, record: Record, values: Mapping[str, Any], payload: bytes | None) -> None:
        """Sign for a row with these values and sealed part, and have recomputed what hangs on it."""
        self.audit.note(record.__tablename__, record.id, digest(record.__tablename__, values, payload))
        self.touch(record)

    def touch(self, record: Record) -> None:
        """Have recomputed what hangs on a record."""
        touches, case_id = type(record).__touches__, case_of(record)
        if touches is not None and case_id is not None:
            self.touched.setdefault(touches, set()).add(case_id)


event.listen(VaultSession, "before_flush", lambda session, context, instances: session._before_flush())
event.listen(VaultSession, "after_flush", lambda session, context: session._after_flush())
