"""The list of referrals: what waits, what became of it, and the box for an answer."""

from __future__ import annotations

import io
from functools import partial

import pytest
from pypdf import PdfReader

from tests.ui.screens.given import Hands, at, settle, texts_of
from tests.ui.screens.referred import how_many, merita, referred, save_to
from victimcare.casework.contacts import log_contact
from victimcare.casework.drafts import Draft
from victimcare.referrals.referrals import ReferralEvent, record_answer
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.referrals import ReferralsScreen, Referred
from victimcare.ui.window import MainWindow


@pytest.fixture
def referrals(desk: MainWindow, people: People) -> MainWindow:
    desk.add_screen("referrals", partial(ReferralsScreen, people=people), RailItem("Referrals", "refer", "Ctrl+3"))
    return desk


def states(screen: ReferralsScreen) -> list[str]:
    model = screen.table.rows_model
    at = next(at for at, column in enumerate(model.columns) if column.title == "State")
    return [model.cell_text(row, at) for row in model.rows if isinstance(row, Referred)]


def test_sent_and_not_answered_waits_and_is_late_after_the_partners_days(referrals, show, vault, clock) -> None:  # type: ignore[no-untyped-def]
    referred(vault, merita(vault))
    screen = show(Place("referrals"))
    assert states(screen) == ["Sent, no answer"]
    clock.forward(days=3)
    screen._read()
    settle_here(screen)
    assert states(screen) == ["Late Sent, no answer"]
    assert "answer was asked for by 26 Nov 2026" in screen.side.text()


def test_an_answer_takes_four(referrals, show, vault, hands: Hands) -> None:  # type: ignore[no-untyped-def]
    referred(vault, merita(vault))
    screen = show(Place("referrals"))
    hands.press("A")
    hands.type("assess")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    assert states(screen) == []
    screen.which.set_value("UNDER_WAY")
    assert states(screen) == ["Partner assessing"]
    assert referrals.message.text().startswith("Done: Caritas Bakhita House: partner assessing, 24 Nov 2026.")


def test_a_partner_that_declines_gives_a_reason(referrals, show, vault, qtbot) -> None:  # type: ignore[no-untyped-def]
    referred(vault, merita(vault))
    screen = show(Place("referrals"))
    screen.answer()
    screen.side.status.set_value("DECLINED")
    screen.side.save()
    assert how_many(vault, ReferralEvent) == 1
    assert "why they declined" in screen.side.message.text()
    screen.side.reason.set_value("FULL")
    screen.side.save()
    settle_here(screen)
    screen.which.set_value("ALL")
    qtbot.waitUntil(lambda: "Declined by the partner: No space" in screen.side.text())


def test_the_copy_that_went_is_shown_and_saved_again(referrals, show, vault, qtbot, work, tmp_path) -> None:  # type: ignore[no-untyped-def]
    referred(vault, merita(vault))
    screen = show(Place("referrals"))
    screen.side.copy_asked.emit()
    settle(qtbot, work)
    assert "Name used: Merita" in screen.side.copy.text()
    screen.side.save_asked.emit()
    save_to(qtbot, screen, tmp_path / "again.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "again.pdf").exists())
    settle(qtbot, work)
    assert "Merita" in PdfReader(io.BytesIO((tmp_path / "again.pdf").read_bytes())).pages[0].extract_text()


def test_words_begun_are_kept_when_one_leaves_and_come_back(referrals, show, vault, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    referred(vault, merita(vault))
    screen = show(Place("referrals"))
    screen.answer()
    screen.side.words.setText("The manager will ring on Thursday")
    referrals.go(Place("cases"))
    settle(qtbot, work)
    assert how_many(vault, Draft) == 1
    screen.forget()
    again = show(Place("referrals"))
    again.answer()
    qtbot.waitUntil(lambda: again.side.words.text() == "The manager will ring on Thursday")


def test_a_place_chooses_the_referral_though_the_filter_hid_it(referrals, show, vault) -> None:  # type: ignore[no-untyped-def]
    referral_id = referred(vault, merita(vault))
    with vault.transaction() as session:
        record_answer(session, referral_id=referral_id, status="CANCELLED")
    screen = show(Place("referrals", referral_id))
    assert screen.table.current_key() == referral_id


@pytest.mark.parametrize("leave", ["Esc", "lock", "another"])
def test_what_was_typed_of_an_answer_is_kept_however_one_leaves(referrals, show, vault, hands: Hands, qtbot, work, leave) -> None:  # type: ignore[no-untyped-def]
    case_id = merita(vault)
    other, chosen = referred(vault, case_id, "MEDAILLE"), referred(vault, case_id)
    screen = show(Place("referrals", chosen))
    hands.press("A")
    screen.side.words.setText("Ruth rings back on Friday")
    if leave == "Esc":
        hands.press("Esc")
    elif leave == "lock":
        referrals.lock()
    else:
        screen.table.choose(other)
    settle(qtbot, work)
    assert screen.side.box.isHidden()
    assert how_many(vault, Draft) == 1
    screen.open(Place("referrals", chosen))
    settle(qtbot, work)
    screen.answer()
    settle(qtbot, work)
    assert screen.side.words.text() == "Ruth rings back on Friday"


def test_nothing_is_left_after_lock(referrals, show, vault) -> None:  # type: ignore[no-untyped-def]
    referred(vault, merita(vault))
    screen = show(Place("referrals"))
    screen.side.copy_asked.emit()
    settle_here(screen)
    referrals.lock()
    told = texts_of(screen)
    assert not any(word in told for word in ("Merita", "VC-2026", "brother"))


def settle_here(screen: ReferralsScreen) -> None:
    from PySide6.QtCore import QEventLoop

    loop = QEventLoop()
    screen.work.read(screen, lambda session: None, lambda _: loop.quit())
    loop.exec()
    while screen.work.is_saving or screen.work._newest:
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def test_a_suspended_way_to_reach_the_person_is_in_the_list_and_beside_it(referrals, show, vault) -> None:  # type: ignore[no-untyped-def]
    case_id = merita(vault)
    referred(vault, case_id)
    screen = show(Place("referrals"))
    assert "suspended" not in screen.side.text()
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=at(11, 24), channel="PHONE", outcome="UNSAFE_ENDED")
    screen._read()
    settle_here(screen)
    assert states(screen) == ["Sent, no answer; calls suspended"]
    assert "Calls suspended since 24 Nov 09:00: tell the partner." in screen.side.text()
