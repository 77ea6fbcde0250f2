"""The chain of membership: every entry follows, is signed by who may sign it, and says what can be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import PASSPHRASE, StandingClock
from tests.store.raw import without_triggers
from tests.store.test_people import ANALYST, CASEWORKER, joined
from victimcare.store import people
from victimcare.store.audit import NO_HASH, canonical
from victimcare.store.errors import StoreDamaged
from victimcare.store.ids import new_id
from victimcare.store.members import Kind, Membership, State
from victimcare.store.rights import Right, Role
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.store.wrap import PersonKeys

AT = datetime(2026, 11, 24, tzinfo=UTC)


class Office:
    """A chain with its founder, and a way to add to it."""

    def __init__(self) -> None:
        self.chain, self.founder, self.keys = Membership(), new_id(), PersonKeys.fresh()
        self.add(Kind.FOUNDED, self.founder, self.keys, public=self.keys.public, roles=frozenset(Role))

    def add(self, kind: Kind, member: Any, keys: PersonKeys, *, public: bytes = b"", by: Any = None, roles: frozenset[Role] = CASEWORKER) -> dict[str, Any]:
        return self.chain.next_entry(kind, member, name="VLO", roles=roles, public=public, by=by or self.founder, keys=keys, at=AT)

    def newcomer(self) -> tuple[Any, PersonKeys]:
        member, invitation, keys = new_id(), PersonKeys.fresh(), PersonKeys.fresh()
        self.add(Kind.INVITED, member, self.keys, public=invitation.public)
        self.add(Kind.JOINED, member, invitation, public=keys.public, by=member)
        return member, keys


def test_a_newcomer_has_no_right_until_let_in() -> None:
    office = Office()
    member, keys = office.newcomer()
    assert office.chain.members[member].rights == {Right.ANY}
    office.add(Kind.APPROVED, member, office.keys, public=keys.public)
    assert Right.CASEWORK in office.chain.members[member].rights
    assert len(office.chain.members[member].words) == 6


def test_nobody_lets_himself_in_or_in_for_another() -> None:
    office = Office()
    member, keys = office.newcomer()
    stranger = PersonKeys.fresh()
    for kind, target, signer, public, by in (
        (Kind.APPROVED, member, keys, keys.public, member),
        (Kind.APPROVED, member, stranger, keys.public, None),
        (Kind.APPROVED, member, office.keys, stranger.public, None),
        (Kind.INVITED, new_id(), keys, stranger.public, member),
        (Kind.FOUNDED, new_id(), stranger, stranger.public, None),
        (Kind.JOINED, member, stranger, stranger.public, member),
        (Kind.RECOVERED, new_id(), stranger, stranger.public, None),
        (Kind.REMOVED, office.founder, keys, b"", member),
    ):
        with pytest.raises(StoreDamaged):
            office.add(kind, target, signer, public=public, by=by)


def test_who_has_not_joined_or_was_removed_cannot_be_let_in() -> None:
    office = Office()
    invited, invitation = new_id(), PersonKeys.fresh()
    office.add(Kind.INVITED, invited, office.keys, public=invitation.public)
    with pytest.raises(StoreDamaged, match="never joined"):
        office.add(Kind.APPROVED, invited, office.keys, public=invitation.public)
    member, keys = office.newcomer()
    office.add(Kind.REMOVED, member, office.keys)
    with pytest.raises(StoreDamaged):
        office.add(Kind.APPROVED, member, office.keys, public=keys.public)
    assert office.chain.members[member].state is State.REMOVED


def test_an_entry_that_says_what_cannot_be_is_damage_and_not_a_crash() -> None:
    office = Office()
    with pytest.raises(StoreDamaged):
        office.add(Kind.REMOVED, new_id(), office.keys)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE member_entry SET roles = '[\"ADMINISTRATOR\"]' WHERE kind = 'JOINED'",
        "UPDATE member_entry SET kind = 'NONSENSE' WHERE kind = 'JOINED'",
        "UPDATE member_entry SET kind = 'APPROVED' WHERE kind = 'JOINED'",
        "UPDATE member_entry SET name = 'VLO 18' WHERE seq = 1",
        "UPDATE member_entry SET public = zeroblob(1248) WHERE kind = 'JOINED'",
        "DELETE FROM member_entry WHERE kind = 'INVITED'",
        "UPDATE member_entry SET seq = seq + 10 WHERE kind = 'JOINED'",
    ],
)
def test_a_chain_altered_in_the_file_is_not_opened(vault: Vault, clock: StandingClock, statement: str) -> None:
    joined(vault, "VLO 23", CASEWORKER, clock).close()
    with without_triggers(vault, "member_entry") as connection:
        connection.execute(statement)
    vault.close()
    with pytest.raises(StoreDamaged, match="membership entry"):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def rechain(connection: Any, order: list[int], keys: PersonKeys | None) -> None:
    """Number the entries as in `order` (their numbers until now) and write every hash anew; `keys` sign what that changed, None leaves old signatures."""
    names = ("id", "seq", "at", "kind", "member", "name", "roles", "public", "by")
    rows = connection.execute(f"SELECT hash, signature, {_quoted(names)} FROM member_entry ORDER BY seq").fetchall()
    connection.execute("UPDATE member_entry SET seq = -seq")
    head = NO_HASH
    for seq, (before, signature, *values) in enumerate((rows[old - 1] for old in order), start=1):
        entry = dict(zip(names, values, strict=True)) | {"seq": seq, "previous": head}
        told = entry | {name: UUID(bytes=entry[name]) for name in ("id", "member", "by")} | {"at": datetime.fromtimestamp(entry["at"], UTC)}
        made = hashlib.sha256(canonical("member_entry", told)).digest()
        signed = signature if keys is None or made == before else keys.sign(made)
        connection.execute("UPDATE member_entry SET seq = ?, previous = ?, hash = ?, signature = ? WHERE id = ?", (seq, head, made, signed, entry["id"]))
        head = made


@pytest.mark.parametrize("signs", ["nobody", "a member without the right", "a stranger"])
def test_roles_given_back_by_putting_entries_in_another_order_are_named(vault: Vault, clock: StandingClock, signs: str) -> None:
    """Who knows the file key swaps "may administer" and "may no longer", writes every hash after them anew, and signs with what keys he has."""
    other = joined(vault, "Analyst 2", ANALYST, clock)
    people.change_roles(vault, other.member.id, frozenset({Role.ADMINISTRATOR}))
    people.change_roles(vault, other.member.id, ANALYST)
    seqs = range(1, vault.membership.seq + 1)
    with without_triggers(vault, "member_entry") as connection:
        rechain(connection, list(seqs), None)
    assert verify(vault).holds  # the same order, chained anew, is the same chain: what follows is found for its order alone
    keys = {"nobody": None, "a member without the right": other.keyring.keys, "a stranger": PersonKeys.fresh()}[signs]
    with without_triggers(vault, "member_entry") as connection:
        rechain(connection, [*seqs[:-2], seqs[-1], seqs[-2]], keys)
    found = verify(vault).findings
    assert ("member_entry", "member") in {(one.table, one.kind) for one in found}
    assert f"Membership entry {seqs[-2]} does not follow" in found[0].what
    vault.close()
    other.close()
    with pytest.raises(StoreDamaged, match=f"membership entry {seqs[-2]} is not signed"):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)


def test_the_end_of_the_membership_cannot_be_cut_once_somebody_saw_it(vault: Vault, clock: StandingClock) -> None:
    """What took a role away is deleted, with the file key in hand: what is left is a chain that follows."""
    other = joined(vault, "Analyst 2", frozenset({Role.ADMINISTRATOR}), clock)
    people.change_roles(vault, other.member.id, ANALYST)
    other.close()
    vault.witness()
    assert verify(vault).holds
    with without_triggers(vault, "member_entry") as connection:
        connection.execute("DELETE FROM member_entry WHERE seq = (SELECT max(seq) FROM member_entry)")
    (found,) = verify(vault).findings
    assert (found.table, found.kind) == ("audit_witness", "witness")
    assert "of the membership" in found.what


def test_two_entries_that_only_change_numbers_are_named(vault: Vault, clock: StandingClock) -> None:
    joined(vault, "Analyst 2", ANALYST, clock).close()
    last = vault.refresh_membership().seq
    with without_triggers(vault, "member_entry") as connection:
        for now, then in ((last, 99), (last - 1, last), (99, last - 1)):
            connection.execute("UPDATE member_entry SET seq = ? WHERE seq = ?", (then, now))
    assert ("member_entry", "member") in {(one.table, one.kind) for one in verify(vault).findings}


def test_a_whole_new_chain_is_not_the_one_a_member_trusts(vault: Vault, new_vault: Callable[..., Vault], clock: StandingClock) -> None:
    other = new_vault(name="Another office")
    with without_triggers(vault, "member_entry") as target, without_triggers(other, "member_entry") as source:
        rows = source.execute("SELECT * FROM member_entry").fetchall()
        target.execute("DELETE FROM member_entry")
        target.executemany(f"INSERT INTO member_entry VALUES ({', '.join('?' * len(rows[0]))})", rows)
    vault.close()
    with pytest.raises(StoreDamaged, match="begin"):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)


def test_names_are_found_in_any_case_and_a_newer_user_before_one_removed(vault: Vault, clock: StandingClock) -> None:
    first = joined(vault, "VLO 23", CASEWORKER, clock)
    first.close()
    people.remove(vault, first.member.id)
    assert vault.membership.by_name("vlo  23").id == first.member.id  # type: ignore[union-attr]
    second = joined(vault, "VLO 23", CASEWORKER, clock)
    second.close()
    assert vault.refresh_membership().by_name("vlo 23").id == second.member.id  # type: ignore[union-attr]
