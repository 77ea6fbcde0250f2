"""When the vault locks by itself: idle, sleep, another session. And what is cleaned up then."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

TICK_SECONDS = 5
SLEPT_SECONDS = 60  # a gap between two ticks longer than this means the machine slept
COPIED_SECONDS = 60  # how long a copied number may stay on the clipboard
SIGNS_OF_LIFE = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TabletPress}
)


class Locker(QObject):
    """Watches the whole program. `lock_due(reason)`: "idle", "sleep" or "session". It tells; the window locks.

    `seconds` is a clock that goes on while the machine sleeps (wall time).
    """

    lock_due = Signal(str)

    def __init__(self, idle_minutes: int, parent: QObject | None = None, *, seconds: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self.idle_seconds = max(1, min(idle_minutes, 60)) * 60
        self._alive_at = self._ticked_at = seconds()
        self._copied_here = False
        self._timer = QTimer(self, interval=TICK_SECONDS * 1000)
        self._timer.timeout.connect(self.tick)
        self._clear_soon = QTimer(self, singleShot=True, interval=COPIED_SECONDS * 1000)
        self._clear_soon.timeout.connect(self.clear_clipboard)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.installEventFilter(self)
            app.applicationStateChanged.connect(self._state_changed)
            app.clipboard().dataChanged.connect(self._clipboard_changed)
            app.commitDataRequest.connect(lambda _: self.lock_due.emit("session"))
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._clear_soon.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.removeEventFilter(self)
            app.clipboard().dataChanged.disconnect(self._clipboard_changed)

    def clear_clipboard(self) -> None:
        """Empty the clipboard if what is on it came from this program."""
        clipboard = QGuiApplication.clipboard()
        if self._copied_here or clipboard.ownsClipboard():
            clipboard.clear()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(clipboard.Mode.Selection)

    def clear_clipboard_soon(self) -> None:
        """The same in a minute, counted from now: for a number somebody copied."""
        self._clear_soon.start()

    def tick(self) -> None:
        """Look at the clock: asks to lock after sleep or idleness."""
        now = self._seconds()
        gap, self._ticked_at = now - self._ticked_at, now
        if gap > SLEPT_SECONDS or gap < -SLEPT_SECONDS:
            self._alive_at = now
            self.lock_due.emit("sleep")
        elif now - self._alive_at >= self.idle_seconds:
            self._alive_at = now
            self.lock_due.emit("idle")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in SIGNS_OF_LIFE:
            self._alive_at = self._seconds()
        return False

    def _clipboard_changed(self) -> None:
        """Not every platform tells whose text it is: what was copied while a window of ours was in front counts as ours."""
        self._copied_here = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationSuspended:
            self.lock_due.emit("session")
