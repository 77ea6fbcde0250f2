"""What went to a partner, seen and printed again from the case."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.screens.given import Hands, at, person, settle, texts_of
from tests.ui.screens.referred import merita, referred
from victimcare.casework.contacts import log_contact
from victimcare.store.tables import AuditEntry
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.widgets.buttons import Button
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    return merita(vault)


def noted(vault: Vault, case_id: UUID) -> list[str]:
    with vault.reading() as session:
        return list(session.scalars(select(AuditEntry.kind).where(AuditEntry.case_id == case_id)))


def link(screen) -> Button:  # type: ignore[no-untyped-def]
    [found] = [one for one in screen.referrals.findChildren(Button) if one.text() == "Show the copy that went"]
    return found


def test_the_copy_is_shown_word_for_word_noted_and_gone_at_lock(  # type: ignore[no-untyped-def]
    vault: Vault, case_id: UUID, show, desk: MainWindow, qtbot: QtBot, work: Work
) -> None:
    referred(vault, case_id)
    screen = show(Place("case", case_id))
    link(screen).click()
    settle(qtbot, work)
    dialog = screen.went.dialog
    assert dialog.isVisible()
    assert "Name used: Merita" in dialog.text()
    assert "Referral to Caritas Bakhita House" in dialog.text()
    assert "copy that went shown" in noted(vault, case_id)
    desk.lock()
    assert "Merita" not in texts_of(dialog)
    qtbot.waitUntil(lambda: screen.went.dialog is None)


def test_a_copy_that_names_a_way_suspended_since_says_so(vault: Vault, case_id: UUID, show, qtbot: QtBot, work: Work) -> None:  # type: ignore[no-untyped-def]
    referred(vault, case_id)
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=at(11, 24), channel="PHONE", outcome="WRONG_PERSON")
    screen = show(Place("case", case_id))
    link(screen).click()
    settle(qtbot, work)
    assert "Telephone call: safe" in screen.went.dialog.text()
    assert "Calls suspended since 24 Nov 09:00: tell the partner." in texts_of(screen.went.dialog)


def test_hiding_everything_puts_the_copy_away(vault: Vault, case_id: UUID, show, desk: MainWindow, qtbot: QtBot, work: Work) -> None:  # type: ignore[no-untyped-def]
    referred(vault, case_id)
    screen = show(Place("case", case_id))
    link(screen).click()
    settle(qtbot, work)
    desk.hide_or_show()
    qtbot.waitUntil(lambda: screen.went.dialog is None)


def test_w_shows_the_only_one_without_choosing(vault: Vault, case_id: UUID, show, hands: Hands, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    referred(vault, case_id)
    screen = show(Place("case", case_id))
    hands.press("W")
    qtbot.waitUntil(lambda: screen.went.dialog is not None)
    assert "Caritas Bakhita House" in texts_of(screen.went.dialog)


def test_p_prints_the_chosen_referral_and_says_what_can_be_printed(vault: Vault, case_id: UUID, show, hands: Hands, desk: MainWindow, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    chosen = referred(vault, case_id)
    screen = show(Place("case", case_id))
    hands.press("P")
    assert "What went as a printed form: Caritas Bakhita House, 24 Nov 2026." in desk.message.text()
    entries = screen.stream.entries_model.entries
    at = next(at for at, entry in enumerate(entries) if entry.kind == "REFERRAL" and entry.about == chosen)
    screen.stream.setCurrentIndex(screen.stream.entries_model.index(at))
    screen.stream.setFocus()
    hands.press("P")
    qtbot.waitUntil(lambda: isinstance(screen.went.paper.dialog, QPrintDialog))
    assert "printed" in noted(vault, case_id)
    screen.went.paper.dialog.reject()
    qtbot.waitUntil(lambda: screen.went.paper.dialog is None)
    desk.activateWindow()
    screen.stream.setFocus()
    qtbot.waitUntil(screen.stream.hasFocus)
    hands.press("W")
    qtbot.waitUntil(lambda: screen.went.dialog is not None)


def test_p_says_so_where_nothing_went_as_paper(vault: Vault, show, hands: Hands, desk: MainWindow) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        case_id = person(session)
    show(Place("case", case_id))
    hands.press("P")
    assert "Nothing went from here as a printed form." in desk.message.text()
