"""Recovery: a 32-byte secret, shown once as SLIP-39 shares, whose key pair opens every group key and the file key."""

from __future__ import annotations

import os
from collections.abc import Sequence
from uuid import UUID

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from victimcare.refused import Refused

SECRET_BYTES = 32
DRILL = b"victimcare recovery drill"


def test_info(vault: UUID) -> bytes:
    """What the drill's test value is bound to."""
    return b"|".join([b"recovery test", vault.bytes])


class SharesRefused(Refused):
    """The typed shares do not rebuild the secret."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "Check each word against the paper, and that the shares belong to this vault and to one set.")


def new_shares(needed: int, count: int) -> tuple[bytes, list[str]]:
    """A fresh secret and its `count` shares of 33 words, `needed` of which rebuild it. Raises SharesRefused."""
    if not 1 <= needed <= count <= 16 or (needed == 1 and count > 1):
        raise SharesRefused("Choose from 2 of 2 to 16 of 16 shares, or 1 of 1.")
    secret = os.urandom(SECRET_BYTES)
    return secret, generate_mnemonics(1, [(needed, count)], secret)[0]


def secret_of(shares: Sequence[str]) -> bytes:
    """The secret from enough shares (words in any case and spacing). Raises SharesRefused."""
    try:
        return combine_mnemonics([" ".join(share.lower().split()) for share in shares if share.strip()])
    except MnemonicError:
        raise SharesRefused("These shares do not fit together.") from None
    except (ValueError, IndexError):
        raise SharesRefused("No share was typed.") from None
