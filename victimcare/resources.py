"""Data files that ship with the program: code lists, rules, templates, fonts, icons, the example register."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def resource_dir() -> Path:
    """The folder of data files: inside the wheel, or beside the package in a checkout."""
    here = Path(__file__).resolve().parent
    shipped = here / "_resources"
    return shipped if shipped.is_dir() else here.parent / "resources"


def resource_bytes(name: str) -> bytes:
    """The bytes of `name`, such as `reports/statement.typ`. Raises FileNotFoundError."""
    return (resource_dir() / name).read_bytes()


@cache
def resource_json(name: str) -> Any:
    """The parsed JSON of `name`. The answer is shared: do not change it."""
    return json.loads(resource_bytes(name))
