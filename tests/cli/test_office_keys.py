"""The office's public keys without a window: for a person, and for a machine."""

from __future__ import annotations

from pathlib import Path

import pyrage
from cryptography.hazmat.primitives.serialization import load_ssh_public_key

from tests.cli.conftest import Command


def test_the_public_halves_are_printed_in_stock_formats(victimcare: Command, office: Path) -> None:
    told = victimcare("office-keys", office, "--user", "VLO 17", "--json")
    assert told.code == 0
    assert sorted(told.json) == ["fingerprint", "made_at", "recipient", "signer"]
    assert pyrage.encrypt(b"an answer", [pyrage.x25519.Recipient.from_str(told.json["recipient"])])
    load_ssh_public_key(told.json["signer"].encode())
    again = victimcare("office-keys", office, "--user", "VLO 17")
    for words in (told.json["recipient"], told.json["signer"], told.json["fingerprint"], told.json["made_at"][:10]):
        assert words in again.out
    assert "SECRET" not in again.out + again.err
