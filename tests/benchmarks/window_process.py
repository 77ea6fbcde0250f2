"""Run in a process of its own by `of_the_window`: opens a vault in the real window and says in JSON how long that took and what it holds.

`python -m tests.benchmarks.window_process FOLDER`. Seconds are from the typed passphrase, key derivation made cheap.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from tests.benchmarks.generator import cheap_keys, open_vault
from victimcare.app.collecting import Collector
from victimcare.app.desk import Desk
from victimcare.app.entrance import _warm
from victimcare.ui.navigation import Place
from victimcare.ui.settings import Settings
from victimcare.ui.style import dress

_LONGEST = 120.0


def main(folder: Path) -> dict[str, float]:
    """Seconds until the rows in view stand with their names, all rows are there, and anybody can be found; MB at rest and at most."""
    application = QApplication([])
    Collector(application)
    with tempfile.TemporaryDirectory() as kept, cheap_keys():
        settings = Settings(Path(kept))
        dress(application, "light", 100)
        _warm()  # as it is while a passphrase is typed
        started = time.perf_counter()
        desk = Desk(open_vault(folder), settings)
        desk.window.show()
        desk.window.go(Place("cases"))
        screen = desk.window.screen_shown
        _until(application, lambda: _is_named(screen))
        listed = time.perf_counter() - started
        name = desk.people.name(screen.table.rows_in_view()[0].id)
        _until(application, lambda: bool(screen.head.about.text()))
        whole = time.perf_counter() - started
        _until(application, lambda: bool(desk.people.find(name)) and bool(desk.people.find("07700 9")))
        found = time.perf_counter() - started
        _rest(application, 1.0)
        told = {"listed": listed, "whole": whole, "found": found, "rest": _memory("VmRSS"), "most": _memory("VmHWM")}
        desk.window.lock("asked")
        return told


def _is_named(screen: Any) -> bool:
    """Whether every row one sees has its name."""
    rows = screen.table.rows_in_view()
    return bool(rows) and all(screen.people.name(row.id) for row in rows)


def _until(application: QApplication, is_so: Callable[[], bool]) -> None:
    last = time.perf_counter() + _LONGEST
    while not is_so():
        if time.perf_counter() > last:
            raise TimeoutError
        application.processEvents()
        time.sleep(0.001)  # the threads that read need the interpreter


def _rest(application: QApplication, seconds: float) -> None:
    last = time.perf_counter() + seconds
    while time.perf_counter() < last:
        application.processEvents()
        time.sleep(0.01)


def _memory(what: str) -> float:
    """MB of this process, as Linux tells it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
