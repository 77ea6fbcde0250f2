"""The encrypted file page by page in plain Python, with no database engine: so the file is never hostage to one.

SQLCipher 4's format (its documentation, "SQLCipher Design"): 4096-byte pages, 80 bytes reserved at the end of each. The file
starts with a 16-byte salt. Body: AES-256-CBC under the raw key with the page's own 16-byte IV; tag: HMAC-SHA-512 over
body, IV and the page number (little-endian), its key by PBKDF2 (2 rounds) from the raw key and the salt XOR 0x3a.
The write-ahead log: SQLite's "Database File Format", section 4.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
RESERVED = 80
_BODY = PAGE - RESERVED
_SALT = 16
_TAG = 64
_MAGIC = b"SQLite format 3\0"
_LOG_HEADER, _FRAME_HEADER = 32, 24
_FIRST_PAGE = struct.pack(">HBBB", PAGE, 2, 2, RESERVED)  # the header of a file with a log, behind its magic
_FIRST_BYTES = (0, 2, 5, 10, 13)  # of a page without proof: free or overflowing, or one of the four kinds of tree
_TRIED, _TRIED_CHANGED = 64, 3  # pages that must fail before the salt is called changed; pages each changed salt is tried on


class PageKeys:
    """Opens and closes single pages of one file."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key, self.salt = key, salt
        self._mac = hashlib.pbkdf2_hmac("sha512", key, bytes(one ^ 0x3A for one in salt), 2, 32)

    def _tag(self, sealed: bytes, number: int) -> bytes:
        return hmac.digest(self._mac, sealed + struct.pack("<I", number), "sha512")

    def opened(self, page: bytes, number: int, *, unproved: bool = False) -> bytes | None:
        """The plain page `number` (from 1), or None when it does not verify (`unproved`: when it cannot be a page of a database)."""
        start = _SALT if number == 1 else 0
        if len(page) != PAGE:
            return None
        sealed, tag = page[start : _BODY + 16], page[_BODY + 16 : _BODY + 16 + _TAG]
        if not unproved and not hmac.compare_digest(self._tag(sealed, number), tag):
            return None
        decryptor = Cipher(algorithms.AES(self._key), modes.CBC(sealed[-16:])).decryptor()
        body = decryptor.update(sealed[:-16]) + decryptor.finalize()
        if unproved and not (body[:5] == _FIRST_PAGE if number == 1 else body[0] in _FIRST_BYTES):
            return None
        return (_MAGIC if number == 1 else b"") + body + bytes(RESERVED)

    def closed(self, page: bytes, number: int) -> bytes:
        """The encrypted form of a plain page."""
        start, iv = (_SALT if number == 1 else 0), os.urandom(16)
        encryptor = Cipher(algorithms.AES(self._key), modes.CBC(iv)).encryptor()
        sealed = encryptor.update(page[start:_BODY]) + encryptor.finalize() + iv
        return (self.salt if number == 1 else b"") + sealed + self._tag(sealed, number)


@dataclass(frozen=True, slots=True, repr=False)
class PlainPages:
    """A plain database with its log applied. `lost`: the pages that do not verify, left empty.

    `is_proved`: False where the salt is lost and with it the proof of every page: they were decrypted all the same.
    """

    content: bytearray
    lost: list[int]
    is_proved: bool = True


def read_pages(path: Path, key: bytes) -> PlainPages:
    """Every page of the file that can be read. Raises OSError."""
    content = path.read_bytes()
    keys, is_proved = _page_keys(content, key)
    newest = _log(path.with_name(path.name + "-wal"), keys, unproved=not is_proved)
    count = max([len(content) // PAGE, *newest])
    whole, lost = bytearray(count * PAGE), []
    for number in range(1, count + 1):
        page = newest.get(number) or keys.opened(content[(number - 1) * PAGE : number * PAGE], number, unproved=not is_proved)
        if page is None:
            lost.append(number)
        else:
            whole[(number - 1) * PAGE : number * PAGE] = page
    if whole[: len(_MAGIC)] == _MAGIC:
        # A file in memory has no log: mark it as one that never had.
        whole[18:20] = b"\x01\x01"
        whole[28:32] = struct.pack(">I", count)
    return PlainPages(whole, lost, is_proved)


def _page_keys(content: bytes, key: bytes) -> tuple[PageKeys, bool]:
    """The keys of the file's pages, and whether they prove any: with the salt at its head, or with one byte of it changed."""
    salt = content[:_SALT].ljust(_SALT, b"\0")
    tried = [(number, content[(number - 1) * PAGE : number * PAGE]) for number in range(1, min(len(content) // PAGE, _TRIED) + 1)]
    asked = PageKeys(key, salt)
    if any(asked.opened(page, number) for number, page in tried):
        return asked, True
    for at in range(_SALT):
        for byte in range(256):
            changed = PageKeys(key, salt[:at] + bytes([byte]) + salt[at + 1 :])
            if any(changed.opened(page, number) for number, page in tried[:_TRIED_CHANGED]):
                return changed, True
    return asked, False


def _log(path: Path, keys: PageKeys, *, unproved: bool) -> dict[int, bytes]:
    """The pages that committed transactions left in the log, newest of each. Its own salts tell old frames; the tag tells damage."""
    if not path.exists():
        return {}
    content = path.read_bytes()
    salts = content[16:24]
    committed: dict[int, bytes] = {}
    open_: dict[int, bytes] = {}
    for at in range(_LOG_HEADER, len(content) - _FRAME_HEADER - PAGE + 1, _FRAME_HEADER + PAGE):
        number, size_after = struct.unpack(">II", content[at : at + 8])
        page = keys.opened(content[at + _FRAME_HEADER : at + _FRAME_HEADER + PAGE], number, unproved=unproved)
        if content[at + 8 : at + 16] != salts or page is None:
            break
        open_[number] = page
        if size_after:
            committed |= open_
            open_ = {}
    return committed


def write_pages(path: Path, key: bytes, plain: bytes) -> None:
    """A new encrypted file from a plain database whose pages have the reserved bytes free."""
    keys = PageKeys(key, os.urandom(_SALT))
    with open(path, "wb") as out:
        for number in range(1, len(plain) // PAGE + 1):
            out.write(keys.closed(plain[(number - 1) * PAGE : number * PAGE], number))
        out.flush()
        os.fsync(out.fileno())


def empty_database() -> bytes:
    """A plain database of one page that keeps the reserved bytes free (no statement can ask SQLite for that)."""
    header = bytearray(PAGE)
    header[:16] = _MAGIC
    header[16:24] = struct.pack(">HBBBBBB", PAGE, 1, 1, RESERVED, 64, 32, 32)
    header[24:32] = struct.pack(">II", 1, 1)
    header[44:48] = struct.pack(">I", 4)
    header[56:60] = struct.pack(">I", 1)
    header[92:100] = struct.pack(">II", 1, 3_040_000)
    # An empty leaf of the schema table: its content begins where the reserved bytes do.
    header[100:108] = struct.pack(">BHHHB", 13, 0, 0, _BODY, 0)
    return bytes(header)
