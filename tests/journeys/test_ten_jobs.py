"""The ten jobs of every day through real windows with the keyboard alone, what each may cost in interactions, and what stands in the vault after it.

An interaction is a key chord, a click or a field typed; going on to the next field belongs to the field.
"""
# ruff: noqa: F811 - fixtures are known by the names they are imported under

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import StandingClock
from tests.journeys.test_referral_journey import Office, offices, refer_to_bakhita_house  # noqa: F401
from tests.ui.conftest import dressed, settings, window, work  # noqa: F401
from tests.ui.screens.conftest import desk, hands, people, show  # noqa: F401
from tests.ui.screens.given import TODAY, Hands, person
from tests.ui.screens.referred import merita
from tests.ui.screens.summaries.conftest import rest, screen  # noqa: F401
from tests.ui.screens.summaries.test_screen import Rest, in_dialog
from tests.ui.screens.test_activities import activities  # noqa: F401
from victimcare.activity.activities import activity_list, activity_titles
from victimcare.activity.visits import Visit
from victimcare.casework.barriers import barriers_of
from victimcare.casework.case_list import case_head
from victimcare.casework.contacts import contacts_of
from victimcare.casework.deadlines import deadlines_of, record_deadline
from victimcare.casework.mitigations import mitigations_of
from victimcare.casework.stance import stances_of
from victimcare.example.vault import PASSPHRASE, USER
from victimcare.referrals.listing import referrals_of
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import record_past_referral
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.cases import CasesScreen
from victimcare.ui.screens.summaries import SummariesScreen
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], object]


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session, "Ana Munteanu")


def test_find_by_half_a_name(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        person(session, "Żaneta Żołnierczyk")
    screen = show(Place("cases"))
    assert isinstance(screen, CasesScreen)
    hands.press("/")
    hands.type("zolnier")
    assert hands.count <= 2
    assert [screen.people.name(row.id) for row in screen.table.rows_model.rows] == ["Żaneta Żołnierczyk"]


def test_log_a_missed_call(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
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


def test_log_a_talk_with_a_note(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
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


def test_add_a_barrier_with_a_mitigation(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
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


def test_record_a_change_of_stance(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
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


def test_refer_to_bakhita_house_printed(qtbot: QtBot, vault: Vault, tmp_path: Path, offices: Callable[[Vault], Office]) -> None:
    case_id, form = merita(vault), tmp_path / "form.pdf"
    assert refer_to_bakhita_house(offices(vault), case_id, form, qtbot) <= 9
    assert form.read_bytes().startswith(b"%PDF")
    with vault.reading(Reading.case(case_id)) as session:
        [row] = referrals_of(session, case_id)
    assert (row.status, row.sent_how, row.partner) == ("SENT", "PRINTED", "Caritas Bakhita House")


def test_record_an_answer_of_a_partner(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
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


def test_mark_a_deadline_met(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        record_deadline(session, case_id=ana, rule="VC_ARREST", event_on=date(2026, 11, 23))
    show(Place("case", ana))
    hands.press("D")
    hands.press("Ctrl+Return")
    assert hands.count <= 2
    with vault.reading(Reading.case(ana)) as session:
        [row] = deadlines_of(session, ana)
    assert row.outcome is not None
    assert (row.outcome.result, row.outcome.on) == ("MET", TODAY)


def test_enter_a_car_wash_visit(activities: MainWindow, vault: Vault, show: Show, hands: Hands) -> None:
    screen: Any = show(Place("activities"))
    hands.press("N")
    hands.type("car wash")
    hands.next()
    hands.type("workers exploited")
    for _ in range(3):
        hands.next()
    hands.type("14")
    hands.next()
    hands.type("hm rev; local auth")
    hands.press("Ctrl+Return")
    assert hands.count <= 8
    with vault.reading(Reading.office("activities")) as session:
        [row] = activity_list(session, titles=activity_titles(session))
        [visit] = session.scalars(select(Visit)).all()
        assert (visit.premises, visit.finding, visit.from_total) == ("CAR_WASH", "LABOUR_ABUSE", False)
    assert (row.kind, row.visits, row.people_spoken_to, row.agencies) == ("ACTIVITY_DAY", 1, 14, ("HMRC", "LA"))
    assert [one.visits for one in screen.table.rows_model.rows] == [1]


class TestSummary:
    """On the example vault, which has the numbers of three years."""

    @pytest.fixture
    def vault(self, example_vault_dir: Path, clock: StandingClock) -> Iterator[Vault]:
        opened = Vault.open(example_vault_dir, USER, PASSPHRASE, clock=clock)
        yield opened
        opened.close()

    def test_a_quarterly_summary_to_a_file(self, qtbot: QtBot, window: MainWindow, work: Work, screen: SummariesScreen, rest: Rest, tmp_path: Path) -> None:
        hands = Hands(qtbot, window, work)
        (tmp_path / "out").mkdir()
        screen.choices.typed.setFocus()  # one click
        hands.count += 1
        hands.type("2017-Q3")
        hands.press("Ctrl+Return")
        in_dialog(qtbot, tmp_path / "out")
        hands.count += 2  # the folder typed, and Enter
        rest()
        assert hands.count <= 5
        assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".csv", ".json", ".pdf", ".xlsx"]
        assert all("2017-Q3" in path.name for path in (tmp_path / "out").iterdir())
