"""Backups: one file `NAME.vcbackup`, a plain tar of `manifest.json`, `header.json` and `store.db` (encrypted as it was).

Verified means: opened again from the finished file, every page, every digest, every seal its maker can open.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import UUID

from sqlalchemy import select

from victimcare.refused import Refused
from victimcare.store.audit import newest_heads
from victimcare.store.engine.sqlcipher import SqlcipherStore
from victimcare.store.engine.whole import room_for, sync_file
from victimcare.store.errors import DiskFull, PlaceNotWritable
from victimcare.store.finding import Verification
from victimcare.store.header import LARGEST, Header, Slot, header_bytes, parse_header, read_header, sync_folder
from victimcare.store.members import Membership
from victimcare.store.tables import AuditEntry
from victimcare.store.verify import Progress, Subject, check_store
from victimcare.store.wrap import derive

if TYPE_CHECKING:
    from victimcare.store.session import VaultSession
    from victimcare.store.vault import Vault

FORMAT = 1
VERIFIED = "backup verified"
_MANIFEST, _HEADER, _STORE = "manifest.json", "header.json", "store.db"
_BLOCK = 1024 * 1024
# Who is let in is told apart from what is in it: a backup of a vault with an unused invitation is a good backup.
_NOT_OF_CONTENT = {"header", "grant", "right"}


class BackupDamaged(Refused):
    """The file is not a backup, or not as it was written."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This backup cannot be used: {what}.", "Try an older backup. Nothing was changed.")


class InsideVault(Refused):
    """The backup would lie in the vault it is a copy of, or in the place of one of its files."""

    def __init__(self) -> None:
        super().__init__("A backup in the vault's own folder would be lost with it.", "Choose a folder outside the vault, best on another disk.")


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup. `is_verified`: nothing was wrong with its content."""

    path: Path
    made_at: datetime
    verification: Verification

    @property
    def is_verified(self) -> bool:
        return all(one.kind in _NOT_OF_CONTENT for one in self.verification.findings)


@dataclass(frozen=True, slots=True)
class Opener:
    """Somebody whose passphrase of that day opens a backup. `name`: "" where no open vault tells it."""

    member: UUID
    name: str
    is_invitation: bool


def backup(vault: Vault, target: Path, progress: Progress | None = None) -> Backup:
    """Write a backup to `target` (replaced only by the finished one), open it again and check it; the audit says when one verified.

    Raises InsideVault, DiskFull, StoreDamaged when a page cannot be read, PlaceNotWritable when `target` cannot be written.
    """
    _refuse_inside(vault, target)
    subject = replace(vault.subject(), header=read_header(vault.folder))
    made_at = vault.clock()
    verification = write_backup(vault.store, subject, target, made_at, lambda copy: check_store(copy, progress))
    made = Backup(target, made_at, verification)
    if made.is_verified and not vault.store.is_read_only:
        vault.sign_for(VERIFIED)
    return made


def write_backup(store: SqlcipherStore, subject: Subject, target: Path, made_at: datetime, check: Callable[[Subject], Verification]) -> Verification:
    """Pack `store` to `target` and `check` what can be read from the finished file. Raises DiskFull, StoreDamaged, PlaceNotWritable."""
    beside, copy = target.with_name(target.name + ".tmp"), target.with_name(target.name + ".db.tmp")
    try:
        beside.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)
        room_for(target.parent, 2 * subject.path.stat().st_size)
        store.copy_to(copy)
        header = header_bytes(subject.header)
        _write(beside, _manifest(subject, made_at, _heads(store), header, copy), header, copy, made_at)
        copy.unlink()
        verification = _checked(beside, copy, subject, check)
        os.replace(beside, target)
        sync_folder(target.parent)
    except OSError as wrong:
        raise (DiskFull() if wrong.errno == errno.ENOSPC else PlaceNotWritable()) from None
    finally:
        for left in (beside, copy):
            left.unlink(missing_ok=True)
    return verification


def last_backup(session: VaultSession) -> datetime | None:
    """When the newest verified backup was made; None when there never was one."""
    newest = select(AuditEntry.at).where(AuditEntry.kind == VERIFIED).order_by(AuditEntry.id.desc()).limit(1)
    return session.scalar(newest)


def who_can_open(file: Path, membership: Membership | None = None) -> tuple[Opener, ...]:
    """Whose passphrase of that day opens the backup; `membership` (of an open vault) tells their names. Raises BackupDamaged."""
    with opened_backup(file) as found:
        return tuple(_opener(slot, membership) for slot in found.header.slots)


def _opener(slot: Slot, membership: Membership | None) -> Opener:
    member = membership.members.get(slot.member) if membership else None
    return Opener(slot.member, member.name if member else "", slot.kind != "user")


@dataclass(frozen=True, repr=False)
class OpenedBackup:
    """A backup file taken apart: its manifest, header, and where its store begins and how long it is."""

    manifest: dict[str, Any]
    header: Header
    _file: BinaryIO
    _offset: int
    size: int

    def is_signed_with(self, file_key: bytes) -> bool:
        """Whether the manifest is what a holder of `file_key` wrote."""
        return hmac.compare_digest(str(self.manifest.get("mac", "")), _mac(self.manifest, file_key))

    def write_store(self, target: Path) -> None:
        """Copy the store out, checked against the manifest. Raises BackupDamaged, DiskFull."""
        room_for(target.parent, self.size)
        whole = hashlib.sha256()
        self._file.seek(self._offset)
        with open(target, "wb") as out:
            left = self.size
            while left:
                block = self._file.read(min(_BLOCK, left))
                if not block:
                    raise BackupDamaged("it ends too early")
                whole.update(block)
                out.write(block)
                left -= len(block)
        if whole.hexdigest() != self.manifest["files"][_STORE]:
            raise BackupDamaged("its store is not what was written")
        sync_file(target)


@contextmanager
def opened_backup(file: Path) -> Iterator[OpenedBackup]:
    """Take a backup apart, strictly: three plain files of these names in this order, nothing else. Raises BackupDamaged."""
    with ExitStack() as stack:
        try:
            handle = stack.enter_context(open(file, "rb"))
            found = _parsed(handle)
        except OSError:
            raise BackupDamaged("the file cannot be read") from None
        except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BackupDamaged("it is not a backup of victimcare") from None
        yield found


def _refuse_inside(vault: Vault, target: Path) -> None:
    """Links are followed, and folders compared as the disk knows them, not as they are written."""
    try:
        place = target.resolve()
        inside = any(one.exists() and one.samefile(vault.folder) for one in place.parents)
        taken = place.exists() and any(place.samefile(part) for part in vault.folder.iterdir() if part.is_file())
    except (OSError, RuntimeError):
        raise PlaceNotWritable from None
    if inside or taken:
        raise InsideVault


def _parsed(handle: BinaryIO) -> OpenedBackup:
    limits = {_MANIFEST: LARGEST, _HEADER: LARGEST, _STORE: os.fstat(handle.fileno()).st_size}
    with tarfile.open(fileobj=handle, mode="r:") as tar:
        parts: dict[str, tarfile.TarInfo] = {}
        for name in limits:
            part = tar.next()
            if part is None or part.name != name or part.type != tarfile.REGTYPE or part.size > limits[name]:
                raise BackupDamaged("its parts are not those of a backup")
            parts[name] = part
        if tar.next() is not None:
            raise BackupDamaged("it holds more than a backup does")
        texts = {name: _text(handle, parts[name]) for name in (_MANIFEST, _HEADER)}
    manifest = json.loads(texts[_MANIFEST])
    if manifest["format"] != FORMAT or hashlib.sha256(texts[_HEADER]).hexdigest() != manifest["files"][_HEADER]:
        raise BackupDamaged("its header is not what was written, or it was made by a newer version")
    store = parts[_STORE]
    return OpenedBackup(manifest, parse_header(texts[_HEADER]), handle, store.offset_data, store.size)


def _text(handle: BinaryIO, part: tarfile.TarInfo) -> bytes:
    handle.seek(part.offset_data)
    return handle.read(part.size)


def _heads(store: SqlcipherStore) -> list[list[Any]]:
    with store.readers.connect() as connection:
        return sorted([row.author.hex, row.seq, row.hash.hex()] for row in connection.execute(newest_heads()))


def _manifest(subject: Subject, made_at: datetime, heads: list[list[Any]], header: bytes, copy: Path) -> bytes:
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "vault": subject.header.vault.hex,
        "epoch": subject.header.epoch,
        "made_at": made_at.astimezone(UTC).isoformat(),
        "heads": heads,
        "files": {_HEADER: hashlib.sha256(header).hexdigest(), _STORE: _hash_of(copy)},
    }
    manifest["mac"] = _mac(manifest, subject.key)
    return json.dumps(manifest, indent=1).encode()


def _mac(manifest: dict[str, Any], file_key: bytes) -> str:
    told = {name: value for name, value in manifest.items() if name != "mac"}
    return hmac.digest(derive(file_key, "victimcare backup"), json.dumps(told, sort_keys=True).encode(), "sha256").hex()


def _hash_of(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(target: Path, manifest: bytes, header: bytes, store: Path, made_at: datetime) -> None:
    with open(target, "wb") as out:
        with tarfile.open(fileobj=out, mode="w:", format=tarfile.GNU_FORMAT) as tar, open(store, "rb") as content:
            for name, size, source in (
                (_MANIFEST, len(manifest), io.BytesIO(manifest)),
                (_HEADER, len(header), io.BytesIO(header)),
                (_STORE, store.stat().st_size, content),
            ):
                part = tarfile.TarInfo(name)
                part.size, part.mode, part.mtime = size, 0o600, int(made_at.timestamp())
                tar.addfile(part, source)
        out.flush()
        os.fsync(out.fileno())


def _checked(file: Path, work: Path, subject: Subject, check: Callable[[Subject], Verification]) -> Verification:
    with opened_backup(file) as found:
        if not found.is_signed_with(subject.key) or not found.header.is_sealed_with(subject.key):
            raise BackupDamaged("it does not open with the key it was made with")
        found.write_store(work)
    try:
        return check(replace(subject, path=work, header=found.header))
    finally:
        work.unlink()
