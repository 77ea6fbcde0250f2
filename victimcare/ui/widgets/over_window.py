"""Windows and dialogs that are never larger than where they lie: what is long scrolls, the buttons under it stay."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from victimcare.ui.style import look

ROOM = 48  # px at 100 % the window shows around the dialog
FRAME = 40  # px the desktop takes for the frame and title of a window


def scrolling(inside: QWidget, name: str) -> QScrollArea:
    """An area that scrolls up and down only; `name` for a screen reader."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the keyboard
    area.setAccessibleName(name)
    inside.setObjectName("column")  # no ground of its own
    area.setWidget(inside)
    return area


def fit_over(dialog: QDialog, area: QScrollArea, parent: QWidget, width: int) -> None:
    """As wide as `width` px at 100 % and as high as what is in `area` needs, as far as there is room over `parent`."""
    room = look().px(ROOM)
    wide = min(look().px(width), parent.width() - room)
    dialog.resize(wide, min(_needed(dialog, area, wide), parent.height() - room))


def keep_over(dialog: QDialog, parent: QWidget, width: int, height: int) -> None:
    """`width` x `height` px at 100 %, as far as there is room over `parent`."""
    room = look().px(ROOM)
    dialog.resize(min(look().px(width), parent.width() - room), min(look().px(height), parent.height() - room))


def fit_screen(window: QWidget, area: QScrollArea, width: int, height: int) -> None:
    """At least `width` x `height` px at 100 % and as high as what is in `area` needs, as far as the screen has room. Again after words came in."""
    free = window.screen().availableGeometry()
    most_wide, most_high = free.width(), free.height() - FRAME
    wide = max(min(look().px(width), most_wide), window.width() if window.isVisible() else 0)
    window.setMinimumSize(min(look().px(width), most_wide), min(look().px(height), most_high))
    needed = max(_needed(window, area, wide), window.height() if window.isVisible() else 0)
    window.resize(wide, min(needed, most_high))


def _needed(window: QWidget, area: QScrollArea, width: int) -> int:
    for one in (window, *window.findChildren(QWidget)):
        one.ensurePolished()
    around, inside = window.layout(), area.widget()
    assert around is not None
    assert inside is not None
    margins, layout = around.contentsMargins(), inside.layout()
    within = width - margins.left() - margins.right()
    high = layout.totalHeightForWidth(within) if layout is not None and layout.hasHeightForWidth() else inside.sizeHint().height()
    return high + around.totalSizeHint().height() - area.sizeHint().height()
