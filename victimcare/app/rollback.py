"""Noticing what does not fit in time: a vault older than the one last opened on this computer, or a computer whose clock is behind the vault."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from victimcare.store.tables import AuditEntry
from victimcare.store.vault import Vault
from victimcare.ui.settings import Settings
from victimcare.ui.words import day, moment

BEHIND = timedelta(minutes=5)  # clocks of two computers of one office may differ so much


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


def warn_if_behind(vault: Vault) -> str:
    """Words for the window when this computer's clock is behind the newest entry of the audit; empty when it is not."""
    now = vault.clock()
    with vault.reading() as session:
        newest = session.scalar(select(AuditEntry.at).order_by(AuditEntry.id.desc()).limit(1))
    if newest is None or newest - now < BEHIND:
        return ""
    return f"This computer's clock says {moment(now)}, but the newest entry in the vault is of {moment(newest)}."
