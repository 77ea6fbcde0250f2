"""Run a command in this process, with cheap keys, and read what it printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from victimcare.cli.main import run_command

PASSPHRASE = "four grey boats at dusk"


@dataclass(frozen=True)
class Done:
    """What one command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.out)  # type: ignore[no-any-return]


Command = Callable[..., Done]


@pytest.fixture
def victimcare(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """`victimcare("verify", folder, "--json")`, signed in as VLO 17 unless told otherwise."""

    def command(*arguments: object, passphrase: str = PASSPHRASE, new: str | None = None) -> Done:
        monkeypatch.setenv("VICTIMCARE_PASSPHRASE", passphrase)
        if new is not None:
            monkeypatch.setenv("VICTIMCARE_NEW_PASSPHRASE", new)
        capsys.readouterr()
        code = run_command([str(one) for one in arguments])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return command


@pytest.fixture
def office(victimcare: Command, tmp_path: Path) -> Path:
    """A vault made by the command line; user VLO 17."""
    folder = tmp_path / "office"
    assert victimcare("create", folder, "--user", "VLO 17", "--name", "MSKU casework").code == 0
    return folder
