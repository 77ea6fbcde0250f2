"""Garbage that holds parts of a window goes in the window's thread, whatever other threads make meanwhile."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from victimcare.app import collecting
from victimcare.app.collecting import Collector


@pytest.fixture
def collector(qapp: object) -> Iterator[Collector]:
    gc.enable()
    made = Collector()
    yield made
    made.deleteLater()
    gc.disable()


def _dropped_where() -> list[int]:
    """A widget in a ring nobody holds; the list comes to hold the thread in which it went."""
    where: list[int] = []
    widget = QWidget()
    widget.ring = [widget]  # type: ignore[attr-defined]
    weakref.finalize(widget, lambda: where.append(threading.get_ident()))
    return where


def _make_much() -> None:
    kept = [[number] for number in range(50_000)]
    assert kept


def test_another_thread_that_makes_much_takes_nothing_down(collector: Collector) -> None:
    where = _dropped_where()
    thread = threading.Thread(target=_make_much)
    thread.start()
    thread.join()
    assert where == []


def test_it_is_found_in_the_thread_of_the_window_by_itself(collector: Collector, qtbot: QtBot) -> None:
    where, held = _dropped_where(), list[object]()

    def was_found() -> bool:
        held.extend([number] for number in range(collecting.NEW_THINGS))  # time and again: what other tests left may be going meanwhile
        return bool(where)

    qtbot.waitUntil(was_found, timeout=10_000)
    assert where == [threading.get_ident()]


def test_nothing_is_looked_for_where_little_was_made(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    gc.collect()
    monkeypatch.setattr(gc, "collect", lambda *generation: seen.append(generation))
    collector.look()
    assert seen == []


def test_older_generations_are_looked_through_now_and_then(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, ...]] = []
    monkeypatch.setattr(gc, "get_count", lambda: (collecting.NEW_THINGS, 0, 0))
    monkeypatch.setattr(gc, "collect", lambda *generation: seen.append(generation))
    for _ in range(collecting.LOOKS_TO_ALL):
        collector.look()
    assert (seen.count((1,)), seen.count(())) == (collecting.LOOKS_TO_ALL // collecting.LOOKS_TO_MIDDLE - 1, 1)
    assert seen[-1] == ()


def test_it_goes_with_what_it_belongs_to(qapp: object) -> None:
    """A timer left behind would go on looking in a program that has ended its window."""
    owner = QObject()
    gone = weakref.ref(Collector(owner)._timer)
    del owner
    gc.collect()
    assert gone() is None
