"""The parts at the right of a case: a heading with its key, and cards under it that open what they name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from victimcare.overview.case_page import CasePage
from victimcare.ui import icons
from victimcare.ui.navigation import Place
from victimcare.ui.style import look, space
from victimcare.ui.widgets.facts import Facts
from victimcare.ui.widgets.in_layout import in_layout
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.laid import LINE, laid

SMALL_LINE, ICON, HEAD = 16, 16, 26
SHORT = 26  # letters of heading and note that fit in one line of the narrower side


class PartHead(QPushButton):
    """A heading one can press: its words, and its key muted at the right."""

    def __init__(self, words: str, key: str, deed: str, pressed: Callable[[], object] | None) -> None:
        super().__init__()
        self.words, self._key, self._deed, self.note = words, key, deed, ""
        self.setProperty("kind", "card")
        self.tell("")
        if deed:
            self.setToolTip(f"{deed} ({key})" if key else deed)
        if pressed is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.clicked.connect(lambda _: pressed())
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def tell(self, note: str) -> None:
        """Say beside the heading, muted, that nothing is there, and so in the name; "" for nothing to say."""
        self.note = note
        self.setAccessibleName(". ".join(filter(None, (f"{self.words}: {self._deed}" if self._deed else self.words, note))))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(HEAD))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(80), look().px(HEAD))  # not by size(): the style sheet's least height of a card overrides that

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, middle = QPainter(self), Qt.AlignmentFlag.AlignVCenter
        painter.setPen(look().colour("text"))
        painter.setFont(look().font("section"))
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignLeft, self.words)
        beside = painter.fontMetrics().horizontalAdvance(self.words) + look().px(10)
        painter.setPen(look().colour("muted"))
        painter.setFont(look().font("small"))
        painter.drawText(self.rect().adjusted(beside, look().px(1), -look().px(16), 0), middle | Qt.AlignmentFlag.AlignLeft, self.note)
        painter.drawText(self.rect().adjusted(0, 0, -look().px(2), 0), middle | Qt.AlignmentFlag.AlignRight, self._key)
        _ring(self, painter)
        painter.end()


class Card(QPushButton):
    """A line with its state at the right and small muted lines under it; Enter or a click does `deed`."""

    def __init__(
        self, title: str, state: str = "", about: Sequence[str] = (), *, is_strong: bool = False, tone: str = "text",
        icon: str = "", pressed: Callable[[], object] | None = None, deed: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self._icon = icon
        self._heights: dict[tuple[int, int], int] = {}
        self._title, self._state, self._about, self._is_strong, self._tone = title, state, [one for one in about if one], is_strong, tone
        self.setProperty("kind", "card")
        self.setAccessibleName(". ".join(part for part in (title, state, *self._about) if part))
        self.setAccessibleDescription(deed)
        self.setToolTip(deed)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if pressed is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.clicked.connect(lambda _: pressed())
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        asked = (width, look().zoom)
        if asked not in self._heights:  # a layout asks a dozen times while it settles
            self._heights[asked] = sum(height for _, _, _, _, height in self._lines(width)) + look().px(4)
        return self._heights[asked]

    def sizeHint(self) -> QSize:
        width = self.width() or look().px(240)
        return QSize(look().px(200), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(80), look().px(LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, top = QPainter(self), look().px(2)
        if self.underMouse() and self.focusPolicy() != Qt.FocusPolicy.NoFocus:
            painter.fillRect(self.rect(), look().colour("raised"))
        if self._icon:
            pixmap, side = icons.picture(self._icon, self._tone, ICON), look().px(ICON)
            painter.drawPixmap(QRect(0, top + look().px(2), side, side), pixmap)
        for layout, left, row, colour, height in self._lines(self.width()):
            painter.setPen(look().colour(colour))
            layout.draw(painter, QPointF(left, top))
            if row == 0 and self._state:
                painter.setFont(look().font("strong" if self._is_strong else "body"))
                painter.setPen(look().colour(self._tone))
                place = self.rect().adjusted(0, top, -look().px(2), 0)
                place.setHeight(look().px(LINE))
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._state)
            top += height
        _ring(self, painter)
        painter.end()

    def _lines(self, width: int) -> list[tuple[QTextLayout, int, int, str, int]]:
        """(text, left, row, colour, height) of each line."""
        font = look().font("strong" if self._is_strong else "body")
        state = QFontMetrics(font).horizontalAdvance(self._state) + look().px(14) if self._state else 0
        left = look().px(ICON + 8) if self._icon else 0
        layout, height = laid(self._title, look().font(), width - state - left)
        found = [(layout, left, 0, "text", height)]
        for row, text in enumerate(self._about, start=1):
            layout, height = laid(text, look().font("small"), width - look().px(2), SMALL_LINE)
            found.append((layout, 0, row, "muted", height))
        return found


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a part leads: `open_box(form)` opens a box of this page, `refer()` goes to the Refer screen, `go(place)` to any."""

    open_box: Callable[[str], object]
    refer: Callable[[], object]
    go: Callable[[Place], object]

    def to_box(self, form: str, about: UUID | None = None) -> Callable[[], object]:
        """What opens the box `form` when called; `about`: the row it is about."""
        return partial(self.open_box, f"{form} {about}" if about else form)


class Part(QWidget):
    """A heading and what is under it; `show_page` fills it, `clear` takes it all away."""

    def __init__(self, words: str, key: str = "", deed: str = "", pressed: Callable[[], object] | None = None) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        space(layout, 0, 0, 0, 8, gap=0)
        self.head = PartHead(words, key, deed, pressed)
        layout.addWidget(self.head)
        self._inside = QVBoxLayout()
        space(self._inside, gap=2)
        layout.addLayout(self._inside)

    def show_page(self, page: CasePage, today: date) -> None:
        """Show what the page says of this part."""
        raise NotImplementedError

    def clear(self) -> None:
        """Take everything under the heading away, and what stands beside it."""
        self.head.tell("")
        while self._inside.count():
            item = self._inside.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()  # or it would show as a window of its own
                widget.setParent(None)
                widget.deleteLater()

    def add(self, widget: QWidget) -> None:
        """Put a card under the heading."""
        self._inside.addWidget(widget)

    def show_facts(self, pairs: Sequence[tuple[str, str]], otherwise: str) -> None:
        """Show (label, value) pairs, or `otherwise` where no value is known. Facts that stay the same are left alone."""
        facts = next(iter(in_layout(self._inside)), None)
        if not any(value for _, value in pairs):
            self.clear()
            self.nothing(otherwise)
            return
        if not isinstance(facts, Facts):
            self.clear()
            facts = Facts()
            self.add(facts)
        facts.show_facts(pairs)

    def nothing(self, words: str) -> None:
        """Say in muted words that nothing is there: beside the heading where they are short, so that an empty part costs one line."""
        if len(self.head.words) + len(words) <= SHORT:
            self.head.tell(words)
        else:
            self._inside.addWidget(Words(words, "muted", wraps=True))

    def cards(self) -> list[str]:
        """What the cards say, for tests and for reading aloud."""
        widgets = [one for one in in_layout(self._inside) if isinstance(one, QWidget)]
        said = [self.head.note] if self.head.note else []
        return said + [widget.accessibleName() or getattr(widget, "text", str)() for widget in widgets]


def _ring(widget: QWidget, painter: QPainter) -> None:
    if widget.hasFocus():
        width = look().px(2)
        painter.setPen(QPen(look().colour("focus"), width))
        inset = width // 2
        painter.drawRoundedRect(widget.rect().adjusted(inset, inset, -inset - 1, -inset - 1), look().px(3), look().px(3))
