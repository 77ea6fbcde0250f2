"""A vault: a folder with a header and an encrypted store, opened by a user and a passphrase.

`create`, `open`, `join`; then `transaction` to change and `reading` to read. The file key, the folder and epochs stay in here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from victimcare.refused import Refused
from victimcare.store.audit import head_of
from victimcare.store.clock import Clock, day_of, system_clock
from victimcare.store.engine.place import Presence, is_writable, refuse_network_share
from victimcare.store.engine.sqlcipher import SqlcipherStore, told
from victimcare.store.engine.whole import remove_store
from victimcare.store.erase import settle_erased
from victimcare.store.errors import HeaderDamaged, InvitationFound, NoVault, PassphraseTooShort, PlaceTaken, ReadOnlyVault, StoreDamaged
from victimcare.store.header import (
    FILE_NAME,
    Header,
    file_key_info,
    recovery_holder,
)
from victimcare.store.keyring import Keyring
from victimcare.store.members import Member, Membership, State
from victimcare.store.office_keys import settle_office_keys
from victimcare.store.reading import Reading
from victimcare.store.session import VaultSession
from victimcare.store.signing_in import MAKING, SignedIn, clear_unfinished, join, make_new, sign_in
from victimcare.store.tables import VaultInfo
from victimcare.store.verify import Subject
from victimcare.store.wrap import PersonKeys, wrap_to

SHORTEST_PASSPHRASE = 12
_NOTED_FOR = timedelta(minutes=5)
__all__ = ["InvitationFound", "PassphraseTooShort", "PlaceTaken", "Reading", "Vault"]


class Vault:
    """An open vault. `member`: who is signed in; `changed`: called after each commit with the tables written."""

    def __init__(self, signed_in: SignedIn, clock: Clock) -> None:
        self.folder, self.header, self.store, self.clock = signed_in.folder, signed_in.header, signed_in.store, clock
        self._keys, self._founding, self._file_key = signed_in.keys, signed_in.founding, signed_in.file_key
        self.keyring = Keyring(signed_in.header.vault, signed_in.member, signed_in.keys)
        self.keyring.founding = signed_in.founding
        self._writing = threading.Lock()
        self._noted: dict[tuple[str, UUID | None], datetime] = {}
        self.changed: list[Callable[[set[str]], None]] = []
        self.presence = signed_in.presence
        self.name = ""
        self.member: Member
        self.membership: Membership
        self._load()

    # Making and opening

    @staticmethod
    def create(
        folder: Path, *, name: str, user: str, passphrase: str, recovery: tuple[int, int] = (2, 3), clock: Clock = system_clock
    ) -> tuple[Vault, list[str]]:
        """A new vault in an empty or new folder; `user` holds every role. Returns it open, and the recovery shares, shown once.

        Raises PlaceTaken, NetworkShare, PassphraseTooShort, SharesRefused, ReadOnlyVault.
        """
        check_passphrase(passphrase)
        refuse_network_share(folder)
        clear_unfinished(folder)
        if folder.exists() and any(folder.iterdir()):
            raise PlaceTaken
        signed_in, shares = make_new(folder, name=name, user=user, passphrase=passphrase, recovery=recovery, clock=clock)
        return Vault(signed_in, clock), shares

    @staticmethod
    def open(folder: Path, user: str, passphrase: str, *, read_only: bool = False, clock: Clock = system_clock) -> Vault:
        """Open as `user`. Raises WrongPassphrase, InvitationFound, HeaderDamaged, StoreDamaged, NewerVault, NetworkShare, NoVault."""
        refuse_network_share(folder)
        if not (folder / FILE_NAME).exists():
            is_lost = any(folder.glob("store-*.db")) and not (folder / MAKING).exists()
            raise HeaderDamaged("its file is missing") if is_lost else NoVault()
        presence = Presence(folder)
        presence.enter()
        try:
            signed_in = sign_in(folder, user, passphrase, presence, clock, read_only=read_only or not is_writable(folder))
            return _started(signed_in, clock)
        except BaseException:
            presence.leave()
            raise

    @staticmethod
    def join(folder: Path, user: str, code: str, passphrase: str, *, clock: Clock = system_clock) -> Vault:
        """First sign-in with an invitation's code: sets one's own passphrase and keys, then opens.

        Raises WrongPassphrase for a wrong code, InvitationOver, PassphraseTooShort.
        """
        check_passphrase(passphrase)
        join(folder, user, code, passphrase, clock)
        return Vault.open(folder, user, passphrase, clock=clock)

    def _load(self) -> None:
        with self.store.readers.connect() as connection:
            self.membership = Membership.load(connection)
            if self.membership.founding != self._founding:
                raise StoreDamaged("its membership does not begin where yours did")
            member = self.membership.members.get(self.keyring.member)
            if member is None or member.state is State.REMOVED or member.public != self._keys.public:
                raise HeaderDamaged("it lets in somebody who is not a member")
            for slot in self.header.slots:
                if slot.member not in self.membership.members:
                    raise HeaderDamaged("it lets in somebody who is not a member")
            self.member = member
            self.keyring.load_groups(connection)
            self.name = connection.execute(select(VaultInfo.value).where(VaultInfo.name == "name")).scalar_one()

    def refresh_membership(self) -> Membership:
        """Who belongs to the vault now, read again."""
        with self.store.readers.connect() as connection:
            self.membership = Membership.load(connection)
            self.member = self.membership.members[self.member.id]
            self.keyring.load_groups(connection)
        return self.membership

    # Working

    @contextmanager
    def transaction(self, kind: str = "change", *, case_id: UUID | None = None) -> Iterator[VaultSession]:
        """One change: the only writer meanwhile. Commits at the end of the block, or rolls back whole.

        `kind` is what the audit calls it. Raises Conflict, NotAllowed, NoKey, VaultBusy, DiskFull, LinkBroken, ReadOnlyVault.
        """
        if self.store.is_read_only:
            raise ReadOnlyVault
        with self._writing, self._session(self.store.writer, None, writes=True) as session, _plain_errors(session):
            yield session
            tables = session.finish(kind, case_id)
        if session.destroyed:
            self.store.checkpoint()  # what was destroyed is else still in the log
        for listener in list(self.changed):
            if tables:
                listener(tables)

    @contextmanager
    def reading(self, reading: Reading | None = None) -> Iterator[VaultSession]:
        """A read-only session. With a `Reading` its sealed text may be opened, and the audit says so first.

        Raises ReadOnlyVault where the reading cannot be recorded.
        """
        for one in reading.each() if reading is not None else ():
            self._note(one)
        with self._session(self.store.readers, reading, writes=False) as session, _plain_errors(session):
            yield session

    def _note(self, reading: Reading) -> None:
        key, now = (reading.kind, reading.case_id), self.clock()
        last = self._noted.get(key)
        # Re-reading the same page after one's own change is not a second opening; a number asked for again is.
        if last is not None and now - last < _NOTED_FOR and not (reading.apart and reading.case_id):
            return
        if self.store.is_read_only:
            raise ReadOnlyVault
        with self._writing, self._session(self.store.writer, None, writes=True) as session, _plain_errors(session):
            with session.door("audit") as connection:
                # "names opened" says how many cases that were: as many as the keys of this member reach.
                count = self.keyring.count_cases(connection) if reading.any_case else 0
                session.audit.write_reading(connection, at=now, kind=reading.kind, case_id=reading.case_id, count=count)
            session.finish(reading.kind, reading.case_id)
        self._noted[key] = now

    def _session(self, bind: Any, reading: Reading | None, *, writes: bool) -> VaultSession:
        return VaultSession(bind, vault=self.header.vault, keyring=self.keyring, member=self.member, now=self.clock(), reading=reading, writes=writes)

    def sign_for(self, kind: str) -> None:
        """A signed entry that something was done which wrote no row: a backup verified, keys changed."""
        with self._writing, self._session(self.store.writer, None, writes=True) as session, _plain_errors(session):
            with session.door("audit") as connection:
                session.audit.write_entry(connection, at=self.clock(), kind=kind)
            session.finish(kind, None)
        for listener in list(self.changed):
            listener({"audit"})

    def sealed_header(self, header: Header) -> Header:
        """`header` with the MAC of this vault's file key."""
        return header.sealed_with(self._file_key)

    def wrapped_for_recovery(self, header: Header, public: bytes) -> bytes:
        """The file key wrapped to the recovery key pair of `public`."""
        holder = recovery_holder(header.vault)
        return wrap_to(public, self._file_key, file_key_info(header.vault, holder, header.epoch))

    def for_reading_only(self) -> Vault:
        """This vault, from now on read-only: somebody else has it open and is to write alone."""
        self.store.close()
        self.store = SqlcipherStore(self.folder / self.header.store_name, self._file_key, read_only=True)
        return self

    def witness(self) -> tuple[int, bytes]:
        """Sign the newest hash of every other chain; returns one's own newest number and hash, to be kept outside the vault."""
        if not self.store.is_read_only:
            with self._writing, self._session(self.store.writer, None, writes=True) as session, _plain_errors(session):
                with session.door("audit") as connection:
                    session.audit.write_witness(connection, at=self.clock())
                session.finish("unlocked", None)
        with self.store.readers.connect() as connection:
            return head_of(connection, self.member.id)

    def others_changed(self, known: int | None) -> tuple[bool, int | None]:
        """Whether another process committed since `known`, and the number to ask with next."""
        if not self._writing.acquire(blocking=False):  # asked again soon; a long import is not waited for
            return False, known
        try:
            return self.store.changed_since(known)
        finally:
            self._writing.release()

    def subject(self) -> Subject:
        """What `verify` and backups check, and with which keys."""
        return Subject(self.folder / self.header.store_name, self._file_key, self.header, self._founding, self.keyring)

    @contextmanager
    def replaced(self, what: str) -> Iterator[Replacing]:
        """Nobody else has the vault open and nothing is written while the block puts another store in place of this one.

        The block sets `header` and `file_key` once the new header is durable; the vault then goes on with that store. Raises OpenElsewhere.
        """
        if self.store.is_read_only:
            raise ReadOnlyVault
        with self._writing, self.presence.alone(what):
            replacing = Replacing(self.header, self._file_key)
            try:
                yield replacing
            finally:
                if replacing.header is not self.header:
                    old = self.folder / self.header.store_name
                    self.store.close()
                    self.header, self._file_key = replacing.header, replacing.file_key
                    self.store = SqlcipherStore(self.folder / self.header.store_name, self._file_key)
                    remove_store(old)

    @property
    def today(self) -> Any:
        return day_of(self.clock())

    def close(self) -> None:
        """Drop every key and close the store."""
        self.presence.leave()
        self.store.close()
        self.keyring = Keyring(self.header.vault, self.member.id, PersonKeys(b"\0" * 128))
        self._keys, self._file_key = PersonKeys(b"\0" * 128), b""


@dataclass(repr=False)
class Replacing:
    """The header and file key in force, set anew when a store has taken the place of another."""

    header: Header
    file_key: bytes


def check_passphrase(passphrase: str) -> None:
    """Raises PassphraseTooShort."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(SHORTEST_PASSPHRASE)


def _started(signed_in: SignedIn, clock: Clock) -> Vault:
    try:
        vault = Vault(signed_in, clock)
        if not vault.store.is_read_only:
            settle_erased(vault)
            settle_office_keys(vault)
        return vault
    except DBAPIError as wrong:
        signed_in.store.close()
        raise told(wrong) from None
    except Refused:
        signed_in.store.close()
        raise


@contextmanager
def _plain_errors(session: VaultSession) -> Iterator[None]:
    try:
        yield
    except DBAPIError as wrong:
        session.rollback()
        raise told(wrong) from None
