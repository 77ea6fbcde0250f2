"""Windows and dialogs that are never larger than where they lie: what is long scrolls, the buttons under it stay."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
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


class OnScreen(QObject):
    """Keeps a window at least `width` x `height` px at 100 % and as high as what is in `area` needs, also when words come in, as far as the screen has room."""

    def __init__(self, window: QWidget, area: QScrollArea, width: int, height: int) -> None:
        super().__init__(window)
        self._window, self._area, self._least = window, area, (width, height)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit)
        inside = area.widget()
        assert inside is not None
        inside.installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        """Grow where there is need; what is as large as it may be scrolls."""
        window, free = self._window, self._window.screen().availableGeometry()
        most = free.width(), free.height() - FRAME
        least = [min(look().px(one), limit) for one, limit in zip(self._least, most, strict=True)]
        window.setMinimumSize(*least)
        now = (window.width(), window.height()) if window.isVisible() else (0, 0)
        wide = max(least[0], now[0])
        window.resize(wide, max(now[1], min(_needed(window, self._area, wide), most[1])))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._soon.start()
        return False


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
