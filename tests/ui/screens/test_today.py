"""Today shows what waits with its reason, tells the chosen line in full, and goes where the work is done."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.conftest import StandingClock
from tests.ui.screens.given import Hands, at, person, settle, texts_of
from tests.ui.screens.referred import merita, referred
from victimcare.casework.contacts import log_contact
from victimcare.casework.drafts import keep_draft
from victimcare.casework.safe_hours import SafeHours
from victimcare.store.audit import AuditEntry
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.case.contents import BOXES
from victimcare.ui.screens.referrals import ReferralsScreen
from victimcare.ui.screens.today import TodayScreen
from victimcare.ui.screens.today_rows import STEPS, TodayRow
from victimcare.ui.screens.today_side import RULES
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work


@pytest.fixture
def today(desk: MainWindow, people: People) -> MainWindow:
    desk.add_screen("today", partial(TodayScreen, people=people), RailItem("Today", "today", "Ctrl+1"))
    desk.add_screen("referrals", partial(ReferralsScreen, people=people), RailItem("Referrals", "refer", "Ctrl+3"))
    return desk


def lines(screen: TodayScreen) -> list[tuple[str, str, str]]:
    return [(row.line.kind, row.name, row.line.why) for row in screen.table.rows_model.rows if isinstance(row, TodayRow)]


def late_person(vault: Vault, name: str = "Olga") -> UUID:
    with vault.transaction() as session:
        case_id = person(session, name)
        log_contact(session, case_id=case_id, at=at(11, 20), channel="TEXT", outcome="SPOKEN", next_on=at(11, 23).date())
    return case_id


def test_a_line_names_the_person_and_says_why_it_is_here(today, show, vault: Vault) -> None:  # type: ignore[no-untyped-def]
    late_person(vault)
    screen = show(Place("today"))
    assert [(kind, name) for kind, name, _ in lines(screen)] == [("CONTACT", "Olga")]
    assert screen.late.text() == "1 late"
    told = screen.side.text()
    assert "Due Mon 23 Nov, 1 day late" in told
    assert "Olga, VC-2026-0001" in told


def test_the_plan_is_opened_and_noted_once_the_keyboard_rests(today, show, vault: Vault, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    case_id = late_person(vault)
    screen = show(Place("today"))
    qtbot.waitUntil(lambda: "her brother" in screen.side.text())
    with vault.reading() as session:
        noted = session.scalars(select(AuditEntry.kind).where(AuditEntry.case_id == case_id)).all()
    assert "safe contact shown" in noted


def test_enter_opens_the_case_and_l_opens_its_log(today, show, vault: Vault, hands: Hands) -> None:  # type: ignore[no-untyped-def]
    case_id = late_person(vault)
    show(Place("today"))
    hands.press("L")
    assert today.screen_shown.case_id == case_id
    assert today.screen_shown.box is not None
    assert today.screen_shown.box.form_name == "contact"


def test_nothing_waits_says_so_and_what_comes_next(today, show, vault: Vault) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        case_id = person(session, "Ana")
        log_contact(session, case_id=case_id, at=at(11, 20), channel="TEXT", outcome="SPOKEN", next_on=at(11, 26).date())
    screen = show(Place("today"))
    assert screen.nothing.isVisible()
    assert not screen.table.isVisible()
    assert screen.nothing.next.text() == "Next: planned contact Thu 26 Nov, Ana."


def test_a_line_goes_when_the_contact_is_made(today, show, vault: Vault, work: Work, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    case_id = late_person(vault)
    screen = show(Place("today"))
    work.change(screen, lambda session: log_contact(session, case_id=case_id, at=session.now, channel="TEXT", outcome="SPOKEN"), lambda _: None)
    qtbot.waitUntil(lambda: not lines(screen))
    assert screen.nothing.isVisible()


def test_an_unanswered_referral_is_answered_from_today_in_four(today, show, vault: Vault, hands: Hands, clock: StandingClock) -> None:  # type: ignore[no-untyped-def]
    referred(vault, merita(vault))
    clock.forward(days=3)
    screen = show(Place("today"))
    assert "no answer" in screen.side.text().lower()
    hands.press("A")
    hands.type("accepted")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    today.go(Place("today"))
    settle(hands._qtbot, hands._work)
    assert not any(kind.startswith("REFERRAL") for kind, _, _ in lines(screen))


def test_nothing_of_anybody_is_left_after_lock(today, show, vault: Vault, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    late_person(vault, "Zdzisława")
    screen = show(Place("today"))
    qtbot.waitUntil(lambda: "dentist" in screen.side.text())
    today.lock()
    told = "\n".join((screen.side.text(), str(lines(screen)), screen.nothing.next.text()))
    assert not any(word in told for word in ("Zdzisława", "VC-2026", "dentist", "brother"))


def test_at_twice_the_size_the_side_goes_under_the_list(today, show, vault: Vault, dressed, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    late_person(vault)
    screen = show(Place("today"))
    dressed.set_zoom(200)
    side, table = screen.side.frame, screen.table
    qtbot.waitUntil(lambda: side.mapTo(screen, side.rect().topLeft()).y() > table.mapTo(screen, table.rect().bottomLeft()).y())
    assert today.width() <= 1366


def test_where_nobody_is_here_yet_the_two_ways_to_begin_are_offered(today, show, hands: Hands, vault: Vault) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("today"))
    assert screen.nothing.head.text() == "Nobody is here yet"
    assert screen.nothing.new.hasFocus()
    assert screen.nothing.bring_in.isVisible()
    hands.press("Space")
    assert today.history.place == Place("new_case")
    with vault.transaction() as session:
        person(session)
    screen = show(Place("today"))
    assert screen.nothing.head.text() == "Nothing waits for you"
    assert not screen.nothing.new.isVisible()


def test_a_long_reason_goes_on_in_a_second_line(today, show, vault: Vault, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    referred(vault, merita(vault))
    with vault.transaction() as session:
        keep_draft(session, form="new case", body="{}")
    screen = show(Place("today"))
    table, model = screen.table, screen.table.rows_model
    heights = {row.line.kind: table.rowHeight(at) for at, row in enumerate(model.rows) if isinstance(row, TodayRow)}
    usual = table.verticalHeader().defaultSectionSize()
    widths = {row.line.kind: table.fontMetrics().horizontalAdvance(row.line.why) for row in model.rows if isinstance(row, TodayRow)}
    assert widths["REFERRAL_UNANSWERED"] > table.columnWidth(4) > widths["DRAFT"] - 80
    assert heights["REFERRAL_UNANSWERED"] > usual
    today.resize(1920, 1080)
    table.setColumnWidth(1, 500)
    at = next(at for at, row in enumerate(model.rows) if isinstance(row, TodayRow) and row.line.kind == "REFERRAL_UNANSWERED")
    qtbot.waitUntil(lambda: table.rowHeight(at) == usual)


def test_a_suspended_way_is_told_and_enter_opens_its_review(today, show, vault: Vault, hands: Hands, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        case_id = person(session, hours=(SafeHours("PHONE", "YES"), SafeHours("TEXT", "YES")))
        log_contact(session, case_id=case_id, at=at(11, 24), channel="PHONE", outcome="WRONG_PERSON")
    screen = show(Place("today"))
    assert lines(screen) == [("SUSPENDED", "Ana", "calls suspended since 24 Nov 09:00: answered by someone else")]
    qtbot.waitUntil(lambda: "Calls suspended since 24 Nov 09:00: answered by someone else. Review before using." in screen.side.text())
    assert "Call any time" not in screen.side.text()
    hands.press("Return")
    assert today.screen_shown.box.form_name.startswith("channel_review ")
    hands.press("Ctrl+Return")
    assert lines(show(Place("today"))) == []


def test_a_line_is_put_off_shown_again_and_told_with_its_reason(today, show, vault: Vault, hands: Hands, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    late_person(vault)
    late_person(vault, "Ana")
    screen = show(Place("today"))
    hands.press("S")
    hands.type("Olena sees her on Thursday")
    hands.press("Ctrl+Return")
    assert hands.count == 3
    assert [(kind, name) for kind, name, _ in lines(screen)] == [("CONTACT", "Ana"), ("PUT_OFF", "")]
    assert screen.total.text() == "1 to do"
    hands.press("End")
    hands.press("Return")
    hands.press("End")
    assert lines(screen)[-1] == ("CONTACT", "Olga", "back Wed 25 Nov; due Mon 23 Nov, 1 day late; safe until 16:00: text message")
    qtbot.waitUntil(lambda: "You put it off: Olena sees her on Thursday" in screen.side.text())
    hands.press("S")
    assert sorted(name for _, name, _ in lines(screen)) == ["Ana", "Olga"]


def test_what_is_late_is_not_put_off_for_more_than_a_week(today, show, vault: Vault, hands: Hands) -> None:  # type: ignore[no-untyped-def]
    late_person(vault)
    screen = show(Place("today"))
    hands.press("S")
    assert "Until Tue 1 Dec at the latest" in screen.put_off.which.text()
    hands.type("No time")
    hands.next()
    screen.put_off.until.setText("")
    hands.type("+8")
    hands.press("Ctrl+Return")
    assert screen.put_off.isVisible()
    assert "7 days at most" in screen.put_off.message.accessibleName()
    assert [kind for kind, _, _ in lines(screen)] == ["CONTACT"]


def test_a_reason_half_typed_is_kept_and_comes_back_with_its_line(today, show, vault: Vault, hands: Hands) -> None:  # type: ignore[no-untyped-def]
    late_person(vault)
    screen = show(Place("today"))
    hands.press("S")
    hands.type("Olena sees")
    hands.press("Esc")
    kinds = [kind for kind, _, _ in lines(screen)]
    assert kinds == ["CONTACT", "DRAFT"]
    screen.table.choose(next(row.id for row in screen.table.rows_model.rows if isinstance(row, TodayRow) and row.line.kind == "DRAFT"))
    hands.press("Return")
    assert screen.put_off.why.text() == "Olena sees"
    hands.press("Esc")
    screen.table.choose(next(row.id for row in screen.table.rows_model.rows if isinstance(row, TodayRow) and row.line.kind == "DRAFT"))
    hands.press("X")
    assert [kind for kind, _, _ in lines(screen)] == ["CONTACT"]


def test_nothing_of_what_was_put_off_is_left_after_lock(today, show, vault: Vault, hands: Hands) -> None:  # type: ignore[no-untyped-def]
    late_person(vault, "Zdzisława")
    screen = show(Place("today"))
    hands.press("S")
    hands.type("Olena sees her")
    today.lock()
    assert not any(word in texts_of(screen) for word in ("Zdzisława", "VC-2026", "Olena"))


@pytest.mark.parametrize("kind", ["SUSPENDED", "RISK_REVIEW", "APPOINTMENT", "TASK", "DEADLINE", "SAFEGUARDING", "APPROVAL", "RETENTION"])
def test_every_kind_says_its_rule_and_its_steps_have_a_box(kind: str) -> None:
    assert RULES[kind]
    assert {form.split(" ")[0] for _, _, form in STEPS.get(kind, ())} <= set(BOXES)
