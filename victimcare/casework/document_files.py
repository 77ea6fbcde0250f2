"""Files that become documents: what can be taken, under which name it is kept, and what its bytes say it is.

Signatures of formats: PDF 2.0 (ISO 32000-2) 7.5.2, PNG (W3C) 5.2, JPEG (ITU-T T.81) B.1.1.3, GIF89a 17, TIFF 6.0 section 2, WebP (RFC 9649).
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from victimcare.refused import Refused
from victimcare.store.document_bytes import PART, BytesChanged

TEXT: Final = "TEXT"
IMAGE: Final = "IMAGE"
PDF: Final = "PDF"
MAIL: Final = "MAIL"
OTHER: Final = "OTHER"
LARGEST: Final = 50 * PART  # bytes of one document
LONGEST_NAME: Final = 120  # characters
NAMELESS: Final = "document"
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # byte order marks: a text, whatever else stands in it
_HEADER = re.compile(rb"[!-9;-~]+:[ \t]?[^\r\n]*(\r?\n[ \t][^\r\n]*)*\r?\n")
_OF_MAIL = (b"from:", b"received:", b"return-path:", b"mime-version:", b"message-id:", b"delivered-to:")
_LOOK = 64 * 1024  # bytes that are looked at
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names Windows keeps for devices


class DocumentRefused(Refused):
    """A file that cannot be kept as a document, or a document that cannot be opened."""


@dataclass(frozen=True, slots=True, repr=False)
class FileToKeep:
    """A file as it was when it was chosen. `stamp`: its time of change, to notice that it changed meanwhile."""

    path: Path
    name: str
    size: int
    stamp: int

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, 1 MiB at a time. Raises DocumentRefused, BytesChanged."""
        try:
            with open(self.path, "rb") as file:
                if _seen(file) != (self.size, self.stamp):
                    raise BytesChanged
                while chunk := file.read(PART):
                    yield chunk
                if _seen(file) != (self.size, self.stamp):
                    raise BytesChanged
        except OSError:
            raise _unreadable() from None


def file_to_keep(path: Path) -> FileToKeep:
    """What can be kept of `path`. Raises DocumentRefused for a folder, what is no plain file, is empty, too large or cannot be read."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise DocumentRefused("That is a folder, not a document. Nothing was kept.", "Choose the documents in it.")
        if not stat.S_ISREG(found.st_mode):
            raise DocumentRefused("That is not a plain file. Nothing was kept.", "Save it as a file first, then add that.")
        with open(path, "rb") as file:
            size, stamp = _seen(file)
        check_size(size)
    except OSError:
        raise _unreadable() from None
    return FileToKeep(path, name_kept(path.name), size, stamp)


def check_size(size: int) -> None:
    """Raises DocumentRefused for a document of no byte, or of too many."""
    if size == 0:
        raise DocumentRefused("The file is empty. Nothing was kept.", "Check that it is the right file, then add it again.")
    if size > LARGEST:
        told, most = f"{size / PART:,.1f} MB", f"{LARGEST // PART} MB"
        raise DocumentRefused(f"The file has {told}; a document may have {most}. Nothing was kept.", "Split it, or keep it elsewhere.")


def name_kept(name: str) -> str:
    """The name a document is kept under: no folders, no control, direction or format signs, no end that hides another, of a length that can be shown.

    The ending stays where the name is cut. "" becomes "document".
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(" " if sign.isspace() else sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn") or sign.isspace())
    plain = re.sub(r'[<>:"|?*]', "_", re.sub(r"\s+", " ", plain)).strip(" .")
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    if len(plain) > LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
        plain = plain[: LONGEST_NAME - len(ending)].rstrip(" .") + ending
    return plain or NAMELESS


def kind_of(first: bytes, name: str = "") -> tuple[str, str]:
    """(kind, media type) of a document whose bytes begin with `first`. The name only tells what the bytes leave open."""
    if first.startswith(b"%PDF-"):
        return PDF, "application/pdf"
    for mark, media_type in _IMAGES:
        if first.startswith(mark):
            return IMAGE, media_type
    if first[:4] == b"RIFF" and first[8:12] == b"WEBP":
        return IMAGE, "image/webp"
    if first[:2] == b"BM" and first[6:10] == b"\0\0\0\0":
        return IMAGE, "image/bmp"
    if _is_mail(first[:_LOOK], name):
        return MAIL, "message/rfc822"
    if b"%PDF-" in first[:1024]:  # readers allow some junk before it; an e-mail may carry it as well, so that comes first
        return PDF, "application/pdf"
    return (TEXT, "text/plain") if _is_text(first[:_LOOK]) else (OTHER, "application/octet-stream")


def _is_text(first: bytes) -> bool:
    if first.startswith(_MARKS):
        return True
    if b"\0" in first:
        return False
    strange = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in first)
    return strange * 100 < len(first)


def _is_mail(first: bytes, name: str) -> bool:
    """Whether it begins as RFC 5322 has a message: header fields, among them one that only mail has."""
    fields: list[bytes] = []
    start = re.match(rb"(From [^\r\n]*\r?\n)?\s*", first)
    place = start.end() if start else 0
    while (found := _HEADER.match(first, place)) is not None and len(fields) < 200:
        fields.append(found.group().lower())
        place = found.end()
    marks = sum(any(field.startswith(of) for field in fields) for of in _OF_MAIL)
    return marks >= (1 if name.casefold().endswith(".eml") else 2)


def _seen(file: BinaryIO) -> tuple[int, int]:
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns


def _unreadable() -> DocumentRefused:
    return DocumentRefused("That file cannot be read. Nothing of it was kept.", "Check that it is still there and that you may open it, then add it again.")
