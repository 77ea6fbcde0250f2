"""Files that become documents: their name as it is kept, their kind by their bytes, and what cannot be taken."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.casework.document_files import LARGEST, LONGEST_NAME, DocumentRefused, file_to_keep, kind_of, name_kept
from victimcare.store.document_bytes import BytesChanged

MAIL = b"Received: from a by b\r\nFrom: Ana <ana@example.org>\r\nSubject: hello\r\n\r\nHello.\r\n"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("/home/vlo/../letter.pdf", "letter.pdf"),
        ("C:\\Users\\vlo\\letter.pdf", "letter.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\nb\tc\x00.txt", "a b c.txt"),
        ("..", "document"),
        ("", "document"),
        ("CON.txt", "_CON.txt"),
        ('what?"<>|*:.txt', "what_______.txt"),
        ("Zeugenaussage Łódź – אנה.docx", "Zeugenaussage Łódź – אנה.docx"),
        ("x" * 500 + ".jpeg", "x" * (LONGEST_NAME - 5) + ".jpeg"),
    ],
)
def test_a_name_is_kept_so_that_it_can_be_shown_and_written(name: str, kept: str) -> None:
    assert name_kept(name) == kept


@given(st.text())
def test_no_name_leads_anywhere_or_hides_anything(name: str) -> None:
    kept = name_kept(name)
    assert 0 < len(kept) <= LONGEST_NAME
    assert not set(kept) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in kept)
    assert kept.strip(" .") == kept
    assert name_kept(kept) == kept


@pytest.mark.parametrize(
    ("first", "name", "kind"),
    [
        (b"%PDF-1.7\n", "harmless.txt", "PDF"),
        (b"\xef\xbb\xbf junk %PDF-1.4", "a", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "photo.pdf", "IMAGE"),
        (b"\xff\xd8\xff\xe0", "photo", "IMAGE"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "photo", "IMAGE"),
        (b"MZ\x90\0\x03\0\0\0", "photo.jpg", "OTHER"),
        (b"PK\x03\x04\x14\0", "letter.docx", "OTHER"),
        ("Zażółć gęślą jaźń".encode("cp1250"), "note.txt", "TEXT"),
        ("She said: never".encode("utf-16"), "note.txt", "TEXT"),
        (b"<html><script>alert(1)</script>", "page.html", "TEXT"),
        (b"From: the office\nhello\n", "note.txt", "TEXT"),
        (b"Dear: Sir\n\nhello\n", "note.eml", "TEXT"),
        (MAIL, "anything.bin", "MAIL"),
        (b"Subject: hello\nFrom: ana@example.org\n\nHello", "x.EML", "MAIL"),
    ],
)
def test_the_kind_is_told_by_the_bytes(first: bytes, name: str, kind: str) -> None:
    assert kind_of(first, name)[0] == kind


def test_a_folder_a_device_and_what_is_not_there_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match="folder"):
        file_to_keep(tmp_path)
    with pytest.raises(DocumentRefused, match="cannot be read"):
        file_to_keep(tmp_path / "not there.pdf")
    (tmp_path / "empty.pdf").touch()
    with pytest.raises(DocumentRefused, match="empty"):
        file_to_keep(tmp_path / "empty.pdf")
    with open(tmp_path / "large.bin", "wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(DocumentRefused, match="50 MB"):
        file_to_keep(tmp_path / "large.bin")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentRefused, match="plain file"):
        file_to_keep(tmp_path / "pipe")


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"x" * 3_000_000)
    found = file_to_keep(path)
    assert b"".join(found.chunks()) == path.read_bytes()
    chunks = found.chunks()
    next(chunks)
    with open(path, "ab") as file:
        file.write(b"more")
    with pytest.raises(BytesChanged):
        list(chunks)
    with pytest.raises(BytesChanged):
        list(found.chunks())


def test_a_file_that_goes_before_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"x")
    found = file_to_keep(path)
    path.unlink()
    with pytest.raises(DocumentRefused, match="cannot be read"):
        list(found.chunks())
