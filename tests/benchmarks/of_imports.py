"""A register in: parse to commit."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.generator import PASSPHRASE, USER, standing_clock
from tests.benchmarks.measure import Result, Spent, under
from tests.benchmarks.registers import write_mix, write_referrals
from victimcare import records
from victimcare.exchange.preview import preview
from victimcare.exchange.register_import import carry_out
from victimcare.store.reading import Reading

_RUNS = 3


def imports(rows: int) -> Iterator[Result]:
    """`rows` rows in the example's mix, and as many referrals. The goals are for 10,000 on two cores."""
    share = rows / 10_000
    yield under(f"import, {rows:,} rows in the example's mix", 5.0 * share, _best(write_mix, rows))
    yield under(f"import, {rows:,} referrals", 12.0 * share, _best(write_referrals, rows))


def _best(write: Callable[[Path, int], list[Path]], rows: int) -> Spent:
    runs = [_once(write, rows) for _ in range(_RUNS)]
    return Spent(min(run.seconds for run in runs), min(run.processor for run in runs))


def _once(write: Callable[[Path, int], list[Path]], rows: int) -> Spent:
    with tempfile.TemporaryDirectory() as folder:
        vault, _ = records.make_vault(Path(folder) / "vault", name="Benchmark", user=USER, passphrase=PASSPHRASE, clock=standing_clock)
        paths = write(Path(folder), rows)
        started, worked = time.perf_counter(), time.process_time()
        with vault.reading(Reading.names()) as session:
            seen = preview(session, paths)
        with vault.transaction("import") as session:
            carry_out(session, seen.plan, seen.known)
        spent = Spent(time.perf_counter() - started, time.process_time() - worked)
        vault.close()
        assert seen.plan.rows_taken >= 0.99 * rows, f"only {seen.plan.rows_taken} of {rows} rows were taken"
        return spent
