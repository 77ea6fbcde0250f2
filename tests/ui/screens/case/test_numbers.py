"""Numbers and addresses: nowhere before they are asked for, gone afterwards, copied for a minute, added and ended in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.ui.screens.given import NUMBER, TODAY, Hands, at, person, settle, texts_of
from victimcare.casework.cases import open_case
from victimcare.casework.contact_points import contact_points, record_contact_point, show_contact_point
from victimcare.casework.contacts import log_contact
from victimcare.casework.merging import merge
from victimcare.store.reading import Reading
from victimcare.store.tables import AuditEntry
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
ADDRESS = "14 Nowhere Lane"


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        case_id = person(session)
        record_contact_point(session, case_id=case_id, kind="ADDRESS", value=ADDRESS, label="hostel", safe_to_write="NO")
    return case_id


def told(item: Any) -> Iterator[str]:
    """Every text a screen reader may ask for, of `item` and all below it."""
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help):
        yield item.text(kind)
    for place in range(item.childCount()):
        child = item.child(place)
        if child is not None and child.isValid():
            yield from told(child)


def everywhere(window: QWidget) -> str:
    """All texts of all widgets alive, of the tree for screen readers, and of the clipboard."""
    widgets = "\n".join(texts_of(widget) for widget in QApplication.topLevelWidgets())
    tree = "\n".join(told(QAccessible.queryAccessibleInterface(window)))
    return "\n".join((widgets, tree, QGuiApplication.clipboard().text()))


def readings(vault: Vault) -> list[str]:
    with vault.reading() as session:
        return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.id)))


def test_neither_number_nor_address_is_anywhere_until_asked_for_and_again_after(
    vault: Vault, ana: UUID, show: Show, hands: Hands, desk: MainWindow, qtbot: QtBot, work: Work
) -> None:
    screen = show(Place("case", ana))
    assert "Text only" in everywhere(desk)
    assert not any(value in everywhere(desk) for value in (NUMBER, ADDRESS))
    hands.press("V")
    assert all(value in everywhere(desk) for value in (NUMBER, ADDRESS))
    assert "Not safe to write here" in texts_of(screen.safe)
    hands.press("V")
    qtbot.waitUntil(lambda: not any(value in everywhere(desk) for value in (NUMBER, ADDRESS)))
    settle(qtbot, work)


def test_a_number_goes_by_itself(vault: Vault, ana: UUID, show: Show, hands: Hands, desk: MainWindow) -> None:
    screen = show(Place("case", ana))
    hands.press("V")
    screen.safe.numbers._hide_again.timeout.emit()
    assert NUMBER not in everywhere(desk)
    assert screen.safe.show_button.text() == "Show number"


def test_without_a_plan_a_number_shows_only_after_a_caution_each_time(vault: Vault, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        case_id = open_case(session, received_on=TODAY, source="NGO")
        record_contact_point(session, case_id=case_id, kind="PHONE", value=NUMBER)
    screen = show(Place("case", case_id))
    for _ in range(2):
        hands.press("V")
        assert "Make a plan with them as soon as it is safe." in texts_of(screen.safe.numbers)
        assert NUMBER not in texts_of(screen)
        hands.press("Shift+Tab")
        hands.press("Space")
        assert NUMBER in texts_of(screen)
        hands.press("V")
    assert readings(vault).count("number shown after a caution") == 2
    assert "number shown" not in readings(vault)


def test_the_caution_says_how_long_ago_and_is_taken_back_by_the_same_key(vault: Vault, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        case_id = person(session, checked_on=TODAY - timedelta(31))
    screen = show(Place("case", case_id))
    hands.press("V")
    said = "The plan was last checked 31 days ago. Go through it with the person as soon as it is safe."
    assert said in texts_of(screen.safe.numbers)
    assert screen.safe.numbers.not_now.hasFocus()
    hands.press("V")
    assert said not in texts_of(screen.safe.numbers)
    hands.press("V")
    hands.press("Space")  # Not now
    assert NUMBER not in texts_of(screen)
    assert not any(kind.startswith("number shown") for kind in readings(vault))


def test_a_suspended_channel_asks_before_numbers_although_the_plan_is_fresh(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        log_contact(session, case_id=ana, at=at(11, 24), channel="PHONE", outcome="WRONG_PERSON")
    screen = show(Place("case", ana))
    hands.press("V")
    assert "Calls suspended. Review before using." in texts_of(screen.safe.numbers)
    assert NUMBER not in texts_of(screen)


def test_a_copied_number_leaves_the_clipboard_by_itself_and_at_lock(
    vault: Vault, ana: UUID, show: Show, hands: Hands, desk: MainWindow, qtbot: QtBot, work: Work
) -> None:
    show(Place("case", ana))
    hands.press("V")
    for _ in range(20):
        if (here := QApplication.focusWidget()) is not None and here.accessibleName() == "Copy this phone":
            break
        hands.press("Shift+Tab")
    hands.press("Space")
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == NUMBER
    assert desk.locker._clear_soon.isActive()
    desk.locker._clear_soon.timeout.emit()
    assert clipboard.text() == ""
    hands.press("Space")
    assert clipboard.text() == NUMBER
    desk.lock()
    settle(qtbot, work)
    assert clipboard.text() == ""


def test_a_number_is_added_from_the_panel(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    screen.safe.add_button.setFocus()
    hands.press("Space")
    hands.press("Ctrl+Return")
    assert "Type the number or the address." in texts_of(screen.box)
    hands.type("020 7946 0018")
    hands.next()
    hands.type("her sister, who knows")
    hands.press("Ctrl+Return")
    assert screen.box is None
    with vault.reading(Reading.numbers(ana)) as session:
        newest = show_contact_point(session, contact_points(session, ana)[-1].id)
    assert (newest.kind, newest.value, newest.label, newest.safe_to_write) == ("PHONE", "020 7946 0018", "her sister, who knows", "")


def test_an_address_says_whether_it_is_safe_to_write_there(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    screen.safe.add_button.setFocus()
    hands.press("Space")
    box: Any = screen.box
    box.kind.set_value("ADDRESS")
    box.value.setText("2 Elsewhere")
    box.may_write.set_value("YES")
    hands.press("Ctrl+Return")
    hands.press("V")
    assert texts_of(screen.safe.numbers).count("Safe to write here") >= 1


def test_a_number_that_is_no_longer_theirs_ends_and_shows_no_more(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    hands.press("V")
    for _ in range(20):
        if (here := QApplication.focusWidget()) is not None and here.accessibleName() == "This phone is no longer theirs":
            break
        hands.press("Shift+Tab")
    hands.press("Space")
    assert NUMBER not in texts_of(screen.box)
    hands.press("Ctrl+Return")
    assert NUMBER not in texts_of(screen)
    hands.press("V")
    assert NUMBER not in texts_of(screen)
    assert ADDRESS in texts_of(screen)
    with vault.reading() as session:
        assert [row.ended_on for row in contact_points(session, ana)] == [None, TODAY]


def test_numbers_of_the_files_read_as_one_show_together_each_noted(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    with vault.transaction() as session:
        part = open_case(session, received_on=TODAY, source="NGO")
        record_contact_point(session, case_id=part, kind="PHONE", value="020 7946 0099")
    with vault.transaction() as session:
        merge(session, case_id=part, into_case_id=ana, why="The same name.")
    screen = show(Place("case", ana))
    assert "020 7946 0099" not in texts_of(screen)
    hands.press("V")
    assert all(value in texts_of(screen.safe.numbers) for value in (NUMBER, "020 7946 0099"))
    assert readings(vault).count("number shown") == 2
