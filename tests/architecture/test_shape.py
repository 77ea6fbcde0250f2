"""The shape of the code: sizes, names, one way of importing, no Qt below the window, and a quick start."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

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


def test_the_command_line_loads_no_qt() -> None:
    assert not any(name.startswith("PySide6") for name in loaded_by("import victimcare.cli.main"))
