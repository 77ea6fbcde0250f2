"""The deadlines of a case: the newest due is done in two, a late one asks why, a new event shows live when it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import Hands, at, person, settle, texts_of
from victimcare.casework.cases import Case
from victimcare.casework.contacts import log_contact
from victimcare.casework.deadlines import DeadlineRow, deadlines_of, meet_deadline, record_deadline
from victimcare.casework.entitlements import entitlements_of
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.case.deadlines import NEW, DeadlineBox, DeadlinesPart, NotApplicableBox
from victimcare.ui.screens.case.entitlement import EntitlementBox
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.today import TodayScreen
from victimcare.ui.screens.today_rows import TodayRow
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
TODAY, YESTERDAY, LAST_WEEK = date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 19)


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


def owed(vault: Vault, case_id: UUID, rule: str = "VC_ARREST", event_on: date = YESTERDAY) -> UUID:
    with vault.transaction() as session:
        return record_deadline(session, case_id=case_id, rule=rule, event_on=event_on)


def rows(vault: Vault, case_id: UUID) -> tuple[DeadlineRow, ...]:
    with vault.reading(Reading.case(case_id)) as session:
        return deadlines_of(session, case_id)


def box_of(screen: CaseScreen, kind: type = DeadlineBox) -> DeadlineBox:
    assert isinstance(screen.box, kind)
    return screen.box  # type: ignore[return-value]


def cards(screen: CaseScreen) -> list[str]:
    return next(part for part in screen.parts if isinstance(part, DeadlinesPart)).cards()


def test_marking_one_done_costs_two_and_it_goes_from_the_page(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    owed(vault, ana)
    screen = show(Place("case", ana))
    assert cards(screen)[0].startswith("Tell the victim of an arrest. today. Due today, 1 working day. Owed by: police")
    hands.press("D")
    hands.press("Ctrl+Return")
    assert hands.count <= 2
    [row] = rows(vault, ana)
    assert row.outcome is not None
    assert (row.outcome.result, row.outcome.on) == ("MET", TODAY)
    assert cards(screen)[0] == "None open, 1 is settled"
    assert any("Tell the victim of an arrest: done in time" in entry.headline for entry in screen.stream.entries_model.entries)


def test_what_is_due_stands_before_what_is_ahead(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    owed(vault, ana, event_on=LAST_WEEK)
    arrest = owed(vault, ana)
    owed(vault, ana, "NRM_RECON")
    owed(vault, ana, "VC_BAIL", TODAY)
    screen = show(Place("case", ana))
    assert [card.split(". ")[1] for card in cards(screen)[:4]] == ["today", "late", "25 Nov", "23 Dec"]
    hands.press("D")
    chosen = box_of(screen).row()
    assert chosen is not None
    assert chosen.id == arrest


def test_what_was_told_and_understood_is_kept_in_words(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    owed(vault, ana)
    show(Place("case", ana))
    hands.press("D")
    hands.type("Two men were arrested")
    hands.next()
    hands.next()
    hands.type("Asked if they can come home")
    hands.press("Ctrl+Return")
    [row] = rows(vault, ana)
    assert row.outcome is not None
    assert (row.outcome.told, row.outcome.understood_words) == ("Two men were arrested", "Asked if they can come home")


def test_a_late_one_asks_why_and_nothing_typed_is_lost(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    owed(vault, ana, event_on=LAST_WEEK)
    screen = show(Place("case", ana))
    assert "late. Due Fri 20 Nov, 1 working day; 2 working days late" in cards(screen)[0]
    hands.press("D")
    hands.press("Ctrl+Return")
    box = box_of(screen)
    assert "Choose why it was late" in box.message.text()
    hands.type("heard of the event")
    hands.press("Ctrl+Return")
    [row] = rows(vault, ana)
    assert row.outcome is not None
    assert (row.outcome.result, row.outcome.reason) == ("LATE", "HEARD_LATE")


def test_the_contact_it_was_in_gives_the_day_and_the_way(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        contact = log_contact(session, case_id=ana, at=at(11, 20), channel="TEXT", outcome="SPOKEN")
    owed(vault, ana, event_on=LAST_WEEK)
    screen = show(Place("case", ana))
    screen.open_box("deadline")
    box = box_of(screen)
    assert not box.reason.isHidden()
    box.contact.set_value(str(contact))
    assert box.reason.isHidden()
    box.save()
    settle(qtbot, work)
    [row] = rows(vault, ana)
    assert row.outcome is not None
    assert (row.outcome.result, row.outcome.on, row.outcome.channel, row.outcome.contact_id) == ("MET", date(2026, 11, 20), "TEXT", contact)


def test_a_new_event_shows_live_when_it_is_due_who_owes_it_and_on_what_authority(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    screen.open_box("deadline")
    box = box_of(screen)
    assert box.what.value() == NEW
    box.rule.set_value("VC_CHARGE")
    assert box.live.text() == "Due Wed 25 Nov 2026, 1 working day (enhanced rights). With standard rights: due Tue 1 Dec 2026, 5 working days."
    assert "Owed by: police or CPS" in box.source.text()
    assert "Verified" in box.source.text()
    box.rule.set_value("DTN")
    assert "General knowledge, not verified" in box.source.text()
    box.rule.set_value("VC_CHARGE")
    box.event_on.set_value(YESTERDAY)
    box.save()
    settle(qtbot, work)
    assert [(row.rule, row.due_on) for row in rows(vault, ana)] == [("VC_CHARGE", TODAY)]
    assert any("Tell the victim of charge" in line for part in screen.parts for line in part.cards())


def test_a_day_before_the_rule_says_so(vault: Vault, ana: UUID, show: Show) -> None:
    screen = show(Place("case", ana))
    screen.open_box("deadline")
    box = box_of(screen)
    box.rule.set_value("VC_CHARGE")
    box.event_on.set_value(date(2019, 5, 2))
    assert "was not in force on that day" in texts_of(box.caution)
    assert not box.caution.isHidden()


def test_somebody_who_may_be_under_18_is_presumed_a_child_where_the_rule_differs(vault: Vault, ana: UUID, show: Show) -> None:
    with vault.transaction() as session:
        case = session.get(Case, ana)
        assert case is not None
        case.may_be_under_18 = "YES"
    screen = show(Place("case", ana))
    screen.open_box("deadline")
    box = box_of(screen)
    box.rule.set_value("DTN")
    assert "Modern Slavery Act 2015, s51" in texts_of(box.caution)
    box.rule.set_value("VC_ARREST")
    assert box.caution.isHidden()


def test_standard_rights_ask_why_and_lengthen_what_comes_after(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    screen.open_box("entitlement")
    box = screen.box
    assert isinstance(box, EntitlementBox)
    box.level.set_value("STANDARD")
    box.save()
    assert "Say why" in box.message.text()
    box.why.set_text("She asked not to be hurried")
    box.save()
    settle(qtbot, work)
    assert cards(screen)[-1].startswith("Standard rights")
    screen.open_box("deadline")
    made = box_of(screen)
    made.rule.set_value("VC_CHARGE")
    assert made.live.text().startswith("Due Tue 1 Dec 2026, 5 working days (standard rights)")
    with vault.reading(Reading.case(ana)) as session:
        assert [row.level for row in entitlements_of(session, ana)] == ["STANDARD"]


def test_a_colleague_was_quicker_and_what_was_typed_stays(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    deadline = owed(vault, ana)
    screen = show(Place("case", ana))
    screen.open_box(f"deadline {deadline}")
    box = box_of(screen)
    box.told_words.set_text("Told her today")
    with vault.transaction() as session:
        meet_deadline(session, deadline_id=deadline, on=TODAY)
    box.save()
    settle(qtbot, work)
    assert screen.box is box
    assert "recorded already" in box.message.text()
    assert box.told_words.text() == "Told her today"


# Today


@pytest.fixture
def today(desk: MainWindow, people: People) -> MainWindow:
    desk.add_screen("today", partial(TodayScreen, people=people), RailItem("Today", "today", "Ctrl+1"))
    return desk


def lines(screen: TodayScreen) -> list[str]:
    return [row.line.why for row in screen.table.rows_model.rows if isinstance(row, TodayRow) and row.line.kind == "DEADLINE"]


def test_from_today_the_chosen_one_is_done_in_two(vault: Vault, ana: UUID, today: MainWindow, show: Show, hands: Hands) -> None:
    owed(vault, ana)
    screen: TodayScreen = show(Place("today"))  # type: ignore[assignment]
    assert lines(screen) == ["due today, 1 working day"]
    hands.press("D")
    hands.press("Ctrl+Return")
    assert hands.count <= 2
    [row] = rows(vault, ana)
    assert row.outcome is not None
    assert row.outcome.result == "MET"
    assert lines(show(Place("today"))) == []  # type: ignore[arg-type]


def test_from_today_with_the_case_read_before_the_newer_deadline_is_the_one(
    vault: Vault, ana: UUID, today: MainWindow, show: Show, hands: Hands, qtbot: QtBot
) -> None:
    show(Place("case", ana))
    screen: TodayScreen = show(Place("today"))  # type: ignore[assignment]
    newer = owed(vault, ana)
    qtbot.waitUntil(lambda: bool(lines(screen)) and screen.table.current_row() is not None)
    hands.press("D")
    case = today.screen_shown
    assert isinstance(case, CaseScreen)
    chosen = box_of(case).row()
    assert chosen is not None
    assert chosen.id == newer


def test_from_today_e_says_why_it_does_not_apply(vault: Vault, ana: UUID, today: MainWindow, show: Show, hands: Hands) -> None:
    owed(vault, ana, event_on=LAST_WEEK)
    show(Place("today"))
    hands.press("E")
    case = today.screen_shown
    assert isinstance(case, CaseScreen)
    box_of(case, NotApplicableBox)
    hands.type("recorded in error")
    hands.press("Ctrl+Return")
    [row] = rows(vault, ana)
    assert row.outcome is not None
    assert (row.outcome.result, row.outcome.reason) == ("NOT_APPLICABLE", "IN_ERROR")
