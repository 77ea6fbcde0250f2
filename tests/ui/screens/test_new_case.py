"""New case: who may be the same is told while typing, what is missing is named, a draft survives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pytestqt.qtbot import QtBot

from tests.ui.screens.given import NUMBER, Hands, person, settle, texts_of
from victimcare.casework.case_list import case_list
from victimcare.casework.drafts import my_drafts
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.new_case import NewCaseScreen
from victimcare.ui.widgets.in_layout import in_layout
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], NewCaseScreen]
NEW = Place("new_case")


def filled(screen: NewCaseScreen) -> NewCaseScreen:
    screen.source.set_value("NGO")
    screen.name.setText("Merita")
    screen.way.set_value("TEXT")
    return screen


def test_who_may_be_the_same_shows_while_one_types(vault: Vault, show: Show) -> None:
    with vault.transaction() as session:
        person(session, "Żaneta Żołnierczyk")
        person(session, "Olga Bortkiewicz")
    screen = show(NEW)
    screen.name.setText("Zaneta")
    assert screen.alike_shown() == ["Żaneta Żołnierczyk. VC-2026-0001. Alike in name"]
    screen.name.setText("Merita")
    assert screen.alike_shown() == []


def test_the_same_number_is_told_too(vault: Vault, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        person(session, "Olga")
    screen = show(NEW)
    settle(qtbot, work)
    screen.phone.setText(NUMBER)
    assert screen.alike_shown() == ["Olga. VC-2026-0001. Alike in phone"]


def test_the_likeness_opens_the_case_instead(vault: Vault, show: Show, desk: MainWindow) -> None:
    with vault.transaction() as session:
        olga = person(session, "Olga")
    screen = show(NEW)
    screen.name.setText("Olga")
    card = in_layout(screen._alike_inside)[0]
    card.click()
    assert desk.history.place == Place("case", olga)


def test_what_is_missing_is_named_and_nothing_is_opened(vault: Vault, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(NEW)
    for field, words in (("source", "where it came from"), ("name", "a name to use"), ("way", "one way to reach them")):
        screen.save()
        assert words in screen.message.text()
        values = {"source": "NGO", "way": "TEXT"}
        getattr(screen, field).setText("Merita") if field == "name" else getattr(screen, field).set_value(values[field])
    screen.when.setText("whenever")
    screen.save()
    assert "not understood" in screen.message.text()
    settle(qtbot, work)
    with vault.reading() as session:
        assert case_list(session) == ()


def test_a_day_to_come_is_refused_and_everything_typed_stays(vault: Vault, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = filled(show(NEW))
    screen.received_on.set_value(date(2026, 12, 1))
    screen.save()
    settle(qtbot, work)
    assert "in the future" in screen.message.text()
    assert screen.name.text() == "Merita"


def test_a_day_that_cannot_be_read_is_named_and_how_to_type_one(vault: Vault, show: Show) -> None:
    screen = filled(show(NEW))
    screen.received_on.setText("31 Feb")
    screen.received_on.textEdited.emit("31 Feb")
    screen.save()
    assert "“31 Feb” is no day that can be read. Type a date such as 24 Nov 2026" in screen.message.text()
    assert screen.received_on.hasFocus()


def test_escape_keeps_a_draft_and_coming_again_brings_it_back(vault: Vault, show: Show, hands: Hands, qtbot: QtBot, work: Work) -> None:
    show(Place("cases"))
    hands.press("N")
    hands.type("ngo")
    hands.next()
    hands.type("Merita")
    hands.press("Esc")
    with vault.reading() as session:
        assert my_drafts(session) == ((None, "new case"),)
    hands.press("N")
    screen = show(NEW)
    assert (screen.source.value(), screen.name.text()) == ("NGO", "Merita")


def test_opening_the_case_throws_the_draft_away(vault: Vault, show: Show, qtbot: QtBot, work: Work, desk: MainWindow) -> None:
    screen = filled(show(NEW))
    screen.keep_draft()
    screen.save()
    settle(qtbot, work)
    with vault.reading() as session:
        assert my_drafts(session) == ()
        [row] = case_list(session)
    assert desk.history.place == Place("case", row.id)


def test_lock_leaves_nothing_typed(vault: Vault, show: Show, desk: MainWindow) -> None:
    with vault.transaction() as session:
        person(session, "Qamaruddinova")
    screen = show(NEW)
    screen.name.setText("Qamaruddinova")
    screen.must_not_know.set_text("zebra")
    assert screen.alike_shown()
    desk.lock()
    left = texts_of(screen)
    assert "Qamar" not in left
    assert "zebra" not in left
