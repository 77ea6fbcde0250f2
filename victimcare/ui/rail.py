"""The rail at the left: the screens of work, each with what waits there; icons alone when the window is narrow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from victimcare.ui import icons
from victimcare.ui.navigation import RailItem
from victimcare.ui.style import look, size, space
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import number

WIDE, NARROW = 168, 48


class RailButton(QToolButton):
    """One screen in the rail, with a count at its right."""

    def __init__(self, item: RailItem) -> None:
        super().__init__()
        self.item, self.count, self._is_narrow = item, 0, False
        self.setText(f"\u2002 {item.words}")  # the style leaves no gap between icon and text
        self.setCheckable(True)
        self.setProperty("rail", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(lambda is_on: icons.put(self, item.icon, "accent" if is_on else "text", 20))
        icons.put(self, item.icon, "text", 20)
        self.set_count(0)
        self.set_narrow(False)

    def set_count(self, count: int) -> None:
        """What waits there; 0 shows nothing."""
        self.count = count
        self.setAccessibleName(f"{self.item.words}, {number(count)}" if count else self.item.words)
        keys = QKeySequence(self.item.keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{self.accessibleName()} ({keys})" if keys else self.accessibleName())
        self.update()

    def set_narrow(self, is_narrow: bool) -> None:
        """Icon alone, or icon and words."""
        self._is_narrow = is_narrow
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly if is_narrow else beside)
        size(self, width=NARROW - 8 if is_narrow else WIDE - 17, height=36)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count and not self._is_narrow:
            painter = QPainter(self)
            font = look().font("strong" if self.isChecked() else "body")
            font.setPointSizeF(look().font("small").pointSizeF())
            painter.setFont(font)
            painter.setPen(look().colour("muted"))
            width = QFontMetrics(font).horizontalAdvance(number(self.count)) + look().px(4)
            place = QRect(self.width() - width - look().px(8), 0, width, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(self.count))
            painter.end()


class Rail(QFrame):
    """`asked(screen)`: the person wants that screen."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.setProperty("edge", "right")
        self.setAccessibleName("Screens")
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._mark, self._name = QLabel(), Words("victimcare", "strong")
        icons.put(self._mark, "mark", "accent", 20)
        top = QWidget()
        page, head, self._top, self._foot = QVBoxLayout(self), QHBoxLayout(top), QVBoxLayout(), QVBoxLayout()
        space(page, 8, 0, 8, 8, gap=0)
        space(head, 8, 0, 0, 0, gap=8)
        for part in (self._top, self._foot):
            space(part, gap=0)
        head.addWidget(self._mark)
        head.addWidget(self._name, 1)
        size(top, height=48)
        page.addWidget(top)
        page.addLayout(self._top)
        page.addStretch(1)
        page.addLayout(self._foot)
        size(self, width=WIDE)

    def add(self, screen: str, item: RailItem) -> None:
        """Put a screen in the rail."""
        button = self._buttons[screen] = RailButton(item)
        button.set_narrow(self._name.isHidden())
        self._group.addButton(button)
        (self._foot if item.at_foot else self._top).addWidget(button)
        button.clicked.connect(self._asker(screen))

    def light(self, screen: str) -> None:
        """Mark where one is; a screen that is not in the rail leaves the mark."""
        if screen in self._buttons:
            self._buttons[screen].setChecked(True)

    def lit(self) -> str:
        """The screen that is marked, or nothing."""
        return next((name for name, button in self._buttons.items() if button.isChecked()), "")

    def set_count(self, screen: str, count: int) -> None:
        """What waits on a screen."""
        if screen in self._buttons:
            self._buttons[screen].set_count(count)

    def set_narrow(self, is_narrow: bool) -> None:
        """Icons alone, or icons and words."""
        self._name.setVisible(not is_narrow)
        page = self.layout()
        if page is not None:
            space(page, 1 if is_narrow else 8, 0, 6 if is_narrow else 8, 8, gap=0)
        for button in self._buttons.values():
            button.set_narrow(is_narrow)
        size(self, width=NARROW if is_narrow else WIDE)

    def _asker(self, screen: str) -> Callable[[], None]:
        return lambda: self.asked.emit(screen)
