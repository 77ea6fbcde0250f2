"""The machine remembers little, in one file, and never a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from victimcare.ui.settings import SETTINGS, Settings


def test_what_is_set_is_there_next_time(tmp_path: Path) -> None:
    Settings(tmp_path)["zoom"] = 150
    assert Settings(tmp_path)["zoom"] == 150
    assert Settings(tmp_path)["theme"] == "system"


def test_only_what_is_in_the_table_can_be_kept(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    with pytest.raises(KeyError):
        settings["last_name_searched"] = "Ana"
    with pytest.raises(TypeError):
        settings["zoom"] = "large"
    assert list(tmp_path.iterdir()) == []


def test_every_setting_says_what_it_is_and_has_a_fitting_default() -> None:
    for setting in SETTINGS:
        assert setting.description.endswith(".")
        assert type(setting.default) is setting.kind


def test_a_damaged_file_gives_the_defaults_and_can_be_written_again(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b"\x00{")
    settings = Settings(tmp_path)
    assert settings["zoom"] == 100
    settings["zoom"] = 125
    assert Settings(tmp_path)["zoom"] == 125


def test_a_value_of_the_wrong_type_counts_as_not_set(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"zoom": "big", "columns": []}', encoding="utf-8")
    assert Settings(tmp_path)["zoom"] == 100
    assert Settings(tmp_path).columns_of("v", "cases") == {}


def test_recent_vaults_are_newest_first_once_each_and_can_be_off(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for name, folder in (("A", "/a"), ("B", "/b"), ("A", "/a")):
        settings.remember_vault(name, folder)
    assert settings.recent_vaults() == [("A", "/a"), ("B", "/b")]
    settings.forget_vaults()
    settings.remember_vault("C", "/c")
    assert Settings(tmp_path).recent_vaults() == []


def test_columns_are_kept_apart_by_vault(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.keep_columns("one", "cases", {"order": ["name"]})
    settings.keep_columns("two", "cases", {"order": ["worker"]})
    assert Settings(tmp_path).columns_of("one", "cases") == {"order": ["name"]}


def test_a_place_that_cannot_be_written_keeps_the_program_going(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    settings = Settings(tmp_path / "file" / "under")
    settings["zoom"] = 125
    assert settings["zoom"] == 125
