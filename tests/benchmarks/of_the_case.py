"""What opening a case with a long stream costs, in the real window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.generator import NOW, copy_of, made_vault, open_vault
from tests.benchmarks.measure import Result, Spent, best, under
from victimcare.casework.contacts import log_contact
from victimcare.casework.new_person import new_case
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.workers import my_worker
from victimcare.overview.case_page import case_page
from victimcare.store.reading import Reading

CONTACTS = 500
_LONGEST = 60.0
_RUNS = 9


def long_case(cases: int) -> Iterator[Result]:
    """From the click to the rows of the stream painted, of a case with 500 contacts; and what reading it costs of that."""
    with tempfile.TemporaryDirectory() as folder:
        place = copy_of(made_vault(cases), Path(folder))
        case_id = _with_contacts(place)
        vault = open_vault(place)

        def read() -> None:
            with vault.reading(Reading.case(case_id)) as session:
                case_page(session, case_id)

        read()
        spent = best(read, _RUNS)
        vault.close()
        command = [sys.executable, "-m", "tests.benchmarks.of_the_case", str(place), str(case_id)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout)
    yield under(f"a case with {CONTACTS} contacts, click to rows, {cases:,} cases", 0.1, Spent(**told))
    yield Result(f"the same, reading alone, {cases:,} cases", "", str(spent), None)


def _with_contacts(folder: Path) -> Any:
    vault = open_vault(folder)
    with vault.transaction() as session:
        case_id = new_case(
            session, received_on=NOW.date() - timedelta(days=1000), source="NGO", name_used="Ana", language="ro", hours=(SafeHours("TEXT", "YES"),), worker_id=my_worker(session)
        )  # fmt: skip
        for number in range(CONTACTS):
            log_contact(
                session, case_id=case_id, at=NOW - timedelta(days=number), channel="TEXT", outcome="SPOKEN" if number % 3 else "NO_ANSWER",
                said="GP registered, next appointment in two weeks.",
            )  # fmt: skip
    vault.close()
    return case_id


def main(folder: Path, case_id: str) -> dict[str, float]:
    """In a process of its own: the quickest of some openings, by the clock and of the processor."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from uuid import UUID

    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.generator import cheap_keys
    from victimcare.app.desk import Desk
    from victimcare.ui.navigation import Place
    from victimcare.ui.settings import Settings
    from victimcare.ui.style import dress

    application, place = QApplication([]), Place("case", UUID(case_id))
    with tempfile.TemporaryDirectory() as kept, cheap_keys():
        dress(application, "light", 100)
        desk = Desk(open_vault(folder), Settings(Path(kept)))
        desk.window.resize(1366, 768)
        desk.window.show()
        times = []
        for _ in range(_RUNS):
            desk.window.go(Place("today"))
            _until(application, _after(0.8))
            started, worked = time.perf_counter(), time.process_time()
            desk.window.go(place)
            screen: Any = desk.window.screen_shown
            _until(application, lambda screen=screen: screen.shown is not None and len(screen.stream.entries_model.entries) >= CONTACTS)
            application.processEvents()
            screen.grab()
            times.append((time.perf_counter() - started, time.process_time() - worked))
        desk.window.lock("asked")
    return {"seconds": min(one for one, _ in times), "processor": min(one for _, one in times)}


def _after(seconds: float) -> Callable[[], bool]:
    last = time.perf_counter() + seconds
    return lambda: time.perf_counter() > last


def _until(application: Any, is_so: Callable[[], bool]) -> None:
    last = time.perf_counter() + _LONGEST
    while not is_so():
        if time.perf_counter() > last:
            raise TimeoutError
        application.processEvents()
        time.sleep(0.001)  # the threads that read need the interpreter


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
