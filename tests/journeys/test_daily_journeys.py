"""Days of the work with one person, through real windows with the keyboard alone: what is seen at each step, and what is kept at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import StandingClock
from tests.journeys.test_referral_journey import Office, offices, refer_to_bakhita_house  # noqa: F401
from tests.ui.conftest import dressed, settings, window, work  # noqa: F401
from tests.ui.screens.conftest import desk, hands, people, show  # noqa: F401
from tests.ui.screens.given import TODAY, Hands, at, person, texts_of
from tests.ui.screens.referred import merita
from victimcare.casework.barriers import barriers_of
from victimcare.casework.case_now import case_now_differences
from victimcare.casework.contacts import contacts_of, log_contact
from victimcare.casework.information_given import information_of
from victimcare.casework.mitigations import mitigations_of
from victimcare.casework.offered_support import offers_of
from victimcare.casework.safe_contact import plan_of
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.safeguarding import safeguarding_of
from victimcare.casework.stance import stances_of
from victimcare.referrals.referrals import Referral, frozen_copy
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.today import TodayScreen
from victimcare.ui.screens.today_rows import TodayRow
from victimcare.ui.window import MainWindow

Show = Callable[[Place], Any]
ALL_DAY = (SafeHours("TEXT", "YES"), SafeHours("PHONE", "YES"))


@pytest.fixture
def office(desk: MainWindow, people: People) -> MainWindow:  # noqa: F811
    desk.add_screen("today", partial(TodayScreen, people=people), RailItem("Today", "today", "Ctrl+1"))
    return desk


def to(hands: Hands, name: str) -> None:  # noqa: F811
    """Tab until the keyboard is on the control a screen reader calls `name`, or begins so."""
    passed = []
    for _ in range(120):
        here = QApplication.focusWidget()
        if here is not None and told(here).startswith(name):
            return
        passed.append(told(here) if here else "nothing")
        hands.next()
    raise AssertionError(f"Tab does not come to {name} but to {dict.fromkeys(passed)}")


def told(widget: QWidget) -> str:
    return widget.accessibleName() or QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def waits(screen: TodayScreen, kind: str) -> list[str]:
    """Why each line of a kind waits on Today."""
    return [f"{row.line.what}: {row.line.why}" for row in screen.table.rows_model.rows if isinstance(row, TodayRow) and row.line.kind == kind]


def kinds(screen: TodayScreen) -> set[str]:
    return {row.line.kind for row in screen.table.rows_model.rows if isinstance(row, TodayRow)}


def case_shown(desk: MainWindow) -> CaseScreen:  # noqa: F811
    assert isinstance(desk.screen_shown, CaseScreen)
    return desk.screen_shown


def headlines(screen: CaseScreen) -> list[str]:
    return [entry.headline for entry in screen.stream.entries_model.entries]


def test_from_first_contact_to_first_plan(office: MainWindow, show: Show, vault: Vault, hands: Hands) -> None:  # noqa: F811
    show(Place("cases"))
    hands.press("N")
    hands.type("ngo")
    hands.next()
    hands.type("Merita")
    hands.next()
    hands.next()
    hands.type("text")
    hands.next()
    hands.type("before 16")
    hands.press("Ctrl+Return")
    screen = case_shown(office)
    assert screen.head.title.text() == "Merita"
    assert screen.safe.now.accessibleName() == "Safe now. until 16:00: text message"
    hands.press("L")
    hands.press("Alt+P")
    hands.type("Met at the day centre, with an interpreter")
    hands.press("Ctrl+Return")
    assert headlines(screen)[0] == "In person"
    hands.press("C")
    to(hands, "Way 1: when")
    hands.type("9-15")
    to(hands, "Gone through with the person today")
    hands.press("Space")
    hands.press("Ctrl+Return")
    assert screen.box is None, screen.box.message.text()
    assert screen.safe.state.accessibleName().startswith("Safe contact. checked today by VLO 17")
    assert screen.safe.now.accessibleName() == "Safe now. until 15:00: text message"
    assert screen.shown is not None
    case_id = screen.shown.facts.id
    with vault.reading(Reading.case(case_id)) as session:
        plan, [contact] = plan_of(session, case_id), contacts_of(session, case_id)
        assert case_now_differences(session) == ()
    assert plan is not None
    assert (plan.checked_on, [(row.channel, row.is_safe, row.from_minute, row.to_minute) for row in plan.hours]) == (TODAY, [("TEXT", "YES", 540, 900)])
    assert (contact.channel, contact.is_achieved, contact.said) == ("IN_PERSON", True, "Met at the day centre, with an interpreter")


def test_missed_calls_until_at_risk_and_what_ends_it(office: MainWindow, show: Show, vault: Vault, hands: Hands, clock: StandingClock) -> None:  # noqa: F811
    with vault.transaction() as session:
        ana = person(session, "Ana", hours=ALL_DAY)
        log_contact(session, case_id=ana, at=at(10, 27), channel="TEXT", outcome="SPOKEN")
    for chord in ("Alt+C", "Alt+T", "Alt+C"):
        assert waits(show(Place("today")), "AT_RISK") == []
        show(Place("case", ana))
        hands.press("L")
        hands.press(chord)
        hands.press("Alt+N")
        hands.press("Ctrl+Return")
        clock.forward(days=1)
    today = show(Place("today"))
    [why] = waits(today, "AT_RISK")
    assert why.endswith("not reached for 31 days, 3 attempts by 2 safe ways")
    while not (isinstance(row := today.table.current_row(), TodayRow) and row.line.kind == "AT_RISK"):
        hands.press("Down")
    hands.press("Return")
    screen = case_shown(office)
    assert headlines(screen)[:3] == ["Telephone call", "Text message", "Telephone call"]
    hands.press("L")
    hands.press("Alt+T")
    hands.press("Alt+R")
    hands.type("She is with her aunt, and well")
    hands.press("Ctrl+Return")
    assert waits(show(Place("today")), "AT_RISK") == []
    with vault.reading(Reading.case(ana)) as session:
        rows = contacts_of(session, ana)
        assert case_now_differences(session) == ()
    assert [(row.channel, row.is_achieved) for row in rows][:4] == [("TEXT", True), ("PHONE", False), ("TEXT", False), ("PHONE", False)]


def test_family_abroad_is_threatened_and_then_safe(office: MainWindow, show: Show, vault: Vault, hands: Hands, clock: StandingClock) -> None:  # noqa: F811
    with vault.transaction() as session:
        ana = person(session, "Ana", hours=ALL_DAY)
    screen = show(Place("case", ana))
    hands.press("B")
    hands.type("country of origin")
    hands.next()
    to(hands, "What may help")
    hands.type("safeguarding of family overseas")
    hands.next()
    assert "may itself raise the risk" in texts_of(screen.box)
    to(hands, "How far it is: Offered")
    hands.press("Left")
    to(hands, "The country that is asked")
    hands.type("romania")
    hands.next()
    hands.type("DS Patel")
    hands.press("Ctrl+Return")
    assert screen.box is None, screen.box.message.text()
    assert any("Asked Romania" in card and "waiting" in card for card in cards(screen, "BarriersPart"))
    assert "SAFEGUARDING" not in kinds(show(Place("today")))
    clock.forward(days=15)
    today = show(Place("today"))
    [why] = waits(today, "SAFEGUARDING")
    assert "asked Tue 24 Nov, no answer for 15 days" in why
    while not (isinstance(row := today.table.current_row(), TodayRow) and row.line.kind == "SAFEGUARDING"):
        hands.press("Down")
    hands.press("A")
    screen = case_shown(office)
    assert screen.box is not None
    assert screen.box.title.text() == "Answer from Romania"
    hands.type("done, the family")
    hands.next()
    hands.type("They moved to an aunt")
    hands.press("Ctrl+Return")
    assert not any("waiting" in card for card in cards(screen, "BarriersPart"))
    to(hands, "Fear for loved ones in the country of origin")
    hands.press("Space")
    assert screen.box is not None
    to(hands, "How it stands now")
    hands.press("Right")
    to(hands, "In words")
    hands.type("She heard from her mother herself")
    hands.press("Ctrl+Return")
    assert screen.box is None, screen.box.message.text()
    assert any("Fear for loved ones in the country of origin. eased" in card for card in cards(screen, "BarriersPart"))
    assert "SAFEGUARDING" not in kinds(show(Place("today")))
    with vault.reading(Reading.case(ana)) as session:
        [barrier], [mitigation], [request] = barriers_of(session, ana), mitigations_of(session, ana), safeguarding_of(session, ana)
        assert case_now_differences(session) == ()
    assert (barrier.code, barrier.status) == ("FAMILY_ABROAD", "MITIGATING")
    assert (mitigation.code, mitigation.status, mitigation.barrier_ids) == ("OVERSEAS_SAFEGUARD", "IN_PLACE", (barrier.id,))
    assert (request.country, request.asked_by, request.asked_on, request.answer, request.answered_on) == ("RO", "DS Patel", TODAY, "DONE", date(2026, 12, 9))


def test_a_retraction_ends_no_support_and_goes_to_no_partner(qtbot: QtBot, vault: Vault, tmp_path: Path, offices: Callable[[Vault], Office]) -> None:  # noqa: F811
    case_id, form = merita(vault), tmp_path / "form.pdf"
    office = offices(vault)
    screen, hands = office.go(Place("case", case_id)), office.hands  # noqa: F811
    hands.press("S")
    hands.type("supported before")
    assert "their right to review" in screen.box.review.accessibleName()
    hands.next()
    hands.type("I have had enough of it")
    hands.press("Ctrl+Return")
    if screen.box is not None:  # what it means was not drawn yet: now it is
        hands.press("Ctrl+Return")
    assert [entry.kind for entry in screen.stream.entries_model.entries][:2] == ["STANCE", "INFORMATION"]
    hands.press("O")
    hands.type("travel")
    to(hands, "What exactly")
    hands.type("A bus pass for a month")
    to(hands, "Given whatever they say about a prosecution")
    hands.press("Right")
    hands.press("Ctrl+Return")
    assert screen.box is None, screen.box.message.text()
    refer_to_bakhita_house(office, case_id, form, qtbot)
    paper = " ".join(" ".join(page.extract_text() for page in PdfReader(form).pages).split())
    with vault.reading(Reading.case(case_id)) as session:
        stances, [offer], [information] = stances_of(session, case_id), offers_of(session, case_id), information_of(session, case_id)
        copy = frozen_copy(session, session.scalars(select(Referral.id)).one())
        assert case_now_differences(session) == ()
    assert [row.code for row in stances] == ["RETRACTED", "DECLINES"]
    assert (offer.code, offer.regardless, offer.detail) == ("TRAVEL", "YES", "A bus pass for a month")
    assert (information.code, information.on) == ("RIGHT_TO_REVIEW", TODAY)
    assert "Merita" in paper
    for secret in ("had enough", "not in court", "upported before", "RETRACTED", "rosecution"):
        assert secret not in paper
        assert secret not in copy


def cards(screen: CaseScreen, part: str) -> list[str]:
    return next(one for one in screen.parts if type(one).__name__ == part).cards()
