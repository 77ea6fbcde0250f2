"""Buttons: plain, the one filled button of a page, flat, link, and icon alone. A shortcut stands inside, muted, and works."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QKeySequence, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QToolButton

from victimcare.ui import icons
from victimcare.ui.style import look, size

ICON_GAP, KEY_GAP = 8, 10


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
        icon = look().px(ICON_GAP) if not self.icon().isNull() else 0
        key = look().px(KEY_GAP) + QFontMetrics(look().font("small")).horizontalAdvance(self._key) if self._key else 0
        strong, body = (QFontMetrics(look().font(kind)) for kind in ("strong", "body"))
        bold = strong.horizontalAdvance(self.text()) - body.horizontalAdvance(self.text()) if self.property("kind") == "primary" else 0
        hint.setWidth(hint.width() + icon + key + bold)
        return hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame by the style sheet; icon, text and key by hand, since a style knows no second text in a button."""
        if self.property("kind") == "link":
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()  # type: ignore[attr-defined]
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        self._paint_words(painter)
        if self.property("kind") == "primary" and self.hasFocus():
            self._paint_inner_ring(painter)
        painter.end()

    def _paint_inner_ring(self, painter: QStylePainter) -> None:
        """The focus ring and the filled button are both dark: a light line inside parts them."""
        painter.setPen(QPen(look().colour("on_accent"), look().px(1)))
        painter.setRenderHint(QStylePainter.RenderHint.Antialiasing)
        inset = look().px(2) + 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), look().px(2), look().px(2))

    def _paint_words(self, painter: QStylePainter) -> None:
        px, is_filled = look().px, self.property("kind") == "primary" and self.isEnabled()
        words, small = look().font("strong" if self.property("kind") == "primary" else "body"), look().font("small")
        text_width, key_width = QFontMetrics(words).horizontalAdvance(self.text()), QFontMetrics(small).horizontalAdvance(self._key)
        icon_width = self.iconSize().width() + px(ICON_GAP) if not self.icon().isNull() else 0
        whole = icon_width + text_width + (px(KEY_GAP) + key_width if self._key else 0)
        edge = px(13)
        left = edge if self._left else max(edge, (self.width() - whole) // 2)
        middle = Qt.AlignmentFlag.AlignVCenter
        if icon_width:
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            pixmap = self.icon().pixmap(self.iconSize(), self.devicePixelRatioF(), mode)
            painter.drawPixmap(left, (self.height() - self.iconSize().height()) // 2, pixmap)
        painter.setPen(look().colour("on_accent" if is_filled else "text" if self.isEnabled() else "muted"))
        painter.setFont(words)
        painter.drawText(self.rect().adjusted(left + icon_width, 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setPen(look().colour("on_accent" if is_filled else "muted"))
        painter.setFont(small)
        right = edge if self._left else self.width() - left - whole
        painter.drawText(self.rect().adjusted(0, 0, -right, 0), middle | Qt.AlignmentFlag.AlignRight, self._key)


class IconButton(QToolButton):
    """An icon with a name for screen readers and a tooltip that tells its shortcut, which works in the whole window."""

    def __init__(self, icon: str, name: str, pressed: Callable[[], object] | None = None, *, key: str = "", text: str = "", framed: bool = False) -> None:
        super().__init__()
        icons.put(self, icon)
        self.setAccessibleName(name)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{name} ({shown})" if key else name)
        if text:
            self.setText(f"\u2002{text}")  # the style leaves no gap between icon and text
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("framed", framed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        size(self, least_width=32, height=30 if framed or text else 32)
        if pressed is not None:
            self.clicked.connect(lambda _: pressed())
