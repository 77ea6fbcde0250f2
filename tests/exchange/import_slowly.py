"""Run by the kill test in a process of its own: imports the register into a vault until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

import victimcare.records  # noqa: F401 (every table must be known)
from tests.conftest import PASSPHRASE
from victimcare.exchange.preview import preview
from victimcare.exchange.register_import import carry_out
from victimcare.store import kdf
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


def main(folder: Path, paths: list[Path]) -> None:
    """One line for each step that is done: `reading`, `row n`, `committed`."""
    kdf.FLOOR = kdf.KdfCost(passes=1, lanes=1, kib=64)
    vault = Vault.open(folder, "VLO 17", PASSPHRASE)
    print("reading", flush=True)
    with vault.reading(Reading.names()) as session:
        seen = preview(session, paths)
    with vault.transaction("import") as session:
        carry_out(session, seen.plan, seen.known, progress=lambda what, done, total: print("row", done, flush=True))
    print("committed", flush=True)
    vault.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(path) for path in sys.argv[2:]])
