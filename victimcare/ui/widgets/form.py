"""Rows of a label and its field; the label names the field for the keyboard and for screen readers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFormLayout, QHBoxLayout, QLayout, QWidget

from victimcare.ui.style import size, space
from victimcare.ui.widgets.labels import Words


class Form(QFormLayout):
    """Labels at the left, or above the fields when `above`. `muted` for facts that are read, not typed."""

    def __init__(self, *, above: bool = False, label_width: int = 0, gap: int = 8, muted: bool = False) -> None:
        super().__init__()
        self._label_width, self._muted = label_width, muted
        if above:
            self.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setFormAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        space(self, gap=gap)

    def add(self, label: str, field: QWidget, *more: QWidget) -> Words:
        """Add a row; answer its label. Further widgets stand beside the field."""
        words = Words(label, "muted" if self._muted else "")
        words.setBuddy(field)
        size(words, width=self._label_width, least_height=20 if self._muted else 0)
        says_it = isinstance(field, QAbstractButton) and bool(field.text())  # its own words say more than the label beside it
        if field.focusPolicy() != Qt.FocusPolicy.NoFocus and not field.accessibleName() and not says_it:
            field.setAccessibleName(label)
        self.addRow(words, _beside(field, more) if more else field)  # type: ignore[arg-type]
        return words

    def show_row(self, field: QWidget, is_shown: bool) -> None:
        """Show or hide a row with its label."""
        self.setRowVisible(field, is_shown)


def _beside(field: QWidget, more: tuple[QWidget, ...]) -> QLayout:
    row = QHBoxLayout()
    space(row, gap=8)
    for widget in (field, *more):
        row.addWidget(widget)
    row.addStretch(1)
    return row
