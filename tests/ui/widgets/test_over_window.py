"""A dialog is as high as it needs and never higher than the window under it; its buttons always show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from victimcare.ui.style import look
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.widgets.labels import Words
from victimcare.ui.widgets.over_window import OnScreen, fit_over, scrolling


@pytest.fixture(params=[100, 200])
def zoom(request: pytest.FixtureRequest) -> Iterator[int]:
    look().set_zoom(request.param)
    yield request.param
    look().set_zoom(100)


@pytest.mark.parametrize("lines", [3, 60])
def test_what_is_long_scrolls_and_the_button_stays(qtbot: QtBot, zoom: int, lines: int) -> None:
    under = QWidget()
    qtbot.addWidget(under)
    under.resize(1366, 768)
    under.show()
    dialog, inside = QDialog(under), QWidget()
    page, column = QVBoxLayout(dialog), QVBoxLayout(inside)
    for number in range(lines):
        column.addWidget(Words(f"Line {number} of what is to be read " * 3, wraps=True))
    area = scrolling(inside, "Lines")
    page.addWidget(area)
    close = Button("Close", dialog.accept)
    page.addWidget(close)
    fit_over(dialog, area, under, 600)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert (dialog.width() <= 1366, dialog.height() <= 768) == (True, True)
    assert dialog.rect().contains(close.geometry())
    assert inside.width() <= area.viewport().width()
    qtbot.waitUntil(lambda: area.verticalScrollBar().isVisible() == (lines == 60))


def test_a_window_grows_with_what_is_said_and_never_past_the_screen(qtbot: QtBot, zoom: int) -> None:
    window, inside = QWidget(), QWidget()
    qtbot.addWidget(window)
    page, column, words = QVBoxLayout(window), QVBoxLayout(inside), Words("", wraps=True)
    column.addWidget(words)
    area = scrolling(inside, "Words")
    page.addWidget(area)
    OnScreen(window, area, 300, 100)
    window.show()
    qtbot.waitExposed(window)
    first, free = window.height(), window.screen().availableGeometry()
    words.setText("Something long that was not done, and what to do about it now. " * 4)
    qtbot.waitUntil(lambda: window.height() > first)
    assert not area.verticalScrollBar().isVisible()
    grown = window.height()
    words.setText("Short.")
    qtbot.wait(50)
    assert window.height() == grown
    words.setText("Far too long for any screen there is, and more of it. " * 400)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    assert window.height() <= free.height()
