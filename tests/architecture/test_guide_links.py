"""The documents lead somewhere: every link stands for a file, every picture for one that `make screenshots` draws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
DRAWN = (ROOT / "scripts" / "screenshots.py").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_or_a_picture_that_is_drawn(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text()):
        if target.startswith("https://"):
            continue
        file = (page.parent / target).resolve()
        if file.suffix == ".png":
            name = file.name.removesuffix("-light-1366x768.png")
            assert file.parent == ROOT / "docs" / "pictures"
            assert f'"{name}"' in DRAWN, name
        else:
            assert file.exists(), target


def test_every_page_of_the_guide_is_in_its_index() -> None:
    guide = ROOT / "docs" / "guide"
    index = (guide / "README.md").read_text()
    assert [page.name for page in sorted(guide.glob("*.md")) if page.name != "README.md" and f"({page.name})" not in index] == []
