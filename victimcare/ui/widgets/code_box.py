"""One code chosen from a list by its words: open it, or type to find."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView

from victimcare.ui.style import restyle

_CODE = re.compile(r"[A-Z][A-Z0-9_]*|[0-9]+_[0-9A-Z]+")


class CodeBox(QComboBox):
    """`choices` are (code, words). `chosen(code or None)` when another is chosen.

    `empty` are the words for no choice ("Not known"); without them one code is always chosen. A `value` of an older list, which is not
    among the choices, is offered as it is: to open a record and save it must not change it.
    """

    chosen = Signal(object)

    def __init__(self, choices: Iterable[tuple[Any, str]], name: str, value: Any = None, *, empty: str = "", small: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("small", small)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(16)
        self._field = _Field()
        self._field.setObjectName("combo")
        self._field.setAccessibleName(name)
        self.setLineEdit(self._field)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.view().setAccessibleName(name)
        finder, found = QCompleter(self.model(), self), QListView()
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setPopup(found)
        found.setObjectName("finder")
        found.setAccessibleName(name)
        self.setCompleter(finder)
        self._empty, self._last = empty, None
        self.fill(choices)
        if isinstance(value, str) and _CODE.fullmatch(value):
            self.offer(value, f"{value} (no longer in the list)")
        self.set_value(value)
        self._last = self.value()
        self._field.editingFinished.connect(self.settle)
        self.currentIndexChanged.connect(lambda _: self._tell())

    def fill(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Other choices; what was chosen stays when it is among them."""
        value = self.value()
        self.blockSignals(True)
        self.clear()
        if self._empty:
            self.addItem(self._empty, None)
        for code, words in choices:
            self.addItem(words, code)
        self.set_value(value)
        self.blockSignals(False)
        self._tell()

    def value(self) -> Any:
        """The code chosen, None for none."""
        return self.currentData() if self.currentIndex() >= 0 else None

    def set_value(self, value: Any) -> None:
        """Choose a code; one that is not in the list chooses the first entry."""
        codes = [self.itemData(at) for at in range(self.count())]
        self.setCurrentIndex(codes.index(value) if value in codes else (0 if codes else -1))
        self._field.setCursorPosition(0)

    def offer(self, value: Any, words: str) -> None:
        """Add a choice that an older record holds and the list does not; nothing is done for one that is there, or for None."""
        if value is not None and self.findData(value) < 0:
            self.blockSignals(True)
            self.addItem(words, value)
            self.blockSignals(False)

    def settle(self) -> None:
        """Take what was typed when it names a choice or begins just one; else go back to what was chosen."""
        place = self._place_typed()
        if place is not None:
            self.setCurrentIndex(place)
        self.setEditText(self.itemText(self.currentIndex()))
        self._field.setCursorPosition(0)
        if self._field.hasFocus():
            self._field.selectAll()  # so that typing on replaces it, as when one came to it

    def typed_value(self) -> Any:
        """The code that `settle` would take from what is typed so far, None for none."""
        place = self._place_typed()
        return self.itemData(place) if place is not None else None

    def _place_typed(self) -> int | None:
        typed = self.currentText().strip().casefold()
        words = [self.itemText(at).casefold() for at in range(self.count())]
        found = [at for at, one in enumerate(words) if one == typed] or [at for at, one in enumerate(words) if typed and one.startswith(typed)]
        if not found:
            found = [at for at, one in enumerate(words) if typed and typed in one]
        return found[0] if len(found) == 1 or (found and words[found[0]] == typed) else None

    def _tell(self) -> None:
        if self.value() != self._last:
            self._last = self.value()
            self.chosen.emit(self._last)

    def set_invalid(self, is_invalid: bool) -> None:
        """Put the caution edge round it, or take it away."""
        self.setProperty("invalid", is_invalid)
        restyle(self)


class _Field(QLineEdit):
    """Chooses its whole text when one comes to it, also by a click, so that typing replaces it."""

    _came_by_click = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._came_by_click = event.reason() == Qt.FocusReason.MouseFocusReason
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._came_by_click and not self.hasSelectedText():
            self.selectAll()
        self._came_by_click = False
