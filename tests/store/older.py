"""A vault as an earlier version made it, put together from its rows: `tests/data/vault-0001` holds the vault of a conftest's day at revision 0001.

Its store is kept as statements, so that a reader can see what is in it; user "VLO 17", the conftest's passphrase, one case "Ana".
"""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

from tests.conftest import PASSPHRASE
from victimcare.store.engine.sqlcipher import connect
from victimcare.store.header import open_slot, read_header

AT_0001 = Path(__file__).parents[1] / "data" / "vault-0001"
CASE_AT_0001 = UUID("01a2108e-ac5c-736c-84da-24989ab15977")
SHARES_AT_0001 = (
    "mental email academic acid aluminum peasant require network smell undergo clock activity rival network picture dive crucial "
    "museum skin thorn headset elbow else unfair organize course race exceed wealthy romantic divorce medical sniff",
    "mental email academic agency auction task drug parking disease flame grocery nuclear argue regret erode blue endorse game "
    "muscle equip premium bundle luxury story beam genre medical dismiss costume failure document friar pumps",
)


def vault_at_0001(folder: Path) -> Path:
    """Write the vault of revision 0001 to the new folder `folder`, closed."""
    folder.mkdir(parents=True)
    shutil.copy(AT_0001 / "header.json", folder)
    header = read_header(folder)
    _, _, _, key = open_slot(header, "VLO 17", PASSPHRASE)
    path = folder / header.store_name
    path.touch()
    connection = connect(path, key)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.executescript((AT_0001 / "store.sql").read_text())
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    return folder
