"""Which letters the bundled fonts have. What they have not is written in Latin letters in brackets, never as an empty box.

A PDF/UA file may not hold a letter its fonts cannot show, so one such letter would cost the whole paper. This concerns rare
scripts, and Chinese signs beyond the 20,902 of Unicode's first block.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from anyascii import anyascii

from victimcare.resources import resource_dir

_UNSEEN = frozenset(map(ord, "\n\u00ad\u061c\u200b\u200c\u200d\u200e\u200f"))  # line break, soft hyphen, joiners and marks of direction
# Control characters, the byte order mark and the two marks that reverse the order of letters: nothing to see, and they can mislead or stop the setting.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff\u202d\u202e]")


def font_files() -> tuple[Path, ...]:
    """The bundled fonts, for paper and for the window alike."""
    return tuple(sorted(path for path in (resource_dir() / "fonts").iterdir() if path.suffix in (".otf", ".ttf")))


def in_our_letters(text: str) -> str:
    """`text` with each run of letters no bundled font has in Latin letters and brackets: "[bod]". Control characters go."""
    has = _has()
    lines = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    plain = _CONTROL.sub("", lines.replace("\t", " "))
    if all(ord(letter) in has for letter in plain):
        return plain
    kept: list[str] = []
    strange: list[str] = []
    for letter in plain + "\n":
        if ord(letter) in has:
            kept += [_bracketed("".join(strange)), letter]
            strange = []
        else:
            strange.append(letter)
    return "".join(kept)[:-1]


def _bracketed(strange: str) -> str:
    seen = "".join(letter for letter in strange if letter.isprintable())
    return f"[{anyascii(seen) or '?'}]" if seen else ""


@cache
def _has() -> frozenset[int]:
    return _UNSEEN.union(*(_letters(path.read_bytes()) for path in font_files()))


def _letters(font: bytes) -> Iterator[int]:
    """The letters (Unicode numbers) of an OpenType font: its `cmap` table, formats 4 and 12 (OpenType specification, cmap)."""
    tables = {font[at : at + 4]: struct.unpack_from(">II", font, at + 8) for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)}
    start, _ = tables[b"cmap"]
    count = struct.unpack_from(">H", font, start + 2)[0]
    for at in {start + struct.unpack_from(">I", font, start + 8 + 8 * n)[0] for n in range(count)}:
        form = struct.unpack_from(">H", font, at)[0]
        if form == 12:
            for first, last, _ in struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * struct.unpack_from(">I", font, at + 12)[0]]):
                yield from range(first, last + 1)
        elif form == 4:
            yield from _segments(font, at)


def _segments(font: bytes, at: int) -> Iterator[int]:
    half = struct.unpack_from(">H", font, at + 6)[0]
    numbers = f">{half // 2}H"
    lasts = struct.unpack_from(numbers, font, at + 14)
    firsts, deltas, offsets = (struct.unpack_from(numbers, font, at + 16 + part * half) for part in (1, 2, 3))
    for n, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        for letter in range(first, min(last, 0xFFFE) + 1):
            if offset:
                place = at + 16 + 3 * half + 2 * n + offset + 2 * (letter - first)
                glyph = struct.unpack_from(">H", font, place)[0]
            else:
                glyph = (letter + delta) & 0xFFFF
            if glyph:
                yield letter
