"""Emptying a part of a page: what stood there is wiped at once, since Qt deletes widgets only later and a lock must leave no text."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QAbstractButton, QLabel, QLayout, QLineEdit, QWidget


def clear(layout: QLayout, keep: Collection[QWidget] = ()) -> None:
    """Take every widget out of `layout`, wipe and delete it; those of `keep` are hidden and stay whole."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is None:
            continue
        widget.hide()
        if widget not in keep:
            wipe(widget)
            widget.deleteLater()


def wipe(widget: QWidget) -> None:
    """Take the texts off a widget and all that is in it, those for screen readers too."""
    for one in (widget, *widget.findChildren(QWidget)):
        if isinstance(one, QLabel | QAbstractButton | QLineEdit):
            one.setText("")
        one.setAccessibleName("")
        one.setToolTip("")
