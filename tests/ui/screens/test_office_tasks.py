"""Tasks of the office: written down, done and dropped from the keyboard, gone from the widgets at lock."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import Hands, settle, texts_of
from victimcare.casework.drafts import draft_of
from victimcare.casework.tasks import TaskRow, add_task, tasks_of
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.office_tasks import OfficeTasksScreen
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work


@pytest.fixture
def screen(vault: Vault, desk: MainWindow, qtbot: QtBot, work: Work) -> OfficeTasksScreen:
    with vault.transaction() as session:
        add_task(session, what="order leaflets in Vietnamese", due_on=date(2026, 11, 20))
    desk.add_screen("tasks", OfficeTasksScreen)
    qtbot.waitUntil(desk.isActiveWindow)
    desk.go(Place("tasks"))
    settle(qtbot, work)
    shown = desk.screen_shown
    assert isinstance(shown, OfficeTasksScreen)
    return shown


def rows(vault: Vault) -> list[TaskRow]:
    with vault.reading(Reading.office("tasks")) as session:
        return list(tasks_of(session, None))


def test_one_is_written_down_and_another_is_done_with_the_keyboard(screen: OfficeTasksScreen, vault: Vault, hands: Hands) -> None:
    assert screen.head.about.text() == "1 task open"
    assert "order leaflets in Vietnamese" in screen.what.text()
    hands.press("N")
    hands.type("renew the phone contract")
    hands.next()
    hands.type("fri")
    hands.press("Ctrl+Return")
    assert sorted((row.what, row.due_on) for row in rows(vault)) == [
        ("order leaflets in Vietnamese", date(2026, 11, 20)), ("renew the phone contract", date(2026, 11, 27)),
    ]  # fmt: skip
    screen.table.choose(screen._rows[0].id)
    hands.press("D")
    hands.press("Ctrl+Return")
    assert {row.what: row.status for row in rows(vault)} == {"order leaflets in Vietnamese": "DONE", "renew the phone contract": "OPEN"}
    assert [one.row.what for one in screen.table.rows_model.rows] == ["renew the phone contract"]


def test_what_is_typed_is_kept_before_anybody_closes_anything(screen: OfficeTasksScreen, vault: Vault, hands: Hands, qtbot: QtBot) -> None:
    def kept() -> str:
        with vault.reading(Reading.office("drafts")) as session:
            draft = draft_of(session, "office task")
        return draft.body if draft else ""

    hands.press("N")
    hands.type("renew the phone")
    qtbot.waitUntil(lambda: "renew the phone" in kept(), timeout=2_000)  # as a program that is killed leaves it
    hands.type(" contract")
    hands.press("Ctrl+Return")
    assert kept() == ""
    assert "renew the phone contract" in [row.what for row in rows(vault)]


def test_dropping_one_asks_why(screen: OfficeTasksScreen, vault: Vault, qtbot: QtBot, work: Work) -> None:
    screen.settle()
    settle(qtbot, work)
    box = screen.settle_box
    box.status.set_value("DROPPED")
    box.save()
    assert "why" in box.message.text()
    box.outcome.setText("the council sends them")
    box.save()
    settle(qtbot, work)
    assert [(row.status, row.outcome) for row in rows(vault)] == [("DROPPED", "the council sends them")]


def test_lock_leaves_nothing_of_it(screen: OfficeTasksScreen) -> None:
    assert "leaflets" in texts_of(screen)
    screen.forget()
    assert "leaflets" not in texts_of(screen)
    assert not screen.table.rows_model.rows
