"""Ids: UUIDv7, strictly increasing within a process.

They carry a time, so they never leave in a package, release or file name. Source: RFC 9562, section 5.7
(`uuid.uuid7` exists only from Python 3.14).
"""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A fresh id, greater than every id this process made before."""
    global _last
    with _lock:
        # 48 bits of milliseconds, then 74 random bits in the places the version and variant leave free.
        value = (time.time_ns() // 1_000_000) << 74 | int.from_bytes(os.urandom(10), "big") & ((1 << 74) - 1)
        if value <= _last:
            value = _last + 1 + int.from_bytes(os.urandom(4), "big")
        _last = value
    millis_rand_a = value >> 62
    return UUID(int=(millis_rand_a >> 12) << 80 | 0x7 << 76 | (millis_rand_a & 0xFFF) << 64 | 0b10 << 62 | value & ((1 << 62) - 1))
