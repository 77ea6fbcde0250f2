"""`make bench`: measure what was promised, on vaults of several sizes, and say goal, reached, ok.

`python -m tests.benchmarks [MEASURE ...] [--cases 1000,10000,100000]`; without arguments everything. Exit 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator

import victimcare.records  # noqa: F401
from tests.benchmarks.generator import cheap_keys, made_vault
from tests.benchmarks.measure import Result, machine
from tests.benchmarks.of_imports import imports
from tests.benchmarks.of_the_case import long_case
from tests.benchmarks.of_the_store import checking, list_query, logging, names, search, today
from tests.benchmarks.of_the_window import opened_list, unlock_window

SIZES = (1_000, 10_000, 100_000)
_OF_A_SIZE: dict[str, Callable[[int], Iterator[Result]]] = {
    "list": opened_list,
    "names": names,
    "search": search,
    "contact": logging,
    "case": long_case,
    "query": list_query,
    "today": today,
    "verify": checking,
}
_ALONE: dict[str, Callable[[], Iterator[Result]]] = {"window": unlock_window, "import": lambda: imports(10_000)}


def main() -> int:
    every = [*_ALONE, *_OF_A_SIZE]
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure what was promised.")
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=f"of {', '.join(every)}; all without")
    parser.add_argument("--cases", default=",".join(map(str, SIZES)), help="sizes of the vaults, with commas")
    arguments = parser.parse_args()
    wanted = arguments.measures or every
    if unknown := set(wanted) - set(every):
        parser.error(f"no measure is called {', '.join(sorted(unknown))}")
    sizes = [int(size) for size in arguments.cases.split(",")]
    with cheap_keys():
        _make(sizes if set(wanted) & set(_OF_A_SIZE) else [])
        print(f"{machine()}\n")
        results = list(_told(wanted, sizes))
    print(f"\n{machine()}")
    return 1 if any(result.is_met is False for result in results) else 0


def _make(sizes: list[int]) -> None:
    for size in sizes:
        started = time.perf_counter()
        made_vault(size)
        print(f"vault of {size:,} cases: {time.perf_counter() - started:.1f} s", flush=True)


def _told(wanted: list[str], sizes: list[int]) -> Iterator[Result]:
    for name in wanted:
        measured = [_ALONE[name]()] if name in _ALONE else [_OF_A_SIZE[name](size) for size in sizes]
        for results in measured:
            for result in results:
                print(result.line(), flush=True)
                yield result


if __name__ == "__main__":
    sys.exit(main())
