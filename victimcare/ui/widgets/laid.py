"""Text laid out in lines of a width, in every script; a word too long for a line goes on in the next one."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy

from victimcare.ui.style import look
from victimcare.ui.widgets.labels import Words

LINE = 20


def laid(text: str, font: QFont, width: float, line_height: float = LINE, formats: Sequence[QTextLayout.FormatRange] = ()) -> tuple[QTextLayout, int]:
    """`text` in lines of `width` px, each `line_height` (px at 100 %) high; and how high all of them are. In every script it starts at the left."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(list(formats))
    layout.beginLayout()
    top, least = 0.0, look().px(line_height)
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        line.setPosition(QPointF(0, top + max(0.0, (least - line.height()) / 2)))
        top += max(line.height(), least)
    layout.endLayout()
    return layout, ceil(top)


class WholeWords(Words):
    """Words of any length, none of them cut: `Words` breaks between words alone, and an address or a name without blanks would end at the edge."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text, role, wraps=True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return laid(self.text(), self.font(), width, self._line())[1]

    def sizeHint(self) -> QSize:
        width = min(self.fontMetrics().horizontalAdvance(self.text()) + 1, look().px(240))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(80), look().px(LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        laid(self.text(), self.font(), self.width(), self._line())[0].draw(painter, QPointF(0, 0))
        painter.end()

    def _line(self) -> float:
        return self.fontMetrics().height() * 100 / look().zoom
