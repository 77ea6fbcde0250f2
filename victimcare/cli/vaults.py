"""Commands that make and open vaults: create, recover, rotate, passphrase."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from victimcare.cli.console import DONE, Console, FileNotReadable, add_command
from victimcare.records import make_vault
from victimcare.store import people, recovering
from victimcare.store.rotation import rotate_file_key


def add(commands: Any) -> None:
    """Add the commands of this module."""
    create = add_command(commands, "create", _create, "Make a new vault. Its first user holds every role. The recovery shares are shown once.")
    create.add_argument("--name", help="the name of the office or vault (default: the folder's name)")
    create.add_argument("--recovery", type=_shares, default=(2, 3), metavar="2/3", help="how many shares are needed, of how many")
    passphrase = add_command(commands, "passphrase", _passphrase, "Change your own passphrase.")
    _takes_new_passphrase(passphrase)
    recover = add_command(commands, "recover", _recover, "Open a vault with recovery shares: makes a new user with every role, and new shares.")
    recover.add_argument("--shares-file", type=Path, metavar="FILE", help="one share a line (default: asked for)")
    recover.add_argument("--recovery", type=_shares, default=(2, 3), metavar="2/3", help="the new shares")
    recover.add_argument("--drill", action="store_true", help="only prove that the shares would open the vault; signs in as --user and changes nothing")
    recover.add_argument("--renew", action="store_true", help="signs in as --user and makes new shares: the old ones are over")
    _takes_new_passphrase(recover)
    add_command(commands, "rotate", _rotate, "Change the key of the vault's file: after a user left, or a laptop was lost.")


def _takes_new_passphrase(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if action.dest == "new_passphrase_file":
            action.help = "read the new passphrase from the first line of FILE (or VICTIMCARE_NEW_PASSPHRASE)"


def _shares(text: str) -> tuple[int, int]:
    needed, _, count = text.partition("/")
    return int(needed), int(count)


def show_shares(console: Console, shares: list[str], needed: int) -> None:
    """Print the shares once: nothing keeps them."""
    console.answer(shares=shares, shares_needed=needed)
    console.say_secret(f"\nRecovery shares: any {needed} of these {len(shares)} open the vault when nobody else can. They are shown only now.")
    console.say_secret("Write each on paper and give each to a different person you trust.\n")
    for number, share in enumerate(shares, 1):
        console.say_secret(f"  Share {number}: {share}\n")


def _create(console: Console) -> int:
    arguments = console.arguments
    if not arguments.user.strip():
        raise people.NameMissing
    vault, shares = make_vault(
        arguments.vault,
        name=arguments.name or arguments.vault.resolve().name,
        user=arguments.user,
        passphrase=console.passphrase(),
        recovery=arguments.recovery,
    )
    vault.close()
    console.answer(vault=str(arguments.vault), user=arguments.user)
    console.say(f"Made the vault {vault.name}. {arguments.user} holds every role until there is a second user.")
    show_shares(console, shares, arguments.recovery[0])
    return DONE


def _passphrase(console: Console) -> int:
    with console.vault() as vault:
        people.change_passphrase(vault, console.passphrase(), console.passphrase(new=True))
    console.answer(changed=True)
    console.say("Your passphrase is changed. Backups made before today still open with the old one.")
    return DONE


def _typed_shares(console: Console) -> list[str]:
    file: Path | None = console.arguments.shares_file
    if file is not None:
        try:
            return file.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            raise FileNotReadable("file of shares") from None
    console.progress("Type one share a line, then an empty line.")
    shares: list[str] = []
    for line in sys.stdin:
        if not line.strip():
            break
        shares.append(line)
    return shares


def _recover(console: Console) -> int:
    arguments = console.arguments
    if arguments.drill:
        with console.vault() as vault:
            recovering.recovery_drill(vault, _typed_shares(console))
        console.answer(drill="passed")
        console.say("These shares open the vault. Nothing was changed.")
        return DONE
    if arguments.renew:
        with console.vault() as vault:
            shares = recovering.renew_shares(vault, arguments.recovery)
        console.say("The old shares no longer open the vault. Backups made before today still open with them.")
        show_shares(console, shares, arguments.recovery[0])
        return DONE
    if not arguments.user.strip():
        raise people.NameMissing
    opened, shares = recovering.recover(
        arguments.vault, _typed_shares(console), user=arguments.user, passphrase=console.passphrase(new=True), recovery=arguments.recovery
    )
    opened.close()
    console.answer(recovered=True, user=arguments.user)
    console.say(f"The vault is open again. {arguments.user} holds every role; the audit says that shares were used. The old shares no longer work.")
    show_shares(console, shares, arguments.recovery[0])
    return DONE


def _rotate(console: Console) -> int:
    with console.vault() as vault:
        rotate_file_key(vault)
        console.answer(epoch=vault.header.epoch)
    console.say("The key of the file is changed. Old copies and backups still open with the old keys: make a new backup and replace them.")
    return DONE
