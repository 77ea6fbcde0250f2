"""Icons: one line set on a 20 by 20 grid in `resources/icons`, coloured by the palette.

`put(button, "lock")` gives a button or label its icon and keeps it right when colours or zoom change;
`picture("late", "late", 16)` is for delegates. Names are the file names without `.svg`.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, qRegisterResourceData
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from victimcare.resources import resource_bytes
from victimcare.ui import style
from victimcare.ui.memory_files import resource_tables

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
_registered: dict[str, tuple[bytes, bytes, bytes]] = {}  # Qt reads these bytes as long as the program runs


def svg(name: str, colour: str) -> bytes:
    """The drawing `name` in a colour written as #RRGGBB. Raises FileNotFoundError for a name there is no drawing of."""
    return resource_bytes(f"icons/{name}.svg").replace(b"currentColor", colour.encode())


def picture(name: str, role: str = "text", pixels: int = 16, scale: float = 2.0) -> QPixmap:
    """The icon in the colour of `role`, `pixels` wide at 100 %, for screens of up to `scale` device pixels a pixel."""
    look = style.look()
    key = (name, look.colour(role).name(), look.px(pixels), scale)
    found = _pixmaps.get(key)
    if found is None:
        side = round(key[2] * scale)
        found = QPixmap(side, side)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        QSvgRenderer(QByteArray(svg(name, key[1]))).render(painter, QRectF(0, 0, side, side))
        painter.end()
        found.setDevicePixelRatio(scale)
        _pixmaps[key] = found
    return found


def icon(name: str, role: str = "text", pixels: int = 16) -> QIcon:
    """The icon with its muted form for what is disabled."""
    made = QIcon()
    for scale in (1.0, 2.0):
        made.addPixmap(picture(name, role, pixels, scale))
        made.addPixmap(picture(name, "muted", pixels, scale), QIcon.Mode.Disabled)
    return made


def put(widget: QAbstractButton | QLabel, name: str, role: str = "text", pixels: int = 16) -> None:
    """Give a button or a label the icon `name`; it follows colours and zoom from then on."""
    widget.setProperty("vc_icon", [name, role, pixels])
    refresh(widget)


def refresh(widget: QWidget) -> None:
    """Draw the icon of a widget again, in the colours that are on."""
    given = widget.property("vc_icon")
    if given:
        name, role, pixels = given
        if isinstance(widget, QLabel):
            widget.setPixmap(picture(name, role, pixels, 2.0))
            style.size(widget, width=pixels)
        elif isinstance(widget, QAbstractButton):
            widget.setIcon(icon(name, role, pixels))
            widget.setIconSize(QSize(style.look().px(pixels), style.look().px(pixels)))


def clear_cache() -> None:
    """Forget the drawn icons: the colours or the zoom are about to change."""
    _pixmaps.clear()


def memory_path(name: str, colour: str) -> str:
    """A path that a style sheet can name for the icon in a colour. It lies in memory, no file is written."""
    file = f"{name}-{colour.lstrip('#').lower()}.svg"
    if file not in _registered:
        tables = resource_tables("victimcare-icons-" + file.removesuffix(".svg"), file, svg(name, colour))
        qRegisterResourceData(1, *tables)
        _registered[file] = tables
    return f":/victimcare-icons-{file.removesuffix('.svg')}/{file}"
