"""A suspended channel on the screens: told with why and since when, reviewed in place, offered nowhere before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import TODAY, Hands, at, person, settle, texts_of
from victimcare.casework.contacts import log_contact
from victimcare.casework.safe_contact import plan_of, plans_of
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.suspensions import standing_suspensions
from victimcare.referrals.partners import first_partners, partner_ids
from victimcare.referrals.referrals import record_past_referral
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.change_plan import ChangePlanBox
from victimcare.ui.screens.case.channel_review import ChannelReviewBox
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
BOTH = (SafeHours("PHONE", "YES", to_minute=17 * 60), SafeHours("TEXT", "YES", to_minute=16 * 60))
WORDS = "Calls suspended since 24 Nov 09:00: answered by someone else"


def suspended(vault: Vault, hours: tuple[SafeHours, ...] = BOTH) -> UUID:
    with vault.transaction() as session:
        case_id = person(session, hours=hours)
        log_contact(session, case_id=case_id, at=at(11, 24), channel="PHONE", outcome="WRONG_PERSON")
    return case_id


@pytest.fixture
def ana(vault: Vault) -> UUID:
    return suspended(vault)


def channels(vault: Vault) -> list[str]:
    with vault.reading() as session:
        return [one.channel for found in standing_suspensions(session).values() for one in found]


def to_review(screen: CaseScreen, hands: Hands) -> ChannelReviewBox:
    """By the keyboard, from the panel."""
    from PySide6.QtWidgets import QApplication

    screen.safe.show_button.setFocus()
    for _ in range(20):
        here = QApplication.focusWidget()
        if here is not None and here.accessibleName().startswith("Review:"):
            break
        hands.press("Shift+Tab")
    hands.press("Space")
    assert isinstance(screen.box, ChannelReviewBox)
    return screen.box


def test_the_panel_says_what_is_suspended_since_when_and_why(ana: UUID, show: Show) -> None:
    screen = show(Place("case", ana))
    said = texts_of(screen.safe)
    assert "Calls suspended. since 24 Nov 09:00: answered by someone else. Review before using." in said
    assert f"Review: {WORDS}" in said
    assert screen.safe.property("state") == "caution"
    assert screen.safe.now.accessibleName() == "Safe now. until 16:00: text message"


def test_safe_again_asks_how_one_knows_and_gives_the_channel_back(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    box = to_review(screen, hands)
    hands.press("Right")
    hands.press("Ctrl+Return")
    assert "Say in a word how you know that it is safe again." in texts_of(box.message)
    assert channels(vault) == ["PHONE"]
    hands.type("Her sister answered, who knows.")
    hands.press("Ctrl+Return")
    assert channels(vault) == []
    assert "suspended" not in texts_of(screen.safe)
    assert screen.safe.now.accessibleName() == "Safe now. until 16:00: telephone call or text message"


def test_with_nothing_chosen_the_channel_is_never_used_again(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    to_review(screen, hands)
    hands.press("Ctrl+Return")
    assert channels(vault) == []
    with vault.reading(Reading.case(ana)) as session:
        assert set(plan_of(session, ana).hours) == {SafeHours("TEXT", "YES", to_minute=16 * 60), SafeHours("PHONE", "NO")}
    assert "suspended" not in texts_of(screen.safe)


def test_the_only_way_is_not_taken_without_another(vault: Vault, show: Show, hands: Hands) -> None:
    case_id = suspended(vault, (SafeHours("PHONE", "YES"),))
    screen = show(Place("case", case_id))
    box = to_review(screen, hands)
    hands.press("Ctrl+Return")
    assert "The plan would leave no way to reach the person." in texts_of(box.message)
    box.channel.set_value("VIA_WORKER")
    hands.press("Ctrl+Return")
    with vault.reading(Reading.case(case_id)) as session:
        assert set(plan_of(session, case_id).hours) == {SafeHours("VIA_WORKER", "ASK"), SafeHours("PHONE", "NO")}


def test_logging_somebody_else_suspends_at_once_and_says_so_before(vault: Vault, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        case_id = person(session, hours=BOTH)
    screen = show(Place("case", case_id))
    hands.press("L")
    hands.press("Alt+C")
    hands.press("Alt+S")
    box: Any = screen.box
    assert "suspends that way at once" in texts_of(box)
    assert not box.review.isHidden()
    hands.press("Ctrl+Return")
    assert channels(vault) == ["PHONE"]
    assert "Calls suspended" in texts_of(screen.safe)
    hands.press("L")
    box = screen.box
    assert box.way.value() == "TEXT"
    assert not any(box.next_step.itemText(at).startswith("Call") for at in range(box.next_step.count()))
    hands.press("Alt+C")
    assert "Calls suspended since 24 Nov 14:02: answered by someone else." in texts_of(box)


def test_an_open_referral_says_that_the_partner_must_be_told(vault: Vault, ana: UUID, show: Show) -> None:
    with vault.transaction() as session:
        first_partners(session)
        partners = partner_ids(session)
        for code, status in (("CBH", "ACCEPTED"), ("CARITAS_SALFORD", "DECLINED")):
            record_past_referral(session, case_id=ana, partner_id=partners[code], services=("SAFE_HOUSE",), sent_on=TODAY, status=status, status_on=TODAY)
    screen = show(Place("case", ana))
    told = {card.partition(".")[0]: card for card in screen.referrals.cards()}
    assert [name for name, card in told.items() if "Calls suspended since 24 Nov 09:00: tell the partner" in card] == ["Caritas Bakhita House"]


def test_y_says_that_the_plan_was_gone_through_and_holds(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    hands.press("Y")
    with vault.reading(Reading.case(ana)) as session:
        newest, before = plans_of(session, ana)
    assert newest.is_same(before)
    assert newest.checked_on == TODAY
    assert "checked today by VLO 17" in screen.safe.state.accessibleName()
    assert channels(vault) == ["PHONE"]  # a check of the plan is no review


def test_what_is_asked_less_often_is_folded_and_kept(vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    hands.press("C")
    box = screen.box
    assert isinstance(box, ChangePlanBox)
    assert not box.texts["danger_word"].isVisible()
    hands.press("Alt+M")
    assert box.texts["danger_word"].hasFocus()
    hands.type("umbrella")
    box.withhold.set_value("YES")
    box.language.set_value("vi")
    box.dialect.setText("northern")
    box.gender.set_value("FEMALE")
    hands.press("Ctrl+Return")
    assert "Word for danger: umbrella. Withhold our number. Interpreter: Vietnamese, northern, female. Never a companion of the person." in texts_of(
        screen.safe
    )
    hands.press("C")
    assert "5 recorded" in texts_of(screen.box)
    hands.press("Ctrl+Return")
    settle(qtbot, work)
    with vault.reading(Reading.case(ana)) as session:
        newest, before, _ = plans_of(session, ana)
    assert newest.is_same(before)
