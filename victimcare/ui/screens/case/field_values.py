"""What a field of a box holds, as JSON takes it: put into a draft, taken out of one, and said in words."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from victimcare.ui.widgets.code_box import CodeBox
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.widgets.note_box import NoteBox
from victimcare.ui.widgets.segments import Segments
from victimcare.ui.widgets.time_box import TimeBox


def held(widget: QWidget) -> Any:
    """What the field holds now."""
    if isinstance(widget, NoteBox):
        return widget.toPlainText()
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    if isinstance(widget, DateBox | TimeBox):
        value = widget.value()
        return value.isoformat() if value else widget.text()
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.value()  # type: ignore[attr-defined]


def put(widget: QWidget, value: Any) -> None:
    """Have the field hold `value`, as `held` gave it."""
    if isinstance(widget, NoteBox):
        widget.set_text(value)
    elif isinstance(widget, QCheckBox):
        widget.setChecked(value)
    elif isinstance(widget, DateBox | TimeBox):
        kind: Any = date if isinstance(widget, DateBox) else time
        try:
            widget.set_value(kind.fromisoformat(value) if value else None)
        except ValueError:  # what was half typed when it was kept
            widget.setText(value)
    elif isinstance(widget, QLineEdit):
        widget.setText(value)
    elif isinstance(widget, Segments):
        if value in widget.values:
            widget.set_value(value)
    else:
        widget.set_value(value)  # type: ignore[attr-defined]


def in_words(widget: QWidget) -> str:
    """What the field shows, for a person to read."""
    if isinstance(widget, NoteBox | DateBox | TimeBox | QLineEdit):
        shown = widget.text()
    elif isinstance(widget, QCheckBox):
        shown = "Yes" if widget.isChecked() else "No"
    elif isinstance(widget, CodeBox):
        shown = widget.currentText()
    elif isinstance(widget, Segments):
        shown = widget.words()
    else:
        shown = widget.accessibleDescription()
    return shown or "nothing"
