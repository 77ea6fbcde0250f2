"""What stands in a vault from its first minute: schema, founder, group key, recovery key, office key, the office's own keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from victimcare.store.engine.sqlcipher import SqlcipherStore, open_doors
from victimcare.store.header import Header, recovery_holder
from victimcare.store.ids import new_id
from victimcare.store.keyring import CASEWORK, Keyring, group_info
from victimcare.store.members import Kind, Membership
from victimcare.store.office_keys import make_office_keys
from victimcare.store.record import Table
from victimcare.store.recovery import DRILL, test_info
from victimcare.store.rights import Role
from victimcare.store.schema import make_schema
from victimcare.store.session import VaultSession
from victimcare.store.tables import GroupGrant, GroupKey, MemberEntry, RecoveryKey, VaultInfo
from victimcare.store.wrap import PersonKeys, new_key, wrap_to


def found(
    store: SqlcipherStore,
    header: Header,
    *,
    name: str,
    user: str,
    member: UUID,
    keys: PersonKeys,
    recovery_public: bytes,
    recovery: tuple[int, int],
    now: datetime,
) -> bytes:
    """Make the schema and the first rows: membership, group key, recovery key, office key, the office's own keys. Returns the founding entry's hash."""
    chain, roles, holder = Membership(), frozenset(Role), recovery_holder(header.vault)
    entries = [
        chain.next_entry(Kind.FOUNDED, member, name=user, roles=roles, public=keys.public, by=member, keys=keys, at=now),
        chain.next_entry(Kind.RECOVERY, holder, name="", roles=frozenset(), public=recovery_public, by=member, keys=keys, at=now),
    ]
    group, group_key = new_id(), new_key()
    grants = [
        {"group_id": group, "holder": one, "wrapped": wrap_to(public, group_key, group_info(header.vault, group, one))}
        for one, public in ((member, keys.public), (holder, recovery_public))
    ]
    rows: list[tuple[type[Table], dict[str, Any]]] = [
        (VaultInfo, {"name": "name", "value": name}),
        *((MemberEntry, entry) for entry in entries),
        (GroupKey, {"id": group, "name": CASEWORK, "made_at": now, "made_by": member}),
        *((GroupGrant, grant) for grant in grants),
        (RecoveryKey, recovery_row(header.vault, recovery_public, recovery, now)),
    ]
    _write_first(store, rows)
    keyring = Keyring(header.vault, member, keys)
    with store.readers.connect() as connection:
        keyring.load_groups(connection)
    founder = chain.members[member]
    with VaultSession(store.writer, vault=header.vault, keyring=keyring, member=founder, now=now, reading=None, writes=True) as session:
        session.make_key(None)
        make_office_keys(session)
        session.finish("vault made", None)
    return chain.founding


def recovery_row(vault: UUID, public: bytes, recovery: tuple[int, int], now: datetime) -> dict[str, Any]:
    """The row of a recovery key pair: its public half, how many shares of how many, and the value the drill opens."""
    needed, shares = recovery
    test = wrap_to(public, DRILL, test_info(vault))
    return {"id": new_id(), "made_at": now, "needed": needed, "shares": shares, "public": public, "test": test}


def _write_first(store: SqlcipherStore, rows: list[tuple[type[Table], dict[str, Any]]]) -> None:
    with store.writer.connect() as connection:
        open_doors(connection, ["store"])
        make_schema(connection)
        for table, row in rows:
            connection.execute(insert(table), [row])
        open_doors(connection, [])
        connection.commit()
