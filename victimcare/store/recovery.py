"""Recovery: a 32-byte secret, shown once as SLIP-39 shares, whose key pair opens every group key and the file key."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORDLIST

from victimcare.refused import Refused

SECRET_BYTES = 32
DRILL = b"victimcare recovery drill"
SHARE_WORDS = 33  # SLIP-39: 20 bits of set, 20 of place, 260 of secret, 30 of checksum, 10 bits a word
_WORDS = frozenset(WORDLIST)


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


@dataclass(frozen=True, slots=True, repr=False)
class TypedShare:
    """A share as far as it is typed. `strange`: words that are not in the list; a last word may still be on its way.

    `is_whole`: all 33 words, and their checksum holds; only then `number` (from 1), `needed` and `set_id` are told, else 0.
    """

    words: int
    strange: tuple[str, ...]
    is_whole: bool = False
    number: int = 0
    needed: int = 0
    set_id: int = 0

    @property
    def is_mistyped(self) -> bool:
        """Every word is in the list and none is missing, yet the checksum says that one is wrong."""
        return self.words >= SHARE_WORDS and not self.strange and not self.is_whole


def typed_share(text: str) -> TypedShare:
    """What can be said of a share while it is typed."""
    words = text.lower().split()
    on_its_way = words[-1:] if text and not text[-1].isspace() else []
    strange = tuple(word for word in words if word not in _WORDS)
    if strange and on_its_way == [strange[-1]] and any(known.startswith(strange[-1]) for known in WORDLIST):
        strange = strange[:-1]
    if strange or len(words) != SHARE_WORDS:
        return TypedShare(len(words), strange)
    try:
        share = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        return TypedShare(len(words), ())
    return TypedShare(len(words), (), True, share.index + 1, share.member_threshold, share.identifier)
