"""Backups: what is in the file, that it was checked from the file, and that a hostile one is refused."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.conftest import make_case
from tests.store.raw import flip_byte, raw
from tests.store.test_people import CASEWORKER, OWN, joined
from victimcare.casework.notes import notes_of
from victimcare.store import people
from victimcare.store.backup import BackupDamaged, InsideVault, backup, last_backup, who_can_open
from victimcare.store.erase import erase_case
from victimcare.store.errors import HeaderDamaged, OpenElsewhere, PlaceNotWritable, PlaceTaken, ReadOnlyVault, WrongPassphrase
from victimcare.store.people import change_passphrase
from victimcare.store.reading import Reading
from victimcare.store.restore import AnotherVault, restore
from victimcare.store.vault import Vault
from victimcare.store.verify import verify


def notes(vault: Vault, case_id: UUID) -> list[str]:
    with vault.reading(Reading.case(case_id)) as session:
        return [row.text for row in notes_of(session, case_id)]


def test_a_backup_is_checked_and_its_time_kept(vault: Vault, case_id: UUID, tmp_path: Path, clock: StandingClock) -> None:
    with vault.reading() as session:
        assert last_backup(session) is None
    made = backup(vault, tmp_path / "one.vcbackup")
    assert made.is_verified
    assert made.verification.counts.seals_opened >= 5
    with vault.reading() as session:
        assert last_backup(session) == clock.now
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.vcbackup", "vault"]
    with tarfile.open(made.path) as tar:
        assert tar.getnames() == ["manifest.json", "header.json", "store.db"]
    assert b"Marta" not in made.path.read_bytes()
    assert verify(vault).holds


def test_a_backup_of_an_altered_vault_is_kept_but_not_called_verified(vault: Vault, case_id: UUID, tmp_path: Path) -> None:
    with raw(vault) as connection:
        connection.execute('UPDATE "case" SET risk = ?', ("LOW",))
    made = backup(vault, tmp_path / "one.vcbackup")
    assert not made.is_verified
    assert made.path.exists()
    with vault.reading() as session:
        assert last_backup(session) is None


def test_a_backup_is_never_written_into_the_vault_nor_over_its_files(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.stat().st_size for path in vault.folder.iterdir()}
    (vault.folder / "inner").mkdir()
    (tmp_path / "elsewhere").symlink_to(vault.folder, target_is_directory=True)
    (tmp_path / "a.vcbackup").symlink_to(vault.folder / "header.json")
    (tmp_path / "b.vcbackup").hardlink_to(vault.subject().path)
    monkeypatch.chdir(vault.folder)
    for target in (
        vault.folder / "one.vcbackup", vault.folder / "inner" / "one.vcbackup", vault.folder / "inner" / ".." / "one.vcbackup", vault.folder / "header.json",
        vault.subject().path, tmp_path / "elsewhere" / "one.vcbackup", tmp_path / "a.vcbackup", tmp_path / "b.vcbackup", Path("one.vcbackup"),
    ):  # fmt: skip
        with pytest.raises(InsideVault, match="outside the vault"):
            backup(vault, target)
    (vault.folder / "inner").rmdir()
    assert {path.name: path.stat().st_size for path in vault.folder.iterdir()} == before
    assert verify(vault).holds
    with vault.reading() as session:
        assert last_backup(session) is None


def test_a_link_that_leads_in_a_circle_is_a_place_that_cannot_be_written(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "round")
    with pytest.raises(PlaceNotWritable):
        backup(vault, tmp_path / "round" / "one.vcbackup")


def test_restore_to_a_new_place_gives_everything_back(vault: Vault, case_id: UUID, tmp_path: Path, clock: StandingClock) -> None:
    made = backup(vault, tmp_path / "one.vcbackup")
    with pytest.raises(WrongPassphrase):
        restore(made.path, tmp_path / "new", "VLO 17", "not the passphrase", clock=clock)
    done = restore(made.path, tmp_path / "new", "VLO 17", PASSPHRASE, clock=clock)
    assert done.kept is None
    again = Vault.open(tmp_path / "new", "VLO 17", PASSPHRASE, clock=clock)
    assert notes(again, case_id) == ["she asked for the same worker"]
    assert verify(again).holds
    again.close()
    (tmp_path / "busy").mkdir()
    (tmp_path / "busy" / "letter.odt").touch()
    with pytest.raises(PlaceTaken):
        restore(made.path, tmp_path / "busy", "VLO 17", PASSPHRASE, clock=clock)


def test_restore_into_a_vault_keeps_what_was_there(vault: Vault, case_id: UUID, tmp_path: Path, clock: StandingClock) -> None:
    made = backup(vault, tmp_path / "one.vcbackup")
    later = make_case(vault, "Later")
    with pytest.raises(OpenElsewhere):
        restore(made.path, vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    vault.close()
    done = restore(made.path, vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    again = Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    assert notes(again, later) == []
    assert notes(again, case_id) == ["she asked for the same worker"]
    assert verify(again).holds
    again.close()
    assert done.kept is not None
    before = Vault.open(done.kept, "VLO 17", PASSPHRASE, clock=clock)
    assert notes(before, later) == ["she asked for the same worker"]
    before.close()


def test_restore_with_a_damaged_header_and_store(vault: Vault, case_id: UUID, tmp_path: Path, clock: StandingClock) -> None:
    made = backup(vault, tmp_path / "one.vcbackup")
    path = vault.subject().path
    vault.close()
    (vault.folder / "header.json").write_text("{")
    flip_byte(path, 1)
    with pytest.raises(HeaderDamaged):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    restore(made.path, vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    again = Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    assert notes(again, case_id) == ["she asked for the same worker"]
    again.close()


def test_an_erased_case_does_not_come_back(vault: Vault, case_id: UUID, tmp_path: Path, clock: StandingClock) -> None:
    kept = make_case(vault, "Kept")
    made = backup(vault, tmp_path / "one.vcbackup")
    erase_case(vault, case_id, reason="REQUESTED")
    vault.close()
    done = restore(made.path, vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    assert done.erased == 1
    again = Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    assert notes(again, case_id) == []
    assert notes(again, kept) == ["she asked for the same worker"]
    found = verify(again)
    assert found.holds
    assert found.counts.erased_rows > 5
    again.close()


def test_todays_passphrase_restores_an_older_backup_and_who_left_stays_out(vault: Vault, case_id: UUID, tmp_path: Path, clock: StandingClock) -> None:
    leaver = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, leaver.member.id)
    leaver.close()
    made = backup(vault, tmp_path / "one.vcbackup")
    assert {(one.name, one.is_invitation) for one in who_can_open(made.path, vault.membership)} == {("VLO 17", False), ("VLO 23", False)}
    change_passphrase(vault, PASSPHRASE, "six new words nobody knows")
    people.remove(vault, leaver.member.id)
    vault.close()
    restore(made.path, vault.folder, "VLO 17", "six new words nobody knows", clock=clock)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.folder, "VLO 23", OWN, clock=clock)
    again = Vault.open(vault.folder, "VLO 17", "six new words nobody knows", clock=clock)
    assert notes(again, case_id) == ["she asked for the same worker"]
    again.close()


def test_a_backup_of_another_vault_is_refused(vault: Vault, new_vault: Callable[..., Vault], tmp_path: Path, clock: StandingClock) -> None:
    made = backup(vault, tmp_path / "one.vcbackup")
    other = new_vault()
    other.close()
    with pytest.raises(AnotherVault):
        restore(made.path, other.folder, "VLO 17", PASSPHRASE, clock=clock)


def _tar(path: Path, *parts: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w") as tar:
        for info, content in parts:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def _part(name: str, kind: bytes = tarfile.REGTYPE, to: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info


@pytest.mark.parametrize(
    "parts",
    [
        [("../../evil", tarfile.REGTYPE, b"x")],
        [("manifest.json", tarfile.SYMTYPE, b"")],
        [("manifest.json", tarfile.REGTYPE, b"{}"), ("header.json", tarfile.LNKTYPE, b"")],
        [("manifest.json", tarfile.REGTYPE, b"[" * 100_000), ("header.json", tarfile.REGTYPE, b"{}"), ("store.db", tarfile.REGTYPE, b"")],
        [(name, tarfile.REGTYPE, b"{}") for name in ("manifest.json", "header.json", "store.db", "more")],
        [("manifest.json", tarfile.REGTYPE, b'{"format": 1}'), ("header.json", tarfile.REGTYPE, b"{}"), ("store.db", tarfile.REGTYPE, b"")],
    ],
)
def test_a_hostile_tar_is_refused_and_nothing_written(parts: list[tuple[str, bytes, bytes]], tmp_path: Path, clock: StandingClock) -> None:
    file = _tar(tmp_path / "bad.vcbackup", *((_part(name, kind, "/etc/passwd"), content) for name, kind, content in parts))
    with pytest.raises(BackupDamaged):
        restore(file, tmp_path / "new", "VLO 17", PASSPHRASE, clock=clock)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("where", [0.3, 0.9])
def test_a_backup_with_one_byte_changed_or_cut_short_is_refused(vault: Vault, tmp_path: Path, clock: StandingClock, where: float) -> None:
    made = backup(vault, tmp_path / "one.vcbackup")
    content = bytearray(made.path.read_bytes())
    content[int(len(content) * where)] ^= 1
    (tmp_path / "flipped").write_bytes(content)
    (tmp_path / "short").write_bytes(content[: int(len(content) * where)])
    for name in ("flipped", "short", "absent"):
        with pytest.raises(BackupDamaged):
            restore(tmp_path / name, tmp_path / "new", "VLO 17", PASSPHRASE, clock=clock)


def test_a_target_that_cannot_be_written_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyVault):
        backup(vault, tmp_path / "no such folder" / "one.vcbackup")
    assert not (tmp_path / "no such folder").exists()
