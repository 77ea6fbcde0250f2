"""Buttons: plain, the one filled button of a page, flat, link, and icon alone. A shortcut stands inside, muted, and works."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QToolButton

from victimcare.ui import icons
from victimcare.ui.style import look, size


class Button(QPushButton):
    """A button with a verb. `kind`: "" plain, "primary" (one a page), "flat", "link". `key` is shown muted at the right.

    The key is shown, not bound: the screen binds it (`Screen.keys`), so that one place answers for the keys of a screen.
    """

    def __init__(
        self, text: str, pressed: Callable[[], object] | None = None, *, kind: str = "", icon: str = "", key: str = "", small: bool = False, left: bool = False
    ) -> None:
        super().__init__(text)
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setAutoDefault(kind == "primary")
        self._key, self._left = key, left
        self.setProperty("left", left)
        if icon:
            icons.put(self, icon, "on_accent" if kind == "primary" else "text")
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if key:
            self.setToolTip(f"{text} ({key})")
        if pressed is not None:
            self.clicked.connect(lambda _: pressed())

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._key:
            hint.setWidth(hint.width() + look().px(12) + self._key_width())
        return hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._key:
            return
        painter = QPainter(self)
        painter.setFont(look().font("small"))
        is_filled = self.property("kind") == "primary" and self.isEnabled()
        painter.setPen(look().colour("on_accent" if is_filled else "muted"))
        place = self.rect().adjusted(0, 0, -look().px(13), 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._key)
        painter.end()

    def initStyleOption(self, option: object) -> None:
        """Leave room for the key at the right, so that the text does not run under it."""
        super().initStyleOption(option)  # type: ignore[arg-type]
        if self._key and not self._left:
            option.text = option.text + self._padding()  # type: ignore[attr-defined]

    def _key_width(self) -> int:
        return QFontMetrics(look().font("small")).horizontalAdvance(self._key)

    def _padding(self) -> str:
        space_width = max(1, self.fontMetrics().horizontalAdvance("\u00a0"))
        return "\u00a0" * ((self._key_width() + look().px(12)) // space_width)


class IconButton(QToolButton):
    """An icon with a name for screen readers and a tooltip that tells its shortcut, which works in the whole window."""

    def __init__(self, icon: str, name: str, pressed: Callable[[], object] | None = None, *, key: str = "", text: str = "", framed: bool = False) -> None:
        super().__init__()
        icons.put(self, icon)
        self.setAccessibleName(name)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{name} ({shown})" if key else name)
        if text:
            self.setText(text)
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("framed", framed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        size(self, least_width=32, height=30 if framed or text else 32)
        if pressed is not None:
            self.clicked.connect(lambda _: pressed())
