"""Whatever is done to a whole case or vault forgets no table: a row with every text in every record there is, through all of it.

By reflection, so that a record added later is held to it on its first day.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Boolean, Date, Integer, inspect, select

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.raw import raw
from tests.store.test_people import CASEWORKER, joined
from tests.store.test_restrict import restricted, version
from victimcare.casework.case_now import case_now_differences
from victimcare.store import people
from victimcare.store.backup import backup
from victimcare.store.document_bytes import write_bytes
from victimcare.store.erase import erase_case
from victimcare.store.ids import new_id
from victimcare.store.reading import Reading, is_apart
from victimcare.store.record import Record, Table
from victimcare.store.rescue import rescue
from victimcare.store.restore import restore
from victimcare.store.restrict import lift_restriction
from victimcare.store.rotation import renew_casework_key, rotate_file_key
from victimcare.store.tables import Sealed
from victimcare.store.types import Id, Instant
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.store.withdrawn import WRONG_CASE, withdraw

CONTENT = b"\0\x01\x02 a scanned letter"
CLASSES: dict[str, Any] = {one.class_.__tablename__: one.class_ for one in Table.registry.mappers if issubclass(one.class_, Record)}
OF_A_CASE = sorted(name for name, kind in CLASSES.items() if "case_id" in kind.__table__.c)
Rows = dict[str, dict[UUID, dict[str, str]]]


def text_of(name: str, field: str, row: UUID) -> str:
    return f"what {name}.{field} says, {row}"


def one_of_each(session: Any, *, other: UUID | None = None) -> tuple[UUID, Rows]:
    """One row of every record, all of one new case; where a record can name another case, it names `other`. The case, and its texts by table."""
    made: dict[str, Any] = {}
    rows: Rows = {}

    def row_of(name: str) -> Any:
        if name not in made:
            made[name] = record = CLASSES[name](**{column.name: value(name, column) for column in asked_for(CLASSES[name])})
            for field in CLASSES[name].__sealed_fields__:
                setattr(record, field, text_of(name, field, record.id))
            session.add(record)
            if name in OF_A_CASE:
                rows[name] = {record.id: {field: text_of(name, field, record.id) for field in CLASSES[name].__sealed_fields__}}
        return made[name]

    def value(name: str, column: Any) -> object:
        [*linked] = [key.target_fullname.removesuffix(".id") for key in column.foreign_keys]
        if linked == ["case"]:
            return other if other is not None and column.name != "case_id" else row_of("case").id
        if linked:
            # A row that names one of its own table has none before it.
            return None if linked == [name] else row_of(linked[0]).id
        if CLASSES[name].__has_bytes__ and column.name in ("size", "parts"):
            return {"size": len(CONTENT), "parts": 1}[column.name]
        return plain(column)

    for name in CLASSES:
        row_of(name)
    session.flush()
    for name, record in made.items():
        if CLASSES[name].__has_bytes__:
            write_bytes(session, document_id=record.id, case_id=record.case_id, size=len(CONTENT), chunks=[CONTENT])
    return made["case"].id, rows


def asked_for(kind: Any) -> list[Any]:
    """The columns that the constructor of a record takes."""
    inherited = ("id", "version", "made_at", "made_by")
    return [attribute.columns[0] for attribute in inspect(kind).column_attrs if attribute.columns[0].name not in inherited]


def plain(column: Any) -> object:
    """Any value of the column's kind."""
    for kind, given in ((Id, new_id()), (Boolean, False), (Integer, 1), (Date, date(2026, 11, 20)), (Instant, datetime.fromisoformat("2026-11-20T10:00:00Z"))):
        if isinstance(column.type, kind):
            return given
    return f"A{new_id().hex}" if column.unique or column.name == "reference" else "NONE"


def texts(vault: Vault, case_id: UUID) -> Rows:
    """Every text of the case that the vault's member can open, by table."""
    found: Rows = {}
    with vault.reading(Reading("everything of a case", case_id, apart=True)) as session:
        opened = session.sealed_of_case(case_id)
        owners = dict(session.execute(select(Sealed.id, Sealed.owner).where(Sealed.id.in_(opened))).all())
    for row, said in opened.items():
        found.setdefault(owners[row], {})[row] = said
    return found


def sealed(rows: Rows) -> Rows:
    """Only what has a sealed part."""
    return {name: found for name, found in rows.items() if CLASSES[name].__sealed_fields__}


def all_holds(vault: Vault) -> None:
    found = verify(vault)
    assert found.findings == []
    with vault.reading() as session:
        assert case_now_differences(session) == ()


@pytest.fixture
def both(vault: Vault) -> tuple[tuple[UUID, Rows], tuple[UUID, Rows]]:
    """Two cases with a row of every record each, that of the second naming the first, and the first the second."""
    with vault.transaction("two cases") as session:
        first, rows = one_of_each(session)
        second = one_of_each(session, other=first)
    return (first, rows), second


def test_there_is_a_row_of_every_record(vault: Vault, both: tuple[tuple[UUID, Rows], tuple[UUID, Rows]]) -> None:
    (case_id, rows), _ = both
    assert sorted(rows) == OF_A_CASE
    assert texts(vault, case_id) == sealed(rows)
    with vault.reading(Reading.case(case_id)) as session:
        assert not any(is_apart(name) for name in session.scalars(select(Sealed.owner).where(Sealed.id.in_(session.sealed_of_case(case_id)))))
    all_holds(vault)


def test_restricting_and_lifting_reach_every_record(vault: Vault, clock: StandingClock, both: tuple[tuple[UUID, Rows], tuple[UUID, Rows]]) -> None:
    (case_id, rows), (other, others) = both
    colleague = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, colleague.member.id)
    colleague.refresh_membership()
    assert texts(colleague, case_id) == sealed(rows)
    restricted(vault, case_id, vault.member.id)
    assert texts(vault, case_id) == sealed(rows)
    assert texts(colleague, case_id) == {}
    assert texts(colleague, other) == sealed(others)
    all_holds(vault)
    with vault.transaction("restriction lifted", case_id=case_id) as session:
        lift_restriction(session, case_id=case_id, version=version(vault, case_id))
    assert texts(colleague, case_id) == sealed(rows)
    all_holds(colleague)
    colleague.close()


@pytest.mark.parametrize("is_restricted", [False, True])
def test_new_keys_a_backup_and_a_rescue_carry_every_record(
    vault: Vault, clock: StandingClock, tmp_path: Path, both: tuple[tuple[UUID, Rows], tuple[UUID, Rows]], is_restricted: bool
) -> None:
    (case_id, rows), (other, others) = both
    if is_restricted:
        restricted(vault, case_id, vault.member.id)
    rotate_file_key(vault)
    renew_casework_key(vault)
    assert (texts(vault, case_id), texts(vault, other)) == (sealed(rows), sealed(others))
    all_holds(vault)
    assert backup(vault, tmp_path / "one.vcbackup").is_verified
    vault.close()
    assert rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "rescued").is_whole
    restore(tmp_path / "one.vcbackup", tmp_path / "restored", "VLO 17", PASSPHRASE, clock=clock)
    for folder in (tmp_path / "rescued", tmp_path / "restored"):
        again = Vault.open(folder, "VLO 17", PASSPHRASE, clock=clock)
        assert (texts(again, case_id), texts(again, other)) == (sealed(rows), sealed(others))
        all_holds(again)
        again.close()


def test_erasing_takes_every_record_and_a_restored_backup_too(
    vault: Vault, clock: StandingClock, tmp_path: Path, both: tuple[tuple[UUID, Rows], tuple[UUID, Rows]]
) -> None:
    (case_id, rows), (other, others) = both
    backup(vault, tmp_path / "before.vcbackup")
    erase_case(vault, case_id, reason="REQUESTED")
    kept = {name: found for name, found in sealed(others).items() if name not in ("case_link", "merged")}

    def is_gone(from_vault: Vault) -> None:
        gone = {case_id, *(row for found in rows.values() for row in found)}
        with raw(from_vault) as connection:
            for table in Table.metadata.sorted_tables:
                if table.name in ("erased", "audit", "audit_row"):
                    continue
                for column in table.columns:
                    values = {value for (value,) in connection.execute(f'SELECT "{column.name}" FROM "{table.name}"')}
                    assert not values & {one.bytes for one in gone}, (table.name, column.name)
        assert texts(from_vault, case_id) == {}
        assert texts(from_vault, other) == kept
        all_holds(from_vault)

    is_gone(vault)
    vault.close()
    restore(tmp_path / "before.vcbackup", vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    again = Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    is_gone(again)
    again.close()


def test_withdrawing_destroys_the_text_of_any_entry(vault: Vault, both: tuple[tuple[UUID, Rows], tuple[UUID, Rows]]) -> None:
    (case_id, rows), (other, others) = both
    entries = {name: row for name, found in rows.items() if CLASSES[name].__withdrawable__ for row in found}
    assert {"document", "contact", "barrier_change", "task"} <= entries.keys()
    with vault.transaction("entries withdrawn", case_id=case_id) as session:
        for row in entries.values():
            withdraw(session, row_id=row, reason=WRONG_CASE, why="of somebody else")
    found = texts(vault, case_id)
    assert not found.keys() & entries.keys()
    assert sum(said.get("why") == "of somebody else" for said in found["withdrawn"].values()) == len(entries)
    with raw(vault) as connection:
        assert connection.execute("SELECT count(*) FROM sealed_bytes").fetchone() == (1,)
    assert texts(vault, other) == sealed(others)
    all_holds(vault)
