"""Files that Qt can open by path and that lie in memory alone, for images a style sheet names."""

from __future__ import annotations

import struct


def resource_tables(folder: str, file: str, content: bytes) -> tuple[bytes, bytes, bytes]:
    """The three tables Qt's resource system reads, version 1, for one `file` in one `folder`: tree, names, content.

    Tree: nodes of 14 bytes (name offset, flags, then children for a folder or language and content offset for a file).
    Names: length, hash, UTF-16. Source of the layout: the documented output of Qt's resource compiler.
    """
    first, second = _name(folder), _name(file)
    root = struct.pack(">IHII", 0, 2, 1, 1)
    inner = struct.pack(">IHII", 0, 2, 1, 2)
    leaf = struct.pack(">IHHHI", len(first), 0, 0, 1, 0)
    return root + inner + leaf, first + second, struct.pack(">I", len(content)) + content


def _name(text: str) -> bytes:
    return struct.pack(">HI", len(text), _hash(text)) + text.encode("utf-16-be")


def _hash(text: str) -> int:
    value = 0
    for letter in text:
        value = (value << 4) + ord(letter)
        value ^= (value & 0xF0000000) >> 23
        value &= 0x0FFFFFFF
    return value
