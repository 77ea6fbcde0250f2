"""What was corrected on the second step is kept sealed within two seconds, and is back when the same files are chosen again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import settle, texts_of
from tests.ui.screens.importing.conftest import PEOPLE
from tests.ui.screens.importing.test_screen import column
from victimcare.casework.drafts import my_drafts
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.importing import ImportScreen
from victimcare.ui.screens.importing.begun import FORM, begun
from victimcare.ui.screens.importing.corrections import to_field, with_code
from victimcare.ui.screens.importing.screen import MS_UNTIL_KEPT
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Read = Callable[..., ImportScreen]
Rest = Callable[[], None]
Register = Callable[..., Path]
NATIONALITY, FAMILY_NAME = 5, 3


def corrected(screen: ImportScreen, rest: Rest) -> None:
    """A nationality gets its code, and the family name goes nowhere."""
    assert screen.prepared is not None
    screen._correct(with_code(screen.prepared.mappings, 0, NATIONALITY, "Yugoslav?", "RS"))
    screen._correct(to_field(screen.prepared.sheets, screen.prepared.mappings, 0, FAMILY_NAME, ""))
    rest()


def is_corrected(screen: ImportScreen) -> bool:
    return column(screen, "Nationality").column.codes == {"Yugoslav?": "RS"} and column(screen, "Family name").column.field == ""


def is_kept(vault: Vault) -> bool:
    with vault.reading() as session:
        return (None, FORM) in my_drafts(session)


def test_corrections_are_kept_within_two_seconds(vault: Vault, work: Work, qtbot: QtBot, read: Read, rest: Rest, register: Register) -> None:
    screen = read(register())
    assert not is_kept(vault)
    corrected(screen, rest)
    assert MS_UNTIL_KEPT < 2_000
    qtbot.waitUntil(lambda: not screen.has_unsaved())
    settle(qtbot, work)
    assert is_kept(vault)


@pytest.mark.parametrize("way", ["button", "files"])
def test_corrections_outlast_the_lock(vault: Vault, window: MainWindow, qtbot: QtBot, work: Work, read: Read, rest: Rest, register: Register, way: str) -> None:
    path = register()
    screen = read(path)
    corrected(screen, rest)
    window.lock()
    settle(qtbot, work)
    assert "register.csv" not in texts_of(screen)
    assert screen.prepared is None

    screen.open(Place("import"))
    settle(qtbot, work)
    assert "You began to correct the columns of register.csv. Your corrections are kept." in texts_of(screen.files)
    if way == "button":
        screen.files.go_on.click()
    else:
        screen.read([path])
    rest()

    assert is_corrected(screen)
    assert not screen.columns.drop.isHidden()
    assert "Your corrections of these files are back." in texts_of(window)


def test_another_register_gets_none_of_them(vault: Vault, qtbot: QtBot, work: Work, read: Read, rest: Rest, register: Register) -> None:
    screen = read(register())
    corrected(screen, rest)
    screen.keep_draft()
    settle(qtbot, work)
    read(register(PEOPLE[:3], name="other.csv"))
    assert screen.prepared is not None
    assert screen.prepared.mappings == screen.prepared.first
    assert is_kept(vault)


def test_what_was_begun_is_dropped_by_the_import_and_by_the_button(vault: Vault, qtbot: QtBot, work: Work, read: Read, rest: Rest, register: Register) -> None:
    screen = read(register())
    corrected(screen, rest)
    screen.columns.drop.click()
    rest()
    assert screen.prepared is not None
    assert screen.prepared.mappings == screen.prepared.first
    assert not is_kept(vault)
    corrected(screen, rest)
    screen.do()
    rest()
    assert not is_kept(vault)
    screen.result.another.click()
    settle(qtbot, work)
    assert screen.files._begun.isHidden()


def test_a_stopped_import_keeps_them(vault: Vault, qtbot: QtBot, work: Work, read: Read, rest: Rest, register: Register) -> None:
    screen = read(register())
    corrected(screen, rest)
    screen.do()
    for job in work.jobs:
        job.cancel()
    rest()
    with vault.reading(Reading.office("drafts")) as session:
        kept = begun(session)
    assert kept is not None
    assert str(NATIONALITY) in kept.sheets[0]["columns"]
