"""When the vault locks by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from victimcare.ui.locking import Locker


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def locker_and_reasons(clock: Clock, minutes: int = 1) -> tuple[Locker, list[str]]:
    locker, reasons = Locker(minutes, seconds=clock), []
    locker.lock_due.connect(reasons.append)
    return locker, reasons


def pass_time(locker: Locker, clock: Clock, seconds: int) -> None:
    for _ in range(seconds // 5):
        clock.now += 5
        locker.tick()


def test_it_is_due_after_the_idle_minutes_and_not_before(qtbot: QtBot, clock: Clock) -> None:
    locker, reasons = locker_and_reasons(clock)
    pass_time(locker, clock, 55)
    assert reasons == []
    pass_time(locker, clock, 5)
    assert reasons == ["idle"]
    locker.stop()


def test_a_key_anywhere_is_a_sign_of_life(qtbot: QtBot, clock: Clock) -> None:
    locker, reasons = locker_and_reasons(clock)
    widget = QWidget()
    qtbot.addWidget(widget)
    pass_time(locker, clock, 50)
    qtbot.keyClick(widget, Qt.Key.Key_A)
    pass_time(locker, clock, 55)
    assert reasons == []
    locker.stop()


def test_sleep_locks_even_when_one_comes_back_with_a_key(qtbot: QtBot, clock: Clock) -> None:
    locker, reasons = locker_and_reasons(clock, minutes=60)
    clock.now += 1800
    locker.tick()
    assert reasons == ["sleep"]
    locker.stop()


def test_a_suspended_program_locks(qtbot: QtBot, clock: Clock) -> None:
    locker, reasons = locker_and_reasons(clock)
    QGuiApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationSuspended)
    assert reasons == ["session"]
    locker.stop()


def test_our_text_leaves_the_clipboard(qtbot: QtBot, clock: Clock) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    locker, _ = locker_and_reasons(clock)
    QGuiApplication.clipboard().setText("a phone")
    locker.clear_clipboard()
    assert QGuiApplication.clipboard().text() == ""
    locker.stop()
