"""The command `user`: invite, list, join, approve, remove."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from victimcare.cli.console import DONE, Console, add_command, first_line
from victimcare.refused import Refused
from victimcare.store import people, rotation
from victimcare.store.members import Member, State
from victimcare.store.rights import Role
from victimcare.store.vault import Vault

_STATES = {
    State.INVITED: "invited, has not signed in",
    State.WAITING: "waits to be let in to cases",
    State.ACTIVE: "active",
    State.REMOVED: "removed",
}


class WordsDiffer(Refused):
    """The six words do not belong to this person's key."""

    def __init__(self) -> None:
        super().__init__("The six words are not theirs. Nobody was let in.", "Ask the person to read them again; if they still differ, remove the user.")


def add(commands: Any) -> None:
    """Add `user` and what it can do."""
    parser = add_command(commands, "user", _user, "Invite, list, let in and remove users.")
    parser.add_argument("what", choices=("invite", "list", "join", "approve", "remove"))
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="the user it is about")
    parser.add_argument(
        "--roles",
        type=_roles,
        default=frozenset({Role.CASEWORKER}),
        metavar="ROLES",
        help="caseworker, supervisor, analyst, administrator; several with commas",
    )
    parser.add_argument("--words", default="", metavar='"SIX WORDS"', help="approve: the six words that the person reads out to you")
    parser.add_argument("--code-file", type=Path, metavar="FILE", help="join: the invitation's code in a file (default: asked for)")


def _roles(text: str) -> frozenset[Role]:
    try:
        roles = frozenset(Role(one.strip().upper()) for one in text.split(",") if one.strip())
    except ValueError:
        roles = frozenset()
    if not roles:
        raise argparse.ArgumentTypeError(f"roles are {', '.join(role.lower() for role in Role)}")
    return roles


def _user(console: Console) -> int:
    what = console.arguments.what
    if what == "join":
        return _join(console)
    with console.vault() as vault:
        if what == "list":
            return _list(console, vault)
        if not console.arguments.name.strip():
            raise people.NameMissing
        return {"invite": _invite, "approve": _approve, "remove": _remove}[what](console, vault)


def _list(console: Console, vault: Vault) -> int:
    members = sorted(vault.refresh_membership().members.values(), key=lambda one: one.name.casefold())
    console.answer(
        users=[{"name": one.name, "roles": sorted(role.lower() for role in one.roles), "state": one.state.lower(), "words": list(one.words)} for one in members]
    )
    for one in members:
        console.say(f"{one.name:24} {_STATES[one.state]:30} {', '.join(sorted(role.lower() for role in one.roles))}")
    return DONE


def _invite(console: Console, vault: Vault) -> int:
    code = people.invite(vault, console.arguments.name, console.arguments.roles)
    console.answer(name=console.arguments.name, code=code, days=people.INVITATION_DAYS)
    console.say_secret(f"Code for {console.arguments.name}, good for {people.INVITATION_DAYS} days, to hand over once: {code}")
    return DONE


def _join(console: Console) -> int:
    """First sign-in: `victimcare user VAULT join NAME` with the code and one's own new passphrase."""
    arguments = console.arguments
    if arguments.code_file is not None:
        code = first_line(arguments.code_file)
    else:
        console.progress("The code of your invitation:")
        code = sys.stdin.readline()
    vault = Vault.join(arguments.vault, arguments.name or arguments.user, code, console.passphrase(new=True))
    member = vault.member
    vault.close()
    console.answer(name=member.name, state=member.state.lower(), words=list(member.words))
    if member.state is State.WAITING:
        console.say(f"You can sign in. A caseworker must let you read cases. Your words: {' '.join(member.words)}")
    else:
        console.say("You can sign in.")
    return DONE


def _named(vault: Vault, name: str) -> Member:
    member = vault.refresh_membership().by_name(name)
    if member is None:
        raise people.NoSuchUser
    return member


def _approve(console: Console, vault: Vault) -> int:
    member = _named(vault, console.arguments.name)
    words = console.arguments.words
    if not words and sys.stdin.isatty():
        words = input("The six words, as the person reads them out: ")
    if tuple(words.lower().split()) != member.words:
        raise WordsDiffer
    people.approve(vault, member.id)
    console.answer(name=member.name, state="active")
    console.say(f"{member.name} can now read cases.")
    return DONE


def _remove(console: Console, vault: Vault) -> int:
    member = _named(vault, console.arguments.name)
    people.remove(vault, member.id)
    rotation.rotate_file_key(vault)
    console.answer(name=member.name, state="removed", casework_key_renewed=False)
    console.say(f"{member.name} can no longer sign in, and the file has a new key.")
    if vault.keyring.holds_casework and people.casework_key_is_stale(vault):
        rotation.renew_casework_key(vault)
        console.answer(casework_key_renewed=True)
        console.say("The casework key is renewed too. What they copied before stays readable to them.")
    else:
        console.say("The casework key is renewed at the next sign-in of a caseworker. What they copied before stays readable to them.")
    return DONE
