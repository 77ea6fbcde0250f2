"""A worker's day through real windows with the keyboard alone, and what each job may cost in interactions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from tests.ui.conftest import dressed, settings, window, work  # noqa: F401
from tests.ui.screens.conftest import desk, hands, people, show  # noqa: F401
from tests.ui.screens.given import TODAY, Hands, person
from victimcare.casework.barriers import barriers_of
from victimcare.casework.case_list import case_head
from victimcare.casework.contacts import contacts_of
from victimcare.casework.mitigations import mitigations_of
from victimcare.casework.safe_contact import plan_of
from victimcare.casework.stance import stances_of
from victimcare.referrals.listing import referrals_of
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import record_past_referral
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.cases import CasesScreen
from victimcare.ui.window import MainWindow

Show = Callable[[Place], object]


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session, "Ana Munteanu")


def test_find_by_half_a_name(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:  # noqa: F811
    with vault.transaction() as session:
        person(session, "Żaneta Żołnierczyk")
    screen = show(Place("cases"))
    assert isinstance(screen, CasesScreen)
    hands.press("/")
    hands.type("zolnier")
    assert hands.count <= 2
    assert [screen.people.name(row.id) for row in screen.table.rows_model.rows] == ["Żaneta Żołnierczyk"]


def test_log_a_missed_call(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:  # noqa: F811
    show(Place("case", ana))
    hands.press("L")
    hands.press("Alt+C")
    hands.press("Alt+N")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    with vault.reading(Reading.case(ana)) as session:
        [contact] = contacts_of(session, ana)
        head = case_head(session, ana)
    assert (contact.channel, contact.outcome, contact.is_achieved) == ("PHONE", "NO_ANSWER", False)
    assert head is not None
    assert (head.last_attempt_on, head.attempts_since) == (TODAY, 1)


def test_log_a_talk_with_a_note(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:  # noqa: F811
    screen = show(Place("case", ana))
    assert isinstance(screen, CaseScreen)
    hands.press("L")
    hands.type("Interpreter confirmed for Thursday")
    hands.next()
    hands.type("Not the front door")
    hands.press("Ctrl+Return")
    assert hands.count <= 6
    with vault.reading(Reading.case(ana)) as session:
        [contact] = contacts_of(session, ana)
    assert (contact.channel, contact.outcome) == ("TEXT", "SPOKEN")
    assert (contact.said, contact.own_words, contact.view) == ("Interpreter confirmed for Thursday", "Not the front door", "")
    assert screen.stream.entries_model.entries[0].headline == "Text message"
    assert screen.box is None


def test_add_a_barrier_with_a_mitigation(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:  # noqa: F811
    show(Place("case", ana))
    hands.press("B")
    hands.type("fear of court")
    hands.next()
    hands.type("special measures")
    hands.next()
    hands.press("Ctrl+Return")
    assert hands.count <= 6
    with vault.reading(Reading.case(ana)) as session:
        [barrier], [mitigation] = barriers_of(session, ana), mitigations_of(session, ana)
    assert (barrier.code, barrier.status) == ("COURT_FEAR", "OPEN")
    assert (mitigation.code, mitigation.status, mitigation.barrier_ids) == ("SPECIAL_MEASURES", "OFFERED", (barrier.id,))


def test_record_a_change_of_stance(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:  # noqa: F811
    show(Place("case", ana))
    hands.press("S")
    hands.type("undecided")
    hands.next()
    hands.type("Ask me again when my mother has moved")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    with vault.reading(Reading.case(ana)) as session:
        [stance] = stances_of(session, ana)
    assert (stance.code, stance.words, stance.on) == ("UNDECIDED", "Ask me again when my mother has moved", TODAY)


def test_record_an_answer_of_a_partner(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:  # noqa: F811
    with vault.transaction() as session:
        record_past_referral(session, case_id=ana, partner_id=partner_ids(session)["CBH"], services=(), sent_on=date(2026, 11, 20))
    show(Place("case", ana))
    hands.press("A")
    hands.type("partner assessing")
    hands.next()
    hands.type("A room may be free from Monday")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    with vault.reading() as session:
        [referral] = referrals_of(session, ana)
    assert referral.status == "ASSESSING"


def test_open_a_case_by_hand(vault: Vault, show: Show, hands: Hands, desk: MainWindow) -> None:  # noqa: F811
    show(Place("cases"))
    hands.press("N")
    hands.type("ngo")
    hands.next()
    hands.type("Merita")
    hands.next()
    hands.type("albanian")
    hands.next()
    hands.type("text")
    hands.next()
    hands.type("before 16")
    hands.next()
    hands.type("+44 7700 900999")
    hands.press("Ctrl+Return")
    assert hands.count <= 8
    screen = desk.screen_shown
    assert isinstance(screen, CaseScreen)
    assert screen.head.title.text() == "Merita"
    assert screen.shown is not None
    case_id = screen.shown.facts.id
    assert (screen.shown.facts.source, screen.shown.facts.language, screen.shown.facts.received_on) == ("NGO", "sq", TODAY)
    with vault.reading(Reading.case(case_id)) as session:
        plan = plan_of(session, case_id)
    assert plan is not None
    [hours] = plan.hours
    assert (hours.channel, hours.is_safe, hours.to_minute, plan.checked_on) == ("TEXT", "YES", 16 * 60, TODAY)


def test_a_day_from_the_list_to_the_page_and_back(vault: Vault, ana: UUID, show: Show, hands: Hands, desk: MainWindow) -> None:  # noqa: F811
    cases = show(Place("cases"))
    assert isinstance(cases, CasesScreen)
    hands.press("Return")
    screen = desk.screen_shown
    assert isinstance(screen, CaseScreen)
    hands.press("L")
    hands.type("Safe and well")
    hands.press("Ctrl+Return")
    hands.press("B")
    hands.type("debt")
    hands.next()
    hands.press("Ctrl+Return")
    hands.press("Alt+Left")
    assert desk.screen_shown is cases
    [row] = cases.table.rows_model.rows
    assert (row.last_achieved_on, row.open_barriers) == (TODAY, 1)
