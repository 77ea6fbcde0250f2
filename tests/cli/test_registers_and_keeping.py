"""A register in, a statement out, a backup, a restore, a rescue: the officer's month without a window."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from victimcare.resources import resource_dir

EXAMPLE = resource_dir() / "example"
SHEETS = ("referrals", "contacts", "partner_referrals", "investigations", "arrests", "prosecutions", "activities")
KEYS = {"rows", "created", "rejected", "unmapped", "duplicates"}


def small_register(folder: Path, rows: int = 40) -> list[Path]:
    """The head of each example sheet."""
    paths = []
    for sheet in SHEETS:
        path = folder / f"{sheet}.csv"
        path.write_text("".join((EXAMPLE / f"{sheet}.csv").read_text("utf-8").splitlines(keepends=True)[: rows + 1]), "utf-8")
        paths.append(path)
    return paths


@pytest.fixture
def register(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "register"
    folder.mkdir()
    return small_register(folder)


def test_an_import_says_what_it_did_and_a_second_makes_nothing(victimcare: Command, office: Path, register: list[Path]) -> None:
    first = victimcare("import", office, *register, "--user", "VLO 17", "--json")
    assert first.code == 0
    assert first.json.keys() >= KEYS
    assert first.json["rows"]["referrals"] == 40
    assert first.json["created"]["cases"] == 40
    second = victimcare("import", office, *reversed(register), "--user", "VLO 17", "--json")
    assert second.json["created"] == {}


def test_a_dry_run_changes_nothing(victimcare: Command, office: Path, register: list[Path]) -> None:
    assert victimcare("import", office, *register, "--dry-run", "--user", "VLO 17").code == 0
    assert victimcare("import", office, *register, "--user", "VLO 17", "--json").json["created"]["cases"] == 40


def test_the_whole_register_has_its_six_bad_cells_listed_and_no_value_on_the_terminal(victimcare: Command, office: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    done = victimcare("import", office, EXAMPLE / "referrals.csv", "--rejects", rejects, "--user", "VLO 17")
    assert done.code == 0
    assert "Organ grinder" not in done.out + done.err
    expected = {one["row"] for one in json.loads((EXAMPLE / "expected.json").read_text())["bad_rows_in_referrals"]}
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        assert expected <= {int(row["Row"]) for row in csv.DictReader(file)}


def test_a_file_that_is_no_register_is_refused_by_its_columns(victimcare: Command, office: Path, tmp_path: Path) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("Colour,Size\nred,3\nblue,4\n")
    refused = victimcare("import", office, strange, "--user", "VLO 17")
    assert refused.code in (0, 1)
    assert "Traceback" not in refused.err


def test_backup_restore_and_audit(victimcare: Command, office: Path, register: list[Path], tmp_path: Path) -> None:
    victimcare("import", office, *register, "--user", "VLO 17")
    inside = victimcare("backup", office, office / "b.vcbackup", "--user", "VLO 17", "--json")
    assert inside.code == 1
    assert inside.json["error"] == "inside_vault"
    assert "outside the vault" in inside.json["remedy"]
    assert victimcare("backup", office, tmp_path / "b.vcbackup", "--user", "VLO 17").code == 0
    restored = tmp_path / "restored"
    assert victimcare("restore", tmp_path / "b.vcbackup", restored, "--user", "VLO 17").code == 0
    assert victimcare("verify", restored, "--user", "VLO 17").code == 0
    assert victimcare("import", restored, *register, "--user", "VLO 17", "--json").json["created"] == {}
    assert victimcare("audit", office, "--out", tmp_path / "audit.csv", "--user", "VLO 17").code == 0
    lines = list(csv.DictReader((tmp_path / "audit.csv").open(encoding="utf-8-sig", newline="")))
    assert [one["What"] for one in lines][:2] == ["vault made", "directory of partners"]
    assert "import" in {one["What"] for one in lines}


def test_a_flipped_byte_is_named_and_rescue_saves_the_rest(victimcare: Command, office: Path, register: list[Path], tmp_path: Path) -> None:
    victimcare("import", office, *register, "--user", "VLO 17")
    store = next(office.glob("store-*.db"))
    content = bytearray(store.read_bytes())
    content[len(content) // 2] ^= 1
    store.write_bytes(content)
    checked = victimcare("verify", office, "--user", "VLO 17", "--json")
    assert checked.code == 1
    saved = victimcare("rescue", office, tmp_path / "saved", "--user", "VLO 17", "--json")
    assert saved.code == 0
    assert saved.json["pages_lost"]
    assert sum(saved.json["saved"].values()) > 500


def test_a_statement_is_written_and_kept_in_the_register(victimcare: Command, office: Path, register: list[Path], tmp_path: Path) -> None:
    victimcare("import", office, *register, "--user", "VLO 17")
    done = victimcare("summarise", office, "santa-marta", "--period", "2015", "--out", tmp_path / "out", "--user", "VLO 17", "--json")
    assert done.code == 0
    assert {Path(one).suffix for one in done.json["files"]} == {".pdf", ".csv", ".xlsx", ".json"}
    refused = victimcare("summarise", office, "santa-marta", "--threshold", "3", "--out", tmp_path / "low", "--user", "VLO 17")
    assert refused.code == 1
    assert not (tmp_path / "low").exists() or not list((tmp_path / "low").iterdir())
