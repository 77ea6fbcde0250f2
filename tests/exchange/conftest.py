"""A vault with its partner directory, the example register, and one way to import a register into a vault."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from victimcare.exchange.mapping import SheetMapping
from victimcare.exchange.preview import Preview, preview
from victimcare.exchange.register_import import as_json, carry_out
from victimcare.referrals.partners import first_partners
from victimcare.resources import resource_dir
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

REGISTER = resource_dir() / "example"
KINDS = ("referrals", "contacts", "partner_referrals", "investigations", "arrests", "prosecutions", "activities")


@pytest.fixture
def office(vault: Vault) -> Vault:
    """A vault as `create` leaves it: with the directory of partners."""
    with vault.transaction() as session:
        first_partners(session)
    return vault


def previewed(vault: Vault, paths: Sequence[Path], kept: Sequence[SheetMapping] = ()) -> Preview:
    with vault.reading(Reading.names()) as session:
        return preview(session, paths, kept=kept)


def bring_in(vault: Vault, *paths: Path, kept: Sequence[SheetMapping] = ()) -> dict[str, Any]:
    """Import as the command does; the result as its JSON."""
    seen = previewed(vault, paths, kept)
    with vault.transaction("import") as session:
        created = carry_out(session, seen.plan, seen.known)
    return json.loads(json.dumps(as_json(seen.plan, created)))


@pytest.fixture
def register() -> dict[str, list[list[str]]]:
    """The example register: kind of sheet -> rows of text, headings first."""
    return {kind: list(csv.reader((REGISTER / f"{kind}.csv").open(encoding="utf-8-sig", newline=""))) for kind in KINDS}


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, rows: Sequence[Sequence[object]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    return write
