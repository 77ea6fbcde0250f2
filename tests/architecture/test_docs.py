"""What the program can do is in the guide: every command and every setting."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from victimcare.cli.main import parser
from victimcare.ui.settings import SETTINGS

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"


def commands() -> dict[str, argparse.ArgumentParser]:
    action = next(one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(action.choices)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_its_own_options_are_in_the_guide(name: str) -> None:
    text = (GUIDE / "command-line.md").read_text()
    assert f"victimcare {name}" in text
    for action in commands()[name]._actions:
        for option in action.option_strings:
            if option.startswith("--") and option != "--help":
                assert option in text, option


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_every_setting_is_in_the_guide(setting: object) -> None:
    assert setting.description in (GUIDE / "settings.md").read_text()  # type: ignore[attr-defined]
