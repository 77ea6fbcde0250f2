"""Where Tab goes: from control to control as the page is read, whatever was made or shown later.

Qt's own chain goes in the order things were made: a box opened on a page would come after everything else, and a page whose
first control is hidden for a while would hold the keyboard before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QLayout, QScrollArea, QWidget

from victimcare.ui.widgets.in_layout import in_layout


def step(window: QWidget, is_forward: bool) -> bool:
    """Move the keyboard to the next control of the window, or the one before, and scroll it into view. False where there is none."""
    found = list(stops(window))
    if not found:
        return False
    here = QApplication.focusWidget()
    at = found.index(here) if here in found else _place_of(here, found, is_forward)
    there = found[(at + (1 if is_forward else -1)) % len(found)]
    there.setFocus(Qt.FocusReason.TabFocusReason if is_forward else Qt.FocusReason.BacktabFocusReason)
    above = there.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(there)
        above = above.parentWidget()
    return True


def stops(top: QWidget) -> Iterator[QWidget]:
    """The controls Tab comes to inside `top`, in the order of reading."""
    for widget in _inside(top):
        if not widget.isVisible() or widget.isWindow():
            continue
        if is_stop(widget):
            yield widget
        if not isinstance(widget, QComboBox) and (isinstance(widget, QScrollArea) or not isinstance(widget, QAbstractScrollArea)):
            yield from stops(widget)


def is_stop(widget: QWidget) -> bool:
    """Whether Tab comes to this widget while it shows."""
    return widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _inside(top: QWidget) -> Iterator[QWidget]:
    """What stands in `top`: as it is laid out, then what is placed by hand, from the top."""
    if isinstance(top, QScrollArea):
        inside = top.widget()
        if inside is not None:
            yield inside
        return
    layout = top.layout()
    laid_out = list(_laid_out(layout)) if layout is not None else []
    yield from laid_out
    by_hand = [one for one in top.children() if isinstance(one, QWidget) and one not in laid_out]
    yield from sorted(by_hand, key=lambda one: _read_at(one.pos()))


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for one in in_layout(layout):
        if isinstance(one, QLayout):
            yield from _laid_out(one)
        else:
            yield one


def _place_of(here: QWidget | None, found: list[QWidget], is_forward: bool) -> int:
    """Where to go on from what is no stop itself: inside of one, or before the first."""
    inside_of = next((at for at, one in enumerate(found) if here is not None and one.isAncestorOf(here)), None)
    return inside_of if inside_of is not None else -1 if is_forward else 0


def _read_at(place: QPoint) -> tuple[int, int]:
    return place.y(), place.x()
