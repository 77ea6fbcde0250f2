"""What was freed is the system's again."""

from __future__ import annotations

import ctypes
import platform
import sys
from pathlib import Path

import pytest

from victimcare.ui.free_memory import give_back

MB = 1024 * 1024


def _held() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux" or platform.libc_ver()[0] != "glibc", reason="only the GNU C library keeps it")
def test_holes_between_what_stays_are_given_back() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
    pieces = [libc.malloc(16 * 1024) for _ in range(6_000)]
    for piece in pieces:
        ctypes.memset(piece, 1, 16 * 1024)
    kept, gone = pieces[::50] + pieces[-1:], [piece for at, piece in enumerate(pieces[:-1]) if at % 50]
    for piece in gone:
        libc.free(piece)
    before = _held()
    give_back()
    after = _held()
    for piece in kept:
        libc.free(piece)
    assert before - after > 50 * MB


def test_where_it_is_not_offered_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    give_back()
