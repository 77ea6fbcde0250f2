"""Rescue: a damaged vault gives back all that its sound pages hold, without the engine and without a plain byte on the disk."""

from __future__ import annotations

import builtins
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.conftest import make_case
from tests.store.older import CASE_AT_0001, vault_at_0001
from tests.store.raw import flip_byte, raw
from tests.store.test_backup import notes
from victimcare.store.erase import erase_case
from victimcare.store.errors import PlaceTaken, StoreDamaged, WrongPassphrase
from victimcare.store.finding import Counts
from victimcare.store.header import read_header
from victimcare.store.pages import read_pages
from victimcare.store.rescue import NothingLeft, rescue
from victimcare.store.salvage import Pages
from victimcare.store.vault import Vault
from victimcare.store.verify import verify


def saved_from(vault: Vault, out: Path, clock: StandingClock) -> Vault:
    rescue(vault.folder, "VLO 17", PASSPHRASE, out)
    return Vault.open(out, "VLO 17", PASSPHRASE, clock=clock)


def test_a_sound_vault_is_rescued_whole(vault: Vault, case_id: UUID, tmp_path: Path, clock: StandingClock) -> None:
    before = verify(vault).counts
    vault.close()
    done = rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "out")
    assert done.is_whole
    again = Vault.open(tmp_path / "out", "VLO 17", PASSPHRASE, clock=clock)
    assert notes(again, case_id) == ["she asked for the same worker"]
    found = verify(again)
    assert found.findings == []
    assert (found.counts.rows, found.counts.seals_opened) == (before.rows, before.seals_opened)
    make_case(again, "After")
    assert verify(again).holds
    again.close()


def test_what_stands_only_in_the_log_is_rescued_too(vault: Vault, tmp_path: Path, clock: StandingClock) -> None:
    case_id = make_case(vault, "Just before the crash")
    assert (vault.folder / "store-1.db-wal").stat().st_size > 4096
    again = saved_from(vault, tmp_path / "out", clock)
    assert notes(again, case_id) == ["she asked for the same worker"]
    assert verify(again).holds
    again.close()


def test_the_engines_own_pages_are_read_as_it_reads_them(vault: Vault, case_id: UUID) -> None:
    with raw(vault) as connection:
        expected = connection.execute("SELECT id, payload FROM sealed ORDER BY rowid").fetchall()
    subject = vault.subject()
    vault.close()
    plain = read_pages(subject.path, subject.key)
    assert plain.lost == []
    memory = sqlite3.connect(":memory:")
    memory.deserialize(bytes(plain.content))
    assert memory.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert memory.execute("SELECT id, payload FROM sealed ORDER BY rowid").fetchall() == expected
    memory.close()


def pages_of(vault: Vault, table: str) -> list[int]:
    """Every page of a table's tree but its root, which leads to all others."""
    with raw(vault) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    subject = vault.subject()
    plain = read_pages(subject.path, subject.key).content
    page = plain[(root - 1) * 4096 : root * 4096]
    assert page[0] == 5
    count = int.from_bytes(page[3:5], "big")
    places = [int.from_bytes(page[12 + 2 * at : 14 + 2 * at], "big") for at in range(count)]
    return [int.from_bytes(page[place : place + 4], "big") for place in places]


def test_a_flipped_page_costs_only_its_own_rows(vault: Vault, cases: Callable[[int], list[UUID]], tmp_path: Path, clock: StandingClock) -> None:
    ids = cases(40)
    leaves = pages_of(vault, "sealed")
    total = verify(vault).counts.seals_opened
    path = vault.subject().path
    vault.close()
    flip_byte(path, leaves[len(leaves) // 2])
    done = rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "out")
    assert done.pages_lost == [leaves[len(leaves) // 2]]
    assert done.gaps == {"sealed": 1}
    assert total - 40 < done.saved["sealed"] < total
    again = Vault.open(tmp_path / "out", "VLO 17", PASSPHRASE, clock=clock)
    found = verify(again)
    assert {one.kind for one in found.findings} == {"altered"}
    assert len(found.findings) == total - done.saved["sealed"]
    assert sum(notes(again, one) == ["she asked for the same worker"] for one in ids) >= 30
    again.close()


def test_random_damage_never_stops_it(vault: Vault, cases: Callable[[int], list[UUID]], tmp_path: Path, clock: StandingClock) -> None:
    ids = cases(20)
    path, count = vault.subject().path, verify(vault).counts.pages
    vault.close()
    sound = path.read_bytes()
    chance, opened = random.Random(7), 0
    for attempt in range(12):
        path.write_bytes(sound)
        pages = sorted(chance.sample(range(1, count), 3))
        for page in pages:
            flip_byte(path, page, chance.randrange(16, 4096))
        out = tmp_path / f"out-{attempt}"
        done = rescue(vault.folder, "VLO 17", PASSPHRASE, out)
        assert done.pages_lost == pages
        try:
            again = Vault.open(out, "VLO 17", PASSPHRASE, clock=clock)
        except (StoreDamaged, KeyError):
            continue
        opened += 1
        verify(again)
        assert sum(notes(again, one) != [] for one in ids) >= 5
        again.close()
    assert opened >= 6


def test_no_plain_byte_is_written(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_case(vault, "Zofia-Unmistakable")
    vault.close()
    written: list[str] = []
    real = builtins.open

    def watched(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if set(mode) & set("wax+"):
            written.append(Path(file).name)
        return real(file, mode, *rest, **named)

    monkeypatch.setattr(builtins, "open", watched)
    rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "out")
    assert written == ["store-1.db", "header.json.tmp"]
    assert b"case" not in (tmp_path / "out" / "store-1.db").read_bytes()[:4096].lower().replace(b"\0", b"")[:40]
    for path in (tmp_path / "out").iterdir():
        content = path.read_bytes()
        assert b"Zofia" not in content
        assert b"SQLite format" not in content
        assert b"CREATE TABLE" not in content


def test_it_is_refused_without_the_passphrase_or_over_something(vault: Vault, tmp_path: Path) -> None:
    vault.close()
    with pytest.raises(WrongPassphrase):
        rescue(vault.folder, "VLO 17", "not the passphrase", tmp_path / "out")
    with pytest.raises(PlaceTaken):
        rescue(vault.folder, "VLO 17", PASSPHRASE, vault.folder)
    path = vault.folder / read_header(vault.folder).store_name
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(NothingLeft):
        rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "out")
    assert not (tmp_path / "out").exists()


# The list of tables, or what leads to a table, is lost


def blank(path: Path, page: int, start: int = 0, end: int = 4096) -> None:
    """What a disk gives back for a sector it lost."""
    with open(path, "r+b") as file:
        file.seek((page - 1) * 4096 + start)
        file.write(bytes(end - start))


def list_pages(vault: Vault) -> list[int]:
    """Page 1 and every other page of the list of tables."""
    subject = vault.subject()
    pages = Pages(read_pages(subject.path, subject.key).content)
    return [1, *pages.leaves(1, set())]


def everything_is_back(out: Path, ids: list[UUID], before: Counts, clock: StandingClock) -> None:
    again = Vault.open(out, "VLO 17", PASSPHRASE, clock=clock)
    found = verify(again)
    assert found.findings == []
    assert (found.counts.rows, found.counts.seals_opened, found.counts.entries) == (before.rows, before.seals_opened, before.entries)
    assert all(notes(again, one) == ["she asked for the same worker"] for one in ids)
    make_case(again, "After")
    assert verify(again).holds
    again.close()


@pytest.mark.parametrize(
    ("damage", "is_proved", "is_listed"),
    [
        (lambda path: flip_byte(path, 1, 2000), True, False),
        (lambda path: flip_byte(path, 1, 3), True, True),  # one byte of the salt: found again
        (lambda path: blank(path, 1, 0, 16), False, True),
        (lambda path: blank(path, 1, 0, 512), False, False),
        (lambda path: blank(path, 1), False, False),
    ],
    ids=["a byte of page 1", "a byte of the salt", "the salt", "the first sector", "page 1"],
)
def test_page_one_is_not_needed(
    vault: Vault, cases: Callable[[int], list[UUID]], tmp_path: Path, clock: StandingClock, damage: Callable[[Path], None], is_proved: bool, is_listed: bool
) -> None:
    ids = cases(12)
    before, path = verify(vault).counts, vault.subject().path
    vault.close()
    damage(path)
    done = rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "out")
    assert (done.is_proved, done.is_listed) == (is_proved, is_listed)
    assert done.pages_lost == ([] if is_listed else [1])
    assert done.unplaced == 0
    everything_is_back(tmp_path / "out", ids, before, clock)


def test_the_whole_list_of_tables_is_not_needed(vault: Vault, cases: Callable[[int], list[UUID]], tmp_path: Path, clock: StandingClock) -> None:
    ids = cases(12)
    before, path, lost = verify(vault).counts, vault.subject().path, list_pages(vault)
    assert len(lost) > 3
    vault.close()
    for page in lost:
        blank(path, page)
    done = rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "out")
    assert done.pages_lost == lost if lost == sorted(lost) else set(done.pages_lost) == set(lost)
    assert done.loose["sealed"] == done.saved["sealed"] > 0
    everything_is_back(tmp_path / "out", ids, before, clock)


@pytest.mark.parametrize("table", ["sealed", "audit_row"])
def test_what_leads_to_a_tables_rows_is_not_needed(vault: Vault, cases: Callable[[int], list[UUID]], tmp_path: Path, clock: StandingClock, table: str) -> None:
    ids = cases(30)
    before, path = verify(vault).counts, vault.subject().path
    with raw(vault) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    assert len(pages_of(vault, table)) > 1
    vault.close()
    flip_byte(path, root)
    done = rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "out")
    assert done.pages_lost == [root]
    assert done.loose[table] == done.saved[table] > 0
    everything_is_back(tmp_path / "out", ids, before, clock)


def test_what_was_erased_does_not_come_back(vault: Vault, cases: Callable[[int], list[UUID]], tmp_path: Path, clock: StandingClock) -> None:
    ids = cases(20)
    for one in ids[:15]:
        erase_case(vault, one, reason="REQUESTED")
    before, path, lost = verify(vault).counts, vault.subject().path, list_pages(vault)
    vault.close()
    for page in lost:
        blank(path, page)
    rescue(vault.folder, "VLO 17", PASSPHRASE, tmp_path / "out")
    everything_is_back(tmp_path / "out", ids[15:], before, clock)


def test_a_vault_of_an_earlier_revision_is_rescued_as_that(tmp_path: Path, clock: StandingClock) -> None:
    folder = vault_at_0001(tmp_path / "older")
    blank(folder / "store-1.db", 1)
    done = rescue(folder, "VLO 17", PASSPHRASE, tmp_path / "out")
    assert "office_identity" not in done.saved
    again = Vault.open(tmp_path / "out", "VLO 17", PASSPHRASE, clock=clock)
    assert notes(again, CASE_AT_0001) == ["she asked for the same worker"]
    assert verify(again).findings == []
    again.close()
