"""Colours can be read, and everything follows theme and zoom."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import QFile
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QCheckBox, QProgressBar, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import victimcare.ui
from victimcare.ui import icons, style
from victimcare.ui.sheet import SHEET
from victimcare.ui.style import DARK, LIGHT, Colours, Look, contrast

SURFACES = ("window", "panel", "raised", "selection")
TEXTS = ("text", "muted", "accent", "late", "now", "caution", "info", "safe")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_surface(colours: Colours) -> None:
    values = asdict(colours)
    for surface in SURFACES:
        for text in TEXTS:
            assert contrast(values[text], values[surface]) >= 4.5, (text, surface)
        for line in ("line", "focus"):
            assert contrast(values[line], values[surface]) >= 3, (line, surface)
    assert contrast(values["on_accent"], values["accent"]) >= 4.5


def test_contrast_agrees_with_the_ends_of_the_scale() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_no_colour_is_named_outside_the_style_module() -> None:
    folder = Path(victimcare.ui.__file__).parent
    for path in folder.rglob("*.py"):
        if path.name != "style.py":
            assert not re.search(r"[\"' ]#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8")), path.name


def test_every_colour_the_sheet_asks_for_exists() -> None:
    names = set(re.findall(r"@([a-z_-]+)", SHEET))
    assert {name for name in names if not name.startswith("image_")} <= set(asdict(LIGHT))


def test_images_of_the_sheet_lie_in_memory(dressed: Look) -> None:
    for colours in (LIGHT, DARK):
        assert QFile.exists(icons.memory_path("tick", colours.on_accent))
        file = QFile(icons.memory_path("down", colours.muted))
        assert file.open(QFile.OpenModeFlag.ReadOnly)
        assert colours.muted.encode() in file.readAll().data()


def test_a_ticked_box_differs_from_an_empty_one_in_dark(qtbot: QtBot, dressed: Look) -> None:
    dressed.set_theme("dark")
    box = QCheckBox("Sealed")
    qtbot.addWidget(box)
    box.show()
    colours = []
    for is_on in (False, True):
        box.setChecked(is_on)
        image = box.grab().toImage()
        colours.append({image.pixelColor(x, y).name() for x in range(3, 17) for y in range(image.height())})
    assert LIGHT.accent.lower() not in colours[1]
    assert DARK.accent.lower() in colours[1]
    assert DARK.accent.lower() not in colours[0]


def test_progress_shows_in_dark(qtbot: QtBot, dressed: Look) -> None:
    dressed.set_theme("dark")
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setValue(50)
    bar.resize(200, 8)
    qtbot.addWidget(bar)
    bar.show()
    image = bar.grab().toImage()
    assert image.pixelColor(20, image.height() // 2).name() == DARK.accent.lower()
    assert image.pixelColor(180, image.height() // 2).name() == DARK.panel.lower()


def test_zoom_enlarges_text_space_and_icons_of_what_is_there(qtbot: QtBot, dressed: Look) -> None:
    page = QWidget()
    layout, button = QVBoxLayout(page), QPushButton("Save")
    style.space(layout, 24, 8, 24, 8, gap=12)
    style.size(button, height=32)
    icons.put(button, "tick")
    layout.addWidget(button)
    qtbot.addWidget(page)
    page.show()
    dressed.set_zoom(200)
    assert layout.contentsMargins().left() == 48
    assert layout.spacing() == 24
    assert button.height() == 64
    assert button.iconSize().width() == 32
    assert button.font().pointSizeF() == pytest.approx(21)
    dressed.step_zoom(-1)
    assert dressed.zoom == 175
    dressed.set_zoom(10_000)
    dressed.step_zoom(1)
    assert dressed.zoom == 200


def test_icons_take_the_colours_of_the_theme(qtbot: QtBot, dressed: Look) -> None:
    button = QPushButton()
    icons.put(button, "dot", "accent")
    qtbot.addWidget(button)

    def middle() -> str:
        return button.icon().pixmap(16, 16).toImage().pixelColor(8, 8).name()

    assert middle() == LIGHT.accent.lower()
    button.show()
    dressed.set_theme("dark")
    assert middle() == DARK.accent.lower()


def test_the_font_has_tabular_figures_and_other_scripts(dressed: Look) -> None:
    font = dressed.font()
    assert font.families()[0] == "Inter"
    assert "Noto Sans Ethiopic" in font.families()
    assert [tag.toString().data().decode() for tag in font.featureTags()] == ["tnum"]


@pytest.mark.parametrize("name", ["王小明", "陳慧嫻", "さくら", "김민수", "فاطمة", "ትግርኛ", "Nguyễn Thị Ánh"])
def test_the_window_draws_a_name_in_its_own_letters(qapp, name: str) -> None:
    for beginning in ("Inter", "Noto", "Bundled"):
        style.load_fonts(beginning)
    font = QFont()
    font.setFamilies(style.FAMILIES)
    layout = QTextLayout(name, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    drawn = [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
    assert drawn
    assert 0 not in drawn  # glyph 0 of any font is the empty box
