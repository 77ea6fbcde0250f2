"""Noticing a vault that is older than the one last opened on this computer: somebody put an old copy back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from victimcare.store.tables import AuditEntry
from victimcare.store.vault import Vault
from victimcare.ui.settings import Settings
from victimcare.ui.words import day


def remember_newest(vault: Vault, settings: Settings) -> None:
    """Keep the newest hash of one's own chain and the epoch (no name) in this computer's settings."""
    number, newest = vault.witness()
    known = dict(settings["newest_audit"])
    known[vault.header.vault.hex] = {
        "author": vault.member.id.hex,
        "seq": number,
        "hash": newest.hex(),
        "epoch": vault.header.epoch,
        "on": vault.today.isoformat(),
    }
    settings["newest_audit"] = known


def warn_if_older(vault: Vault, settings: Settings) -> str:
    """Words for the window when the entry last seen here is no longer in the vault; empty when it is, or none was seen yet."""
    known = settings["newest_audit"].get(vault.header.vault.hex)
    words = ""
    if isinstance(known, dict):
        with vault.reading() as session:
            entry = select(AuditEntry.hash).where(AuditEntry.author == UUID(known["author"]), AuditEntry.seq == known["seq"])
            found = session.scalar(entry)
        if found is None or found.hex() != known["hash"]:
            words = f"This vault is older than the one opened on this computer on {day(vault.today.fromisoformat(known['on']))}: what was written since is not in it."
    if not vault.store.is_read_only:
        remember_newest(vault, settings)
    return words
