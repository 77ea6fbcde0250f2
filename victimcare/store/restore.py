"""Restoring a backup: to a new place as it is, or into a vault as its next epoch; what is there now is kept aside.

Cases that were erased since are erased again before anybody can open the restored store.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from victimcare.refused import Refused
from victimcare.store.backup import BackupDamaged, OpenedBackup, opened_backup
from victimcare.store.clock import Clock, system_clock
from victimcare.store.engine.place import Presence, refuse_network_share
from victimcare.store.engine.sqlcipher import SqlcipherStore
from victimcare.store.engine.whole import export, remove_store
from victimcare.store.erase import KIND, NoSuchCase, erase_rows
from victimcare.store.errors import HeaderDamaged, NewerVault, NoKey, PlaceNotWritable, PlaceTaken, WrongPassphrase
from victimcare.store.finding import Verification
from victimcare.store.header import FILE_NAME, INVITATION, Header, file_key_info, open_slot, read_header, write_header
from victimcare.store.keyring import Keyring
from victimcare.store.members import Membership
from victimcare.store.rotation import next_epoch
from victimcare.store.schema import bring_up_to_date, is_older
from victimcare.store.session import VaultSession
from victimcare.store.tables import Erased
from victimcare.store.vault import Vault
from victimcare.store.verify import Progress, Subject, check_pages, check_store
from victimcare.store.wrap import PersonKeys, new_key

AGAIN = "RESTORED"


class AnotherVault(Refused):
    """The backup belongs to another vault than the one in the folder."""

    def __init__(self) -> None:
        super().__init__("This backup is of another vault than the one in that folder.", "Restore it to a new folder.")


class BackupUnsound(Refused):
    """The backup opens, but not everything in it verifies. `verification` says what."""

    def __init__(self, verification: Verification) -> None:
        super().__init__(
            f"Not everything in this backup verifies ({len(verification.findings)} findings). Nothing was changed.",
            "Try an older backup; `victimcare rescue` saves what can still be read.",
        )
        self.verification = verification


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. `kept`: the folder with what was there before; `erased`: how many cases were erased again."""

    folder: Path
    verification: Verification
    kept: Path | None
    erased: int


@dataclass(frozen=True, repr=False)
class _Person:
    """Who restores, as both headers know them. `current`: the folder's own header, once proved by the same person."""

    member: UUID
    keys: PersonKeys
    founding: bytes
    file_key: bytes
    current: Header | None


def restore(file: Path, folder: Path, user: str, passphrase: str, *, clock: Clock = system_clock, progress: Progress | None = None) -> Restored:
    """Restore `file` into `folder`, new or a vault. The passphrase is that of the backup's day, or today's.

    Raises BackupDamaged, BackupUnsound, AnotherVault, WrongPassphrase, OpenElsewhere, PlaceTaken, DiskFull, NetworkShare.
    """
    refuse_network_share(folder)
    with opened_backup(file) as found:
        standing = _standing(folder)
        if standing is not None and standing.vault != found.header.vault:
            raise AnotherVault
        person = _person(found.header, standing, user, passphrase)
        if not found.is_signed_with(person.file_key):
            raise BackupDamaged("its manifest was altered")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise PlaceNotWritable from None
        with Presence(folder).alone("restoring a backup"):
            done = _restored(found, folder, standing, person, clock, progress)
    vault = Vault.open(folder, user, passphrase, clock=clock)
    vault.sign_for("backup restored")
    vault.close()
    return done


def _standing(folder: Path) -> Header | None:
    """The header that is there; None where there is none, or none that can be read. Raises PlaceTaken for anything else in the folder."""
    if (folder / FILE_NAME).exists():
        try:
            return read_header(folder)
        except (HeaderDamaged, NewerVault):
            return None
    # What an interrupted restore left is no hindrance.
    ours = ("*.tmp", "*.lock", "store-*.db", "store-*.db-*", "before-restore-*")
    if folder.exists() and any(not any(path.match(pattern) for pattern in ours) for path in folder.iterdir()):
        raise PlaceTaken
    return None


def _person(of_backup: Header, standing: Header | None, user: str, passphrase: str) -> _Person:
    current = None
    if standing is not None:
        try:
            slot, keys, founding, _ = open_slot(standing, user, passphrase)
            current = standing if slot.kind != INVITATION else None
        except (WrongPassphrase, HeaderDamaged):
            current = None
    if current is not None:
        then = next((one for one in of_backup.slots if one.member == slot.member), None)
        try:
            # The passphrase may have changed since; the person's keys have not.
            key = keys.unwrap(then.file_key, file_key_info(of_backup.vault, slot.member, of_backup.epoch)) if then else b""
        except NoKey:
            key = b""
        if key and of_backup.is_sealed_with(key):
            return _Person(slot.member, keys, founding, key, current)
    slot, keys, founding, key = open_slot(of_backup, user, passphrase)
    if slot.kind == INVITATION:
        raise WrongPassphrase
    return _Person(slot.member, keys, founding, key, None)


def _restored(found: OpenedBackup, folder: Path, standing: Header | None, person: _Person, clock: Clock, progress: Progress | None) -> Restored:
    there = (folder / FILE_NAME).exists()
    epoch = max(found.header.epoch, standing.epoch if standing else 0, *_epochs(folder)) + 1
    work, target, key = folder / "restore.db.tmp", folder / f"store-{epoch}.db", new_key()
    with _removed_after(work):
        found.write_store(work)
        with _open(work, person.file_key) as store:
            keyring, chain = _keyring(store, found.header.vault, person)
            subject = Subject(work, person.file_key, found.header, person.founding, keyring)
            if is_older(store):
                _bring_up_to_date(store, subject)
        checked = check_store(subject, progress)
        if any(one.kind == "page" or one.kind == "member" for one in checked.findings):
            raise BackupUnsound(checked)
        header = _header(found.header, standing, person, chain)
        kept = _kept_aside(folder, epoch) if there else None
        export(work, person.file_key, target, key, then=lambda: None)
        erased = _erase_again(target, key, header, keyring, chain, person, clock)
        write_header(folder, next_epoch(header, chain, key, epoch=epoch))
    for path in folder.glob("store-*.db"):
        if path != target:
            remove_store(path)
    return Restored(folder, checked, kept, erased)


def _bring_up_to_date(store: SqlcipherStore, subject: Subject) -> None:
    """The checks know the tables of today alone, so a copy of an older backup gets them first. Raises BackupUnsound, StoreDamaged."""
    checked = check_pages(subject)
    if not checked.holds:
        raise BackupUnsound(checked)
    bring_up_to_date(store)


def _epochs(folder: Path) -> list[int]:
    numbers = [path.stem.removeprefix("store-") for path in folder.glob("store-*.db")]
    return [0, *(int(one) for one in numbers if one.isdigit())]


def _header(of_backup: Header, standing: Header | None, person: _Person, chain: Membership) -> Header:
    """Whose ways in hold from now on: today's, of those the backup knows under the same keys; without a proved header, the backup's."""
    erased = tuple(sorted({*of_backup.erased, *(standing.erased if standing else ())}))
    if person.current is None:
        return replace(of_backup, erased=erased)
    now = {slot.member: slot for slot in person.current.slots if slot.kind != INVITATION}
    then = {slot.member for slot in of_backup.slots}
    slots = tuple(slot for member, slot in now.items() if member in then and member in chain.members)
    return replace(of_backup, slots=slots, erased=erased)


@contextmanager
def _open(path: Path, key: bytes) -> Iterator[SqlcipherStore]:
    store = SqlcipherStore(path, key)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _removed_after(work: Path) -> Iterator[None]:
    try:
        yield
    finally:
        remove_store(work)


def _keyring(store: SqlcipherStore, vault: UUID, person: _Person) -> tuple[Keyring, Membership]:
    keyring = Keyring(vault, person.member, person.keys)
    keyring.founding = person.founding
    with store.readers.connect() as connection:
        chain = Membership.load(connection)
        keyring.load_groups(connection)
    if chain.founding != person.founding:
        raise BackupDamaged("its membership does not begin where yours did")
    return keyring, chain


def _kept_aside(folder: Path, epoch: int) -> Path:
    """What is in the folder now, linked or copied beside: nobody has it open, and a restore never stands over the only copy."""
    aside = folder / f"before-restore-{epoch}"
    aside.mkdir(exist_ok=True)
    for path in (folder / FILE_NAME, *folder.glob("store-*.db"), *folder.glob("store-*.db-wal")):
        try:
            os.link(path, aside / path.name)
        except FileExistsError:
            continue
        except OSError:
            shutil.copy2(path, aside / path.name)
    return aside


def _erase_again(path: Path, key: bytes, header: Header, keyring: Keyring, chain: Membership, person: _Person, clock: Clock) -> int:
    count = 0
    with _open(path, key) as store:
        member = chain.members[person.member]
        for case_id in header.erased:
            with VaultSession(store.writer, vault=header.vault, keyring=keyring, member=member, now=clock(), reading=None, writes=True) as session:
                if session.scalar(select(Erased.case_id).where(Erased.case_id == case_id)):
                    continue
                try:
                    erase_rows(session, case_id, AGAIN)
                except NoSuchCase:
                    continue
                session.finish(KIND, case_id)
                count += 1
        store.checkpoint()
    return count
