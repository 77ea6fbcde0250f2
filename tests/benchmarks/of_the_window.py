"""What the window costs: until it is there, until the list can be used, and how much memory it takes."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.generator import PASSPHRASE, cache_folder, made_vault
from tests.benchmarks.measure import Result
from victimcare.ui.settings import Settings

_RUNS = 9
_LONGEST = 60.0
_LIST_WITHIN, _MOST_MB = 0.3, 300
_KEEPASSXC = "[General]\nConfigVersion=2\n[GUI]\nCheckForUpdates=false\nCheckForUpdatesIncludeBetas=false\n[Security]\nIconDownloadFallback=false\n"


def unlock_window() -> Iterator[Result]:
    """From process start to the unlock window on the display, by turns with KeePassXC, each with a vault it knows."""
    name, goal = "time to the unlock window against KeePassXC", "<= 1.0"
    missing = [tool for tool in ("keepassxc", "keepassxc-cli", "xdotool", "Xvfb") if shutil.which(tool) is None]
    if missing:
        yield Result(name, goal, f"skipped: {', '.join(missing)} not installed", None)
        return
    with tempfile.TemporaryDirectory() as folder, _display() as display:
        ours, theirs = _our_command(Path(folder)), _their_command(Path(folder))
        turns = [(_shown(ours, "victimcare", display, Path(folder)), _shown(theirs, "KeePassXC", display, Path(folder))) for _ in range(_RUNS)]
    mine, others = [one for one, _ in turns[1:]], [one for _, one in turns[1:]]
    ratio = min(mine) / min(others)
    reached = f"{ratio:.2f} (best {min(mine):.2f} / {min(others):.2f} s, middle {statistics.median(mine):.2f} / {statistics.median(others):.2f} s)"
    yield Result(name, goal, reached, ratio <= 1.0)


def opened_list(cases: int) -> Iterator[Result]:
    """From the derived key to the rows in view of the Cases list with their names, in the real window; then what the whole program holds."""
    runs = [_opened(cases) for _ in range(3 if cases > 20_000 else 5)]
    listed, whole, found = (min(run[what] for run in runs) for what in ("listed", "whole", "found"))
    is_promised = cases == 10_000
    yield Result(
        f"unlock to a list with names, {cases:,} cases",
        "< 300 ms" if is_promised else "",
        f"{listed * 1000:.0f} ms",
        listed < _LIST_WITHIN if is_promised else None,
    )
    yield Result(f"unlock until every line can be scrolled to, {cases:,} cases", "", f"{whole * 1000:.0f} ms", None)
    yield Result(f"unlock until everybody can be found, {cases:,} cases", "", f"{found * 1000:.0f} ms", None)
    rest, most = min(run["rest"] for run in runs), min(run["most"] for run in runs)
    yield Result(
        f"memory of the program with its window, {cases:,} cases",
        f"< {_MOST_MB} MB",
        f"{rest:.0f} MB (at most {most:.0f} MB)",
        rest < _MOST_MB,
    )


def _opened(cases: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.window_process", str(made_vault(cases))]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **_compiled(cache_folder())})
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _compiled(folder: Path) -> dict[str, str]:
    """With compiled modules, as an installed program has: the first run makes them."""
    return {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}


def _our_command(folder: Path) -> list[str]:
    # Only the header is looked for before the passphrase is typed.
    (folder / "vault").mkdir()
    Settings(folder / "config" / "victimcare").remember_vault("Benchmark", str(folder / "vault"))
    return [str(Path(sys.executable).with_name("victimcare"))]


def _their_command(folder: Path) -> list[str]:
    database, config = folder / "office.kdbx", folder / "keepassxc.ini"
    config.write_text(_KEEPASSXC)
    subprocess.run(
        ["keepassxc-cli", "db-create", "-p", str(database)],
        input=f"{PASSPHRASE}\n{PASSPHRASE}\n",
        text=True,
        check=True,
        capture_output=True,
    )
    return ["keepassxc", "--config", str(config), "--localconfig", str(folder / "keepassxc_local.ini"), str(database)]


def _shown(command: list[str], title: str, display: str, folder: Path) -> float:
    """Seconds from starting the program until a window with `title` is mapped."""
    home = {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_RUNTIME_DIR": str(folder),
    }
    surroundings = {**os.environ, **home, **_compiled(folder), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    search = ["xdotool", "search", "--onlyvisible", "--name", title]

    def is_there() -> bool:
        return bool(subprocess.run(search, env=surroundings, capture_output=True, check=False).stdout)

    started = time.perf_counter()
    running = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        # Asked again and again: a search that waits by itself gives up when a window goes while it looks.
        while not is_there():
            if time.perf_counter() - started > _LONGEST or running.poll() is not None:
                raise TimeoutError(f"{title} showed no window")
        return time.perf_counter() - started
    finally:
        running.kill()
        running.wait()
        while is_there():
            time.sleep(0.05)


@contextmanager
def _display() -> Iterator[str]:
    """A display of our own, so that both programs meet the same one."""
    server: Any = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-noreset", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield f":{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
