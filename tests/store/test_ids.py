"""Ids: strictly increasing, in any number of threads, also when the machine's clock is set back."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from victimcare.store.ids import new_id


def test_ids_are_uuid7_and_strictly_increasing() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert abs((made[0].int >> 80) - time.time() * 1000) < 600_000


def test_ids_of_many_threads_are_all_different() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: new_id(), range(4000)))
    assert len(set(made)) == 4000


def test_a_clock_set_back_does_not_turn_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    after = [new_id() for _ in range(100)]
    assert [before, *after] == sorted({before, *after})
