"""First sign-in: one's own passphrase, then waiting for a caseworker; and what the caseworker is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import StandingClock
from victimcare.store import people
from victimcare.store.members import State
from victimcare.store.rights import Role
from victimcare.store.vault import Vault
from victimcare.ui.joining import JoinWindow, WaitingWindow
from victimcare.ui.letting_in import LettingIn

OWN = "another long passphrase"


@pytest.fixture
def joining(qtbot: QtBot, vault: Vault, clock: StandingClock) -> Callable[[str], JoinWindow]:
    code = people.invite(vault, "VLO 23", frozenset({Role.CASEWORKER}))

    def make(typed: str = code) -> JoinWindow:
        window = JoinWindow(partial(Vault.join, vault.folder, "VLO 23", typed, clock=clock))
        qtbot.addWidget(window)
        window.show()
        return window

    return make


@pytest.fixture
def newcomer(vault: Vault, clock: StandingClock) -> Vault:
    code = people.invite(vault, "VLO 23", frozenset({Role.CASEWORKER}))
    return Vault.join(vault.folder, "VLO 23", code, OWN, clock=clock)


@pytest.fixture
def waiting(qtbot: QtBot, newcomer: Vault) -> WaitingWindow:
    window = WaitingWindow(newcomer)
    qtbot.addWidget(window, before_close_func=lambda _: newcomer.close())
    window.show()
    return window


def test_a_chosen_passphrase_opens_the_vault_from_then_on(qtbot: QtBot, joining: Callable[..., JoinWindow], vault: Vault, clock: StandingClock) -> None:
    window = joining()
    qtbot.keyClicks(window.passphrase.first, OWN)
    qtbot.keyClicks(window.passphrase.again, OWN)
    with qtbot.waitSignal(window.joined) as signal:
        qtbot.keyClick(window.passphrase.again, Qt.Key.Key_Return)
    joined = signal.args[0]
    assert joined.member.state is State.WAITING
    joined.close()
    again = Vault.open(vault.folder, "VLO 23", OWN, clock=clock)
    again.close()
    assert window.passphrase.text() == ""


@pytest.mark.parametrize(("first", "again", "said"), [("short", "short", "at least 12"), (OWN, OWN + "x", "differ")])
def test_what_is_wrong_is_said_and_the_invitation_stays(
    qtbot: QtBot, joining: Callable[..., JoinWindow], vault: Vault, first: str, again: str, said: str
) -> None:
    window = joining()
    qtbot.keyClicks(window.passphrase.first, first)
    qtbot.keyClicks(window.passphrase.again, again)
    window.button.click()
    assert said in window.message.text()
    known = vault.refresh_membership().by_name("VLO 23")
    assert known is not None
    assert known.state is State.INVITED


def test_a_refusal_is_said_and_one_can_try_again(qtbot: QtBot, joining: Callable[..., JoinWindow]) -> None:
    window = joining("AAAA-BBBB-CCCC-DDDD")
    qtbot.keyClicks(window.passphrase.first, OWN)
    qtbot.keyClicks(window.passphrase.again, OWN)
    window.button.click()
    qtbot.waitUntil(lambda: "do not open this vault" in window.message.text())
    assert window.button.isEnabled()
    assert window.passphrase.text() == OWN


def test_waiting_ends_when_somebody_lets_one_in(qtbot: QtBot, waiting: WaitingWindow, newcomer: Vault, vault: Vault) -> None:
    assert waiting.words.text() == " ".join(newcomer.member.words)
    with qtbot.waitSignal(waiting.let_in):
        people.approve(vault, newcomer.member.id)
        waiting.look_button.click()
    assert newcomer.keyring.holds_casework


def test_who_was_not_let_in_is_told(qtbot: QtBot, waiting: WaitingWindow, newcomer: Vault, vault: Vault) -> None:
    people.refuse(vault, newcomer.member.id)
    with qtbot.assertNotEmitted(waiting.let_in):
        qtbot.waitUntil(lambda: "not let in" in waiting.message.text())
    assert not waiting.look_button.isEnabled()


def test_signing_out_is_one_click(qtbot: QtBot, waiting: WaitingWindow) -> None:
    with qtbot.waitSignal(waiting.ended):
        next(one for one in waiting.findChildren(QWidget) if getattr(one, "text", str)() == "Sign out").click()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("words", "decisions"), [("Let in", [True]), ("Not this person", [False]), ("Later", [])])
def test_the_caseworker_decides_or_leaves_it(qtbot: QtBot, vault: Vault, newcomer: Vault, words: str, decisions: list[bool]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LettingIn(parent, newcomer.member, "VLO 17")
    dialog.open()
    assert dialog.who.text() == "VLO 23, invited by VLO 17 on 24 Nov 2026."
    assert dialog.words.text() == " ".join(newcomer.member.words)
    told: list[bool] = []
    dialog.decided.connect(told.append)
    next(button for button in (dialog.yes, dialog.no, dialog.later) if button.text() == words).click()
    assert told == decisions
    assert not dialog.isVisible()
    newcomer.close()


def test_a_stray_enter_lets_nobody_in(qtbot: QtBot, newcomer: Vault) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LettingIn(parent, newcomer.member, "VLO 17")
    dialog.open()
    with qtbot.assertNotEmitted(dialog.decided):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    newcomer.close()


def test_everything_that_takes_the_keyboard_has_a_name(joining: Callable[..., JoinWindow]) -> None:
    for widget in joining().findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
