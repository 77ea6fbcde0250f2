"""One measured thing: its goal, what was reached, whether that is enough."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """`is_met` is None where nothing was promised, or where it could not be measured (`reached` then says why)."""

    name: str
    goal: str
    reached: str
    is_met: bool | None

    def line(self) -> str:
        said = {True: "ok", False: "MISSED", None: "-"}[self.is_met]
        return f"{self.name:<58} {self.goal:>12}  {said:<7} {self.reached}"


@dataclass(frozen=True, slots=True)
class Spent:
    """The best of some runs: by the clock, and of the processor. Where they differ much, the machine was busy with other things."""

    seconds: float
    processor: float

    def __str__(self) -> str:
        return f"{_short(self.seconds)} (processor {_short(self.processor)})"


def best(deed: Callable[[], Any], runs: int = 5) -> Spent:
    """The quickest of `runs`: on a shared machine the others measure the neighbours."""
    clock, processor = [], []
    for _ in range(runs):
        started, worked = time.perf_counter(), time.process_time()
        deed()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
    return Spent(min(clock), min(processor))


def under(name: str, limit: float, spent: Spent) -> Result:
    """A goal in seconds."""
    return Result(name, f"< {_short(limit)}", str(spent), spent.seconds < limit)


def machine() -> str:
    """How busy the machine is while this is measured."""
    return f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} processes running or waiting (mean of a minute)"


def _short(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"
