"""An import killed at any moment leaves the vault whole, and the same command then gives what an undisturbed one gives."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.conftest import PASSPHRASE
from tests.exchange.conftest import bring_in
from tests.exchange.test_register_import import picture
from victimcare.casework.cases import Case
from victimcare.referrals.partners import first_partners
from victimcare.store.vault import Vault

KILLS = 20
ROOT = Path(__file__).parents[2]


def killed_after(lines: int, folder: Path, paths: list[Path]) -> list[str]:
    """Start the import, let it say so many lines, kill it (-9); what it said."""
    command = [sys.executable, "-m", "tests.exchange.import_slowly", str(folder), *map(str, paths)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    said = [line for _, line in zip(range(lines), process.stdout, strict=False)]
    process.kill()
    process.wait()
    process.stdout.close()
    return said


@pytest.fixture
def small(register: dict[str, list[list[str]]], write_csv: Callable[..., Path]) -> list[Path]:
    return [write_csv(f"{kind}.csv", rows[:501]) for kind, rows in register.items()]


def test_killed_at_twenty_moments_the_vault_is_whole_and_the_same_command_completes_it(
    new_vault: Callable[..., Vault], tmp_path: Path, small: list[Path], clock: Callable[[], object]
) -> None:
    undisturbed = new_vault(tmp_path / "undisturbed")
    killed = new_vault(tmp_path / "killed")
    for vault in (undisturbed, killed):
        with vault.transaction() as session:
            first_partners(session)
    killed.close()
    chance = random.Random(17)

    for kill in range(KILLS):
        said = killed_after(1 + kill if kill % 4 else chance.randint(1, 24), tmp_path / "killed", small)
        vault = Vault.open(tmp_path / "killed", "VLO 17", PASSPHRASE, clock=clock)  # type: ignore[arg-type]
        with vault.reading() as session:
            cases = session.scalar(select(func.count()).select_from(Case))
        vault.close()
        assert cases in (0, 500), f"half an import after {said[-1:]}"

    again = Vault.open(tmp_path / "killed", "VLO 17", PASSPHRASE, clock=clock)  # type: ignore[arg-type]
    bring_in(again, *small)
    bring_in(undisturbed, *small)
    assert picture(again) == picture(undisturbed)
    again.close()
