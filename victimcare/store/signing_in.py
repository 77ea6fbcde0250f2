"""From a folder, a name and a passphrase to an open store: made new, signed in to, or joined with an invitation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from filelock import FileLock
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from victimcare.refused import Refused
from victimcare.store import kdf
from victimcare.store.clock import Clock
from victimcare.store.engine.place import Presence, clear_leftovers
from victimcare.store.engine.sqlcipher import SqlcipherStore, open_doors, told
from victimcare.store.errors import InvitationFound, InvitationOver, PlaceNotWritable, StoreDamaged
from victimcare.store.founding import found
from victimcare.store.header import (
    INVITATION,
    USER,
    Header,
    Slot,
    file_key_info,
    make_slot,
    open_slot,
    read_header,
    recovery_holder,
    write_header,
)
from victimcare.store.ids import new_id
from victimcare.store.keyring import Keyring
from victimcare.store.members import Kind, Membership
from victimcare.store.recovery import new_shares
from victimcare.store.schema import is_older
from victimcare.store.tables import MemberEntry
from victimcare.store.updating import update
from victimcare.store.verify import Subject
from victimcare.store.wrap import PersonKeys, new_key, wrap_to


@dataclass(frozen=True, repr=False)
class SignedIn:
    """An open store and who opened it. `founding`: the hash of the membership's first entry that they trust."""

    folder: Path
    header: Header
    store: SqlcipherStore
    keys: PersonKeys
    founding: bytes
    file_key: bytes
    member: UUID
    presence: Presence


MAKING = "making.tmp"
"""Stands in the folder while a vault is made: without a header beside it, what is there was never a vault."""


def clear_unfinished(folder: Path) -> None:
    """Take away what a `make_new` left that was stopped. A folder with anything else in it, or with a header, stays as it is."""
    if not (folder / MAKING).exists():
        return
    left = list(folder.iterdir())
    if all(path.name == MAKING or path.name.startswith("store-1.db") for path in left):
        for path in left:
            path.unlink()


def make_new(folder: Path, *, name: str, user: str, passphrase: str, recovery: tuple[int, int], clock: Clock) -> tuple[SignedIn, list[str]]:
    """A new vault in an empty or new folder, and its recovery shares. The header is written last: before it there is no vault.

    Raises SharesRefused, PlaceNotWritable.
    """
    secret, shares = new_shares(*recovery)
    keys, recovery_public = PersonKeys.fresh(), PersonKeys.from_recovery(secret).public
    file_key, vault_id, member = new_key(), uuid4(), new_id()
    recovery_wrap = wrap_to(recovery_public, file_key, file_key_info(vault_id, recovery_holder(vault_id), 1))
    header = Header(vault_id, 1, kdf.tuned(), (), recovery_wrap)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MAKING).touch()
        (folder / header.store_name).touch()
    except OSError:
        raise PlaceNotWritable from None
    store = SqlcipherStore(folder / header.store_name, file_key)
    founding = found(store, header, name=name, user=user, member=member, keys=keys, recovery_public=recovery_public, recovery=recovery, now=clock())
    slot = make_slot(header, user=user, kind=USER, member=member, passphrase=passphrase, keys=keys, founding=founding, file_key=file_key)
    header = header.with_slot(slot).sealed_with(file_key)
    # Gone before there is a vault: no mark may ever call a real one unfinished.
    (folder / MAKING).unlink()
    write_header(folder, header)
    presence = Presence(folder)
    presence.enter()
    return SignedIn(folder, header, store, keys, founding, file_key, member, presence), shares


def sign_in(folder: Path, user: str, passphrase: str, presence: Presence, clock: Clock, *, read_only: bool) -> SignedIn:
    """Open the store as `user`, tidied and brought up to date first where that can be done.

    Raises WrongPassphrase, InvitationFound, InvitationOver, HeaderDamaged, StoreDamaged, NewerVault, NeedsUpdate, OpenElsewhere.
    """
    header = read_header(folder)
    slot, keys, founding, file_key = open_slot(header, user, passphrase)
    if slot.kind == INVITATION:
        _still_open(slot, clock)
        raise InvitationFound
    path = folder / header.store_name
    if not path.exists():
        raise StoreDamaged("its file is missing")
    if not read_only:
        clear_leftovers(folder, header.store_name, presence)
    try:
        store = SqlcipherStore(path, file_key, read_only=read_only)
    except DBAPIError as wrong:
        raise told(wrong) from None
    try:
        if is_older(store):
            update(store, Subject(path, file_key, header, founding, Keyring(header.vault, slot.member, keys)), presence, clock())
    except DBAPIError as wrong:
        store.close()
        raise told(wrong) from None
    except Refused:
        store.close()
        raise
    return SignedIn(folder, header, store, keys, founding, file_key, slot.member, presence)


def join(folder: Path, user: str, code: str, passphrase: str, clock: Clock) -> None:
    """First sign-in with an invitation's code: a passphrase and keys of one's own in its place. Raises WrongPassphrase, InvitationOver, OpenElsewhere."""
    presence = Presence(folder)
    # Held meanwhile, so that no rotation writes a header that does not know the newcomer.
    presence.enter()
    try:
        header = read_header(folder)
        slot, invitation, founding, file_key = open_slot(header, user, code.strip().upper())
        if slot.kind != INVITATION:
            raise InvitationOver
        _still_open(slot, clock)
        keys = PersonKeys.fresh()
        _enter_in_chain(folder / header.store_name, file_key, slot.member, keys, invitation, clock)
        own = make_slot(header, user=user, kind=USER, member=slot.member, passphrase=passphrase, keys=keys, founding=founding, file_key=file_key)
        with FileLock(folder / "header.lock", timeout=10):
            write_header(folder, read_header(folder).with_slot(own).sealed_with(file_key))
    finally:
        presence.leave()


def _still_open(slot: Slot, clock: Clock) -> None:
    if slot.expires is None or slot.expires < clock():
        raise InvitationOver


def _enter_in_chain(path: Path, file_key: bytes, member: UUID, keys: PersonKeys, invitation: PersonKeys, clock: Clock) -> None:
    store = SqlcipherStore(path, file_key)
    try:
        with store.writer.connect() as connection:
            membership = Membership.load(connection)
            invited = membership.members[member]
            entry = membership.next_entry(
                Kind.JOINED,
                member,
                name=invited.name,
                roles=invited.roles,
                public=keys.public,
                by=member,
                keys=invitation,
                at=clock(),
            )
            open_doors(connection, ["store"])
            connection.execute(insert(MemberEntry), [entry])
            open_doors(connection, [])
            connection.commit()
    finally:
        store.close()
