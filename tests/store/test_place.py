"""Who else has a vault open, told by locks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import PASSPHRASE, StandingClock
from victimcare.store.vault import Vault


def test_a_vault_opened_in_one_thread_and_closed_in_another_is_open_no_more(vault: Vault, clock: StandingClock) -> None:
    def opened() -> Vault:
        return Vault.open(Path(vault.folder), "VLO 17", PASSPHRASE, clock=clock)

    with ThreadPoolExecutor(1) as thread:
        other = thread.submit(opened).result()
        assert vault.presence.others()
        other.close()
        assert not vault.presence.others()
