"""What work on records costs, without a window."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event

from tests.benchmarks.generator import NOW, copy_of, made_vault, open_vault
from tests.benchmarks.measure import Result, Spent, best, under
from victimcare.casework.case_list import case_list
from victimcare.casework.case_now import case_now_differences
from victimcare.casework.contacts import log_contact
from victimcare.casework.search import SearchIndex
from victimcare.overview.lines import Scope
from victimcare.overview.today import today_lines
from victimcare.store.engine.sqlcipher import connect
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.verify import verify

_TYPED = 40  # people whose names are typed letter by letter


def search(cases: int) -> Iterator[Result]:
    """Each keystroke of names and phones typed letter by letter."""
    vault = open_vault(made_vault(cases))
    with vault.reading(Reading.names()) as session:
        index = SearchIndex.build(session)
        index.add_numbers(session)
    with vault.reading() as session:
        rows = Random(1).sample(case_list(session), _TYPED)
    vault.close()
    texts = [*index.named(row.id for row in rows).values(), "07700 900123", "VC-2023-00123"]
    strokes = [text[:length] for text in texts for length in range(1, len(text) + 1)]
    times = sorted((best(lambda stroke=stroke: index.find(stroke, 8), 3) for stroke in strokes), key=lambda spent: spent.seconds)
    yield under(f"search, slowest of {len(strokes):,} keystrokes, {cases:,} people", 0.05, times[-1])
    yield Result(f"search, middle one, {cases:,} people", "", str(times[len(times) // 2]), None)


def logging(cases: int) -> Iterator[Result]:
    """Logging a contact, from the action to the commit on disk."""
    with tempfile.TemporaryDirectory() as folder:
        vault = open_vault(copy_of(made_vault(cases), Path(folder)))
        with vault.reading() as session:
            ids = [row.id for row in Random(2).sample(case_list(session), 20)]

        def log() -> None:
            with vault.transaction() as session:
                log_contact(session, case_id=ids.pop(), at=NOW, channel="PHONE", outcome="SPOKEN", said="GP registered.")

        yield under(f"logging a contact, {cases:,} cases", 0.05, best(log, len(ids)))
        vault.close()


def list_query(cases: int) -> Iterator[Result]:
    """The query of the Cases screen, against the very same SQL on the same rows in plain SQLite."""
    vault = open_vault(made_vault(cases))
    sent: list[tuple[str, Any]] = []

    def keep(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        sent.append((statement, parameters))

    event.listen(vault.store.readers, "before_cursor_execute", keep)
    whole = best(lambda: _list(vault))
    event.remove(vault.store.readers, "before_cursor_execute", keep)
    statement, parameters = next(one for one in sent if "case_now" in one[0])
    with tempfile.TemporaryDirectory() as folder:
        plain_file = Path(folder) / "plain.db"
        subject = vault.subject()
        ours = connect(subject.path, subject.key, read_only=True)
        ours.execute("PRAGMA cache_size=-64000")
        ours.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain_file),))
        ours.execute("SELECT sqlcipher_export('plain')")
        ours.execute("DETACH DATABASE plain")
        plain = sqlite3.connect(plain_file)
        plain.execute("PRAGMA cache_size=-64000")
        times = [(_run(ours, statement, parameters), _run(plain, statement, parameters)) for _ in range(9)]
        mine, theirs = min(one for one, _ in times[1:]), min(one for _, one in times[1:])
        plain.close()
        ours.close()
    vault.close()
    yield Result(
        f"list query against plain SQLite, {cases:,} cases",
        "<= 2.0",
        f"{mine / theirs:.2f} ({mine * 1000:.1f} / {theirs * 1000:.1f} ms)",
        mine <= 2 * theirs,
    )
    yield Result(f"the whole list as rows of the screen, {cases:,} cases", "", str(whole), None)


def names(cases: int) -> Iterator[Result]:
    """What an unlock reads for the list, one after the other and without the window: open the store, the lines, the names."""
    folder = made_vault(cases)

    def read() -> None:
        vault = open_vault(folder)
        _list(vault)
        with vault.reading(Reading.names()) as session:
            SearchIndex.build_names(session)
        vault.close()

    yield Result(f"open, list and names without the window, {cases:,} cases", "", str(best(read, 3)), None)


def today(cases: int) -> Iterator[Result]:
    """Today of one worker and of everybody."""
    vault = open_vault(made_vault(cases))

    def lines(scope: Scope) -> None:
        with vault.reading() as session:
            today_lines(session, scope=scope)

    within = {10_000: 0.3, 100_000: 1.0}.get(cases, 0.3)
    yield under(f"Today, one's own, {cases:,} cases", within, best(lambda: lines(Scope.MINE)))
    yield under(f"Today, everybody's, {cases:,} cases", within, best(lambda: lines(Scope.ALL)))
    vault.close()


def checking(cases: int) -> Iterator[Result]:
    """`verify`: pages, digests, seals, links, signatures, derived columns."""
    vault = open_vault(made_vault(cases))
    started, worked = time.perf_counter(), time.process_time()
    checked = verify(vault, derived=case_now_differences)
    spent = Spent(time.perf_counter() - started, time.process_time() - worked)
    vault.close()
    assert not checked.findings, f"the made vault has {len(checked.findings)} findings"
    rows = checked.counts.rows
    yield Result(f"verify, {rows:,} rows, {cases:,} cases", "", f"{rows / spent.seconds:,.0f} rows a second ({spent})", None)


def _list(vault: Vault) -> None:
    with vault.reading() as session:
        case_list(session)


def _run(connection: Any, statement: str, parameters: Any) -> float:
    started = time.perf_counter()
    connection.execute(statement, parameters).fetchall()
    return time.perf_counter() - started
