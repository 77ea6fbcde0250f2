"""Making the example vault, stopped in the midst."""

from __future__ import annotations

from pathlib import Path

import pytest

from victimcare.example.vault import make_example
from victimcare.exchange.register_import import ImportCancelled


def test_an_example_that_is_stopped_leaves_nothing_and_tells_how_far_it_was(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with pytest.raises(ImportCancelled):
        make_example(tmp_path / "example", told=lambda _, done, total: told.append((done, total)), cancelled=lambda: len(told) > 2)
    assert list(tmp_path.iterdir()) == []
    assert told[0][0] < told[2][0] < told[2][1]
