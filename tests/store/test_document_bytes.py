"""A document's bytes: whole or not at all, every part proved in its place, under the case's key wherever that goes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.conftest import make_case
from tests.store.raw import raw
from tests.store.test_people import CASEWORKER, joined
from tests.store.test_restrict import restricted, version
from victimcare.casework.documents import Document, add_document, documents_of, open_document
from victimcare.store import people
from victimcare.store.backup import backup
from victimcare.store.document_bytes import PART, BytesChanged, BytesDamaged
from victimcare.store.erase import erase_case
from victimcare.store.errors import NoKey, ReadNotNoted
from victimcare.store.ids import new_id
from victimcare.store.reading import Reading
from victimcare.store.rescue import rescue
from victimcare.store.restore import restore
from victimcare.store.restrict import lift_restriction
from victimcare.store.rotation import renew_casework_key, rotate_file_key
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.store.withdrawn import withdraw

CONTENT = os.urandom(2 * PART + 1234)
OTHER = os.urandom(2 * PART + 99)


def keep(vault: Vault, case_id: UUID, content: bytes = CONTENT, **more: Any) -> UUID:
    with vault.transaction("document added", case_id=case_id) as session:
        pieces = (content[at : at + 300_000] for at in range(0, len(content), 300_000))
        return add_document(session, case_id=case_id, name="letter.bin", size=len(content), chunks=pieces, **more)


def read(vault: Vault, case_id: UUID, document: UUID) -> bytes:
    with vault.reading(Reading.document(case_id)) as session:
        return open_document(session, document)


@pytest.fixture
def document(vault: Vault, case_id: UUID) -> UUID:
    return keep(vault, case_id)


def parts_in(vault: Vault) -> int:
    with raw(vault) as connection:
        return int(connection.execute("SELECT count(*) FROM sealed_bytes").fetchone()[0])


def test_a_document_comes_back_as_it_was(vault: Vault, case_id: UUID, document: UUID) -> None:
    assert read(vault, case_id, document) == CONTENT
    with vault.reading(Reading.case(case_id)) as session:
        [row] = documents_of(session, case_id)
    assert (row.parts, row.size, row.kind) == (3, len(CONTENT), "OTHER")
    found = verify(vault)
    assert found.findings == []
    assert found.counts.parts_opened == 3


@pytest.mark.parametrize("size", [1, PART - 1, PART, PART + 1, 2 * PART])
def test_every_length_fits(vault: Vault, case_id: UUID, size: int) -> None:
    content = CONTENT[:size]
    assert read(vault, case_id, keep(vault, case_id, content)) == content
    assert verify(vault).holds


def test_opening_a_document_is_noted_each_time_and_the_page_alone_does_not_open_it(vault: Vault, case_id: UUID, document: UUID) -> None:
    with vault.reading(Reading.case(case_id)) as session, pytest.raises(ReadNotNoted):
        open_document(session, document)
    with vault.reading(Reading.document(make_case(vault, "Other"))) as session, pytest.raises(ReadNotNoted):
        open_document(session, document)
    read(vault, case_id, document)
    read(vault, case_id, document)
    with raw(vault) as connection:
        query = "SELECT count(*) FROM audit WHERE kind = 'document opened' AND case_id = ?"
        assert connection.execute(query, (case_id.bytes,)).fetchone() == (2,)


@pytest.mark.parametrize("size", [len(CONTENT) + 1, len(CONTENT) - 1, PART])
def test_more_or_fewer_bytes_than_announced_leave_nothing(vault: Vault, case_id: UUID, size: int) -> None:
    with pytest.raises(BytesChanged), vault.transaction() as session:
        add_document(session, case_id=case_id, name="letter.bin", size=size, chunks=[CONTENT])
    assert parts_in(vault) == 0
    with vault.reading() as session:
        assert session.query(Document).count() == 0


def test_stopping_in_the_middle_leaves_nothing(vault: Vault, case_id: UUID) -> None:
    class StoppedError(Exception):
        pass

    told: list[int] = []

    def stop(done: int, total: int) -> None:
        told.append(done)
        if len(told) == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        keep(vault, case_id, progress=stop)
    assert told == [PART, 2 * PART]
    assert parts_in(vault) == 0


def swap(connection: Any, one: UUID, two: UUID) -> None:
    connection.execute("UPDATE sealed_bytes SET part = 9 WHERE document_id = ? AND part = 0", (one.bytes,))
    connection.execute("UPDATE sealed_bytes SET part = 0 WHERE document_id = ? AND part = 1", (one.bytes,))
    connection.execute("UPDATE sealed_bytes SET part = 1 WHERE document_id = ? AND part = 9", (one.bytes,))


def across(connection: Any, one: UUID, two: UUID) -> None:
    theirs = connection.execute("SELECT payload FROM sealed_bytes WHERE document_id = ? AND part = 1", (two.bytes,)).fetchone()
    connection.execute("UPDATE sealed_bytes SET payload = ? WHERE document_id = ? AND part = 1", (*theirs, one.bytes))


def repeat(connection: Any, one: UUID, two: UUID) -> None:
    first = connection.execute("SELECT payload FROM sealed_bytes WHERE document_id = ? AND part = 0", (one.bytes,)).fetchone()
    connection.execute("UPDATE sealed_bytes SET payload = ? WHERE document_id = ? AND part = 1", (*first, one.bytes))


def cut(connection: Any, one: UUID, two: UUID) -> None:
    connection.execute("DELETE FROM sealed_bytes WHERE document_id = ? AND part = 2", (one.bytes,))


def hole(connection: Any, one: UUID, two: UUID) -> None:
    connection.execute("DELETE FROM sealed_bytes WHERE document_id = ? AND part = 1", (one.bytes,))


def more(connection: Any, one: UUID, two: UUID) -> None:
    connection.execute("INSERT INTO sealed_bytes SELECT document_id, 3, key_id, payload FROM sealed_bytes WHERE document_id = ? AND part = 2", (one.bytes,))


def flip(connection: Any, one: UUID, two: UUID) -> None:
    (payload,) = connection.execute("SELECT payload FROM sealed_bytes WHERE document_id = ? AND part = 1", (one.bytes,)).fetchone()
    altered = payload[:5000] + bytes([payload[5000] ^ 1]) + payload[5001:]
    connection.execute("UPDATE sealed_bytes SET payload = ? WHERE document_id = ? AND part = 1", (altered, one.bytes))


def fewer_said(connection: Any, one: UUID, two: UUID) -> None:
    (payload,) = connection.execute("SELECT payload FROM sealed_bytes WHERE document_id = ? AND part = 0", (one.bytes,)).fetchone()
    altered = payload[:1] + (2).to_bytes(4, "big") + payload[5:]
    connection.execute("UPDATE sealed_bytes SET payload = ? WHERE document_id = ? AND part = 0", (altered, one.bytes))


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (swap, "Part 1 of its bytes does not open"),
        (across, "Part 2 of its bytes does not open"),
        (repeat, "Part 2 of its bytes does not open"),
        (cut, "Part 3 of 3 of its bytes is missing."),
        (hole, "Part 2 of 3 of its bytes is missing."),
        (more, "Part 4 of its bytes is one too many"),
        (flip, "Part 2 of its bytes does not open"),
        (fewer_said, "Part 1 of its bytes does not open"),
    ],
)
def test_damaged_parts_are_refused_and_named(
    vault: Vault, case_id: UUID, document: UUID, tmp_path: Path, harm: Callable[[Any, UUID, UUID], None], told: str
) -> None:
    other = keep(vault, case_id, OTHER)
    with raw(vault) as connection:
        harm(connection, document, other)
    with pytest.raises(BytesDamaged):
        read(vault, case_id, document)
    assert read(vault, case_id, other) == OTHER
    found = verify(vault)
    assert {(one.table, one.row, one.kind) for one in found.findings} == {("document", document, "bytes")}
    assert any(one.what.startswith(told) for one in found.findings)
    assert not backup(vault, tmp_path / "one.vcbackup").is_verified


def test_bytes_of_no_document_are_named(vault: Vault, case_id: UUID, document: UUID) -> None:
    lost = new_id()
    with raw(vault) as connection:
        connection.execute("INSERT INTO sealed_bytes SELECT ?, part, key_id, payload FROM sealed_bytes WHERE part = 0", (lost.bytes,))
    assert [(one.table, one.row, one.kind) for one in verify(vault).findings] == [("sealed_bytes", lost, "link")]


@pytest.fixture
def colleague(vault: Vault, clock: StandingClock) -> Iterator[Vault]:
    other = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, other.member.id)
    other.refresh_membership()
    vault.refresh_membership()
    yield other
    other.close()


def test_restricting_seals_the_bytes_anew_and_lifting_gives_them_back(vault: Vault, colleague: Vault, case_id: UUID, document: UUID) -> None:
    assert read(colleague, case_id, document) == CONTENT
    with raw(vault) as connection:
        before = {row[0] for row in connection.execute("SELECT payload FROM sealed_bytes")}
    restricted(vault, case_id, vault.member.id)
    with raw(vault) as connection:
        assert not before & {row[0] for row in connection.execute("SELECT payload FROM sealed_bytes")}
    assert read(vault, case_id, document) == CONTENT
    with pytest.raises(NoKey):
        read(colleague, case_id, document)
    mine, theirs = verify(vault), verify(colleague)
    assert mine.holds
    assert theirs.holds
    assert (mine.counts.parts_opened, theirs.counts.parts_opened, theirs.counts.parts_without_key) == (3, 0, 3)
    seen = version(vault, case_id)
    with vault.transaction("restriction lifted", case_id=case_id) as session:
        lift_restriction(session, case_id=case_id, version=seen)
    assert read(colleague, case_id, document) == CONTENT
    assert verify(vault).holds


def test_new_keys_for_the_vault_leave_the_bytes_whole(vault: Vault, case_id: UUID, document: UUID) -> None:
    rotate_file_key(vault)
    renew_casework_key(vault)
    assert read(vault, case_id, document) == CONTENT
    assert verify(vault).holds


def test_a_backup_brings_the_bytes_back(vault: Vault, case_id: UUID, document: UUID, tmp_path: Path, clock: StandingClock) -> None:
    made = backup(vault, tmp_path / "one.vcbackup")
    assert made.is_verified
    assert made.verification.counts.parts_opened == 3
    restore(made.path, tmp_path / "again", "VLO 17", PASSPHRASE, clock=clock)
    again = Vault.open(tmp_path / "again", "VLO 17", PASSPHRASE, clock=clock)
    assert read(again, case_id, document) == CONTENT
    again.close()


def test_a_rescue_saves_the_bytes(vault: Vault, case_id: UUID, document: UUID, tmp_path: Path, clock: StandingClock) -> None:
    vault.close()
    assert rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "out").is_whole
    again = Vault.open(tmp_path / "out", "VLO 17", PASSPHRASE, clock=clock)
    assert read(again, case_id, document) == CONTENT
    assert verify(again).holds
    again.close()


def test_an_erased_case_leaves_no_bytes(vault: Vault, case_id: UUID, document: UUID) -> None:
    kept = make_case(vault, "Kept")
    other = keep(vault, kept, OTHER)
    erase_case(vault, case_id, reason="REQUESTED")
    assert parts_in(vault) == 3
    assert read(vault, kept, other) == OTHER
    assert verify(vault).holds


def test_a_withdrawn_document_leaves_no_bytes_and_the_check_takes_that_as_meant(vault: Vault, case_id: UUID, document: UUID) -> None:
    other = keep(vault, case_id, OTHER)
    with vault.transaction() as session:
        withdraw(session, row_id=document, reason="WRONG_CASE")
    with raw(vault) as connection:
        assert connection.execute("SELECT DISTINCT document_id FROM sealed_bytes").fetchall() == [(other.bytes,)]
    assert verify(vault).findings == []


def test_a_document_taken_back_keeps_its_bytes(vault: Vault, case_id: UUID, document: UUID) -> None:
    with vault.transaction() as session:
        withdraw(session, row_id=document, reason="TAKEN_BACK")
    assert read(vault, case_id, document) == CONTENT
    assert verify(vault).findings == []
