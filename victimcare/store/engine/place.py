"""Where a vault may lie, and who else has it open.

A network share is refused: WAL needs shared memory between all that open the file, which no share gives.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from victimcare.store.errors import NetworkShare, OpenElsewhere, ReadOnlyVault

_SHARES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs", "davfs", "fuse.davfs", "webdav", "afpfs"}
OPENERS = 8
GATE_SECONDS = 5.0


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

    Locks only tell who is there: SQLite's own locks protect the data. The files stay, since removing one that another is
    just opening would let two hold "the same" lock.
    """

    def __init__(self, folder: Path) -> None:
        # Readable by every user of the machine: a lock that another may not open would say "nobody is there".
        # Not bound to a thread: a vault is opened in one and closed in another.
        self._locks = [FileLock(folder / f"open-{number}.lock", mode=0o666, is_singleton=False, thread_local=False) for number in range(1, OPENERS + 1)]
        self._gate = FileLock(folder / "alone.lock", mode=0o666, is_singleton=False, thread_local=False)
        self._mine: FileLock | None = None

    def enter(self) -> None:
        """Take the first free place. A ninth opener, or one in a read-only folder, takes none.

        Raises OpenElsewhere while another does work that needs the vault alone.
        """
        try:
            self._gate.acquire(timeout=GATE_SECONDS, poll_interval=0.05)
        except Timeout:
            raise OpenElsewhere("opening it") from None
        except OSError:
            return
        try:
            for lock in self._locks:
                try:
                    lock.acquire(timeout=0)
                except (Timeout, OSError):
                    continue
                self._mine = lock
                return
        finally:
            self._gate.release()

    def others(self) -> bool:
        """Whether another process or window has the vault open."""
        for lock in self._locks:
            if lock is self._mine or not Path(lock.lock_file).exists():
                continue
            try:
                lock.acquire(timeout=0)
                lock.release()
            except Timeout:
                return True
            except OSError:
                continue
        return False

    @contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Nobody else has the vault open, nor can open it, while the block runs; `what` names the work. Raises OpenElsewhere."""
        try:
            self._gate.acquire(timeout=0)
        except Timeout:
            raise OpenElsewhere(what) from None
        except OSError:
            raise ReadOnlyVault from None
        try:
            if self.others():
                raise OpenElsewhere(what)
            yield
        finally:
            self._gate.release()

    def leave(self) -> None:
        if self._mine is not None:
            self._mine.release()
            self._mine = None


def is_writable(folder: Path) -> bool:
    """Whether this process can write in `folder`; tried, since no flag tells of a read-only disk."""
    probe = folder / f"open-{os.getpid()}.tmp"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def clear_leftovers(folder: Path, current: str, presence: Presence) -> None:
    """Remove what an interrupted rotation, restore or backup left: `*.tmp` and stores that the header does not name. Only when alone."""
    stale = [path for pattern in ("*.tmp", "*.tmp-*") for path in folder.glob(pattern) if path.is_file()]
    stale += [path for path in folder.glob("store-*.db") if path.name != current]
    stale += [path for path in folder.glob("store-*.db-*") if not path.name.startswith(f"{current}-")]
    if not stale:
        return
    try:
        with presence.alone("tidying it"):
            for path in stale:
                path.unlink(missing_ok=True)
    except (OpenElsewhere, ReadOnlyVault):
        return
