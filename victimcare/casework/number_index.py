"""References and phone numbers and whose they are, found by any part, the last digits first. In memory only."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

_NOT_DIGITS = re.compile(r"\D+")
_NOT_SIGNS = re.compile(r"[^0-9a-z]+")
_FEWEST = 3  # signs typed before numbers are looked for
_MOST = 400

WHOLE, ENDS, BEGINS, INSIDE = 0, 1, 2, 3


def phone_digits(value: str) -> str:
    """The digits of a phone number as dialled here: +44 7700 900365 and 07700 900365 are one."""
    digits = _NOT_DIGITS.sub("", value)
    if value.lstrip().startswith("+"):
        digits = "00" + digits
    return "0" + digits[4:].lstrip("0") if digits.startswith("0044") else digits


def reference_signs(value: str) -> str:
    """The letters and digits of a reference, small: VC-2026-0142 is vc20260142."""
    return _NOT_SIGNS.sub("", value.casefold())


class NumberIndex:
    """Filled by `add` in any order, then looked in."""

    def __init__(self, numbers: Iterable[tuple[str, int]] = ()) -> None:
        self._signs = bytearray(b"\n")
        self._bearers = array("I")
        self._starts = array("I")
        for signs, bearer in numbers:
            self.add(signs, bearer)

    def add(self, signs: str, bearer: int) -> None:
        """Take in a number and whose it is."""
        self._starts.append(len(self._signs))
        self._bearers.append(bearer)
        self._signs += signs.encode() + b"\n"

    def near(self, typed: str) -> Iterator[tuple[int, int]]:
        """(how near, bearer) of every number that has `typed` in it, the nearest kind first; a bearer may come again."""
        if len(typed) < _FEWEST or not self._bearers:
            return
        for near, needle in ((WHOLE, f"\n{typed}\n"), (ENDS, f"{typed}\n"), (BEGINS, f"\n{typed}"), (INSIDE, typed)):
            for place in self._places(needle.encode()):
                yield near, self._bearers[bisect_right(self._starts, place + needle.startswith("\n")) - 1]

    def _places(self, needle: bytes) -> Iterator[int]:
        place, found = self._signs.find(needle), 0
        while place >= 0 and found < _MOST:
            yield place
            found += 1
            place = self._signs.find(needle, place + 1)
