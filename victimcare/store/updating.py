"""Bringing an older vault up to date at its opening: alone, after a backup that was opened again, whole or not at all."""

from __future__ import annotations

from datetime import datetime

from victimcare.store.backup import write_backup
from victimcare.store.engine.place import Presence
from victimcare.store.engine.sqlcipher import SqlcipherStore
from victimcare.store.errors import StoreDamaged
from victimcare.store.schema import NeedsUpdate, bring_up_to_date
from victimcare.store.verify import Subject, check_pages


def update(store: SqlcipherStore, subject: Subject, presence: Presence, now: datetime) -> None:
    """Back up beside the store, then migrate. The backup stays until somebody removes it.

    Raises NeedsUpdate, OpenElsewhere, DiskFull, StoreDamaged.
    """
    if store.is_read_only:
        raise NeedsUpdate
    with presence.alone("bringing it up to date"):
        target = subject.path.with_name(f"before-update-{now:%Y-%m-%d-%H%M%S}.vcbackup")
        if not write_backup(store, subject, target, now, check_pages).holds:
            raise StoreDamaged("it could not be backed up, so it was not brought up to date")
        bring_up_to_date(store)
