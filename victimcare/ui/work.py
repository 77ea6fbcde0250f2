"""The vault's work, off the window's thread.

One writer takes changes in order; a few readers answer questions, each in a session of its own; long jobs run beside
them and hand their writing to the writer. Answers come back as `background.py` brings them, and are dropped, too, when
the asker has asked again under the same key.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from victimcare.refused import Refused
from victimcare.ui.background import Answer, Background

if TYPE_CHECKING:
    from victimcare.store.vault import Reading, Vault

READERS = 2
SECONDS_BETWEEN_PROGRESS = 0.05


class Cancelled(Refused):
    """The person stopped a long job."""

    def __init__(self) -> None:
        super().__init__("Stopped, as you asked. Nothing of it was kept.", "")


class Job(QObject):
    """One long job, as the status bar shows it: its name, how far it is, and the way to stop it."""

    progressed = Signal(int, int, str)  # done, of how many (0: not known), what it is doing
    finished = Signal()

    def __init__(self, work: Work, name: str) -> None:
        super().__init__(work)
        self.name = name
        self.is_cancelled = False

    def cancel(self) -> None:
        """Ask the job to stop at its next safe place."""
        self.is_cancelled = True


class Token:
    """What a running job holds: whether it is to stop, where to tell how far it is, and the writer."""

    def __init__(self, work: Work, job: Job) -> None:
        self._work = work
        self._job = job
        self._told_at = 0.0

    @property
    def is_cancelled(self) -> bool:
        """True from the moment the person asked to stop."""
        return self._job.is_cancelled

    def check(self) -> None:
        """Raises Cancelled when the job is to stop: call it often, at safe places."""
        if self._job.is_cancelled:
            raise Cancelled

    def progress(self, done: int, total: int = 0, words: str = "") -> None:
        """Tell how far it is; may be called as often as one likes. Raises Cancelled when the job is to stop."""
        self.check()
        now = time.monotonic()
        if now - self._told_at >= SECONDS_BETWEEN_PROGRESS or done == total:
            self._told_at = now
            self._work._bring(partial(self._job.progressed.emit, done, total, words))

    def write(self, fn: Callable[[Any], Any]) -> Any:
        """Run `fn(session)` as one change on the writer and wait for it. Changes asked for meanwhile say that they wait."""
        return self._work._write_for(self._job, fn)


class Work(Background):
    """The vault's work, seen from the window."""

    changed = Signal(object)  # set of table names, after each commit
    saved = Signal(object)  # aware datetime of a change that is now safe
    waiting = Signal(str)  # what a change waits behind: "Saving after the import"
    jobs_changed = Signal()

    def __init__(self, vault: Vault, parent: QObject | None = None) -> None:
        super().__init__(READERS, parent)
        self.vault = vault
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="victimcare-writer")
        self._great = ThreadPoolExecutor(1, thread_name_prefix="victimcare-everybody")
        self._long = ThreadPoolExecutor(READERS, thread_name_prefix="victimcare-job")
        self._newest: dict[tuple[int, str], Future[Any]] = {}
        self._writing: Job | None = None
        self._changes_open = 0
        self.jobs: list[Job] = []
        vault.changed.append(self._committed)

    def read(
        self, asker: QObject, fn: Callable[[Any], Any], then: Answer, *,
        key: str | None = None, reading: Reading | None = None, failed: Callable[[Refused], object] | None = None, of_everybody: bool = False,
    ) -> None:  # fmt: skip
        """Give the answer of `fn(session)` to `then`. A newer read of the same asker and key replaces this one.

        Reads `of_everybody` take turns: side by side neither comes sooner, and what they keep lies in memory between what they let go.
        """
        if self._is_over:
            return
        place = (id(asker), key) if key is not None else None
        pool = self._great if of_everybody else self._pool
        future = self._hand_to(pool, partial(self._read, fn, reading), partial(self._settle_read, place, asker, then, failed))
        if place is not None:
            older = self._newest.get(place)
            self._newest[place] = future
            if older is not None:
                older.cancel()

    def change(self, asker: QObject, fn: Callable[[Any], Any], then: Answer, *, failed: Callable[[Refused], object] | None = None) -> None:
        """Run `fn(session)` as one transaction, after all changes asked for before it; then give its answer to `then`.

        The change is kept even when the asker is gone by then. A Refused goes to `failed`, or to the window's message line.
        """
        if self._writing is not None:
            self.waiting.emit(f"Saving after {self._writing.name}")
        self._changes_open += 1
        self._hand_to(self._writer, partial(self._write, fn), partial(self._settle_change, asker, then, failed))

    def run(
        self, asker: QObject, fn: Callable[[Token], Any], then: Answer, progress: Callable[[int, int, str], object] | None = None, *,
        name: str, failed: Callable[[Refused], object] | None = None, writes: bool = False,
    ) -> Job:  # fmt: skip
        """Start a long job `fn(token)`, shown in the status bar as `name` ("the import") with a way to stop it.

        It writes by `token.write(fn(session))`. `writes` is for a job that opens transactions of its own: it then holds the writer.
        """
        job = Job(self, name)
        if progress is not None:
            job.progressed.connect(progress)
        self.jobs.append(job)
        self.jobs_changed.emit()
        token = Token(self, job)
        deed = partial(self._hold, job, fn, token) if writes else partial(fn, token)
        self._hand_to(self._writer if writes else self._long, deed, partial(self._settle_job, job, asker, then, failed))
        return job

    @property
    def is_reading(self) -> bool:
        """True while something asked for under a key, as what screens show is, has not come."""
        return bool(self._newest)

    @property
    def is_saving(self) -> bool:
        """True while a change has not reached the disk."""
        return self._changes_open > 0

    def stop(self) -> None:
        """Take nothing more, stop long jobs at their next safe place, and wait until every change asked for is written."""
        for job in self.jobs:
            job.cancel()
        self.let_finish()

    def let_finish(self) -> None:
        """Take nothing more and wait until everything asked for is written, a long job too: at lock an import goes on."""
        self.fall_silent()
        self._long.shutdown(wait=True)
        self._writer.shutdown(wait=True)
        self._great.shutdown(wait=True, cancel_futures=True)
        super().stop()
        if self._committed in self.vault.changed:
            self.vault.changed.remove(self._committed)

    # In the threads

    def _read(self, fn: Callable[[Any], Any], reading: Reading | None) -> Any:
        with self.vault.reading() if reading is None else self.vault.reading(reading) as session:
            return fn(session)

    def _write(self, fn: Callable[[Any], Any]) -> tuple[Any, Any]:
        with self.vault.transaction() as session:
            answer, now = fn(session), session.now
        return answer, now

    def _hold(self, job: Job, fn: Callable[[Token], Any], token: Token) -> Any:
        self._writing = job
        try:
            token.check()
            return fn(token)
        finally:
            self._writing = None

    def _write_for(self, job: Job, fn: Callable[[Any], Any]) -> Any:
        if self._writing is job:  # it holds the writer already, and this is the writer's thread
            return self._write(fn)[0]
        return self._writer.submit(self._hold, job, lambda _: self._write(fn)[0], Token(self, job)).result()

    def _committed(self, kinds: set[str]) -> None:
        self._bring(partial(self.changed.emit, set(kinds)))

    # In the window's thread

    def _settle_read(self, place: tuple[int, str] | None, asker: QObject, then: Answer, failed: Any, done: Future[Any]) -> None:
        if place is not None:
            if self._newest.get(place) is not done:
                return
            del self._newest[place]
        self._settle(asker, then, failed, done)

    def _settle_change(self, asker: QObject, then: Answer, failed: Any, done: Future[Any]) -> None:
        self._changes_open -= 1
        if not done.cancelled() and done.exception() is None:
            self.saved.emit(done.result()[1])
        self._settle(asker, lambda answer: then(answer[0]), failed, done)

    def _settle_job(self, job: Job, asker: QObject, then: Answer, failed: Any, done: Future[Any]) -> None:
        self.jobs.remove(job)
        self.jobs_changed.emit()
        job.finished.emit()
        job.deleteLater()
        self._settle(asker, then, failed, done)
