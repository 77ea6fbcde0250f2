"""People in and out without a window."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command

OWN = "another long passphrase"


def joined(victimcare: Command, office: Path, name: str, roles: str) -> dict[str, object]:
    code = victimcare("user", office, "invite", name, "--roles", roles, "--user", "VLO 17", "--json").json["code"]
    paper = office.parent / "code"
    paper.write_text(code)
    return victimcare("user", office, "join", name, "--code-file", paper, "--json", new=OWN).json


def states(victimcare: Command, office: Path) -> dict[str, str]:
    users = victimcare("user", office, "list", "--user", "VLO 17", "--json").json["users"]
    return {one["name"]: one["state"] for one in users}


def test_a_caseworker_is_invited_joins_and_is_let_in_by_six_words(victimcare: Command, office: Path) -> None:
    newcomer = joined(victimcare, office, "VLO 23", "caseworker")
    assert newcomer["state"] == "waiting"
    wrong = victimcare("user", office, "approve", "VLO 23", "--words", "one two three four five six", "--user", "VLO 17")
    assert wrong.code == 1
    assert states(victimcare, office)["VLO 23"] == "waiting"
    words = " ".join(newcomer["words"])  # type: ignore[arg-type]
    assert victimcare("user", office, "approve", "VLO 23", "--words", words, "--user", "VLO 17").code == 0
    assert states(victimcare, office) == {"VLO 17": "active", "VLO 23": "active"}


def test_an_analyst_sees_seals_and_opens_none(victimcare: Command, office: Path) -> None:
    assert joined(victimcare, office, "Analyst 2", "analyst")["state"] == "active"
    checked = victimcare("verify", office, "--user", "Analyst 2", "--json", passphrase=OWN).json
    assert checked["holds"]
    assert checked["counts"]["seals_opened"] == 0


def test_who_is_removed_cannot_sign_in_and_the_keys_are_changed(victimcare: Command, office: Path) -> None:
    words = " ".join(joined(victimcare, office, "VLO 23", "caseworker")["words"])  # type: ignore[arg-type]
    victimcare("user", office, "approve", "VLO 23", "--words", words, "--user", "VLO 17")
    removed = victimcare("user", office, "remove", "VLO 23", "--user", "VLO 17", "--json")
    assert removed.code == 0
    assert removed.json["casework_key_renewed"]
    assert victimcare("verify", office, "--user", "VLO 23", passphrase=OWN).code == 1
    assert victimcare("verify", office, "--user", "VLO 17").code == 0


def test_the_last_caseworker_stays(victimcare: Command, office: Path) -> None:
    assert victimcare("user", office, "remove", "VLO 17", "--user", "VLO 17").code == 1
    assert states(victimcare, office) == {"VLO 17": "active"}


def test_a_name_that_is_not_there(victimcare: Command, office: Path) -> None:
    assert victimcare("user", office, "approve", "Nobody", "--words", "x", "--user", "VLO 17").code == 1
