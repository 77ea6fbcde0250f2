"""The command `office-keys`: the public halves of the office's own keys, to hand to partners."""

from __future__ import annotations

from typing import Any

from victimcare.cli.console import DONE, Console, add_command
from victimcare.store.office_keys import NoOfficeKeys, office_public_keys


def add(commands: Any) -> None:
    """Add the command of this module."""
    add_command(commands, "office-keys", _office_keys, "Print the office's public keys: what partners encrypt to, and what they check our signatures with.")


def _office_keys(console: Console) -> int:
    with console.vault() as vault, vault.reading() as session:
        keys = office_public_keys(session)
    if keys is None:
        raise NoOfficeKeys
    console.answer(recipient=keys.recipient, signer=keys.signer, fingerprint=keys.fingerprint, made_at=keys.made_at.isoformat())
    console.say(f"Encrypt to us with age:   {keys.recipient}")
    console.say(f"Check our signatures by:  {keys.signer}")
    console.say(f"Fingerprint of that:      {keys.fingerprint}")
    console.say(f"In use since:             {keys.made_at:%Y-%m-%d}")
    return DONE
