"""The shape of the code: sizes, names, one way of importing, no Qt below the window, and a quick start."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import victimcare

PACKAGE = Path(victimcare.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
REFUSED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "controller", "base", "misc"}


def module_name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_function_fits_a_screen(path: Path) -> None:
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_layout_is_asked_for_its_items() -> None:
    """See `ui/widgets/in_layout.py`: what is made of them outlives them, and ends the process."""
    asks = [module_name(path) for path in MODULES if any(asked in path.read_text() for asked in (".itemAt(", ".itemAtPosition("))]
    assert asks == []


def test_no_module_is_a_bin() -> None:
    assert [module_name(path) for path in MODULES if path.stem in REFUSED_NAMES or path.parent.name in REFUSED_NAMES] == []


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_nothing_prints_but_the_command_line(path: Path) -> None:
    if path.parent.name == "cli" or path.name == "__main__.py":
        return
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"]
    assert calls == []


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert path.name == "__init__.py" or ast.get_docstring(ast.parse(path.read_text()))


def loaded_by(statement: str) -> set[str]:
    """The modules in memory after `statement` ran in a fresh process."""
    code = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_unlock_window_loads_no_database_and_no_domain() -> None:
    loaded = loaded_by("import victimcare.ui.unlock, victimcare.__main__")
    heavy = {"sqlalchemy", "sqlcipher3", "cryptography", "typst", "holidays", "pycountry", "victimcare.store", "victimcare.casework"}
    assert heavy & loaded == set()


_START = """
import gc, json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import victimcare.app
from victimcare.app.collecting import Collector
from victimcare.app.entrance import Entrance

class Once(Entrance):
    def show(self):
        super().show()
        self.loaded = sorted(sys.modules)
        QTimer.singleShot(0, self.look_again)

    def look_again(self):
        import colorsys, linecache
        kept = colorsys.__file__ in linecache.cache
        print(json.dumps({"loaded": self.loaded, "is_shown": self.window.isVisible(), "keeps_source": kept, "python_searches": gc.isenabled(), "collector": bool(QApplication.instance().findChildren(Collector))}))
        self.ended.emit()

victimcare.app.entrance.Entrance = Once
sys.exit(victimcare.app.run())
"""


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is so in a fresh process at the moment its first window is shown."""
    home = str(tmp_path_factory.mktemp("home"))
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home, "XDG_CONFIG_HOME": home, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run([sys.executable, "-c", _START], env=surroundings, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_the_first_window_is_shown_before_anything_heavy_is_loaded(start: dict[str, Any]) -> None:
    heavy = {"sqlalchemy", "sqlcipher3", "cryptography", "typst", "holidays", "pycountry", "victimcare.store", "victimcare.casework"}
    not_needed = {"ctypes", "PySide6.QtNetwork", "PySide6.QtDBus", "importlib.metadata", "victimcare.app.desk", "victimcare.reference"}
    assert start["is_shown"]
    assert (heavy | not_needed) & set(start["loaded"]) == set()


def test_the_source_of_what_is_loaded_later_is_not_kept_in_memory(start: dict[str, Any]) -> None:
    assert start["keeps_source"] is False


def test_garbage_is_searched_for_in_the_thread_of_the_window_alone(start: dict[str, Any]) -> None:
    assert (start["python_searches"], start["collector"]) == (False, True)


def test_the_command_line_loads_no_qt() -> None:
    assert not any(name.startswith("PySide6") for name in loaded_by("import victimcare.cli.main"))
