"""Draws a cell of a list: state first (icon, word, colour), then its text; and the headings of groups."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from victimcare.ui import icons
from victimcare.ui.style import look
from victimcare.ui.widgets.table import Group, Mark, RowsModel

PADDING, ICON, GAP = 8, 16, 8


class RowDelegate(QStyledItemDelegate):
    """Colour on the state's icon and word only; a chosen row keeps its text colours on a pale ground."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        row = index.data(RowsModel.RowRole)
        rect = QRect(option.rect)
        if isinstance(row, Group):
            self._group(painter, rect, row)
            return
        painter.fillRect(rect, look().colour("selection" if option.state & QStyle.StateFlag.State_Selected else "panel"))
        rect.adjust(look().px(PADDING), 0, -look().px(PADDING), 0)
        mark = index.data(RowsModel.MarkRole)
        if mark is not None:
            rect.setLeft(self._mark(painter, rect, mark))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        font = look().font("strong" if index.data(RowsModel.StrongRole) else "body")
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        self._text(painter, rect, text, font, look().colour(index.data(RowsModel.ToneRole)), align)

    def _group(self, painter: QPainter, rect: QRect, group: Group) -> None:
        px = look().px
        painter.fillRect(rect, look().colour("panel"))
        rect.adjust(px(PADDING), px(8), -px(PADDING), 0)
        rect.setLeft(self._mark(painter, rect, Mark(group.mark.icon, group.words, group.mark.tone)))
        for text, kind in ((group.count, "body"), (group.hint, "small")):
            if text:
                font = look().font(kind)
                self._text(painter, rect, text, font, look().colour("muted"), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                rect.setLeft(rect.left() + QFontMetrics(font).horizontalAdvance(text) + px(16))

    def _mark(self, painter: QPainter, rect: QRect, mark: Mark) -> int:
        """Draw icon and word; answer where the text goes on."""
        px, left = look().px, rect.left()
        pixmap = icons.picture(mark.icon, mark.tone, ICON, 2.0)
        painter.drawPixmap(QRect(left, rect.top() + (rect.height() - px(ICON)) // 2, px(ICON), px(ICON)), pixmap)
        left += px(ICON) + px(GAP)
        if mark.word:
            font = look().font("strong")
            place = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
            self._text(painter, place, mark.word, font, look().colour(mark.tone), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            left += QFontMetrics(font).horizontalAdvance(mark.word) + px(GAP)
        return left

    def _text(self, painter: QPainter, rect: QRect, text: str, font: Any, colour: QColor, align: Qt.AlignmentFlag) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        fitted = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0, rect.width()))
        if align & Qt.AlignmentFlag.AlignLeft:
            align |= Qt.AlignmentFlag.AlignAbsolute  # a name in Arabic starts where its column starts
        painter.drawText(rect, int(align), fitted)
