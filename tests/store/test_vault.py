"""Making and opening a vault, also on the days when its folder, disk or neighbours are not as they should be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event, func, select

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.conftest import make_case
from tests.store.raw import flip_byte, raw
from tests.store.test_backup import notes
from victimcare.casework.cases import Case
from victimcare.casework.workers import Worker
from victimcare.store.engine import place
from victimcare.store.errors import HeaderDamaged, NetworkShare, NoVault, PassphraseTooShort, PlaceTaken, StoreDamaged, WrongPassphrase
from victimcare.store.header import read_header, write_header
from victimcare.store.vault import Vault
from victimcare.store.verify import verify


def opened(vault: Vault, clock: StandingClock) -> Vault:
    return Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)


def test_what_was_written_is_there_after_closing_and_opening(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    vault.close()
    assert sorted(path.name for path in vault.folder.iterdir() if path.suffix != ".lock") == ["header.json", "store-1.db"]
    again = opened(vault, clock)
    assert again.name == "MSKU casework"
    assert again.member.name == "VLO 17"
    assert notes(again, case_id) == ["she asked for the same worker"]
    again.close()


def test_nothing_readable_lies_in_the_folder(vault: Vault) -> None:
    make_case(vault, "Zofia-Unmistakable", "a note that is nowhere else")
    for path in vault.folder.iterdir():
        content = path.read_bytes()
        for said in ("Zofia", "nowhere else", "SQLite format", "VLO 17", "CREATE TABLE"):
            assert said.encode() not in content
            assert said.encode("utf-16-le") not in content


def test_a_vault_is_not_made_over_something_or_with_a_short_passphrase(tmp_path: Path, clock: StandingClock) -> None:
    (tmp_path / "letter.odt").touch()
    with pytest.raises(PlaceTaken):
        Vault.create(tmp_path, name="x", user="VLO 17", passphrase=PASSPHRASE, clock=clock)
    with pytest.raises(PassphraseTooShort):
        Vault.create(tmp_path / "new", name="x", user="VLO 17", passphrase="elevenchars", clock=clock)
    assert not (tmp_path / "new").exists()
    with pytest.raises(NoVault):
        Vault.open(tmp_path, "VLO 17", PASSPHRASE, clock=clock)


def test_a_header_of_another_vault_does_not_open_this_one(vault: Vault, new_vault, clock: StandingClock) -> None:  # type: ignore[no-untyped-def]
    other = new_vault()
    write_header(vault.folder, read_header(other.folder))
    vault.close()
    with pytest.raises(StoreDamaged):
        opened(vault, clock)


@pytest.mark.parametrize("damage", ["first page", "half", "empty", "missing", "text"])
def test_a_damaged_database_is_told_in_its_own_words(vault: Vault, clock: StandingClock, damage: str) -> None:
    path = vault.subject().path
    vault.close()
    content = path.read_bytes()
    if damage == "first page":
        flip_byte(path, 1)
    elif damage == "missing":
        path.unlink()
    else:
        path.write_bytes({"half": content[: len(content) // 2], "empty": b"", "text": b"not a database at all " * 1000}[damage])
    with pytest.raises(StoreDamaged, match="rescue"):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.folder, "VLO 17", "not the passphrase", clock=clock)


def test_a_page_damaged_under_an_open_vault_is_told_and_nothing_is_written_over_it(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    with raw(vault) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'note'").fetchone()
    path = vault.subject().path
    vault.close()
    flip_byte(path, page)
    again = opened(vault, clock)
    with pytest.raises(StoreDamaged):
        notes(again, case_id)
    again.close()


def test_a_network_share_is_refused_to_make_open_and_restore(vault: Vault, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    # No share is mounted in a test: what the system would say of one.
    monkeypatch.setattr(place, "filesystem_of", lambda _: "cifs")
    with pytest.raises(NetworkShare):
        opened(vault, clock)
    with pytest.raises(NetworkShare):
        Vault.create(vault.folder.parent / "new", name="x", user="VLO 17", passphrase=PASSPHRASE, clock=clock)


def test_the_filesystem_of_a_place_is_told() -> None:
    if Path("/proc/self/mounts").exists():
        assert place.filesystem_of(Path("/proc/self")) == "proc"


_AS_NOBODY = """
import os, sys
from pathlib import Path
from datetime import date
import victimcare.records
from victimcare.store import kdf
kdf.FLOOR = kdf.KdfCost(1, 1, 64)
from sqlalchemy import select
from victimcare.casework.cases import Case
from victimcare.store.errors import ReadOnlyVault
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
# Only now: the interpreter's own files may be closed to others.
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
vault = Vault.open(Path(sys.argv[1]), "VLO 17", sys.argv[2])
with vault.reading() as session:
    print("facts", len(session.scalars(select(Case.reference)).all()))
for reading in (Reading.names(), None):
    try:
        if reading:
            with vault.reading(reading): pass
        else:
            with vault.transaction(): pass
    except ReadOnlyVault as refused:
        print(refused.code)
vault.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_read_only_folder_gives_coded_facts_and_no_text(vault: Vault, case_id: UUID, tmp_path: Path) -> None:
    vault.close()
    for lock in vault.folder.glob("*.lock"):
        lock.unlink()
    before = {path.name: path.read_bytes() for path in vault.folder.iterdir()}
    for path in (tmp_path, *tmp_path.parents):
        if path.is_relative_to(tmp_path.parents[2]) and path.stat().st_uid == os.getuid():
            path.chmod(0o755)
    for path in vault.folder.iterdir():
        path.chmod(0o444)
    vault.folder.chmod(0o555)
    try:
        done = subprocess.run([sys.executable, "-c", _AS_NOBODY, str(vault.folder), PASSPHRASE], capture_output=True, text=True, check=False)
    finally:
        vault.folder.chmod(0o755)
    assert (done.stdout.split("\n")[:3], done.returncode) == (["facts 1", "read_only_vault", "read_only_vault"], 0), done.stderr
    assert {path.name: path.read_bytes() for path in vault.folder.iterdir()} == before


def test_two_windows_both_write_and_see_each_other(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    other = opened(vault, clock)
    assert other.presence.others()
    _, known = vault.others_changed(None)
    made = make_case(other, "From the other window")
    changed, known = vault.others_changed(known)
    assert changed
    assert vault.others_changed(known) == (False, known)
    make_case(vault, "From this window")
    assert vault.others_changed(known) == (False, known)
    with vault.reading() as session:
        assert session.get(Case, made) is not None
        assert len(session.scalars(select(Case.id)).all()) == 3
    other.close()
    assert not vault.presence.others()
    assert verify(vault).holds


def test_a_closed_vault_holds_no_key(vault: Vault, case_id: UUID) -> None:
    key = vault.subject().key
    assert vault.keyring.holds_casework
    vault.close()
    assert not vault.keyring.holds_casework
    assert vault.subject().key != key


def test_listeners_hear_which_tables_were_written_and_only_after_commit(vault: Vault) -> None:
    heard: list[set[str]] = []
    vault.changed.append(heard.append)
    make_case(vault)
    assert len(heard) == 1
    assert {"case", "note", "identity"} <= heard[0]
    with pytest.raises(ZeroDivisionError), vault.transaction():
        raise ZeroDivisionError
    assert len(heard) == 1


def test_a_header_that_lets_in_a_stranger_is_refused_even_with_a_good_seal(vault: Vault, clock: StandingClock) -> None:
    from dataclasses import replace

    from victimcare.store.ids import new_id

    slot = replace(vault.header.slots[0], member=new_id(), lookup=b"x" * 32)
    write_header(vault.folder, vault.sealed_header(replace(vault.header, slots=(*vault.header.slots, slot))))
    with pytest.raises(HeaderDamaged, match="not a member"):
        opened(vault, clock)


def test_a_vault_whose_making_was_stopped_is_made_again_in_the_same_place(
    new_vault: Callable[..., Vault], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_power(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("victimcare.store.signing_in.make_slot", no_power)
        with pytest.raises(KeyboardInterrupt):
            new_vault(tmp_path / "v")
    assert any((tmp_path / "v").glob("store-1.db"))
    assert verify(new_vault(tmp_path / "v")).holds


def test_a_vault_that_lost_its_header_is_never_made_anew(new_vault: Callable[..., Vault], tmp_path: Path) -> None:
    new_vault(tmp_path / "v").close()
    (tmp_path / "v" / "header.json").unlink()
    for path in (tmp_path / "v").glob("*.lock"):
        path.unlink()
    before = (tmp_path / "v" / "store-1.db").read_bytes()
    with pytest.raises(PlaceTaken):
        new_vault(tmp_path / "v")
    assert (tmp_path / "v" / "store-1.db").read_bytes() == before


def test_pages_are_let_go_of_while_others_read_and_nobody_waits(vault: Vault) -> None:
    """As after everybody's names were read: what readers kept decrypted leaves memory, and reading goes on."""
    sent: list[str] = []
    event.listen(vault.store.readers, "before_cursor_execute", lambda *told: sent.append(told[2]))
    with vault.reading() as first, vault.reading() as second:
        before = first.scalar(select(func.count()).select_from(Worker)), second.scalar(select(func.count()).select_from(Worker))
        vault.store.forget_pages()
        assert sent.count("PRAGMA shrink_memory") == 0  # the third was never opened, the others are in use
        assert first.scalar(select(func.count()).select_from(Worker)) == before[0]
    vault.store.forget_pages()
    assert sent.count("PRAGMA shrink_memory") == 2
    with vault.reading() as session:
        assert session.scalar(select(func.count()).select_from(Worker)) == before[1]
