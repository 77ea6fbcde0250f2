"""Papers the window writes: shares to print, files whole or not at all."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from victimcare.store.recovery import new_shares
from victimcare.ui.papers import FileNotWritten, shares_pdf, write_file

MADE_AT = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)


def test_each_share_has_a_page_with_all_its_words_and_how_many_are_needed() -> None:
    _, shares = new_shares(2, 3)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(shares_pdf(shares, made_at=MADE_AT, vault_name="MSKU casework"))).pages]
    assert len(pages) == 3
    for at, (page, share) in enumerate(zip(pages, shares, strict=True), start=1):
        assert all(word in page for word in share.split())
        for words in (f"Recovery share {at} of 3", "2 of 3 shares", "MSKU casework", "24 Nov 2026"):
            assert words in page
    # Words are drawn by chance, and a few may stand in what the page says; another share on it would bring them all.
    others = set(shares[1].split()) - set(shares[0].split())
    assert len(others & set(pages[0].split())) < len(others) / 2


def test_a_file_is_replaced_whole_and_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "shares.pdf"
    file.write_bytes(b"before")
    write_file(file, b"after")
    assert file.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [file]
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("name", "why"), [("no such folder/shares.pdf", "no such folder"), ("taken", "a folder of that name")])
def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(FileNotWritten, match=why):
        write_file(tmp_path / name, b"words")
    assert [path.name for path in tmp_path.rglob("*")] == ["taken"]
