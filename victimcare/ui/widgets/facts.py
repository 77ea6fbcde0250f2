"""Facts that are read: a muted label and a plain value a row, as at the left of a case."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from victimcare.ui.style import size, space
from victimcare.ui.widgets.labels import Words


class Facts(QWidget):
    """Shows (label, value) pairs; pairs without a value are left out. Values can be chosen with the mouse and copied."""

    def __init__(self, label_width: int = 84) -> None:
        super().__init__()
        self._label_width = label_width
        self._shown: list[tuple[str, str]] = []
        self._form = QFormLayout(self)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        space(self._form, gap=7)

    def show_facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Replace all facts; those that are shown already stay as they are."""
        known = [(label, value) for label, value in pairs if value]
        if known == self._shown:
            return
        self._shown = known
        while self._form.rowCount():
            self._form.removeRow(0)
        for label, value in known:
            self._form.addRow(*self._row(label, value))

    def forget(self) -> None:
        """Take every value off the screen."""
        self.show_facts(())

    def _row(self, label: str, value: str) -> tuple[Words, Words]:
        left, right = Words(label, "muted"), Words(value, wraps=True)
        left.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        size(left, width=self._label_width)
        right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        right.setAccessibleName(f"{label}: {value}")
        return left, right
