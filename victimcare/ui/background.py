"""Threads for whoever needs them before the store is loaded; `work.py` stands on this. No other module of the window knows any thread.

Answers come back in the window's thread, through one gate, and are dropped when the asker is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from victimcare.refused import Refused

Answer = Callable[[Any], object]
Settle = Callable[[Future[Any]], object]


class Background(QObject):
    """Runs functions in threads of its own and brings their answers to the window's thread."""

    broke = Signal(str)  # the kind of an error nobody foresaw, never its text
    refused = Signal(object)  # a Refused that no asker took
    _answered = Signal(object)
    _told = Signal(object)

    def __init__(self, threads: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="victimcare")
        self._awaited: dict[Future[Any], tuple[Callable[[], Any], Settle]] = {}
        self._is_over = False
        self._answered.connect(self._give, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._in_window, Qt.ConnectionType.QueuedConnection)

    def ask(self, asker: QObject, fn: Callable[[], Any], then: Answer, *, failed: Callable[[Refused], object] | None = None) -> None:
        """Run `fn()` in a thread; give its answer to `then`, or its Refused to `failed`, while `asker` lives."""
        if not self._is_over:
            self._hand_to(self._pool, fn, partial(self._settle, asker, then, failed))

    def fall_silent(self) -> None:
        """Take no more questions and bring no more answers: whoever asked is leaving, and is not there to hear them."""
        self._is_over = True

    def stop(self) -> None:
        """Start nothing more, bring no more answers, and wait for what runs."""
        self.fall_silent()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _hand_to(self, pool: ThreadPoolExecutor, fn: Callable[[], Any], settle: Settle) -> Future[Any]:
        """Run `fn` in `pool`. Who asks is held here alone: the thread that lets go of a widget last takes it down, and must not be another."""
        future = pool.submit(_once, [fn])
        self._awaited[future] = (fn, settle)
        future.add_done_callback(self._bring_answer)
        return future

    def _bring_answer(self, done: Future[Any]) -> None:
        if shiboken6.isValid(self):
            self._answered.emit(done)

    def _bring(self, deed: Callable[[], object]) -> None:
        if shiboken6.isValid(self):
            self._told.emit(deed)

    @Slot(object)
    def _give(self, done: Future[Any]) -> None:
        _, settle = self._awaited.pop(done)  # also when nobody listens any more: who asked is not to be kept for that
        if not self._is_over:
            settle(done)

    @Slot(object)
    def _in_window(self, deed: Callable[[], object]) -> None:
        if not self._is_over:
            deed()

    def _settle(self, asker: QObject, then: Answer, failed: Callable[[Refused], object] | None, done: Future[Any]) -> None:
        error = None if done.cancelled() else done.exception()
        if isinstance(error, Refused):
            if shiboken6.isValid(asker) and failed is not None:
                failed(error)
            else:
                self.refused.emit(error)
        elif error is not None and not isinstance(error, CancelledError):
            self.broke.emit(type(error).__name__)
            raise error
        elif not done.cancelled() and shiboken6.isValid(asker):
            then(done.result())


def _once(held: list[Callable[[], Any]]) -> Any:
    """In the thread: nothing of what was called is left there when its answer is told."""
    return held.pop()()
