"""Making, opening, recovering a vault without a window."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command

OWN = "another long passphrase"


def test_create_shows_the_shares_once_and_the_vault_opens(victimcare: Command, tmp_path: Path) -> None:
    made = victimcare("create", tmp_path / "v", "--user", "VLO 17", "--json")
    assert made.code == 0
    assert len(made.json["shares"]) == 3
    assert all(len(share.split()) == 33 for share in made.json["shares"])
    assert victimcare("verify", tmp_path / "v", "--user", "VLO 17", "--json").json["holds"]


def test_a_folder_with_something_in_it_is_refused(victimcare: Command, office: Path) -> None:
    again = victimcare("create", office, "--user", "VLO 17")
    assert again.code == 1
    assert "not empty" in again.err
    assert "Traceback" not in again.err


def test_a_short_passphrase_is_refused_before_anything_is_made(victimcare: Command, tmp_path: Path) -> None:
    refused = victimcare(
        "create",
        tmp_path / "v",
        "--user",
        "VLO 17",
        passphrase="short",
    )
    assert refused.code == 1
    assert not (tmp_path / "v").exists()


def test_a_wrong_passphrase_and_an_unknown_user_are_told_alike(victimcare: Command, office: Path) -> None:
    wrong = victimcare("verify", office, "--user", "VLO 17", passphrase="not the passphrase")
    unknown = victimcare("verify", office, "--user", "nobody")
    assert wrong.code == unknown.code == 1
    assert wrong.err == unknown.err


def test_no_vault_there(victimcare: Command, tmp_path: Path) -> None:
    missing = victimcare("verify", tmp_path / "nothing", "--user", "VLO 17", "--json")
    assert missing.code == 1
    assert missing.json["error"] == "no_vault"


def test_the_passphrase_changes(victimcare: Command, office: Path) -> None:
    assert victimcare("passphrase", office, "--user", "VLO 17", new=OWN).code == 0
    assert victimcare("verify", office, "--user", "VLO 17").code == 1
    assert victimcare("verify", office, "--user", "VLO 17", passphrase=OWN).code == 0


def test_recovery_makes_a_new_user_and_the_old_shares_are_over(victimcare: Command, tmp_path: Path) -> None:
    folder, paper = tmp_path / "v", tmp_path / "shares"
    shares = victimcare("create", folder, "--user", "VLO 17", "--json").json["shares"]
    paper.write_text("\n".join(shares[:2]))
    assert victimcare("recover", folder, "--user", "VLO 17", "--drill", "--shares-file", paper).code == 0
    recovered = victimcare("recover", folder, "--user", "Sergeant", "--shares-file", paper, "--json", new=OWN)
    assert recovered.code == 0
    assert victimcare("verify", folder, "--user", "Sergeant", passphrase=OWN).code == 0
    assert victimcare("recover", folder, "--user", "Again", "--shares-file", paper, new=OWN).code == 1


def test_rotation_keeps_everything_and_every_user(victimcare: Command, office: Path) -> None:
    assert victimcare("rotate", office, "--user", "VLO 17", "--json").json["epoch"] == 2
    assert victimcare("verify", office, "--user", "VLO 17").code == 0
    assert [path.name for path in office.glob("store-*.db")] == ["store-2.db"]


def test_new_shares_take_the_place_of_the_old(victimcare: Command, tmp_path: Path) -> None:
    folder, paper = tmp_path / "v", tmp_path / "shares"
    old = victimcare("create", folder, "--user", "VLO 17", "--json").json["shares"]
    new = victimcare("recover", folder, "--renew", "--user", "VLO 17", "--recovery", "2/2", "--json").json["shares"]
    paper.write_text("\n".join(old[:2]))
    assert victimcare("recover", folder, "--user", "Sergeant", "--shares-file", paper, new=OWN).code == 1
    paper.write_text("\n".join(new))
    assert victimcare("recover", folder, "--user", "Sergeant", "--shares-file", paper, new=OWN).code == 0
