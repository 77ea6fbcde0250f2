"""Each drawing is one line set that takes a colour."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from victimcare.resources import resource_dir
from victimcare.ui import icons

NAMES = sorted(path.stem for path in (resource_dir() / "icons").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_on_the_grid_and_takes_its_colour(name: str) -> None:
    drawing = icons.svg(name, "#123456")
    root = ET.fromstring(drawing)
    assert root.get("viewBox") == "0 0 20 20"
    assert b"#123456" in drawing
    assert b"currentColor" not in drawing
    assert b"<script" not in drawing
    image = icons.picture(name, "late", 20, 1.0).toImage()
    inked = [image.pixelColor(x, y) for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() > 128]
    assert len(inked) > 8


def test_a_drawing_that_is_not_there_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        icons.svg("no-such-thing", "#000000")
