"""Letting people in and out, changing a passphrase, recovering: membership entries, slots and grants together.

The store's entry is committed first, then the header: whatever stops in between, the same step can be done again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from filelock import FileLock
from sqlalchemy import select

from victimcare.refused import Refused
from victimcare.store.errors import NoKey, NotAllowed
from victimcare.store.header import (
    INVITATION,
    USER,
    Header,
    Slot,
    make_slot,
    open_slot,
    read_header,
    write_header,
)
from victimcare.store.ids import new_id
from victimcare.store.keyring import CASEWORK, group_info
from victimcare.store.members import Kind, Member, Membership, State
from victimcare.store.rights import Right, Role, needs_casework_key
from victimcare.store.rotation import FILE_KEY_CHANGED
from victimcare.store.session import VaultSession
from victimcare.store.tables import AuditEntry, GroupGrant, GroupKey, MemberEntry
from victimcare.store.vault import Vault, check_passphrase
from victimcare.store.wrap import PersonKeys, wrap_to

INVITATION_DAYS = 7
REMOVED, REFUSED = "user removed", "user refused"  # as the audit says it
# Without letters and figures that are mistaken for each other on paper; 16 of 28 are 76 bits behind Argon2id.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ2346789"


class NameTaken(Refused):
    """Another member has the name."""

    def __init__(self) -> None:
        super().__init__("There is a user of that name already.", "Choose another name, or make a new invitation for the same user.")


class NameMissing(Refused):
    """No user name was typed."""

    def __init__(self) -> None:
        super().__init__("A user needs a name, such as VLO 23.", "Type the collar number or the name used at work.")


class NoSuchUser(Refused):
    """Nobody of that name is, or waits, in the vault."""

    def __init__(self) -> None:
        super().__init__("There is no such user here.", "Look at the list of users for the exact name.")


class LastCaseworker(Refused):
    """Nobody would be left who can open the cases."""

    def __init__(self) -> None:
        super().__init__("This is the last person who can open the cases.", "Let another caseworker in first, or use the recovery shares.")


class LastAdministrator(Refused):
    """Nobody would be left who can let people in and out."""

    def __init__(self) -> None:
        super().__init__("This is the last administrator.", "Make somebody else an administrator first.")


class NotWaiting(Refused):
    """The person is not waiting to be let in."""

    def __init__(self) -> None:
        super().__init__("This person is not waiting to be let in.", "Ask them to sign in once with their invitation, then try again.")


def invite(vault: Vault, name: str, roles: frozenset[Role]) -> str:
    """A code to hand over once; with it the person signs in within 7 days. Raises NotAllowed, NameTaken, NameMissing.

    A name that is a member already gets a new invitation for the same user: the way back from a forgotten passphrase.
    """
    _needs(vault, Right.ADMINISTER)
    name = " ".join(name.split())
    if not name:
        raise NameMissing
    known = vault.membership.by_name(name)
    if known is not None and known.id == vault.member.id:
        raise NameTaken
    again = known is not None and known.state is not State.REMOVED
    member = known.id if known is not None and again else new_id()
    roles = known.roles if known is not None and again else roles
    keys, code = PersonKeys.fresh(), "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    with vault.transaction("user invited") as session:
        append_entry(vault, session, Kind.INVITED, member, name=name, roles=roles, public=keys.public)
        # What the old key of the same user opened, the new one must be let in to again.
        session.delete_rows(GroupGrant, GroupGrant.holder == member)
    expires = vault.clock() + timedelta(days=INVITATION_DAYS)
    change_header(
        vault,
        lambda header: header.with_slot(
            make_slot(
                header,
                user=name,
                kind=INVITATION,
                member=member,
                passphrase=code,
                keys=keys,
                founding=vault.membership.founding,
                file_key=vault._file_key,
                expires=expires,
            )
        ),
    )
    return code


def waiting(vault: Vault) -> list[Member]:
    """Who has signed in and waits to be let in to the cases, oldest invitation first."""
    return sorted((one for one in vault.refresh_membership().members.values() if one.state is State.WAITING), key=lambda one: one.invited_at)


def approve(vault: Vault, member: UUID) -> None:
    """Let a waiting member in to the cases: wrap the group key to their public key and sign. Raises NotWaiting, NotAllowed, NoKey."""
    _needs(vault, Right.CASEWORK)
    newcomer = vault.refresh_membership().members.get(member)
    if newcomer is None or newcomer.state is not State.WAITING:
        raise NotWaiting
    if not vault.keyring.holds_casework:
        raise NoKey
    grants = [
        {"group_id": group, "holder": member, "wrapped": wrap_to(newcomer.public, key, group_info(vault.header.vault, group, member))}
        for group, key in vault.keyring.groups.items()
    ]
    with vault.transaction("user let in") as session:
        append_entry(vault, session, Kind.APPROVED, member, name=newcomer.name, roles=newcomer.roles, public=newcomer.public)
        session.write_rows(GroupGrant, grants)


def refuse(vault: Vault, member: UUID) -> None:
    """Not this person: the words did not match. Their slot goes, and the chain says so. Raises NotWaiting, NotAllowed."""
    _needs(vault, Right.CASEWORK)
    newcomer = vault.refresh_membership().members.get(member)
    if newcomer is None or newcomer.state is not State.WAITING:
        raise NotWaiting
    with vault.transaction(REFUSED) as session:
        append_entry(vault, session, Kind.REFUSED, member, name=newcomer.name, roles=newcomer.roles, public=newcomer.public)
    change_header(vault, lambda header: header.without_member(member))


def remove(vault: Vault, member: UUID) -> None:
    """First step of removing a user: entry, slot and grants gone at once. Raises LastCaseworker, NoSuchUser, NotAllowed.

    The file key is rotated next (`rotation.rotate_file_key`), the casework key at the next sign-in of a caseworker.
    """
    _needs(vault, Right.ADMINISTER)
    chain = vault.refresh_membership()
    leaver = chain.members.get(member)
    if leaver is None or leaver.state is State.REMOVED:
        raise NoSuchUser
    _keeps_a_caseworker(chain, leaver)
    with vault.transaction(REMOVED) as session:
        append_entry(vault, session, Kind.REMOVED, member, name=leaver.name, roles=leaver.roles, public=leaver.public)
        session.delete_rows(GroupGrant, GroupGrant.holder == member)
    change_header(vault, lambda header: header.without_member(member))


def change_roles(vault: Vault, member: UUID, roles: frozenset[Role]) -> None:
    """Give a member other roles. Who becomes a caseworker waits to be let in. Raises LastCaseworker, NoSuchUser, NotAllowed."""
    _needs(vault, Right.ADMINISTER)
    chain = vault.refresh_membership()
    known = chain.members.get(member)
    if known is None or known.state is State.REMOVED:
        raise NoSuchUser
    if not needs_casework_key(roles):
        _keeps_a_caseworker(chain, known)
    with vault.transaction("roles changed") as session:
        append_entry(vault, session, Kind.ROLES, member, name=known.name, roles=roles, public=known.public)
        if not needs_casework_key(roles):
            session.delete_rows(GroupGrant, GroupGrant.holder == member)


def casework_key_is_stale(vault: Vault) -> bool:
    """Whether somebody who once held the current casework key is no longer to: the second step of a removal is due."""
    with vault.reading() as session:
        connection = session.connection()
        newest = connection.execute(select(GroupKey.id).where(GroupKey.name == CASEWORK).order_by(GroupKey.id.desc()).limit(1)).scalar_one()
        gone = select(MemberEntry.member, MemberEntry.roles, MemberEntry.kind).where(
            # Ids are in the order they were made, also within one second.
            MemberEntry.kind.in_([Kind.REMOVED, Kind.ROLES]),
            MemberEntry.id > newest,
        )
        members = vault.membership.members
        return any(
            row.member in members and not (members[row.member].state is State.ACTIVE and Right.CASEWORK in members[row.member].rights)
            for row in connection.execute(gone)
            if row.kind == Kind.REMOVED or row.member in members
        )


def file_key_is_stale(vault: Vault) -> bool:
    """Whether somebody was removed or refused since the file key was last changed: the first step of a removal is not finished."""
    deeds = (REMOVED, REFUSED, FILE_KEY_CHANGED)
    newest = select(AuditEntry.kind).where(AuditEntry.kind.in_(deeds)).order_by(AuditEntry.id.desc()).limit(1)
    with vault.reading() as session:
        return session.connection().scalar(newest) in (REMOVED, REFUSED)


def prove_passphrase(vault: Vault, passphrase: str) -> None:
    """Whether it is the signed-in member who sits there, before a deed that cannot be undone. Raises WrongPassphrase."""
    open_slot(read_header(vault.folder), vault.member.name, passphrase)


def change_passphrase(vault: Vault, old: str, new: str) -> None:
    """One's own passphrase; nothing else changes. Raises WrongPassphrase, PassphraseTooShort."""
    check_passphrase(new)
    name = vault.member.name
    open_slot(read_header(vault.folder), name, old)
    change_header(vault, lambda header: header.with_slot(_own_slot(vault, header, name, new)))


def append_entry(vault: Vault, session: VaultSession, kind: Kind, member: UUID, *, name: str, roles: frozenset[Role], public: bytes) -> None:
    """Add an entry of this member to the chain, in their transaction."""
    chain = Membership.load(session.connection())
    entry = chain.next_entry(kind, member, name=name, roles=roles, public=public, by=vault.member.id, keys=vault._keys, at=session.now)
    session.write_rows(MemberEntry, [entry])
    vault.membership = chain


def _needs(vault: Vault, right: Right) -> None:
    if right not in vault.member.rights:
        raise NotAllowed(right)


def _keeps_a_caseworker(chain: Membership, leaver: Member) -> None:
    others = [one for one in chain.active_with(Right.CASEWORK) if one.id != leaver.id]
    if Right.CASEWORK in leaver.rights and not others:
        raise LastCaseworker
    if Right.ADMINISTER in leaver.rights and not [one for one in chain.active_with(Right.ADMINISTER) if one.id != leaver.id]:
        raise LastAdministrator


def _own_slot(vault: Vault, header: Header, name: str, passphrase: str) -> Slot:
    return make_slot(
        header,
        user=name,
        kind=USER,
        member=vault.member.id,
        passphrase=passphrase,
        keys=vault._keys,
        founding=vault.membership.founding,
        file_key=vault._file_key,
    )


def change_header(vault: Vault, change: Callable[[Header], Header]) -> None:
    """Read the header as it is on disk, change it, write it whole: two windows cannot undo each other's change."""
    with FileLock(vault.folder / "header.lock", timeout=10, mode=0o666):
        header = change(read_header(vault.folder)).sealed_with(vault._file_key)
        write_header(vault.folder, header)
    vault.header = header
