"""How everything looks: the only place with colours, fonts and style sheets.

`dress(app, theme, zoom)` puts the look on the application; `look()` answers what is on. Widgets say what a thing
is (`role="muted"`, `kind="primary"`, `ground="window"`), never what colour it has. Sizes are given once, in px at
100 %, by `space`, `size` and `icons.put`, and follow the zoom by themselves.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from victimcare.resources import resource_dir
from victimcare.ui import icons
from victimcare.ui.sheet import SHEET

FAMILIES = ["Inter", "Noto Sans Arabic", "Noto Sans Ethiopic", "Noto Sans", "Bundled Sans CJK"]
ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette. Surfaces, text and icon colours, lines; each text colour is 4.5:1 or more on each surface, each line 3:1."""

    window: str
    panel: str
    raised: str
    selection: str
    text: str
    muted: str
    accent: str
    late: str
    now: str
    caution: str
    info: str
    safe: str
    on_accent: str
    line: str
    focus: str


LIGHT = Colours(
    window="#F0F2F1",
    panel="#FFFFFF",
    raised="#F6F8F7",
    selection="#DEEAEE",
    text="#1A1F1E",
    muted="#525B58",
    accent="#1B5A70",
    late="#98350F",
    now="#403E9F",
    caution="#6E4C00",
    info="#285888",
    safe="#1A6236",
    on_accent="#FFFFFF",
    line="#7E8683",
    focus="#0B63CE",
)
DARK = Colours(
    window="#161919",
    panel="#1E2222",
    raised="#272C2C",
    selection="#263A42",
    text="#E4E8E6",
    muted="#ADB6B2",
    accent="#86C0D6",
    late="#F0A17F",
    now="#B7B6F4",
    caution="#E0B458",
    info="#9AC3EC",
    safe="#8FCDA2",
    on_accent="#10222A",
    line="#7B8581",
    focus="#8AB8FF",
)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours written as #RRGGBB, 1 to 21. Source: WCAG 2.2, relative luminance."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


class Look(QObject):
    """The look that is on: colours and zoom. `changed` is emitted after either changed and every widget was told."""

    changed = Signal()

    def __init__(self, app: QApplication, theme: str = "system", zoom: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self.theme = theme if theme in THEMES else "system"
        self.zoom = zoom if zoom in ZOOMS else 100
        self.colours = LIGHT
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _: self.apply())
        hints.accessibility().contrastPreferenceChanged.connect(lambda _: self.apply())

    def set_theme(self, theme: str) -> None:
        """`system`, `light` or `dark`."""
        self.theme = theme if theme in THEMES else "system"
        self.apply()

    def set_zoom(self, percent: int) -> None:
        """One of ZOOMS; the nearest is taken."""
        self.zoom = min(ZOOMS, key=lambda one: abs(one - percent))
        self.apply()

    def step_zoom(self, steps: int) -> None:
        """Larger by so many steps, or smaller when negative."""
        at = ZOOMS.index(self.zoom) + steps
        self.set_zoom(ZOOMS[max(0, min(at, len(ZOOMS) - 1))])

    def px(self, pixels: float) -> int:
        """Pixels at 100 % as pixels now."""
        return max(1, round(pixels * self.zoom / 100)) if pixels else 0

    def colour(self, role: str) -> QColor:
        """The colour of a role such as `late` or `muted`."""
        return QColor(getattr(self.colours, role))

    def font(self, kind: str = "body") -> QFont:
        """A font: `title`, `section`, `body`, `strong` or `small`."""
        points, weight = {"title": (18, 600), "section": (13, 600), "body": (10.5, 400), "strong": (10.5, 600), "small": (9, 400)}[kind]
        font = QFont()
        font.setFamilies(FAMILIES)
        font.setPointSizeF(points * self.zoom / 100)
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def apply(self) -> None:
        """Choose the palette and put fonts, colours, sizes and icons on everything that is there."""
        self.colours = self._chosen()
        icons.clear_cache()
        self._app.setFont(self.font())
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(self._sheet())
        for window in QApplication.topLevelWidgets():
            for widget in (window, *window.findChildren(QWidget)):
                _resize(widget)
                icons.refresh(widget)
            for layout in window.findChildren(QLayout):
                _respace(layout)
        self.changed.emit()

    def _chosen(self) -> Colours:
        hints = QGuiApplication.styleHints()
        is_dark = self.theme == "dark" or (self.theme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
        colours = DARK if is_dark else LIGHT
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            colours = replace(colours, window=colours.panel, raised=colours.panel, muted=colours.text, line=colours.text)
        return colours

    def _palette(self) -> QPalette:
        roles = {
            "Window": "window", "Base": "panel", "AlternateBase": "panel", "Button": "panel", "WindowText": "text", "Text": "text",
            "ButtonText": "text", "PlaceholderText": "muted", "Highlight": "selection", "HighlightedText": "text", "Accent": "accent",
            "Link": "accent", "LinkVisited": "accent", "BrightText": "on_accent", "ToolTipBase": "raised", "ToolTipText": "text",
            "Light": "panel", "Midlight": "raised", "Mid": "line", "Dark": "line", "Shadow": "line",
        }  # fmt: skip
        palette = QPalette()
        for role, ours in roles.items():
            palette.setColor(QPalette.ColorRole[role], self.colour(ours))
        for role in ("WindowText", "Text", "ButtonText"):
            palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], self.colour("muted"))
        return palette

    def _sheet(self) -> str:
        names = asdict(self.colours)
        for image, role in (("down", "muted"), ("check", "on_accent"), ("dot", "accent"), ("sort-up", "text"), ("sort-down", "text")):
            names[f"image_{image}"] = icons.memory_path({"check": "tick"}.get(image, image), names[role])
        sheet = re.sub(r"@([a-z_-]+)", lambda found: names[found[1]], SHEET)
        return re.sub(r"(?<![\w.#])(\d+(?:\.\d+)?)(px|pt)", self._scaled, sheet)

    def _scaled(self, found: re.Match[str]) -> str:
        return f"{self.px(float(found[1]))}px" if found[2] == "px" else f"{float(found[1]) * self.zoom / 100:.2f}pt"


_look: Look | None = None


def dress(app: QApplication, theme: str = "system", zoom: int = 100) -> Look:
    """Put the look on `app`: fonts, Fusion, palette, style sheet. Italics and fonts for other scripts follow once the first window is up."""
    global _look
    for shown_first in ("Inter-Regular", "Inter-SemiBold"):
        load_fonts(shown_first)
    app.setStyle("Fusion")
    _look = Look(app, theme, zoom)
    _look.apply()
    for others in ("Inter-Italic", "Noto", "Bundled"):  # one at a time, so that a key pressed meanwhile comes between
        QTimer.singleShot(0, app, partial(load_fonts, others))
    return _look


def look() -> Look:
    """The look that is on. Where none was put on, the light one at 100 %."""
    global _look
    if _look is None:
        app = QApplication.instance()
        assert isinstance(app, QApplication), "a widget needs an application"
        _look = Look(app, "light")
    return _look


def load_fonts(beginning: str) -> None:
    """Make the bundled fonts whose file name starts with `beginning` known to Qt."""
    folder = resource_dir() / "fonts"
    for path in sorted((*folder.glob(f"{beginning}*.otf"), *folder.glob(f"{beginning}*.ttf"))):
        QFontDatabase.addApplicationFont(str(path))


def space(layout: QLayout, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0, *, gap: int = 8) -> None:
    """Margins and gap of a layout, in px at 100 %, kept right at every zoom."""
    layout.setProperty("vc_space", [left, top, right, bottom, gap])
    _respace(layout)


def size(widget: QWidget, *, width: int = 0, height: int = 0, least_width: int = 0, most_width: int = 0, least_height: int = 0) -> None:
    """Fixed or bounding sizes of a widget, in px at 100 %, kept right at every zoom. 0 leaves a side alone."""
    widget.setProperty("vc_size", [width, height, least_width, most_width, least_height])
    _resize(widget)


def icon_size(pixels: int = 16) -> QSize:
    """A square icon size in px at 100 %."""
    return QSize(look().px(pixels), look().px(pixels))


def restyle(widget: QWidget) -> None:
    """Look again at the widget's role: call it after changing a property the style sheet asks for."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _respace(layout: QLayout) -> None:
    given = layout.property("vc_space")
    if given:
        left, top, right, bottom, gap = (look().px(one) for one in given)
        layout.setContentsMargins(left, top, right, bottom)
        layout.setSpacing(gap)


def _resize(widget: QWidget) -> None:
    given = widget.property("vc_size")
    if given:
        width, height, least_width, most_width, least_height = (look().px(one) for one in given)
        if width:
            widget.setFixedWidth(width)
        if height:
            widget.setFixedHeight(height)
        if least_width:
            widget.setMinimumWidth(least_width)
        if most_width:
            widget.setMaximumWidth(most_width)
        if least_height:
            widget.setMinimumHeight(least_height)
    if widget.inherits("QTableView"):
        widget.verticalHeader().setDefaultSectionSize(look().px(int(widget.property("vc_row_height") or 28)))  # type: ignore[attr-defined]
