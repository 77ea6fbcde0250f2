"""What a command says when it cannot do what was asked: to a person, and to a machine that reads its result."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PASSPHRASE, Command


def test_a_header_that_is_gone_is_damage_and_not_an_empty_folder(victimcare: Command, office: Path) -> None:
    (office / "header.json").unlink()
    told = victimcare("verify", office, "--user", "VLO 17", "--json")
    assert told.code == 1
    assert told.json["error"] == "header_damaged"
    assert told.json["findings"][0]["kind"] == "header"
    assert told.json["findings"][0]["remedy"]


@pytest.mark.parametrize("keep", [0, 0.5])
def test_a_database_too_damaged_to_open_is_a_finding(victimcare: Command, office: Path, keep: float) -> None:
    store = office / "store-1.db"
    store.write_bytes(store.read_bytes()[: int(store.stat().st_size * keep)])
    told = victimcare("verify", office, "--user", "VLO 17", "--json")
    assert told.code == 1
    assert told.json["holds"] is False
    (finding,) = told.json["findings"]
    assert finding["kind"] == "page"
    assert "rescue" in finding["remedy"]


def test_secrets_for_handing_over_stand_in_the_result_alone(victimcare: Command, tmp_path: Path) -> None:
    made = victimcare("create", tmp_path / "v", "--user", "VLO 17", "--json")
    invited = victimcare("user", tmp_path / "v", "invite", "VLO 23", "--user", "VLO 17", "--json")
    assert not any(share in made.err for share in made.json["shares"])
    assert invited.json["code"] not in invited.err


def test_wrong_usage_is_json_too(victimcare: Command, office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as usage:
        victimcare("user", office, "invite", "x", "--roles", "", "--user", "VLO 17", "--json")
    assert usage.value.code == 2
    assert json.loads(capsys.readouterr().out)["error"] == "wrong_usage"


def test_an_empty_period_is_no_period(victimcare: Command, office: Path, tmp_path: Path) -> None:
    told = victimcare("summarise", office, "santa-marta", "--period", "", "--out", tmp_path / "o", "--user", "VLO 17", "--json")
    assert (told.code, told.json["error"]) == (1, "period_refused")


def test_a_place_where_nothing_can_be_written_is_said_of_that_place(victimcare: Command, office: Path, tmp_path: Path) -> None:
    for told in (
        victimcare("backup", office, tmp_path / "none" / "b.vcbackup", "--user", "VLO 17", "--json"),
        victimcare("create", Path(sys.executable) / "v", "--user", "VLO 17", "--json"),
    ):
        assert (told.code, told.json["error"]) == (1, "place_not_writable")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_a_passphrase_file_as_any_shell_writes_it(victimcare: Command, office: Path, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(f"{PASSPHRASE}\r\n".encode(encoding))
    assert victimcare("user", office, "list", "--passphrase-file", file, "--user", "VLO 17").code == 0


def test_a_terminal_that_knows_only_ascii_gets_valid_json(tmp_path: Path) -> None:
    program = shutil.which("victimcare", path=str(Path(sys.executable).parent))
    environment = {**os.environ, "VICTIMCARE_PASSPHRASE": PASSPHRASE, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([str(program), "create", tmp_path / "v", "--user", "Zoë Łucja", "--json"], env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["user"] == "Zoë Łucja"
    assert b"Traceback" not in done.stderr
