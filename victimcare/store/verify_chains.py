"""Proof of who did what: every author's chain of entries, signatures, witnesses, the membership, grants and rights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from victimcare.store.audit import MEMBERSHIP, NO_HASH, canonical, entry_hash, root_of
from victimcare.store.errors import StoreDamaged
from victimcare.store.finding import RESTORE, Counts, Finding
from victimcare.store.header import INVITATION, Header, recovery_holder
from victimcare.store.members import Membership, State
from victimcare.store.rights import Right
from victimcare.store.verify_rows import record_classes
from victimcare.store.wrap import signed_by

_ENTRY = ("id", "author", "seq", "at", "kind", "case_id", "count", "root", "previous", "hash", "signature")
_MEMBER = ("id", "seq", "at", "kind", "member", "name", "roles", "public", "by", "previous", "hash", "signature")
_IDS = {"id", "author", "case_id", "member", "by"}
_ROTATE = "Find out who can write to the vault's folder; then rotate the keys."
Rights = dict[UUID, list[tuple[datetime, frozenset[Right]]]]


class Past:
    """The membership with its past: which public keys each member ever had, and which rights from when."""

    def __init__(self) -> None:
        self.chain = Membership()
        self.publics: dict[UUID, set[bytes]] = {}
        self.rights: Rights = {}

    def take(self, entry: dict[str, Any]) -> None:
        """Raises StoreDamaged."""
        self.chain.take(entry)
        member = self.chain.members.get(entry["member"])
        if member is not None:
            self.publics.setdefault(member.id, set()).add(member.public)
            self.rights.setdefault(member.id, []).append((entry["at"], member.rights))

    def had(self, member: UUID, right: Right, at: datetime) -> bool:
        """Whether `member` held `right` at `at`; a change in that very second counts as before and after."""
        held = False
        for since, rights in self.rights.get(member, []):
            if since > at:
                break
            held = right in rights or (held and since == at)
        return held


def _named(row: tuple[Any, ...], names: tuple[str, ...]) -> dict[str, Any]:
    values = dict(zip(names, row, strict=True))
    for name in _IDS & values.keys():
        values[name] = UUID(bytes=values[name]) if values[name] is not None else None
    values["at"] = datetime.fromtimestamp(values["at"], UTC)
    return values


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def check_members(connection: Any, header: Header, founding: bytes, past: Past, counts: Counts) -> Iterator[Finding]:
    """The membership chain, the header's users, and who is granted keys."""
    for row in connection.execute(f"SELECT {_columns(_MEMBER)} FROM member_entry ORDER BY seq"):
        entry = _named(row, _MEMBER)
        try:
            past.take(entry)
        except StoreDamaged:
            yield Finding("member_entry", entry["id"], "member", f"Membership entry {entry['seq']} does not follow from those before it.", _ROTATE)
            return
        counts.members = len(past.chain.members)
    if past.chain.founding != founding:
        yield Finding("member_entry", None, "member", "The membership does not begin where yours did.", RESTORE)
    yield from _header_users(header, past.chain)
    yield from _group_grants(connection, header, past.chain)


def _header_users(header: Header, chain: Membership) -> Iterator[Finding]:
    for slot in header.slots:
        member = chain.members.get(slot.member)
        if member is None or member.state is State.REMOVED:
            yield Finding(
                "header",
                slot.member,
                "header",
                "The header lets in somebody who is not a member.",
                "Remove this user again, then rotate the keys.",
            )
        elif slot.kind == INVITATION and member.state is State.ACTIVE:
            yield Finding("header", slot.member, "header", "An invitation is still open for a member who is in.", "Remove the invitation.")
    way_in = {slot.member for slot in header.slots}
    for member in chain.members.values():
        if member.state is State.ACTIVE and member.id not in way_in:
            yield Finding("header", member.id, "header", "A member has no way to sign in.", "Invite this user again.")


def _group_grants(connection: Any, header: Header, chain: Membership) -> Iterator[Finding]:
    recovery = recovery_holder(header.vault)
    groups = {UUID(bytes=row[0]) for row in connection.execute("SELECT id FROM group_key")}
    readers = {one.id for one in chain.active_with(Right.CASEWORK)}
    for group, holder in connection.execute("SELECT group_id, holder FROM group_grant"):
        if UUID(bytes=group) not in groups:
            yield Finding("group_grant", UUID(bytes=group), "grant", "A grant of a group key that is not there.", RESTORE)
        if UUID(bytes=holder) not in readers | {recovery}:
            yield Finding(
                "group_grant",
                UUID(bytes=holder),
                "grant",
                "The casework key is granted to somebody who may not read cases.",
                "Renew the casework key.",
            )
    for key, holder in connection.execute("SELECT DISTINCT key_id, holder FROM key_grant WHERE holder NOT IN (SELECT id FROM group_key)"):
        if UUID(bytes=holder) not in readers | {recovery}:
            yield Finding(
                "key_grant",
                UUID(bytes=key),
                "grant",
                "A key is granted to somebody who may not read cases.",
                "Restrict the case again, to those who may read it.",
            )


def check_entries(connection: Any, past: Past, counts: Counts) -> Iterator[Finding]:
    """Each author's chain, its signatures, the roots over the rows, and what others witnessed."""
    roots = _roots(connection)
    place: dict[UUID, int] = {}
    head: dict[UUID, tuple[int, bytes]] = {}
    unsigned: dict[UUID, int] = {}
    known: set[tuple[UUID, int, bytes]] = {(MEMBERSHIP, seq, digest) for seq, digest in connection.execute("SELECT seq, hash FROM member_entry")}
    for row in connection.execute(f"SELECT rowid, {_columns(_ENTRY)} FROM audit ORDER BY author, seq"):
        entry = _named(row[1:], _ENTRY)
        author, seq = entry["author"], entry["seq"]
        counts.entries += 1
        before = head.get(author, (0, NO_HASH))
        if seq != before[0] + 1 or entry["previous"] != before[1] or entry["hash"] != entry_hash(entry) or row[0] <= place.get(author, 0):
            yield Finding("audit", entry["id"], "chain", f"Audit entry {seq} of its author does not follow from the one before.", RESTORE)
        head[author], place[author] = (seq, entry["hash"]), row[0]
        known.add((author, seq, entry["hash"]))
        yield from _signature(entry, past, counts)
        unsigned[author] = unsigned.get(author, 0) + 1 if entry["signature"] is None else 0
        if entry["root"] != roots.pop(entry["id"], NO_HASH if entry["signature"] is None else root_of([])):
            yield Finding("audit", entry["id"], "chain", "An audit entry does not fit the rows it lists.", RESTORE)
    counts.readings_unsigned = sum(unsigned.values())
    for loose in roots:
        yield Finding("audit_row", loose, "chain", "Rows are listed for an audit entry that is not there.", RESTORE)
    yield from _witnesses(connection, known, counts)


def _signature(entry: dict[str, Any], past: Past, counts: Counts) -> Iterator[Finding]:
    if entry["author"] not in past.publics:
        yield Finding("audit", entry["id"], "signature", "An audit entry is by somebody who was never a member.", _ROTATE)
    elif entry["signature"] is not None:
        counts.signatures += 1
        if not any(signed_by(public, entry["signature"], entry["hash"]) for public in past.publics[entry["author"]]):
            yield Finding("audit", entry["id"], "signature", "An audit entry is not signed by who it says.", _ROTATE)


def _roots(connection: Any) -> dict[UUID, bytes]:
    """For each entry the root over what it lists: the rows it wrote, or the chains it witnessed."""
    roots: dict[UUID, bytes] = {}
    current, digests = b"", list[bytes]()
    for entry, digest in connection.execute("SELECT entry_id, digest FROM audit_row ORDER BY entry_id, seq"):
        if entry != current and digests:
            roots[UUID(bytes=current)] = root_of(digests)
            digests = []
        current = entry
        digests.append(digest)
    if digests:
        roots[UUID(bytes=current)] = root_of(digests)
    seen: dict[UUID, list[bytes]] = {}
    for entry, author, seq, digest in connection.execute("SELECT entry_id, author, seq, hash FROM audit_witness ORDER BY entry_id, author"):
        one = {"entry_id": UUID(bytes=entry), "author": UUID(bytes=author), "seq": seq, "hash": digest}
        seen.setdefault(one["entry_id"], []).append(canonical("audit_witness", one))
    return roots | {entry: root_of(lines) for entry, lines in seen.items()}


def _witnesses(connection: Any, known: set[tuple[UUID, int, bytes]], counts: Counts) -> Iterator[Finding]:
    for entry, author, seq, digest in connection.execute("SELECT entry_id, author, seq, hash FROM audit_witness"):
        counts.witnesses += 1
        if (UUID(bytes=author), seq, digest) not in known:
            yield Finding(
                "audit_witness",
                UUID(bytes=entry),
                "witness",
                f"A colleague saw entry {seq} of {'the membership' if not any(author) else 'an author'}, and it is no longer there: the end of a chain was cut.",
                RESTORE,
            )


def check_rights(connection: Any, past: Past) -> Iterator[Finding]:
    """Changes signed by a member who did not hold the right that the table needs. One finding an entry and table."""
    classes = record_classes()
    by_pair = "SELECT DISTINCT a.author, r.owner FROM audit_row r JOIN audit a ON a.id = r.entry_id"
    detail = "SELECT DISTINCT a.id, a.at FROM audit_row r JOIN audit a ON a.id = r.entry_id WHERE a.author = ? AND r.owner = ? AND a.kind NOT LIKE 'case erased%' ORDER BY a.rowid"
    for author, owner in connection.execute(by_pair).fetchall():
        kind, member = classes.get(owner), UUID(bytes=author)
        if kind is None or kind.__write_right__ is Right.ANY:
            continue
        for entry, at in connection.execute(detail, (author, owner)):
            if not past.had(member, kind.__write_right__, datetime.fromtimestamp(at, UTC)):
                what = f"A member without the right {kind.__write_right__} changed {owner}."
                yield Finding(
                    "audit",
                    UUID(bytes=entry),
                    "right",
                    what,
                    "Look at what was changed with a supervisor; remove the member if it was meant.",
                )
