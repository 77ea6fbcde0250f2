"""New keys for a whole vault: the file key (everything is written anew) and the casework key (every data key is wrapped anew).

The file key changes by a copy beside the old store and one rename of the header: whatever stops in between, the folder holds
exactly one state, and the next opening removes what was left over. Both need the vault alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from filelock import FileLock
from sqlalchemy import select

from victimcare.store.engine.whole import export
from victimcare.store.errors import HeaderDamaged, NoKey, NotAllowed, StoreDamaged
from victimcare.store.header import INVITATION, Header, Slot, file_key_info, read_header, recovery_holder, write_header
from victimcare.store.ids import new_id
from victimcare.store.keyring import CASEWORK, group_info
from victimcare.store.members import Membership, State
from victimcare.store.rights import Right
from victimcare.store.tables import GroupGrant, GroupKey, KeyGrant
from victimcare.store.wrap import new_key, wrap_to

if TYPE_CHECKING:
    from victimcare.store.session import VaultSession
    from victimcare.store.vault import Vault

FILE_KEY_CHANGED = "file key changed"  # as the audit says it


def rotate_file_key(vault: Vault) -> None:
    """Write the whole store anew under a fresh file key, wrapped to those who are members now. The vault stays open.

    Who was removed cannot open what is written from now on; what they copied before stays readable to them.
    Raises OpenElsewhere, DiskFull, StoreDamaged, ReadOnlyVault.
    """
    with vault.replaced("changing the file key") as place:
        chain, header, key = vault.refresh_membership(), read_header(vault.folder), new_key()
        successor = next_epoch(header, chain, key)

        def flip() -> None:
            flip_header(vault, header, successor)
            place.header, place.file_key = successor, key

        export(vault.folder / header.store_name, place.file_key, vault.folder / successor.store_name, key, then=flip)
    vault.sign_for(FILE_KEY_CHANGED)


def flip_header(vault: Vault, seen: Header, successor: Header) -> None:
    """Put `successor` in force by one rename, if the header is still the one `seen`. Raises HeaderDamaged."""
    with FileLock(vault.folder / "header.lock", timeout=10, mode=0o666):
        if read_header(vault.folder) != seen:
            raise HeaderDamaged("it changed while the keys were being changed; nothing was done")
        write_header(vault.folder, successor)


def next_epoch(header: Header, chain: Membership, file_key: bytes, *, epoch: int | None = None) -> Header:
    """The header of the next epoch: the same slots, for those who are members, with `file_key` wrapped to each and to recovery."""
    number = header.epoch + 1 if epoch is None else epoch
    slots = tuple(
        replace(slot, file_key=wrap_to(public, file_key, file_key_info(header.vault, slot.member, number)))
        for slot in header.slots
        if (public := _public_of(slot, chain))
    )
    holder = recovery_holder(header.vault)
    recovery = wrap_to(chain.recovery, file_key, file_key_info(header.vault, holder, number))
    return replace(header, epoch=number, slots=slots, recovery_file_key=recovery).sealed_with(file_key)


def _public_of(slot: Slot, chain: Membership) -> bytes:
    """The public key that the secret in `slot` belongs to; empty for who is no member."""
    member = chain.members.get(slot.member)
    if member is None or member.state is State.REMOVED:
        return b""
    return chain.invitation_of(slot.member) if slot.kind == INVITATION else member.public


def renew_casework_key(vault: Vault) -> int:
    """A new casework key for those who may read cases now, and for recovery; every data key is wrapped under it, the old one goes.

    Returns how many data keys were wrapped anew. Raises NoKey, NotAllowed, OpenElsewhere.
    """
    if Right.CASEWORK not in vault.member.rights:
        raise NotAllowed(Right.CASEWORK)
    if not vault.keyring.holds_casework:
        raise NoKey
    group, key = new_id(), new_key()
    with vault.presence.alone("renewing the casework key"):
        chain = vault.refresh_membership()
        with vault.transaction("casework key renewed") as session:
            old = set(session.connection().scalars(select(GroupKey.id).where(GroupKey.name == CASEWORK)))
            _grant_group(session, chain, group, key)
            count = _wrap_anew(session, chain, old, group, key)
            session.delete_rows(GroupGrant, GroupGrant.group_id.in_(old))
            session.delete_rows(GroupKey, GroupKey.id.in_(old))
        vault.keyring.use_group(group, key)
    return count


def _grant_group(session: VaultSession, chain: Membership, group: UUID, key: bytes) -> None:
    vault = session.vault_id
    holders = [(one.id, one.public) for one in chain.active_with(Right.CASEWORK)] + [(recovery_holder(vault), chain.recovery)]
    session.write_rows(GroupKey, [{"id": group, "name": CASEWORK, "made_at": session.now, "made_by": session.member.id}])
    grants = [{"group_id": group, "holder": one, "wrapped": wrap_to(public, key, group_info(vault, group, one))} for one, public in holders]
    session.write_rows(GroupGrant, grants)


def _wrap_anew(session: VaultSession, chain: Membership, old: set[UUID], group: UUID, key: bytes) -> int:
    rows = session.connection().execute(select(KeyGrant.key_id, KeyGrant.holder, KeyGrant.wrapped).where(KeyGrant.holder.in_(old))).all()
    keyring, grants = session.keyring, []
    for row in rows:
        data_key = keyring.unwrapped(row.key_id, row.holder, row.wrapped)
        if data_key is None:
            raise StoreDamaged("a case's key does not open")
        grants.append({"key_id": row.key_id, "holder": group, "wrapped": keyring.wrapped_under(key, group, row.key_id, data_key)})
    gone = [one.id for one in chain.members.values() if one.state is State.REMOVED]
    session.delete_rows(KeyGrant, KeyGrant.holder.in_([*old, *gone]))
    session.write_rows(KeyGrant, grants)
    return len(grants)
