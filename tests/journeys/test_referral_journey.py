"""Refer to Bakhita House, close, open again: it waits for an answer, is late after the partner's days, and is answered in four."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import PASSPHRASE, StandingClock
from tests.ui.conftest import dressed  # noqa: F401
from tests.ui.screens.given import Hands, settle
from tests.ui.screens.referred import CRIME_REFERENCE, STANCE, merita, save_to
from victimcare.referrals.listing import referrals_of
from victimcare.referrals.referrals import Referral, frozen_copy
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem, Screen
from victimcare.ui.people import People
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.refer import ReferScreen
from victimcare.ui.screens.referrals import ReferralsScreen, Referred
from victimcare.ui.screens.today import TodayScreen
from victimcare.ui.screens.today_rows import TodayRow
from victimcare.ui.settings import Settings
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work


class Office:
    """A window on an open vault, as composition makes it."""

    def __init__(self, qtbot: QtBot, vault: Vault, folder: Path) -> None:
        self._qtbot, self.vault = qtbot, vault
        self.work = Work(vault)
        self.people = People(self.work)
        self.window = MainWindow(self.work, Settings(folder / "settings"), vault_name=vault.name, vault_id="v1", user=vault.member.name)
        add = self.window.add_screen
        add("today", partial(TodayScreen, people=self.people), RailItem("Today", "today", "Ctrl+1"))
        add("referrals", partial(ReferralsScreen, people=self.people), RailItem("Referrals", "refer", "Ctrl+3"))
        add("case", partial(CaseScreen, people=self.people))
        add("refer", ReferScreen, under="referrals")
        self.hands = Hands(qtbot, self.window, self.work)
        self.people.load()
        self.window.resize(1366, 768)
        self.window.show()
        settle(qtbot, self.work)

    def go(self, place: Place) -> Any:
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)
        self.window.go(place)
        settle(self._qtbot, self.work)
        return self.screen

    @property
    def screen(self) -> Screen:
        assert self.window.screen_shown is not None
        return self.window.screen_shown

    def close(self) -> None:
        self.window.close()
        self.work.stop()
        self.window.deleteLater()  # as the program itself drops a window: once what is under way has come to its end
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.vault.close()


@pytest.fixture
def offices(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[Vault], Office]]:
    opened: list[Office] = []

    def open_office(vault: Vault) -> Office:
        opened.append(Office(qtbot, vault, tmp_path))
        return opened[-1]

    yield open_office
    opened[-1].close()


def refer_to_bakhita_house(office: Office, case_id: UUID, form: Path, qtbot: QtBot) -> int:
    """With the keyboard, from the case; answers what it cost."""
    office.go(Place("case", case_id))
    hands, before = office.hands, office.hands.count
    hands.press("R")
    page: Any = office.screen
    hands.type("safe house; counselling")
    hands.next()  # the day it is wanted from stays empty
    hands.next()
    quiet(qtbot, office, page)
    hands.press("Home")  # the best fit stands first
    assert page.partner.partners.chosen().partner.name == "Caritas Bakhita House"
    quiet(qtbot, office, page)
    page.consent.told.setFocus()
    hands.press("Space")
    page.consent.record_button.setFocus()
    hands.press("Space")
    quiet(qtbot, office, page)
    page.save_button.setFocus()
    hands.press("Ctrl+S")
    save_to(qtbot, page, form)
    hands.count += 1
    qtbot.waitUntil(form.exists)
    settle(qtbot, office.work)
    return hands.count - before


def quiet(qtbot: QtBot, office: Office, page: Any) -> None:
    qtbot.waitUntil(lambda: not page._soon.isActive())
    settle(qtbot, office.work)


def test_a_referral_from_the_form_to_the_answer(
    qtbot: QtBot, vault: Vault, vault_dir: Path, tmp_path: Path, clock: StandingClock, offices: Callable[[Vault], Office]
) -> None:
    case_id = merita(vault)
    office = offices(vault)
    form = tmp_path / "form.pdf"
    cost = refer_to_bakhita_house(office, case_id, form, qtbot)
    assert cost <= 9
    assert office.window.history.place == Place("case", case_id)
    office.close()

    clock.forward(days=4)
    vault = Vault.open(vault_dir, "VLO 17", PASSPHRASE, clock=clock)
    office = offices(vault)
    with vault.reading(Reading.case(case_id)) as session:
        [row] = referrals_of(session, case_id)
        copy = frozen_copy(session, session.scalars(select(Referral.id)).one())
    assert (row.status, row.sent_how, row.partner) == ("SENT", "PRINTED", "Caritas Bakhita House")
    paper = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(form.read_bytes())).pages).split())
    assert "Merita" in paper
    for secret in (STANCE, "not in court", CRIME_REFERENCE, "dentist"):
        assert secret not in paper
        assert secret not in copy

    today = office.go(Place("today"))
    [line] = [one.line for one in today.table.rows_model.rows if isinstance(one, TodayRow) and one.line.kind == "REFERRAL_UNANSWERED"]
    assert "sent 4 days ago, no answer" in line.why
    listed = office.go(Place("referrals"))
    [one] = [row for row in listed.table.rows_model.rows if isinstance(row, Referred)]
    assert (one.name, one.is_late) == ("Merita", True)

    before = office.hands.count
    listed.table.setFocus()
    office.hands.press("Home")
    office.hands.press("A")
    office.hands.type("accepted")
    office.hands.press("Ctrl+Return")
    assert office.hands.count - before <= 4
    with vault.reading(Reading.case(case_id)) as session:
        [row] = referrals_of(session, case_id)
    assert row.status == "ACCEPTED"
