"""A worker's day through real windows with the keyboard alone, and what each job may cost in interactions."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from tests.ui.conftest import dressed, settings, window, work  # noqa: F401
from tests.ui.screens.conftest import desk, hands, people, show  # noqa: F401
from tests.ui.screens.given import TODAY, Hands, person
from victimcare.casework.safe_contact import plan_of
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
