"""Who belongs to the vault: a chain of signed entries that begins at the founding entry pinned in each member's slot.

A client wraps a key only to a public key whose chain starts there, so that nobody who can write the file can add himself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from shamir_mnemonic.wordlist import WORDLIST
from sqlalchemy import Connection, select

from victimcare.store.audit import NO_HASH, canonical
from victimcare.store.errors import StoreDamaged
from victimcare.store.ids import new_id
from victimcare.store.rights import Right, Role, needs_casework_key, rights_of
from victimcare.store.tables import MemberEntry
from victimcare.store.wrap import PersonKeys, signed_by


class Kind(StrEnum):
    """What one membership entry says."""

    FOUNDED = "FOUNDED"
    RECOVERY = "RECOVERY"
    INVITED = "INVITED"
    JOINED = "JOINED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    ROLES = "ROLES"
    REMOVED = "REMOVED"
    RECOVERED = "RECOVERED"


class State(StrEnum):
    """Where a member stands: invited, waiting to be let in to cases, active, removed."""

    INVITED = "INVITED"
    WAITING = "WAITING"
    ACTIVE = "ACTIVE"
    REMOVED = "REMOVED"


@dataclass(frozen=True, slots=True, repr=False)
class Member:
    """One member as the chain has them. `public`: 1,248 bytes. `invited_by`, `invited_at`: for the one who lets them in."""

    id: UUID
    name: str
    roles: frozenset[Role]
    state: State
    public: bytes
    invited_by: UUID
    invited_at: datetime

    @property
    def rights(self) -> frozenset[Right]:
        return rights_of(self.roles) if self.state is State.ACTIVE else frozenset({Right.ANY})

    @property
    def words(self) -> tuple[str, ...]:
        """Six words that stand for the public key (60 bits), to compare face to face or by phone."""
        number = int.from_bytes(hashlib.sha256(b"victimcare words" + self.public).digest()[:8], "big") >> 4
        return tuple(WORDLIST[(number >> (10 * place)) & 1023] for place in range(5, -1, -1))


class Membership:
    """The chain, checked entry by entry. `members` by id; `recovery`: the recovery key's public half."""

    def __init__(self) -> None:
        self.members: dict[UUID, Member] = {}
        self.recovery = b""
        self.founding = b""
        self.seq, self.head = 0, NO_HASH
        self._invitations: dict[UUID, bytes] = {}
        # Every public key a member ever had: an old signature is checked against the key of its day.
        self.keys_of: dict[UUID, list[bytes]] = {}

    @staticmethod
    def load(connection: Connection) -> Membership:
        """Read and check the whole chain. Raises StoreDamaged naming the first entry that does not hold."""
        chain = Membership()
        for row in connection.execute(select(MemberEntry.__table__).order_by(MemberEntry.seq)):
            chain.take(dict(row._mapping))
        return chain

    def by_name(self, name: str) -> Member | None:
        """The member of that name who was not removed, else the newest removed one."""
        folded = " ".join(name.casefold().split())
        found = [one for one in self.members.values() if " ".join(one.name.casefold().split()) == folded]
        return next((one for one in found if one.state is not State.REMOVED), found[-1] if found else None)

    def invitation_of(self, member: UUID) -> bytes:
        """The public key of a member's open invitation; empty when there is none."""
        return self._invitations.get(member, b"")

    def active_with(self, right: Right) -> list[Member]:
        return [one for one in self.members.values() if right in one.rights and one.state is State.ACTIVE]

    def next_entry(
        self, kind: Kind, member: UUID, *, name: str, roles: frozenset[Role], public: bytes, by: UUID, keys: PersonKeys, at: datetime
    ) -> dict[str, Any]:
        """A signed entry that follows the chain's last; also taken into this chain. Raises StoreDamaged if it may not follow."""
        entry: dict[str, Any] = {
            "id": new_id(),
            "seq": self.seq + 1,
            "at": at,
            "kind": kind.value,
            "member": member,
            "name": name,
            "roles": json.dumps(sorted(roles)),
            "public": public,
            "by": by,
            "previous": self.head,
        }
        entry["hash"] = _hash(entry)
        entry["signature"] = keys.sign(entry["hash"])
        self.take(entry)
        return entry

    def take(self, entry: dict[str, Any]) -> None:
        """Check one entry against the chain so far and take it in. Raises StoreDamaged."""
        number = entry["seq"]
        if number != self.seq + 1 or entry["previous"] != self.head or entry["hash"] != _hash(entry):
            raise StoreDamaged(f"membership entry {number} does not follow the one before it")
        try:
            kind = Kind(entry["kind"])
            if not signed_by(self._signer(kind, entry), entry["signature"], entry["hash"]):
                raise StoreDamaged(f"membership entry {number} is not signed by who it says")
            _TAKE[kind](self, entry)
        except (KeyError, ValueError, TypeError):
            raise StoreDamaged(f"membership entry {number} says what cannot be") from None
        self.seq, self.head = number, entry["hash"]

    def _signer(self, kind: Kind, entry: dict[str, Any]) -> bytes:
        by, member = entry["by"], entry["member"]
        if kind is Kind.FOUNDED:
            return bytes(entry["public"]) if self.seq == 0 and by == member else b""
        if kind is Kind.JOINED:
            return self._invitations.get(member, b"") if by == member else b""
        if kind is Kind.RECOVERED:
            return self.recovery
        right = {Kind.APPROVED: Right.CASEWORK, Kind.REFUSED: Right.CASEWORK}.get(kind, Right.ADMINISTER)
        signer = self.members.get(by)
        return signer.public if signer is not None and right in signer.rights else b""

    def _founded(self, entry: dict[str, Any]) -> None:
        self.founding = entry["hash"]
        self._recovered(entry)

    def _recovery(self, entry: dict[str, Any]) -> None:
        self.recovery = entry["public"]

    def _invited(self, entry: dict[str, Any]) -> None:
        self._invitations[entry["member"]] = entry["public"]
        self._set(entry, State.INVITED)

    def _joined(self, entry: dict[str, Any]) -> None:
        invited = self.members[entry["member"]]
        state = State.WAITING if needs_casework_key(invited.roles) else State.ACTIVE
        self.members[invited.id] = replace(invited, public=entry["public"], state=state)
        self.keys_of.setdefault(invited.id, []).append(entry["public"])

    def _approved(self, entry: dict[str, Any]) -> None:
        member = self.members.get(entry["member"])
        # Only who waits: an invitation not yet used, or somebody removed, is not let in by a caseworker's word.
        if member is None or member.state is not State.WAITING or member.public != entry["public"]:
            raise StoreDamaged(f"membership entry {entry['seq']} lets in a key that never joined")
        # Who was let in can no longer join again with the old code.
        self._invitations.pop(member.id, None)
        self.members[member.id] = replace(member, state=State.ACTIVE)

    def _removed(self, entry: dict[str, Any]) -> None:
        self._invitations.pop(entry["member"], None)
        self.members[entry["member"]] = replace(self.members[entry["member"]], state=State.REMOVED)

    def _roles(self, entry: dict[str, Any]) -> None:
        member = self.members[entry["member"]]
        roles = frozenset(Role(one) for one in json.loads(entry["roles"]))
        # Who was only invited has no key yet to be let in with: they wait once they have joined.
        waits = member.state is not State.INVITED and needs_casework_key(roles) and not needs_casework_key(member.roles)
        self.members[member.id] = replace(member, roles=roles, state=State.WAITING if waits else member.state)

    def _set(self, entry: dict[str, Any], state: State) -> None:
        roles = frozenset(Role(one) for one in json.loads(entry["roles"]))
        self.members[entry["member"]] = Member(entry["member"], entry["name"], roles, state, entry["public"], entry["by"], entry["at"])

    def _recovered(self, entry: dict[str, Any]) -> None:
        self.keys_of.setdefault(entry["member"], []).append(entry["public"])
        self._set(entry, State.ACTIVE)


_TAKE: dict[Kind, Callable[[Membership, dict[str, Any]], None]] = {
    Kind.FOUNDED: Membership._founded,
    Kind.RECOVERY: Membership._recovery,
    Kind.INVITED: Membership._invited,
    Kind.JOINED: Membership._joined,
    Kind.APPROVED: Membership._approved,
    Kind.REFUSED: Membership._removed,
    Kind.REMOVED: Membership._removed,
    Kind.ROLES: Membership._roles,
    Kind.RECOVERED: Membership._recovered,
}


def _hash(entry: dict[str, Any]) -> bytes:
    names = ("id", "seq", "at", "kind", "member", "name", "roles", "public", "by", "previous")
    return hashlib.sha256(canonical("member_entry", {name: entry[name] for name in names})).digest()
