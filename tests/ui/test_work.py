"""Work leaves the window's thread, in order, and answers come back only to who still asks."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from victimcare.casework.workers import Worker
from victimcare.refused import Refused
from victimcare.store.vault import Vault
from victimcare.ui.work import Token, Work


def add_worker(name: str) -> Any:
    def fn(session: Any) -> str:
        session.add(Worker(name=name))
        return name

    return fn


def names(session: Any) -> list[str]:
    return list(session.scalars(select(Worker.name).order_by(Worker.id)))


def test_a_read_runs_elsewhere_and_answers_here(qtbot: QtBot, work: Work) -> None:
    asker, seen = QObject(), []
    threads: list[Any] = []

    def fn(session: Any) -> date:
        threads.append(threading.current_thread())
        return session.today

    work.read(asker, fn, lambda today: seen.append((today, QThread.currentThread() is QApplication.instance().thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(date(2026, 11, 24), True)]
    assert threads[0] is not threading.main_thread()


def test_changes_are_written_in_the_order_asked(qtbot: QtBot, work: Work) -> None:
    asker, done = QObject(), []
    asked = [f"PC {at}" for at in range(12)]
    for name in asked:
        work.change(asker, add_worker(name), done.append)
    assert work.is_saving
    qtbot.waitUntil(lambda: len(done) == 12)
    assert done == asked
    assert not work.is_saving
    read: list[list[str]] = []
    work.read(asker, names, read.append)
    qtbot.waitUntil(lambda: bool(read))
    assert [name for name in read[0] if name in asked] == asked


def test_a_change_tells_what_was_written_and_when(qtbot: QtBot, work: Work) -> None:
    asker, kinds, moments = QObject(), [], []
    work.changed.connect(kinds.append)
    work.saved.connect(moments.append)
    work.change(asker, add_worker("PC 1"), lambda _: None)
    qtbot.waitUntil(lambda: bool(kinds and moments))
    assert "worker" in kinds[0]
    assert (moments[0].hour, moments[0].minute) == (14, 2)


def test_an_answer_for_nobody_is_dropped_but_the_change_is_kept(qtbot: QtBot, work: Work) -> None:
    asker, answers = QWidget(), []
    work.change(asker, add_worker("PC 7"), answers.append)
    shiboken6.delete(asker)
    other, read = QObject(), []
    qtbot.waitUntil(lambda: not work.is_saving)
    work.read(other, names, read.append)
    qtbot.waitUntil(lambda: bool(read))
    assert answers == []
    assert "PC 7" in read[0]


def test_a_newer_read_of_the_same_key_replaces_the_older(qtbot: QtBot, work: Work) -> None:
    asker, gate, answers = QObject(), threading.Event(), []

    def slow(session: Any) -> str:
        gate.wait(10)
        return "old"

    work.read(asker, slow, answers.append, key="list")
    work.read(asker, lambda session: "new", answers.append, key="list")
    qtbot.waitUntil(lambda: answers == ["new"])
    gate.set()
    last: list[int] = []
    for _ in range(2):
        work.read(asker, lambda session: session.scalar(select(func.count()).select_from(Worker)), last.append)
    qtbot.waitUntil(lambda: len(last) == 2)
    assert answers == ["new"]


def test_reads_of_other_askers_or_keys_all_answer(qtbot: QtBot, work: Work) -> None:
    one, other, answers = QObject(), QObject(), []
    work.read(one, lambda session: 1, answers.append, key="list")
    work.read(other, lambda session: 2, answers.append, key="list")
    work.read(one, lambda session: 3, answers.append, key="side")
    qtbot.waitUntil(lambda: sorted(answers) == [1, 2, 3])


def refuse(session: Any) -> None:
    session.add(Worker(name="never"))
    raise Refused("No.", "Ask.")


def test_a_refusal_goes_to_who_asked_and_nothing_is_written(qtbot: QtBot, work: Work) -> None:
    asker, failed, read = QObject(), [], []
    work.change(asker, refuse, pytest.fail, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].reason == "No."
    work.read(asker, names, read.append)
    qtbot.waitUntil(lambda: bool(read))
    assert "never" not in read[0]


def test_a_refusal_nobody_takes_reaches_the_window(qtbot: QtBot, work: Work) -> None:
    with qtbot.waitSignal(work.refused) as signal:
        work.change(QObject(), refuse, pytest.fail)
    assert signal.args[0].remedy == "Ask."


def test_an_error_nobody_foresaw_is_told_by_kind(qtbot: QtBot, work: Work) -> None:
    def broken(session: Any) -> None:
        raise KeyError("Ana")

    with qtbot.captureExceptions() as raised, qtbot.waitSignal(work.broke) as signal:
        work.read(QObject(), broken, pytest.fail)
    assert signal.args == ["KeyError"]
    assert [kind for kind, *_ in raised] == [KeyError]


def test_a_save_behind_a_long_write_says_so_and_is_kept(qtbot: QtBot, work: Work) -> None:
    asker, gate, started, said, done = QObject(), threading.Event(), threading.Event(), [], []

    def importing(token: Token) -> int:
        def write(session: Any) -> int:
            started.set()
            gate.wait(10)
            session.add(Worker(name="imported"))
            return 1

        return token.write(write)

    work.waiting.connect(said.append)
    work.run(asker, importing, done.append, name="the import")
    qtbot.waitUntil(started.is_set)
    work.change(asker, add_worker("PC 9"), done.append)
    assert said == ["Saving after the import"]
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2, timeout=20_000)
    assert set(done) == {1, "PC 9"}  # written one after the other; which answer reaches the window first is no promise


def test_a_long_job_tells_how_far_it_is_and_stops_when_asked(qtbot: QtBot, work: Work) -> None:
    asker, told, failed, gate = QObject(), [], [], threading.Event()

    def long(token: Token) -> None:
        token.progress(1, 10, "Reading")
        gate.wait(10)
        token.progress(2, 10, "Reading")
        pytest.fail("went on after it was stopped")

    job = work.run(asker, long, pytest.fail, lambda *args: told.append(args), name="the import", failed=failed.append)
    assert work.jobs == [job]
    qtbot.waitUntil(lambda: bool(told))
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(failed))
    assert told == [(1, 10, "Reading")]
    assert failed[0].code == "cancelled"
    assert work.jobs == []


def test_a_job_that_holds_the_writer_may_open_its_own_transactions(qtbot: QtBot, work: Work, vault: Vault) -> None:
    asker, done = QObject(), []

    def own(token: Token) -> str:
        with vault.transaction() as session:
            session.add(Worker(name="own"))
        return token.write(add_worker("by the token"))

    work.run(asker, own, done.append, name="the restore", writes=True)
    work.change(asker, add_worker("after"), done.append)
    qtbot.waitUntil(lambda: done == ["by the token", "after"])


def test_stopping_waits_for_what_was_asked(qtbot: QtBot, vault: Vault) -> None:
    work, asker = Work(vault), QObject()
    for at in range(5):
        work.change(asker, add_worker(f"late {at}"), lambda _: None)
    work.stop()
    with vault.reading() as session:
        assert len([name for name in names(session) if name.startswith("late")]) == 5
