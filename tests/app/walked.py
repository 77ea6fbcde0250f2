"""Every place of the window, one after the other, and what is wrong there for who sees it, reads it with a screen reader or has only a keyboard."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLabel, QPushButton, QScrollArea, QScrollBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.screens.full import Full
from tests.ui.screens.given import settle
from victimcare.app.desk import Desk
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.contents import BOXES
from victimcare.ui.screens.case.parts import Card
from victimcare.ui.tab_order import stops as stops_of
from victimcare.ui.widgets.labels import Words

PLACES = (
    "today", "cases", "referrals", "activities", "investigations", "summaries", "partners", "tasks", "new_case", "import", "leftovers", "danger",
)  # fmt: skip
ROLE = QAccessible.Role
CONTROLS = frozenset({
    ROLE.Button, ROLE.PushButton, ROLE.ButtonMenu, ROLE.ButtonDropDown, ROLE.CheckBox, ROLE.RadioButton, ROLE.ComboBox, ROLE.EditableText, ROLE.SpinBox,
    ROLE.List, ROLE.Table, ROLE.Tree, ROLE.Link,
})  # fmt: skip
MOST_STOPS = 400
SMALLEST = (1366, 768)
PLAIN = ("text", "muted")


def everywhere(qtbot: QtBot, desk: Desk, full: Full) -> Iterator[tuple[str, QWidget]]:
    """Go to every screen and open every box on a case with all there is; answers where one is, and the part of the window that is new there."""
    window: Any = desk.window
    settle(qtbot, desk.work)
    for name in PLACES:
        window.go(Place(name))
        settle(qtbot, desk.work)
        yield name, window
    for name in ("refer", "case"):
        window.go(Place(name, full.case_id))
        settle(qtbot, desk.work)
        yield name, window
    for kind in BOXES:
        window.screen_shown.open_box(full.form(kind))
        settle(qtbot, desk.work)
        assert window.screen_shown.box is not None, kind
        yield f"case, {kind}", window.screen_shown.box
    window.go(Place("admin"))
    for part in window.screen_shown.parts:
        window.go(Place("admin", part))
        settle(qtbot, desk.work)
        yield f"admin, {part}", window


def shown(top: QWidget) -> list[QWidget]:
    return [one for one in top.findChildren(QWidget) if one.isVisibleTo(top) and not one.isWindow()]


# For who hears the window


def controls(top: QWidget) -> Iterator[tuple[str, QAccessible.Role, QWidget | None]]:
    """(name, role, widget) of every control of the accessibility tree, rows and cells left out."""
    waiting = [QAccessible.queryAccessibleInterface(top)]
    while waiting:
        face = waiting.pop()
        if face is None or not face.isValid() or face.state().invisible:
            continue
        role, widget = face.role(), face.object()
        if role in CONTROLS:
            yield told(widget) if isinstance(widget, QWidget) else face.text(QAccessible.Text.Name), role, widget if isinstance(widget, QWidget) else None
        if role not in (ROLE.List, ROLE.Table, ROLE.Tree, ROLE.ComboBox, ROLE.SpinBox):
            waiting += [face.child(at) for at in range(face.childCount())]


def told_badly(top: QWidget) -> list[str]:
    """Controls without a name or, with an icon alone, without a tooltip, and names that two controls share."""
    found, names = [], Counter[str]()
    for name, role, widget in controls(top):
        if isinstance(widget, QScrollBar) or (widget is not None and widget.focusPolicy() == Qt.FocusPolicy.NoFocus and role != ROLE.CheckBox):
            continue
        if not name.strip():
            found.append(f"no name: {role.name} {type(widget).__name__} in {type(widget.parentWidget()).__name__ if widget else ''}")
        if widget is not None and widget.isEnabled():
            names[name] += 1
        if isinstance(widget, QAbstractButton) and has_icon_alone(widget) and not widget.toolTip():
            found.append(f"an icon alone, without a tooltip: {name}")
    # Over a whole window two may share a name: the list of cases, and the way to it.
    return found + [f"two are called {name!r}" for name, count in names.items() if count > 1 and name and not top.isWindow()]


def has_icon_alone(button: QAbstractButton) -> bool:
    is_bare = isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    return not button.icon().isNull() and (is_bare or not button.text())


# For who has only a keyboard


def is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None


def missed_by_tab(top: QWidget) -> list[str]:
    """What Tab does not come to in `top`, started at its first stop; and whether it stays inside for ever."""
    stops = {one for one in shown(top) if is_stop(one) and not is_inside(one)}
    first = next((one for one in stops_of(top)), None)
    if first is None:
        return ["nothing to come to"]
    if not top.window().isActiveWindow():
        return ["another window took the keyboard"]
    first.setFocus()
    came: set[QWidget] = set()
    for _ in range(MOST_STOPS):
        here = QApplication.focusWidget()
        if here is None or here in came or not (here is top or top.isAncestorOf(here)):
            break
        came.add(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is here:
            return [f"Tab stays in {type(here).__name__} {told(here)!r}"]
    return [f"Tab misses {type(one).__name__} {told(one)!r}" for one in stops - came if is_stop(one)]


def told(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.accessibleName()  # on Linux the tree tells what is chosen, and the name through what labels it
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def is_inside(widget: QWidget) -> bool:
    """The field of a combo and what stands in a list are reached through it."""
    return isinstance(widget.parentWidget(), QAbstractItemView | QComboBox)


# For who sees it


def is_cut(label: QLabel) -> bool:
    """Whether a label has less room than its words take."""
    if not label.text() or label.textFormat() == Qt.TextFormat.RichText or (label.pixmap() and not label.pixmap().isNull()):
        return False
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    return label.minimumSizeHint().width() > label.width() + 1 or label.minimumSizeHint().height() > label.height() + 1


def words_cut(top: QWidget) -> list[str]:
    """Labels and buttons with less room than their words take."""
    labels = [one for one in shown(top) if isinstance(one, QLabel) and is_cut(one)]
    found = [f"{one.text()!r} {one.width()}x{one.height()} of {one.minimumSizeHint().width()}x{one.heightForWidth(one.width())}" for one in labels]
    for one in shown(top):
        if isinstance(one, QPushButton | QToolButton) and one.text() and one.property("kind") != "card" and not has_icon_alone(one):
            needed = one.fontMetrics().horizontalAdvance(one.text()) + (one.iconSize().width() if not one.icon().isNull() else 0)
            if needed > one.width():
                found.append(f"{one.text()!r} {one.width()} of {needed}")
    return found


def told_by_colour_alone(top: QWidget) -> list[str]:
    """Cards and states whose colour means something that neither a word nor an icon says."""
    found = [one.accessibleName() for one in shown(top) if isinstance(one, Card) and one._tone not in PLAIN and not one._state]
    return found + [f"a {one.property('tone')} without words" for one in shown(top) if isinstance(one, Words) and one.property("tone") and not one.text()]


def out_of_the_window(window: QWidget, top: QWidget) -> list[str]:
    """Controls that neither stand in the window nor in a part of it that scrolls to them."""
    found = []
    for one in shown(top):
        if not is_stop(one) or isinstance(one, QScrollBar):
            continue
        area, inside = reachable(window, one)
        place = QRect(one.mapTo(window, QPoint()), one.size())
        if place.left() < area.left() or place.right() > area.right() + 1 or (not inside and (place.top() < 0 or place.bottom() > window.height())):
            found.append(f"{type(one).__name__} {one.accessibleName()!r} at {place.getRect()} of {area.getRect()}")
    return found


def reachable(window: QWidget, widget: QWidget) -> tuple[QRect, bool]:
    """Where the widget may stand, and whether it can be scrolled to up and down."""
    above = widget.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QScrollArea):
            port = above.viewport()
            return QRect(port.mapTo(window, QPoint()), port.size()), True
        above = above.parentWidget()
    return window.rect(), False


def seen_badly(qtbot: QtBot, window: QWidget, top: QWidget) -> list[str]:
    """What is cut, what lies outside, and whether the window had to grow."""
    with contextlib.suppress(qtbot.TimeoutError):  # what a page asked to be laid out anew is still on its way
        qtbot.waitUntil(lambda: not words_cut(top) and not out_of_the_window(window, top), timeout=3000)
    found = words_cut(top) + out_of_the_window(window, top) + [f"by colour alone: {one}" for one in told_by_colour_alone(top)]
    needs, width = window.minimumSizeHint(), window.width()
    window.resize(*SMALLEST)
    if width > SMALLEST[0] or needs.width() > SMALLEST[0] or needs.height() > SMALLEST[1]:
        found.append(f"the window needs {needs.width()}x{needs.height()}, and was {width} wide")
    return found
