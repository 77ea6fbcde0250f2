"""Registers of any length in the example's mix: its rows again and again, with other references, names and numbers."""

from __future__ import annotations

import csv
from itertools import count, islice
from pathlib import Path

from victimcare.resources import resource_dir

SHEETS = ("referrals", "contacts", "partner_referrals", "investigations", "arrests", "prosecutions", "activities")
_REFERENCES = ("Ref", "Crime ref")
_OTHERS = ("First name", "Family name", "DOB", "Mobile")  # of another person, so that nobody comes in twice


def write_mix(folder: Path, rows: int) -> list[Path]:
    """`rows` rows in the example's mix, a file a sheet."""
    sheets = {name: _read(name) for name in SHEETS}
    whole = sum(len(lines) - 1 for lines in sheets.values())
    return [_write(folder / f"{name}.csv", lines, max(1, round((len(lines) - 1) * rows / whole))) for name, lines in sheets.items()]


def write_referrals(folder: Path, rows: int) -> list[Path]:
    """`rows` rows of the referrals sheet alone."""
    return [_write(folder / "referrals.csv", _read("referrals"), rows)]


def _read(name: str) -> list[list[str]]:
    with (resource_dir() / "example" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _write(path: Path, lines: list[list[str]], rows: int) -> Path:
    headings, *given = lines
    made = (_again(headings, given, place, copy) for copy in count() for place in range(len(given)))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *islice(made, rows)])
    return path


def _again(headings: list[str], given: list[list[str]], place: int, copy: int) -> list[str]:
    row = list(given[place])
    if copy:
        for number, heading in enumerate(headings):
            if heading in _REFERENCES and row[number]:
                row[number] = f"{row[number]}{chr(ord('A') + copy)}"
            elif heading in _OTHERS:
                row[number] = given[(place + copy * 97 * (number + 1)) % len(given)][number]
    return row
