"""Where a vault may lie, and who else has it open.

A network share is refused: WAL needs shared memory between all that open the file, which no share gives.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from victimcare.store.errors import NetworkShare, OpenElsewhere

_SHARES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs", "davfs", "fuse.davfs", "webdav", "afpfs"}
OPENERS = 8


def refuse_network_share(folder: Path) -> None:
    """Raises NetworkShare. `folder` may not exist yet: its nearest existing parent counts."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    if filesystem_of(place) in _SHARES:
        raise NetworkShare


def filesystem_of(place: Path) -> str:
    """The type of the filesystem that holds `place`, as the system names it; "cifs" for a network drive on Windows; "" if not known."""
    if sys.platform == "win32":
        import ctypes

        drive = str(place.drive) + "\\"
        remote = 4
        return "cifs" if str(place).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) == remote else ""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text(errors="replace").splitlines():
        _, point, type_, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        inside = str(place) == point or str(place).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, type_
    return kind


class Presence:
    """Says that this process has the vault open, and tells whether another has.

    Locks only tell who is there: SQLite's own locks protect the data.
    """

    def __init__(self, folder: Path) -> None:
        self._locks = [FileLock(folder / f"open-{number}.lock", is_singleton=False) for number in range(1, OPENERS + 1)]
        self._mine: FileLock | None = None

    def enter(self) -> None:
        """Take the first free place. A ninth opener, or one in a read-only folder, takes none."""
        for lock in self._locks:
            try:
                lock.acquire(timeout=0)
            except (Timeout, OSError):
                continue
            self._mine = lock
            return

    def others(self) -> bool:
        """Whether another process or window has the vault open."""
        for lock in self._locks:
            if lock is self._mine:
                continue
            if not Path(lock.lock_file).exists():
                continue
            try:
                lock.acquire(timeout=0)
                lock.release()
            except Timeout:
                return True
            except OSError:
                continue
        return False

    def alone(self, what: str) -> None:
        """Raises OpenElsewhere when another has the vault open; `what` names the work that needs it alone."""
        if self.others():
            raise OpenElsewhere(what)

    def leave(self) -> None:
        if self._mine is not None:
            self._mine.release()
            try:
                os.remove(self._mine.lock_file)
            except OSError:
                pass
            self._mine = None
