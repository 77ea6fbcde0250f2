"""Fixtures: a real vault with cheap keys, a clock that stands, a second person."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import victimcare.records
from victimcare.store import kdf
from victimcare.store.vault import Vault

PASSPHRASE = "four grey boats at dusk"


gc.disable()  # as in the program (`victimcare.app.collecting`): garbage is searched for in the window's thread alone
TESTS_BETWEEN_SEARCHES = 40
_tests_run = 0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, None, None]:
    """After what a test used is taken down: among the new each time, everywhere now and then."""
    global _tests_run
    try:
        return (yield)
    finally:
        _tests_run += 1
        gc.collect(2 if _tests_run % TESTS_BETWEEN_SEARCHES == 0 else 1)


class StandingClock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Key derivation in a millisecond. Only a test can ask for it: what ships refuses such a cost."""
    cheap = kdf.KdfCost(passes=1, lanes=1, kib=64)
    monkeypatch.setattr(kdf, "FLOOR", cheap)
    monkeypatch.setattr(kdf, "tuned", lambda: cheap)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(datetime(2026, 11, 24, 14, 2, tzinfo=UTC))


@pytest.fixture
def vault_dir(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def new_vault(tmp_path: Path, clock: StandingClock) -> Iterator[Callable[..., Vault]]:
    """`new_vault(folder, name=, user=)`: a vault made and left open; closed when the test ends."""
    made: list[Vault] = []

    def make(folder: Path | None = None, *, name: str = "MSKU casework", user: str = "VLO 17") -> Vault:
        vault, shares = victimcare.records.make_vault(folder or tmp_path / f"vault-{len(made)}", name=name, user=user, passphrase=PASSPHRASE, clock=clock)
        vault.test_shares = shares  # type: ignore[attr-defined]
        made.append(vault)
        return vault

    yield make
    for vault in made:
        vault.close()


@pytest.fixture
def vault(new_vault: Callable[..., Vault], vault_dir: Path) -> Vault:
    """A new vault; user "VLO 17" with every right; 24 Nov 2026 14:02 UTC."""
    return new_vault(vault_dir)


@pytest.fixture(scope="session")
def example_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example vault with cheap keys, made once. Never opened: see `example_vault_dir`."""
    from victimcare.example.vault import make_example

    place = tmp_path_factory.mktemp("example") / "vault"
    with pytest.MonkeyPatch.context() as patch:
        cheap = kdf.KdfCost(passes=1, lanes=1, kib=64)
        patch.setattr(kdf, "FLOOR", cheap)
        patch.setattr(kdf, "tuned", lambda: cheap)
        make_example(place, clock=StandingClock(datetime(2026, 11, 24, 14, 2, tzinfo=UTC))).close()
    return place


@pytest.fixture
def example_vault_dir(example_built: Path, tmp_path: Path) -> Path:
    """A copy of the example vault for one test; user and passphrase as in `victimcare.example.vault`."""
    shutil.copytree(example_built, tmp_path / "example-vault")
    return tmp_path / "example-vault"
