"""From a passphrase to a slot key: Argon2id, its cost kept per slot.

Cost: 256 MiB, 2 lanes, passes tuned at creation to about 0.7 s. Refused below RFC 9106's second choice (3 passes over
64 MiB) so that nobody can lower it in the header, and above 1 GiB or 20 passes so that a hostile header cannot exhaust memory.
"""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from victimcare.store.errors import HeaderDamaged

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Argon2id cost: `passes` over `kib` KiB of memory in `lanes` lanes."""

    passes: int
    lanes: int
    kib: int

    def checked(self) -> KdfCost:
        """Itself, if within bounds. Raises HeaderDamaged."""
        if not (FLOOR.passes <= self.passes <= CAP.passes and FLOOR.lanes <= self.lanes <= CAP.lanes and FLOOR.kib <= self.kib <= CAP.kib):
            raise HeaderDamaged("the cost of guessing a passphrase was altered")
        return self


FLOOR = KdfCost(passes=3, lanes=1, kib=64 * 1024)
CAP = KdfCost(passes=20, lanes=16, kib=1024 * 1024)
USUAL = KdfCost(passes=4, lanes=2, kib=256 * 1024)
TARGET_SECONDS = 0.7


def slot_key(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    """32 bytes from a passphrase (NFKC, so that the same letters typed on another system give the same key)."""
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.kib).derive(typed)


def tuned() -> KdfCost:
    """The cost for a new slot on this machine: as many passes as take about 0.7 s, never fewer than 3."""
    started = time.perf_counter()
    slot_key("tuning", b"\0" * SALT_BYTES, KdfCost(3, USUAL.lanes, USUAL.kib))
    one_pass = max((time.perf_counter() - started) / 3, 0.001)
    return KdfCost(min(max(round(TARGET_SECONDS / one_pass), 3), 12), USUAL.lanes, USUAL.kib)
