"""Tab goes as one reads, whatever was made later, and is never held by what is hidden."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from victimcare.ui.tab_order import step, stops


class Page(QWidget):
    """A page whose keyboard goes as in the main window."""

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        return step(self, is_forward)


def field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    return made


def names(page: QWidget) -> list[str]:
    return [one.accessibleName() for one in stops(page)]


def page_with(qtbot: QtBot, *fields: QWidget) -> Page:
    page = Page()
    layout = QVBoxLayout(page)
    for one in fields:
        layout.addWidget(one)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def pressed(key: Qt.Key) -> str:
    QTest.keyClick(QApplication.focusWidget(), key)
    here = QApplication.focusWidget()
    assert here is not None
    return here.accessibleName()


def test_what_was_put_between_later_comes_between(qtbot: QtBot) -> None:
    first, last = field("first"), field("last")
    page = page_with(qtbot, first, last)
    side = QWidget()
    across = QHBoxLayout(side)
    across.addWidget(field("left"))
    across.addWidget(field("right"))
    page.layout().insertWidget(1, side)  # type: ignore[union-attr]
    side.show()
    first.setFocus()
    assert names(page) == ["first", "left", "right", "last"]
    assert [pressed(Qt.Key.Key_Tab) for _ in range(4)] == ["left", "right", "last", "first"]
    assert pressed(Qt.Key.Key_Backtab) == "last"


def test_a_hidden_or_disabled_control_holds_nobody(qtbot: QtBot) -> None:
    first, hidden, off, last = (field(name) for name in ("first", "hidden", "off", "last"))
    group = QWidget()
    inside = QVBoxLayout(group)
    inside.addWidget(hidden)
    group.setFocusProxy(hidden)
    page = page_with(qtbot, first, group, off, last)
    hidden.hide()
    off.setEnabled(False)
    first.setFocus()
    assert names(page) == ["first", "last"]
    assert [pressed(Qt.Key.Key_Tab) for _ in range(2)] == ["last", "first"]


def test_what_the_keyboard_comes_to_is_scrolled_into_view(qtbot: QtBot) -> None:
    inside, area = QWidget(), QScrollArea()
    layout = QVBoxLayout(inside)
    for number in range(40):
        layout.addWidget(field(str(number)))
    area.setWidget(inside)
    area.setFixedHeight(120)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    first = field("first")
    page = page_with(qtbot, first, area)
    first.setFocus()
    assert len(names(page)) == 41
    assert pressed(Qt.Key.Key_Backtab) == "39"
    assert QApplication.focusWidget().visibleRegion().boundingRect().height() > 0
