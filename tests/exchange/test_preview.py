"""What was read of a register says nothing of the people in it when it is printed or named in an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.exchange.conftest import previewed
from victimcare.store.vault import Vault

ROWS = (
    ("Ref", "Date received", "First name", "Family name", "DOB", "Safe to call?"),
    ("R/1", "03/01/2015", "Anna", "Ostrolenkau", "31/02/1990", "after the Quenzarelle class"),
    ("R/2", "14/02/2015", "Ostrolenkau", "", "01/05/1990", "yes"),
)


def test_nothing_read_of_a_register_prints_what_it_holds(office: Vault, write_csv: Callable[..., Path]) -> None:
    seen = previewed(office, [write_csv("register.csv", ROWS)])
    held = [seen, seen.plan, seen.known, *seen.sheets, *seen.mappings, *seen.mappings[0].columns, *seen.plan.problems, *seen.plan.waiting]
    held += [row for rows in seen.plan.take.values() for row in rows] + [row for sheet in seen.sheets for row in sheet.rows]
    assert seen.plan.problems
    said = " ".join(map(repr, held))
    for word in ("Ostrolenkau", "Anna", "31/02/1990", "Quenzarelle", "Family name"):
        assert word not in said
