"""Recovery at work: the drill, and opening a vault with shares when nobody else can."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from victimcare.store.clock import Clock, system_clock
from victimcare.store.engine.place import refuse_network_share
from victimcare.store.engine.sqlcipher import SqlcipherStore
from victimcare.store.errors import HeaderDamaged, NoKey
from victimcare.store.header import USER, Header, file_key_info, make_slot, read_header, recovery_holder, write_header
from victimcare.store.ids import new_id
from victimcare.store.keyring import Keyring, group_info
from victimcare.store.members import Kind, Membership, State
from victimcare.store.people import NameTaken
from victimcare.store.recovery import DRILL, SharesRefused, new_shares, secret_of, test_info
from victimcare.store.rights import Role
from victimcare.store.session import VaultSession
from victimcare.store.tables import GroupGrant, MemberEntry, RecoveryKey
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

    Raises SharesRefused, NameTaken, PassphraseTooShort, HeaderDamaged, StoreDamaged.
    """
    check_passphrase(passphrase)
    refuse_network_share(folder)
    header, old = read_header(folder), PersonKeys.from_recovery(secret_of(shares))
    holder = recovery_holder(header.vault)
    try:
        file_key = old.unwrap(header.recovery_file_key, file_key_info(header.vault, holder, header.epoch))
    except NoKey:
        raise SharesRefused("These shares belong to another vault, or to an older set.") from None
    if not header.is_sealed_with(file_key):
        raise HeaderDamaged("it was altered by somebody without a key")
    keys, member = PersonKeys.fresh(), new_id()
    new_secret, new_words = new_shares(*recovery)
    new_recovery = PersonKeys.from_recovery(new_secret)
    founding = _recovered(folder, header, file_key, old, new_recovery, user=user, member=member, keys=keys, recovery=recovery, clock=clock)
    header = Header(
        header.vault,
        header.epoch,
        header.cost,
        header.slots,
        wrap_to(new_recovery.public, file_key, file_key_info(header.vault, holder, header.epoch)),
        header.erased,
    )
    slot = make_slot(header, user=user, kind=USER, member=member, passphrase=passphrase, keys=keys, founding=founding, file_key=file_key)
    write_header(folder, header.with_slot(slot).sealed_with(file_key))
    return Vault.open(folder, user, passphrase, clock=clock), new_words


def _recovered(
    folder: Path,
    header: Header,
    file_key: bytes,
    old: PersonKeys,
    new_recovery: PersonKeys,
    *,
    user: str,
    member: UUID,
    keys: PersonKeys,
    recovery: tuple[int, int],
    clock: Clock,
) -> bytes:
    """Write the entries and grants of a recovery, audited under the new user. Returns the founding hash."""
    store, holder, now = SqlcipherStore(folder / header.store_name, file_key), recovery_holder(header.vault), clock()
    try:
        with store.readers.connect() as connection:
            chain = Membership.load(connection)
            known = chain.by_name(user)
            if known is not None and known.state is not State.REMOVED:
                raise NameTaken
            groups = connection.execute(select(GroupGrant.group_id, GroupGrant.wrapped).where(GroupGrant.holder == holder)).all()
        entries = [
            chain.next_entry(Kind.RECOVERED, member, name=user, roles=frozenset(Role), public=keys.public, by=holder, keys=old, at=now),
            chain.next_entry(Kind.RECOVERY, holder, name="", roles=frozenset(), public=new_recovery.public, by=member, keys=keys, at=now),
        ]
        opened = {row.group_id: old.unwrap(row.wrapped, group_info(header.vault, row.group_id, holder)) for row in groups}
        grants = [
            {"group_id": group, "holder": one, "wrapped": wrap_to(public, key, group_info(header.vault, group, one))}
            for group, key in opened.items()
            for one, public in ((member, keys.public), (holder, new_recovery.public))
        ]
        row = {
            "id": new_id(),
            "made_at": now,
            "needed": recovery[0],
            "shares": recovery[1],
            "public": new_recovery.public,
            "test": wrap_to(new_recovery.public, DRILL, test_info(header.vault)),
        }
        keyring = Keyring(header.vault, member, keys)
        with VaultSession(
            store.writer, vault=header.vault, keyring=keyring, member=chain.members[member], now=now, reading=None, writes=True
        ) as session:
            session.write_rows(MemberEntry, entries)
            session.delete_rows(GroupGrant, GroupGrant.holder == holder)
            session.write_rows(GroupGrant, grants)
            session.write_rows(RecoveryKey, [row])
            session.finish("RECOVERED WITH SHARES", None)
    finally:
        store.close()
    return chain.founding
