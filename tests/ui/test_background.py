"""Work before a vault is open; and whoever asks is let go of in the window's thread, never in another."""

from __future__ import annotations

import threading
import weakref
from concurrent.futures.thread import _WorkItem
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from victimcare.ui.background import Background


def test_background_work_needs_no_vault(qtbot: QtBot) -> None:
    background, got = Background(), []
    background.ask(background, lambda: 6 * 7, got.append)
    qtbot.waitUntil(lambda: got == [42])
    background.stop()


class _Asker(QObject):
    """Asks with a method of its own and holds nothing that holds it."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        background.ask(self, self.read, self.take)

    def read(self) -> int:
        return 1

    def take(self, answer: int) -> None:
        """The answer."""


def test_the_last_hold_on_who_asked_is_let_go_of_in_the_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken down in another thread, a widget ends the process (docs/decisions/0014)."""
    background, where, is_settled = Background(), list[Any](), threading.Event()
    run = _WorkItem.run

    def run_and_linger(item: Any) -> None:
        run(item)
        is_settled.wait(10)  # the thread still holds what it ran when the window is done with the answer

    monkeypatch.setattr(_WorkItem, "run", run_and_linger)
    weakref.finalize(_Asker(background), lambda: where.append(threading.current_thread()))
    qtbot.waitUntil(lambda: not background._awaited)
    is_settled.set()
    background.stop()
    assert where == [threading.main_thread()]


def test_who_asked_is_let_go_of_though_nobody_listens_any_more(qtbot: QtBot) -> None:
    background, may_go, heard = Background(), threading.Event(), list[Any]()
    background.ask(background, may_go.wait, heard.append)
    background.fall_silent()
    may_go.set()
    background.stop()
    qtbot.waitUntil(lambda: not background._awaited)
    assert heard == []
