"""A choice among few, all seen: segments side by side, arrow keys move the choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from victimcare.ui.style import look, space


class Segments(QWidget):
    """`choices` are (value, words). `chosen(value)` when the person or `set_value` changes it."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[Any, str]], name: str, value: Any = None) -> None:
        """`name` is what a screen reader says before the choice, such as "Result"."""
        super().__init__()
        self.values: list[Any] = []
        self._words: list[str] = []
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        space(self._row, gap=0)
        self._row.addStretch(1)
        self._fill(choices, value)
        self._group.idToggled.connect(self._toggled)
        look().changed.connect(self._fit)

    def value(self) -> Any:
        """What is chosen."""
        return self.values[self._group.checkedId()]

    def words(self) -> str:
        """The words of what is chosen."""
        return self._words[self._group.checkedId()]

    def set_value(self, value: Any) -> None:
        """Choose `value`. Raises ValueError when it is no choice."""
        self._group.button(self.values.index(value)).setChecked(True)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Other choices. What was chosen stays chosen where it is among them; else the first is, and `chosen` tells."""
        if [*zip(self.values, self._words, strict=True)] == [*choices]:
            return
        before, had_keyboard = self.value(), any(button.hasFocus() for button in self._group.buttons())
        self._group.blockSignals(True)
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._fill(choices, before)
        self._group.blockSignals(False)
        if had_keyboard:
            self.setFocus()
        if self.value() != before:
            self.chosen.emit(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        place = max(0, min(self._group.checkedId() + step, len(self.values) - 1))
        self._group.button(place).setChecked(True)
        self._group.button(place).setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, choices: Sequence[tuple[Any, str]], value: Any) -> None:
        self.values, self._words = [one for one, _ in choices], [words for _, words in choices]
        for place, words in enumerate(self._words):
            self._row.insertWidget(place, self._segment(place, words, self.accessibleName(), len(choices)))
        self._group.button(self.values.index(value) if value in self.values else 0).setChecked(True)
        self._keep_one_stop()
        self._fit()

    def _segment(self, place: int, words: str, name: str, count: int) -> QToolButton:
        button = _Segment(self)
        button.setText(words)
        button.setCheckable(True)
        button.setAccessibleName(f"{name}: {words}")
        is_last = place == count - 1
        button.setProperty("seg", "only" if count == 1 else "first" if place == 0 else "last" if is_last else "middle")
        self._group.addButton(button, place)
        return button

    def _toggled(self, place: int, is_on: bool) -> None:
        if is_on:
            self._keep_one_stop()
            self.chosen.emit(self.values[place])

    def _keep_one_stop(self) -> None:
        """One Tab stop for the whole choice, on what is chosen, as with radio buttons."""
        for button in self._group.buttons():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._group.button(self._group.checkedId()))

    def _fit(self) -> None:
        """Room for the bold words, so that choosing never moves the row."""
        strong = QFontMetrics(look().font("strong"))
        for button in self._group.buttons():
            button.setFixedWidth(strong.horizontalAdvance(button.text()) + look().px(28))


class _Segment(QToolButton):
    """Lets the arrow keys through to the whole choice."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)
