"""The stream of a case: everything that happened, newest first, in a list that draws only what shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from victimcare.casework.dates import in_office_time
from victimcare.overview.entry import Entry
from victimcare.ui import icons
from victimcare.ui.style import look
from victimcare.ui.widgets.laid import LINE, laid
from victimcare.ui.words import day, short_day

Index = QModelIndex | QPersistentModelIndex
KINDS = (
    ("", "All"), ("CONTACT", "Contacts"), ("STANCE", "Stance"), ("REFERRAL CONSENT", "Referrals"), ("BARRIER MITIGATION", "Barriers"), ("REST", "Other"),
)  # fmt: skip
NAMED = frozenset(kind for kinds, _ in KINDS for kind in kinds.split())
TIME_WIDTH, ICON, HEAD_LEFT, LABEL_WIDTH, AROUND = 92, 16, 116, 76, 6


class StreamModel(QAbstractListModel):
    """Entries as they are, or those of some kinds."""

    EntryRole = Qt.ItemDataRole.UserRole

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Entry, ...] = ()
        self.entries: tuple[Entry, ...] = ()
        self.kinds: frozenset[str] = frozenset()
        self.today = date.min

    def show_entries(self, entries: Sequence[Entry], today: date) -> None:
        """Replace all entries."""
        self._all, self.today = tuple(entries), today
        self.narrow(" ".join(self.kinds))

    def narrow(self, kinds: str) -> None:
        """Show those of `kinds`, parted by blanks; "" for all, REST for those no other choice names."""
        self.beginResetModel()
        self.kinds = frozenset(kinds.split())
        self.entries = tuple(entry for entry in self._all if not self.kinds or entry.kind in self.kinds or ("REST" in self.kinds and entry.kind not in NAMED))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == self.EntryRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return as_text(entry, self.today)
        if role == Qt.ItemDataRole.ToolTipRole:
            at = in_office_time(entry.at)
            return f"{day(at.date())}, {at:%H:%M}" if entry.has_time else day(at.date())
        return None


class StreamView(QListView):
    """`opened(entry)`: Enter or a double click. Up and Down go from entry to entry, Ctrl+C copies one as text."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entries_model = StreamModel()
        self.drawing = StreamDelegate(self)
        self.setModel(self.entries_model)
        self.setItemDelegate(self.drawing)
        self.setAccessibleName("What happened, newest first")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(StreamModel.EntryRole)))
        look().changed.connect(self._zoomed)

    def show_entries(self, entries: Sequence[Entry], today: date) -> None:
        """Replace all entries; one stays at the same entry and the same place."""
        here, scroll = self.current(), self.verticalScrollBar().value()
        self.drawing.forget()
        self.entries_model.show_entries(entries, today)
        place = next((at for at, entry in enumerate(self.entries_model.entries) if here is not None and entry.id == here.id), None)
        if place is not None:
            self.setCurrentIndex(self.entries_model.index(place))
        self.verticalScrollBar().setValue(scroll)

    def current(self) -> Entry | None:
        """The entry the keyboard is on."""
        index = self.currentIndex()
        return self.entries_model.entries[index.row()] if index.isValid() else None

    def forget(self) -> None:
        """Drop every entry and what was laid out of it."""
        self.drawing.forget()
        self.entries_model.show_entries((), date.min)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # Qt asks again only for the height; in less width an entry takes more lines

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and entry is not None:
            self.opened.emit(entry)
        elif event.text().isprintable() and event.text().strip() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()  # single letters are the page's
        else:
            super().keyPressEvent(event)

    def _zoomed(self) -> None:
        self.drawing.forget()
        self.scheduleDelayedItemsLayout()


class StreamDelegate(QStyledItemDelegate):
    """Date, icon, what happened in bold, how in muted; under it what was written, each with its label. Heights are kept by width."""

    def __init__(self, view: StreamView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[UUID, int], int] = {}

    def forget(self) -> None:
        """Drop the heights: entries, colours or zoom are others."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(StreamModel.EntryRole)
        width = self._view.viewport().width()
        key = (entry.id, width)
        if key not in self._heights:
            self._heights[key] = sum(height for *_, height in _rows(entry, width)) + 2 * look().px(AROUND)
        return QSize(look().px(240), self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(StreamModel.EntryRole)
        px, rect = look().px, QRect(option.rect)
        painter.save()
        top = rect.top() + px(AROUND)
        painter.setFont(look().font("small"))
        painter.setPen(look().colour("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(rect.left() + px(2), top, px(TIME_WIDTH), px(LINE)), middle, when_words(entry, self._view.entries_model.today))
        pixmap = icons.picture(entry.icon, "muted", ICON)
        painter.drawPixmap(QRect(rect.left() + px(TIME_WIDTH), top + px(2), px(ICON), px(ICON)), pixmap)
        for label, layout, left, height in _rows(entry, self._view.viewport().width()):
            if label:
                painter.setFont(look().font("small"))
                painter.setPen(look().colour("muted"))
                painter.drawText(QRect(rect.left() + px(HEAD_LEFT), top, px(LABEL_WIDTH), px(LINE)), middle, label)
            painter.setPen(look().colour("text"))
            layout.draw(painter, QPointF(rect.left() + left, top))
            top += height
        if self._view.hasFocus() and self._view.currentIndex() == index:
            width = px(2)
            painter.setPen(QPen(look().colour("focus"), width))
            painter.drawRect(rect.adjusted(width // 2, width // 2, -width, -width))
        painter.restore()


def when_words(entry: Entry, today: date) -> str:
    """`Today 09:42`, `16 Nov 11:05`, `3 Nov 2025`."""
    at = in_office_time(entry.at)
    on = "Today" if at.date() == today else short_day(at.date(), today)
    return f"{on} {at:%H:%M}" if entry.has_time and at.year == today.year else on


def as_text(entry: Entry, today: date) -> str:
    """The entry as one text, for screen readers and copying."""
    lines = [f"{when_words(entry, today)}. {entry.headline}. {entry.muted}".rstrip(". ")]
    lines += [f"Counts no more: {entry.withdrawn}"] if entry.withdrawn else []
    lines += [f"{label}: {text}" if label else text for label, text in entry.parts]
    return "\n".join(lines)


def _rows(entry: Entry, width: int) -> list[tuple[str, QTextLayout, int, int]]:
    """(label, text, left, height) of each row of an entry in `width` px."""
    px = look().px
    right = px(8)
    layout, height = _headline(entry, width - px(HEAD_LEFT) - right)
    found = [("", layout, px(HEAD_LEFT), height)]
    if entry.withdrawn:
        layout, height = laid(entry.withdrawn[:1].upper() + entry.withdrawn[1:], look().font(), width - px(HEAD_LEFT) - right)
        found.append(("", layout, px(HEAD_LEFT), height))
    for label, text in entry.parts:
        left = px(HEAD_LEFT) + (px(LABEL_WIDTH) if label else 0)
        quoted = f"“{text}”" if label == "Own words" else text
        layout, height = laid(quoted, look().font(), width - left - right)
        found.append((label, layout, left, height))
    return found


def _headline(entry: Entry, width: int) -> tuple[QTextLayout, int]:
    text = f"{entry.headline} {entry.muted}" if entry.muted else entry.headline
    bold, quiet = QTextCharFormat(), QTextCharFormat()
    bold.setFontWeight(600)
    quiet.setForeground(look().colour("muted"))
    for form in (bold, quiet):
        form.setFontStrikeOut(bool(entry.withdrawn))
    formats = []
    for start, length, how in ((0, len(entry.headline), bold), (len(entry.headline), len(text) - len(entry.headline), quiet)):
        if length:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = start, length, how
            formats.append(one)
    return laid(text, look().font(), width, formats=formats)
