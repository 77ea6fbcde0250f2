"""Recovery at work: the drill, and opening a vault with shares when nobody else can."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from filelock import FileLock
from sqlalchemy import select

from victimcare.store.clock import Clock, system_clock
from victimcare.store.engine.place import refuse_network_share
from victimcare.store.engine.sqlcipher import SqlcipherStore
from victimcare.store.errors import HeaderDamaged, NoKey, NotAllowed
from victimcare.store.founding import recovery_row
from victimcare.store.header import USER, Header, Slot, file_key_info, make_slot, read_header, recovery_holder, write_header
from victimcare.store.ids import new_id
from victimcare.store.keyring import Keyring, data_key_info, group_info
from victimcare.store.members import Kind, Membership, State
from victimcare.store.people import NameTaken, append_entry, change_header
from victimcare.store.recovery import DRILL, SharesRefused, new_shares, secret_of, test_info
from victimcare.store.rights import Right, Role
from victimcare.store.session import VaultSession
from victimcare.store.tables import GroupGrant, KeyGrant, MemberEntry, RecoveryKey
from victimcare.store.vault import Vault, check_passphrase
from victimcare.store.wrap import PersonKeys, wrap_to


def recovery_drill(vault: Vault, shares: Sequence[str]) -> None:
    """Prove that `shares` would open this vault, without using them. Raises SharesRefused."""
    keys = PersonKeys.from_recovery(secret_of(shares))
    with vault.reading() as session:
        row = session.connection().execute(select(RecoveryKey.public, RecoveryKey.test).order_by(RecoveryKey.id.desc()).limit(1)).one()
    if row.public != keys.public or keys.unwrap(row.test, test_info(vault.header.vault)) != DRILL:
        raise SharesRefused("These shares belong to another vault, or to an older set.")


def newest_recovery(session: VaultSession) -> tuple[datetime, int, int]:
    """When the shares in force were made, how many are needed, of how many."""
    query = select(RecoveryKey.made_at, RecoveryKey.needed, RecoveryKey.shares).order_by(RecoveryKey.id.desc()).limit(1)
    row = session.connection().execute(query).one()
    return row.made_at, row.needed, row.shares


def recover(
    folder: Path, shares: Sequence[str], *, user: str, passphrase: str, recovery: tuple[int, int] = (2, 3), clock: Clock = system_clock
) -> tuple[Vault, list[str]]:
    """Open a vault with recovery shares: makes a new user with every role, and new shares in place of the old.

    The new user can sign in before the old shares are replaced, so that whatever stops in between, somebody can open the vault:
    entered but not yet let in, the same command with the same name finishes it.
    Raises SharesRefused, NameTaken, PassphraseTooShort, HeaderDamaged, StoreDamaged.
    """
    check_passphrase(passphrase)
    refuse_network_share(folder)
    old = PersonKeys.from_recovery(secret_of(shares))
    with FileLock(folder / "header.lock", timeout=10, mode=0o666):
        header = read_header(folder)
        file_key = _file_key(header, old)
        slot = _admitted(folder, header, file_key, old, user=user, passphrase=passphrase, now=clock())
        write_header(folder, header.with_slot(slot).sealed_with(file_key))
    vault = Vault.open(folder, user, passphrase, clock=clock)
    return vault, renew_shares(vault, recovery)


def renew_shares(vault: Vault, recovery: tuple[int, int] = (2, 3)) -> list[str]:
    """New recovery shares, shown once; the old ones open nothing any more. Raises NotAllowed, NoKey, SharesRefused.

    Stopped between the store and the header, some of the old and some of the new would be in force: doing it again mends that.
    """
    if Right.ADMINISTER not in vault.member.rights:
        raise NotAllowed(Right.ADMINISTER)
    if not vault.keyring.holds_casework:
        raise NoKey
    secret, words = new_shares(*recovery)
    public, holder = PersonKeys.from_recovery(secret).public, recovery_holder(vault.header.vault)
    grants = [
        {"group_id": group, "holder": holder, "wrapped": wrap_to(public, key, group_info(vault.header.vault, group, holder))}
        for group, key in vault.keyring.groups.items()
    ]
    with vault.transaction("recovery shares renewed") as session:
        append_entry(vault, session, Kind.RECOVERY, holder, name="", roles=frozenset(), public=public)
        session.delete_rows(GroupGrant, GroupGrant.holder == holder)
        session.write_rows(GroupGrant, grants)
        _regrant_restricted(session, holder, public)
        session.write_rows(RecoveryKey, [recovery_row(vault.header.vault, public, recovery, session.now)])
    change_header(vault, lambda header: replace(header, recovery_file_key=vault.wrapped_for_recovery(header, public)))
    return words


def _regrant_restricted(session: VaultSession, holder: UUID, public: bytes) -> None:
    """Grant the keys of restricted cases to the new recovery key pair, as far as the member holds them; others' stay with the old one."""
    of_recovery = select(KeyGrant.key_id).where(KeyGrant.holder == holder)
    rows = session.connection().execute(select(KeyGrant.key_id, KeyGrant.wrapped).where(KeyGrant.key_id.in_(of_recovery), KeyGrant.holder == session.member.id))
    keys = {row.key_id: key for row in rows.all() if (key := session.keyring.unwrapped(row.key_id, session.member.id, row.wrapped)) is not None}
    session.delete_rows(KeyGrant, KeyGrant.holder == holder, KeyGrant.key_id.in_(keys))
    session.write_rows(
        KeyGrant, [{"key_id": one, "holder": holder, "wrapped": session.keyring.wrapped_to(one, key, holder, public)} for one, key in keys.items()]
    )


def _restricted_to(member: UUID, vault: UUID, rows: Sequence[Any], old: PersonKeys, public: bytes) -> list[dict[str, Any]]:
    """Grants of the restricted cases' keys that the shares open, to `member`. `rows`: (key_id, wrapped) as recovery holds them."""
    holder, grants = recovery_holder(vault), []
    for row in rows:
        with suppress(NoKey):  # granted to an older set of shares, by somebody who could not renew it
            key = old.unwrap(row.wrapped, data_key_info(vault, row.key_id, holder))
            grants.append({"key_id": row.key_id, "holder": member, "wrapped": wrap_to(public, key, data_key_info(vault, row.key_id, member))})
    return grants


def _file_key(header: Header, recovery: PersonKeys) -> bytes:
    info = file_key_info(header.vault, recovery_holder(header.vault), header.epoch)
    try:
        file_key = recovery.unwrap(header.recovery_file_key, info)
    except NoKey:
        raise SharesRefused("These shares belong to another vault, or to an older set.") from None
    if not header.is_sealed_with(file_key):
        raise HeaderDamaged("it was altered by somebody without a key")
    return file_key


def _admitted(folder: Path, header: Header, file_key: bytes, old: PersonKeys, *, user: str, passphrase: str, now: datetime) -> Slot:
    """Enter the new user and grant them every group key, audited as theirs. Returns their slot for the header.

    A user of that name whom the header does not know was entered by a recovery that stopped: entered again, with new keys.
    """
    keys = PersonKeys.fresh()
    store, holder = SqlcipherStore(folder / header.store_name, file_key), recovery_holder(header.vault)
    try:
        with store.readers.connect() as connection:
            chain = Membership.load(connection)
            groups = connection.execute(select(GroupGrant.group_id, GroupGrant.wrapped).where(GroupGrant.holder == holder)).all()
            restricted = connection.execute(select(KeyGrant.key_id, KeyGrant.wrapped).where(KeyGrant.holder == holder)).all()
        known = chain.by_name(user)
        if known is None or known.state is State.REMOVED:
            member = new_id()
        elif any(slot.member == known.id for slot in header.slots):
            raise NameTaken
        else:
            member = known.id
        # The slow part first: what follows it is two writes.
        slot = make_slot(header, user=user, kind=USER, member=member, passphrase=passphrase, keys=keys, founding=chain.founding, file_key=file_key)
        entry = chain.next_entry(Kind.RECOVERED, member, name=user, roles=frozenset(Role), public=keys.public, by=holder, keys=old, at=now)
        opened = {row.group_id: old.unwrap(row.wrapped, group_info(header.vault, row.group_id, holder)) for row in groups}
        grants = [
            {"group_id": group, "holder": member, "wrapped": wrap_to(keys.public, key, group_info(header.vault, group, member))}
            for group, key in opened.items()
        ]
        keyring = Keyring(header.vault, member, keys)
        with VaultSession(store.writer, vault=header.vault, keyring=keyring, member=chain.members[member], now=now, reading=None, writes=True) as session:
            session.write_rows(MemberEntry, [entry])
            session.delete_rows(GroupGrant, GroupGrant.holder == member)
            session.write_rows(GroupGrant, grants)
            session.delete_rows(KeyGrant, KeyGrant.holder == member)
            session.write_rows(KeyGrant, _restricted_to(member, header.vault, restricted, old, keys.public))
            session.finish("RECOVERED WITH SHARES", None)
    finally:
        store.close()
    return slot
