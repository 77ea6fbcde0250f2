"""The example vault: the made-up register that ships with the program, brought into a new vault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_data_path

from victimcare.exchange.preview import preview
from victimcare.exchange.register_import import ImportCancelled, carry_out
from victimcare.records import make_vault
from victimcare.resources import resource_dir
from victimcare.store.clock import Clock, system_clock
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

NAME = "Example office"
USER = "VLO 17"
# No secret: it opens a vault of made-up people, and is printed wherever that vault is offered.
PASSPHRASE = "example people are all made up"
_SHEETS = ("referrals", "contacts", "partner_referrals", "investigations", "arrests", "prosecutions", "activities")

Told = Callable[[str, int, int], None]
Cancelled = Callable[[], bool]


def _silent(what: str, done: int, total: int) -> None:
    return None


def _never() -> bool:
    return False


def example_folder() -> Path:
    """Where the window makes the example vault: this account's data folder."""
    return user_data_path("victimcare", appauthor=False) / "example-vault"


def open_example(folder: Path | None = None, *, told: Told = _silent, cancelled: Cancelled = _never, clock: Clock = system_clock) -> Vault:
    """The example vault, open; made first where it is not there yet. Raises ImportCancelled, and what making or opening a vault raises."""
    place = folder or example_folder()
    if (place / "header.json").exists():
        return Vault.open(place, USER, PASSPHRASE, clock=clock)
    return make_example(place, told=told, cancelled=cancelled, clock=clock)


def make_example(place: Path, *, told: Told = _silent, cancelled: Cancelled = _never, clock: Clock = system_clock) -> Vault:
    """A new vault in `place` with the example register in it, open. `told(what, rows done, of how many)`.

    Made beside and renamed at the end: an interrupted run leaves no vault that looks whole. Raises ImportCancelled, which leaves nothing.
    """
    beside = place.with_name(place.name + ".unfinished")
    if beside.exists():
        shutil.rmtree(beside)
    vault, _ = make_vault(beside, name=NAME, user=USER, passphrase=PASSPHRASE, clock=clock)
    try:
        _fill(vault, told, cancelled)
    except BaseException:
        vault.close()
        shutil.rmtree(beside)
        raise
    vault.close()
    beside.rename(place)
    return Vault.open(place, USER, PASSPHRASE, clock=clock)


def _fill(vault: Vault, told: Told, cancelled: Cancelled) -> None:
    paths = [resource_dir() / "example" / f"{sheet}.csv" for sheet in _SHEETS]
    if cancelled():
        raise ImportCancelled
    with vault.reading(Reading.names()) as session:
        seen = preview(session, paths)
    if cancelled():
        raise ImportCancelled
    with vault.transaction("import") as session:
        carry_out(session, seen.plan, seen.known, progress=told, cancelled=cancelled)
