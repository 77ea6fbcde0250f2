"""New keys for a vault: who can still open what, and that a kill at any moment leaves exactly one whole state."""

from __future__ import annotations

import contextlib
import random
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.conftest import make_case
from tests.store.test_backup import notes
from tests.store.test_people import ADMINISTRATOR, ANALYST, CASEWORKER, OWN, joined
from victimcare.store import people
from victimcare.store.engine.sqlcipher import connect
from victimcare.store.errors import InvitationFound, NotAllowed, OpenElsewhere, StoreDamaged, WrongPassphrase
from victimcare.store.header import file_key_info, read_header, recovery_holder
from victimcare.store.recovering import recover, recovery_drill
from victimcare.store.recovery import secret_of
from victimcare.store.rotation import renew_casework_key, rotate_file_key
from victimcare.store.tables import GroupKey, KeyGrant
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.store.wrap import PersonKeys


def test_a_new_file_key_opens_everything_for_those_who_are_in(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    joined(vault, "VLO 23", CASEWORKER, clock).close()
    code = people.invite(vault, "VLO 31", CASEWORKER)
    old_path, old_key = vault.subject().path, vault.subject().key
    rotate_file_key(vault)
    assert vault.subject().key != old_key
    assert not old_path.exists()
    assert notes(vault, case_id) == ["she asked for the same worker"]
    with pytest.raises(StoreDamaged):
        connect(vault.subject().path, old_key)
    make_case(vault, "After")
    assert verify(vault).holds
    vault.close()
    with pytest.raises(InvitationFound):
        Vault.open(vault.folder, "VLO 31", code, clock=clock)
    for user, passphrase in (("VLO 17", PASSPHRASE), ("VLO 23", OWN)):
        again = Vault.open(vault.folder, user, passphrase, clock=clock)
        with again.reading() as session:
            assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        again.close()


def test_recovery_still_opens_after_both_keys_changed(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    shares = vault.test_shares[:2]  # type: ignore[attr-defined]
    rotate_file_key(vault)
    assert renew_casework_key(vault) >= 2
    recovery_drill(vault, shares)
    header = read_header(vault.folder)
    keys = PersonKeys.from_recovery(secret_of(shares))
    info = file_key_info(header.vault, recovery_holder(header.vault), header.epoch)
    assert keys.unwrap(header.recovery_file_key, info) == vault.subject().key
    vault.close()
    again, _ = recover(vault.folder, shares, user="VLO 99", passphrase=OWN, clock=clock)
    assert notes(again, case_id) == ["she asked for the same worker"]
    again.close()


def test_a_removed_user_opens_nothing_written_after(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    leaver = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, leaver.member.id)
    leaver.refresh_membership()
    groups = dict(leaver.keyring.groups)
    leaver.close()
    people.remove(vault, leaver.member.id)
    rotate_file_key(vault)
    renew_casework_key(vault)
    assert not groups.keys() & vault.keyring.groups.keys()
    with vault.reading() as session:
        connection = session.connection()
        assert connection.scalar(select(func.count()).select_from(GroupKey)) == 1
        assert set(connection.scalars(select(KeyGrant.holder).distinct())) == set(vault.keyring.groups)
    assert notes(vault, case_id) == ["she asked for the same worker"]
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.folder, "VLO 23", OWN, clock=clock)
    assert verify(vault).holds
    vault.close()
    again = Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    assert notes(again, case_id) == ["she asked for the same worker"]
    again.close()


def test_keys_change_only_when_the_vault_is_alone(vault: Vault, clock: StandingClock) -> None:
    assert not vault.presence.others()
    second = Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    assert vault.presence.others()
    assert second.presence.others()
    with pytest.raises(OpenElsewhere, match="changing the file key"):
        rotate_file_key(vault)
    with pytest.raises(OpenElsewhere):
        renew_casework_key(vault)
    second.close()
    rotate_file_key(vault)


def test_who_reads_no_cases_cannot_renew_the_casework_key(vault: Vault, clock: StandingClock) -> None:
    for name, roles in (("Analyst 2", ANALYST), ("Admin 3", ADMINISTRATOR)):
        other = joined(vault, name, roles, clock)
        with pytest.raises(NotAllowed):
            renew_casework_key(other)
        other.close()


def test_leftovers_go_at_the_next_opening_and_only_when_alone(vault: Vault, clock: StandingClock) -> None:
    left = [vault.folder / name for name in ("store-9.db", "store-9.db-wal", "header.json.tmp", "restore.db.tmp")]
    for path in left:
        path.touch()
    Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock).close()
    assert all(path.exists() for path in left)
    vault.close()
    Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock).close()
    assert not any(path.exists() for path in left)


_DOOMED = """
import os, signal, sys
from pathlib import Path
import victimcare.records
from victimcare.store import kdf
kdf.FLOOR = kdf.KdfCost(1, 1, 64)
from victimcare.store import header, rotation, vault as vaults
from victimcare.store.engine import whole
folder, step = Path(sys.argv[1]), int(sys.argv[2])
done = 0
def counted(real):
    def call(*args, **kwargs):
        global done
        done += 1
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)
    return call
vault = vaults.Vault.open(folder, "VLO 17", sys.argv[3])
print("open", flush=True)
os.fsync, os.replace = counted(os.fsync), counted(os.replace)
Path.unlink = counted(Path.unlink)
whole._export, whole._same_content = counted(whole._export), counted(whole._same_content)
rotation.next_epoch, vaults.remove_store = counted(rotation.next_epoch), counted(vaults.remove_store)
for _ in range(3 if step == 0 else 1):
    rotation.rotate_file_key(vault)
vault.close()
print("done", done, flush=True)
"""


def doomed(folder: Path, step: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", _DOOMED, str(folder), str(step), PASSPHRASE], stdout=subprocess.PIPE, text=True)


def one_whole_state(folder: Path, case_id: UUID) -> None:
    again = Vault.open(folder, "VLO 17", PASSPHRASE)
    assert notes(again, case_id) == ["she asked for the same worker"]
    assert verify(again).holds
    assert [path.name for path in folder.glob("store-*.db")] == [read_header(folder).store_name]
    assert not list(folder.glob("*.tmp"))
    again.close()


def test_a_kill_at_every_step_of_a_rotation_loses_nothing(vault: Vault, case_id: UUID) -> None:
    vault.close()
    for step in range(1, 40):
        process = doomed(vault.folder, step)
        said = process.communicate()[0]
        one_whole_state(vault.folder, case_id)
        if process.returncode != -signal.SIGKILL:
            assert said.startswith("open\ndone")
            assert step > 8
            return
    pytest.fail("the rotation never ended")


def test_kills_at_random_moments_of_rotations_lose_nothing(vault: Vault, case_id: UUID) -> None:
    vault.close()
    chance = random.Random(20261124)
    for _ in range(6):
        process = doomed(vault.folder, 0)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=chance.uniform(0, 0.4))
        process.kill()
        process.wait()
        process.stdout.close()
        one_whole_state(vault.folder, case_id)
