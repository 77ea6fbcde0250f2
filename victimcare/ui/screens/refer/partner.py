"""Step 1: what is wanted and of whom. Every partner with how well it fits and why, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout

from victimcare.overview.refer_page import Choice
from victimcare.reference.codelists import codelist, label
from victimcare.referrals.fit import Fits
from victimcare.ui import icons
from victimcare.ui.style import look, size, space
from victimcare.ui.widgets.codes_box import CodesBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.form import Form
from victimcare.ui.widgets.labels import Words
from victimcare.ui.words import count

MARKS = {Fits.FITS: ("tick", "Fits", "safe"), Fits.IN_PART: ("info", "Fits in part", "info"), Fits.DOES_NOT: ("cross", "Does not fit", "muted")}
HEIGHT = 68
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
Index = QModelIndex | QPersistentModelIndex


class PartnerPart(QFrame):
    """`changed`: another service, day or partner."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.setProperty("edge", "right")
        services = [(value.code, value.label) for value in codelist("referral_service").values]
        self.wanted = CodesBox(services, "Wanted", hint="Safe house; counselling", small=True)
        self.wanted_from = DateBox(name="Wanted from", small=True)
        self.wanted_from.setPlaceholderText("At once")
        self.partners = PartnerList()
        self.exceptional = QCheckBox("Exceptional recipients too, such as an embassy")
        page, form = QVBoxLayout(self), Form(label_width=52)
        space(page, 12, 12, 8, 12, gap=8)
        inset = QVBoxLayout()
        space(inset, 12, 0, 12, 4, gap=0)
        inset.addWidget(Words("1  Partner", "section"))
        inset.addSpacing(8)
        inset.addLayout(form)
        form.add("Wanted", self.wanted)
        form.add("From", self.wanted_from)
        page.addLayout(inset)
        page.addWidget(self.partners, 1)
        below = QVBoxLayout()
        space(below, 12, 0, 12, 0, gap=0)
        below.addWidget(self.exceptional)
        page.addLayout(below)
        self.wanted.chosen.connect(lambda _: self.changed.emit())
        self.wanted_from.changed.connect(lambda _: self.changed.emit())
        self.partners.picked.connect(lambda _: self.changed.emit())

    def put(self, services: tuple[str, ...], wanted_from: date | None, partner_id: UUID | None) -> None:
        """Show what was chosen before."""
        for field in (self.wanted, self.wanted_from):
            field.blockSignals(True)
        self.wanted.set_codes(services)
        self.wanted_from.set_value(wanted_from)
        for field in (self.wanted, self.wanted_from):
            field.blockSignals(False)
        self.partners.chosen_id = partner_id


class PartnerList(QListView):
    """One partner of all. `picked(id)` when the person chooses another; `chosen_id` keeps it while fits change."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.choices = _Choices()
        self.chosen_id: UUID | None = None
        self._is_showing = False
        self.setModel(self.choices)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("Partner")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        size(self, least_height=3 * HEIGHT)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Partners with their fit, in the order given."""
        scroll = self.verticalScrollBar().value()
        self._is_showing = True
        self.choices.show_choices(choices)
        place = self.choices.place_of(self.chosen_id)
        if place is not None:
            self.setCurrentIndex(self.choices.index(place))
        self.verticalScrollBar().setValue(scroll)
        self._is_showing = False

    def choose(self, partner_id: UUID) -> None:
        """Pick a partner, as a click does."""
        place = self.choices.place_of(partner_id)
        if place is not None:
            self.setCurrentIndex(self.choices.index(place))

    def chosen(self) -> Choice | None:
        """The partner picked."""
        place = self.choices.place_of(self.chosen_id)
        return None if place is None else self.choices.rows[place]

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        if self._is_showing or not now.isValid():
            return
        self.chosen_id = self.choices.rows[now.row()].partner.id
        self.picked.emit(self.chosen_id)


class _Choices(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Choice, ...] = ()

    def show_choices(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self.rows = tuple(choices)
        self.endResetModel()

    def place_of(self, partner_id: UUID | None) -> int | None:
        return next((at for at, row in enumerate(self.rows) if row.partner.id == partner_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.partner.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return "\n".join(filter(None, (_offers(row), _reasons(row))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.partner.name}. {MARKS[row.fit.fits][1]}. {_reasons(row)}"
        return row if role == Qt.ItemDataRole.UserRole else None


class _Delegate(QStyledItemDelegate):
    """A choice mark, the name, the fit as icon and word at the right, and under them what is offered and why it fits or not."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look().px(200), look().px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, px = index.data(Qt.ItemDataRole.UserRole), look().px
        rect, is_chosen = QRect(option.rect), bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(rect, look().colour("selection"))
        rect.adjust(0, px(6), -px(12), -px(6))
        self._mark(painter, rect, is_chosen)
        icon, word, tone = MARKS[row.fit.fits]
        strong = look().font("strong")
        right = rect.right() - QFontMetrics(strong).horizontalAdvance(word)
        line = QRect(right, rect.top(), rect.right() - right + 1, px(20))
        _text(painter, line, word, strong, tone)
        painter.drawPixmap(QRect(right - px(24), line.top() + px(2), px(16), px(16)), icons.picture(icon, tone, 16, 2.0))
        left = rect.left() + px(36)
        _text(painter, QRect(left, rect.top(), right - px(32) - left, px(20)), row.partner.name, strong, "text")
        for at, words in enumerate((_offers(row), _reasons(row))):
            _text(painter, QRect(left, rect.top() + px(21 + 17 * at), rect.right() - left, px(17)), words, look().font("small"), "muted")

    def _mark(self, painter: QPainter, rect: QRect, is_chosen: bool) -> None:
        px = look().px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(rect.left() + px(12), rect.top() + px(2), px(16), px(16)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look().colour("accent" if is_chosen else "line"), 1))
        painter.setBrush(look().colour("panel"))
        painter.drawEllipse(circle)
        if is_chosen:
            painter.setBrush(look().colour("accent"))
            painter.drawEllipse(circle.center(), px(4), px(4))
        painter.restore()


def _text(painter: QPainter, rect: QRect, words: str, font: QFont, role: str) -> None:
    painter.setFont(font)
    painter.setPen(look().colour(role))
    painter.drawText(rect, LEFT, QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width()))


def _offers(row: Choice) -> str:
    if row.criteria is not None:
        return row.criteria.words
    return "; ".join(label("referral_service", code) for code in row.partner.services) or "What it offers is not recorded."


def _reasons(row: Choice) -> str:
    return " ".join((*reversed(row.fit.reasons), f"Asked to answer in {count(row.partner.answers_in_days, 'day', 'days')}."))
