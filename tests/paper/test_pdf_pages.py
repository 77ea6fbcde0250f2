"""Pages of a PDF as pictures in memory: bounded, without a file, and refused when damaged."""

from __future__ import annotations

import builtins
import os
from pathlib import Path
from typing import Any

import pytest
import typst

from victimcare.paper.pdf_pages import MOST_POINTS, PdfRefused, page_picture


def made(source: str) -> bytes:
    content: bytes = typst.compile(source.encode())
    return content


def test_each_page_is_a_picture_of_the_width_asked_for() -> None:
    content = made("#set page(width: 100mm, height: 200mm, fill: rgb(10, 20, 30))\nOne #pagebreak() #set page(fill: rgb(200, 0, 0))\nTwo")
    first, second = page_picture(content, 0, width=200), page_picture(content, 1, width=200)
    assert (first.width, first.height, first.pages) == (200, 400, 2)
    assert first.pixels[:3] == bytes([30, 20, 10])
    assert second.pixels[:3] == bytes([0, 0, 200])
    with pytest.raises(IndexError):
        page_picture(content, 2, width=200)


def test_a_page_that_says_it_is_huge_is_drawn_small() -> None:
    picture = page_picture(made("#set page(width: 4000mm, height: 100000mm)\nHuge"), 0, width=2_000)
    assert picture.width * picture.height <= MOST_POINTS * 1.01
    assert len(picture.pixels) == picture.stride * picture.height


@pytest.mark.parametrize("harm", [lambda content: b"%PDF-1.7 nonsense", lambda content: content[: len(content) // 3], lambda content: b""])
def test_a_damaged_pdf_is_refused(harm: Any) -> None:
    with pytest.raises(PdfRefused):
        page_picture(harm(made("One")), 0, width=200)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to see which files are open")
def test_no_file_is_opened_to_draw_a_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    content = made("One")
    page_picture(content, 0, width=200)  # the library itself is loaded by now
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    def refuse(*args: Any, **more: Any) -> Any:
        raise AssertionError("a file was opened")

    before = set(os.listdir("/proc/self/fd"))
    with monkeypatch.context() as patch:
        patch.setattr(builtins, "open", refuse)
        page_picture(content, 0, width=200)
    assert set(os.listdir("/proc/self/fd")) <= before
    assert list(tmp_path.iterdir()) == []
