"""Searching for garbage, in the window's thread alone.

Python searches by itself in whatever thread happens to make the next object. When that is a reader or the writer, what is
thrown away there may be a window's part, and Qt's parts end the process when they are taken down outside their own thread.
"""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject, QTimer

from victimcare.ui.free_memory import give_back

SECONDS_BETWEEN = 1
NEW_THINGS = 2_000  # so many more made than dropped are worth a look among the newest
LOOKS_TO_MIDDLE = 10  # as Python itself would: every tenth look goes a generation further
SECONDS_AFTER_LOCK = 2  # the writer and the window that goes have ended by then
LOOKS_TO_ALL = 300  # everything: some 0.1 s with 10,000 cases, so that it is rare


class Collector(QObject):
    """Stops Python's own search and looks every second instead, where there is something to look for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        self._timer = QTimer(self, interval=SECONDS_BETWEEN * 1000)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Search if enough was made since; call it in the window's thread."""
        if gc.get_count()[0] < NEW_THINGS:
            return
        self._looks += 1
        if self._looks % LOOKS_TO_ALL == 0:
            gc.collect()
        else:
            gc.collect(1 if self._looks % LOOKS_TO_MIDDLE == 0 else 0)


def look_everywhere_soon(parent: QObject) -> None:
    """After lock: pages and names in rings of garbage are not to lie in memory until something else is made. `parent` lives on."""
    QTimer.singleShot(SECONDS_AFTER_LOCK * 1000, parent, _look_everywhere)


def _look_everywhere() -> None:
    gc.collect()
    threading.Thread(target=give_back, name="victimcare-memory").start()  # nothing of Qt is touched there, and somebody may be typing
