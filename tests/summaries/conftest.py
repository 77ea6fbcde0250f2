"""The example register in a vault, imported once; and a small office made by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from tests.conftest import PASSPHRASE, StandingClock
from victimcare.casework.cases import open_case
from victimcare.exchange.known import known_in_vault
from victimcare.exchange.matching import make_plan
from victimcare.exchange.proposal import propose, read_register
from victimcare.exchange.register_import import carry_out
from victimcare.records import make_vault
from victimcare.resources import resource_dir
from victimcare.store import kdf
from victimcare.store.vault import Reading, Vault

SHEETS = ("referrals", "contacts", "partner_referrals", "investigations", "arrests", "prosecutions", "activities")


@pytest.fixture(scope="session")
def imported_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a vault with the whole example register in it. Copy it, never open it."""
    folder = tmp_path_factory.mktemp("example") / "vault"
    with pytest.MonkeyPatch.context() as patch:
        cheap = kdf.KdfCost(passes=1, lanes=1, kib=64)
        patch.setattr(kdf, "FLOOR", cheap)
        patch.setattr(kdf, "tuned", lambda: cheap)
        vault, _ = make_vault(folder, name="MSKU casework", user="VLO 17", passphrase=PASSPHRASE)
        sheets = read_register([resource_dir() / "example" / f"{name}.csv" for name in SHEETS])
        with vault.reading(Reading.names()) as session:
            known = known_in_vault(session)
        plan = make_plan(sheets, propose(sheets), known, today=vault.today)
        with vault.transaction("import") as session:
            carry_out(session, plan, known)
        vault.close()
    return folder


@pytest.fixture
def example(imported_example: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Vault]:
    """A copy of it, open, on 24 Nov 2026."""
    shutil.copytree(imported_example, tmp_path / "example")
    vault = Vault.open(tmp_path / "example", "VLO 17", PASSPHRASE, clock=clock)
    yield vault
    vault.close()


@pytest.fixture
def receive(vault: Vault) -> Callable[[int, date], list[UUID]]:
    """`receive(12, day)`: that many people received on that day."""

    def received(people: int, on: date) -> list[UUID]:
        with vault.transaction() as session:
            return [open_case(session, received_on=on, source="NGO") for _ in range(people)]

    return received
