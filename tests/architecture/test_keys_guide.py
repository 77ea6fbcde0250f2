"""Every key of the window and of its screens is in the guide, under its screen and in the same words. Read from the code, without a window."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import victimcare
from victimcare.ui.screens.admin import PARTS
from victimcare.ui.screens.case.contents import LETTERS
from victimcare.ui.screens.case.log_contact import CHORDS, RESULTS, WAYS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "guide" / "keys.md").read_text()
UI = Path(victimcare.__file__).parent / "ui"
APP = UI.parent / "app"


def sections() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", TEXT, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name)


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def shown(keys: str) -> str:
    return keys.replace("Return", "Enter")


def is_listed(section: str, keys: str | None, words: str) -> bool:
    """Whether a row of the section has the words, and the key where it is known before the program runs."""
    rows = [line for line in section.splitlines() if line.startswith("|") and words in line]
    return any(keys is None or f"`{shown(keys)}`" in row for row in rows)


def screens() -> list[tuple[str, str | None, str]]:
    """(screen, key, words) of each key a screen names; words worked out at run time are left to the tests below."""
    found = []
    for path in sorted((UI / "screens").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                titles = [one.value for one in node.body if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == "title"]
                for call in calls(node, "Key") if titles else ():
                    words = literal(call.args[1])
                    if words is not None:
                        found.append((literal(titles[0]) or "", literal(call.args[0]), words))
    return found


def everywhere() -> list[tuple[str, str]]:
    """(keys, words) of each command of the window, "" for one that has no key."""
    window = ast.parse((UI / "window.py").read_text())
    found = []
    for call in calls(window, "Command"):
        words = literal(call.args[1])
        if words is not None:
            found.append(((literal(call.args[3]) or "") if len(call.args) > 3 else "", words))
    rail = ast.parse((APP / "screens.py").read_text())
    return found + [(literal(call.args[2]) or "", f"Go to {literal(call.args[0])}") for call in calls(rail, "RailItem")]


@pytest.mark.parametrize(("screen", "keys", "words"), screens(), ids=lambda one: str(one))
def test_every_key_of_a_screen_is_in_the_guide(screen: str, keys: str | None, words: str) -> None:
    assert is_listed(sections()[screen], keys, words)


@pytest.mark.parametrize(("keys", "words"), everywhere(), ids=lambda one: str(one))
def test_every_command_of_the_window_is_in_the_guide(keys: str, words: str) -> None:
    part = sections()["Everywhere"]
    assert words in part
    for key in keys.split(" ") if keys else ():
        assert is_listed(part, key, words)


@pytest.mark.parametrize(("keys", "words", "form"), LETTERS)
def test_every_letter_of_the_case_page_is_in_the_guide(keys: str, words: str, form: str) -> None:
    assert is_listed(sections()["Case"], keys, words)


def test_the_scan_finds_what_there_is() -> None:
    assert len({screen for screen, _, _ in screens()}) >= 11
    assert len(everywhere()) >= 17


def test_the_letters_for_a_contact_are_in_the_guide() -> None:
    for code, words in (*WAYS, *RESULTS):
        assert re.search(rf"`Alt\+{CHORDS[code]}` \| {words} \|", sections()["Case"]), words


def test_the_parts_of_admin_are_in_the_guide_in_their_order() -> None:
    assert ", ".join(part.heading for _, part, _ in PARTS) in sections()["Admin"]
