"""Dialogs that are never larger than the window they lie over: what is long scrolls, the buttons under it stay."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from victimcare.ui.style import look

ROOM = 48  # px at 100 % the window shows around the dialog


def scrolling(inside: QWidget, name: str) -> QScrollArea:
    """An area that scrolls up and down only; `name` for a screen reader."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    inside.setObjectName("column")  # no ground of its own
    area.setWidget(inside)
    return area


def fit_over(dialog: QDialog, area: QScrollArea, parent: QWidget, width: int) -> None:
    """As wide as `width` px at 100 % and as high as what is in `area` needs, as far as there is room over `parent`."""
    for one in (dialog, *dialog.findChildren(QWidget)):
        one.ensurePolished()
    around, room, inside = dialog.layout(), look().px(ROOM), area.widget()
    assert around is not None
    assert inside is not None
    wide = min(look().px(width), parent.width() - room)
    margins, layout = around.contentsMargins(), inside.layout()
    within = wide - margins.left() - margins.right()
    has_own = layout is not None and layout.hasHeightForWidth()
    needed = layout.totalHeightForWidth(within) if layout is not None and has_own else inside.sizeHint().height()
    beside = around.totalSizeHint().height() - area.sizeHint().height()
    dialog.resize(wide, min(needed + beside, parent.height() - room))
