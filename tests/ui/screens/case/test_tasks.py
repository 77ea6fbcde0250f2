"""Tasks on the case page: written down, done in two, dropped with why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import Hands, person, settle, texts_of
from victimcare.casework.tasks import TaskRow, add_task, tasks_of
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.case.tasks import CHANGED, DROPPED, TasksPart, TaskStepBox
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


def rows(vault: Vault, case_id: UUID) -> tuple[TaskRow, ...]:
    with vault.reading(Reading.case(case_id)) as session:
        return tasks_of(session, case_id)


def cards(screen: CaseScreen) -> list[str]:
    return next(part for part in screen.parts if isinstance(part, TasksPart)).cards()


def step(screen: CaseScreen, task: UUID) -> TaskStepBox:
    screen.open_box(f"task_step {task}")
    assert isinstance(screen.box, TaskStepBox)
    return screen.box


def test_one_is_written_down_with_the_keyboard(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    hands.press("T")
    hands.type("ask the GP for the letter")
    hands.next()
    hands.type("fri")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    [row] = rows(vault, ana)
    assert (row.what, row.due_on, row.status) == ("ask the GP for the letter", date(2026, 11, 27), "OPEN")
    assert cards(screen) == ["ask the GP for the letter. 27 Nov"]


def test_it_is_done_dropped_with_why_or_changed(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        late, drop, change = (add_task(session, case_id=ana, what=what, due_on=date(2026, 11, day)) for what, day in (("one", 20), ("two", 26), ("three", 27)))
    screen = show(Place("case", ana))
    assert cards(screen)[0] == "one. late. Due 20 Nov"
    step(screen, late).save()
    settle(qtbot, work)
    box = step(screen, drop)
    box.does.set_value(DROPPED)
    box.save()
    assert "why" in box.message.text()
    box.outcome.set_text("she has it")
    box.save()
    settle(qtbot, work)
    box = step(screen, change)
    box.does.set_value(CHANGED)
    box.due_on.set_value(date(2026, 12, 4))
    box.save()
    settle(qtbot, work)
    assert {row.id: (row.status, row.due_on, row.outcome) for row in rows(vault, ana)} == {
        late: ("DONE", date(2026, 11, 20), ""), drop: ("DROPPED", date(2026, 11, 26), "she has it"), change: ("OPEN", date(2026, 12, 4), ""),
    }  # fmt: skip
    assert cards(screen) == ["three. 4 Dec"]


def test_a_closed_box_leaves_no_text(vault: Vault, ana: UUID, show: Show) -> None:
    with vault.transaction() as session:
        task = add_task(session, case_id=ana, what="the secret errand")
    screen = show(Place("case", ana))
    box = step(screen, task)
    assert "the secret errand" in texts_of(box)
    box.forget()
    assert "the secret errand" not in texts_of(box)
