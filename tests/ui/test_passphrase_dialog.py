"""Changing one's own passphrase on a real vault."""

from __future__ import annotations

from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, StandingClock
from victimcare.store import people
from victimcare.store.errors import WrongPassphrase
from victimcare.store.vault import Vault
from victimcare.ui.passphrase_dialog import PassphraseDialog
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

NEW = "seven slow trains at noon"


@pytest.fixture
def dialog(window: MainWindow, work: Work, vault: Vault) -> PassphraseDialog:
    made = PassphraseDialog(window, work, partial(people.change_passphrase, vault))
    made.open()
    return made


def fill(qtbot: QtBot, dialog: PassphraseDialog, old: str, first: str, again: str) -> None:
    for field, text in ((dialog.old, old), (dialog.new.first, first), (dialog.new.again, again)):
        field.clear()
        qtbot.keyClicks(field, text)


def test_only_the_new_passphrase_opens_afterwards(qtbot: QtBot, dialog: PassphraseDialog, vault: Vault, clock: StandingClock) -> None:
    fill(qtbot, dialog, PASSPHRASE, NEW, NEW)
    with qtbot.waitSignal(dialog.changed):
        dialog.button.click()
    assert not dialog.isVisible()
    assert (dialog.old.text(), dialog.new.text()) == ("", "")
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock)
    Vault.open(vault.folder, "VLO 17", NEW, clock=clock).close()


@pytest.mark.parametrize(
    ("old", "first", "again", "said"),
    [
        ("", NEW, NEW, "you use now"),
        (PASSPHRASE, "short", "short", "at least 12"),
        (PASSPHRASE, NEW, NEW + "x", "differ"),
        ("not this one", NEW, NEW, "do not open"),
    ],
)
def test_what_is_wrong_is_said_and_the_old_one_stays(
    qtbot: QtBot, dialog: PassphraseDialog, vault: Vault, clock: StandingClock, old: str, first: str, again: str, said: str
) -> None:
    fill(qtbot, dialog, old, first, again)
    dialog.button.click()
    qtbot.waitUntil(lambda: said in dialog.message.text())
    assert dialog.isVisible()
    assert dialog.button.isEnabled()
    Vault.open(vault.folder, "VLO 17", PASSPHRASE, clock=clock).close()
