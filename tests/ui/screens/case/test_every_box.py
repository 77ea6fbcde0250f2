"""Every box of the case page, opened and saved at once: it saves, or says in words what it needs. Nothing breaks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.journeys.test_older_lists import OLD, coded_columns, older
from tests.store.raw import raw, without_triggers
from tests.ui.screens.full import full_case
from tests.ui.screens.given import Hands, person, settle, texts_of
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.contents import BOXES
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
ABOUT = (
    "correct", "withdraw", "sensitivity", "barrier_step", "safeguarding", "safeguarding_answer", "deadline_off", "appointment_outcome", "appointment",
    "task_step", "around", "link_step", "decide", "part", "answer", "channel_review", "number_end",
)  # fmt: skip
"""The boxes about one row."""
PAPERS = ("case_file", "schedule", "what_we_hold", "offered_list", "notify_sheet", "sheet")
"""Those that ask where a file goes."""


@pytest.fixture
def broken(work: Work) -> list[str]:
    """The kinds of errors nobody foresaw, as the window would tell them."""
    found: list[str] = []
    work.broke.connect(found.append)
    return found


def try_out(screen: CaseScreen, form: str, hands: Hands, qtbot: QtBot, work: Work) -> None:
    """Open the box, save at once, leave with Esc, open again, leave. It said something, or it went since it saved."""
    screen.open_box(form)
    settle(qtbot, work)
    assert screen.box is not None, form
    screen.box.save()
    settle(qtbot, work)
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    said = screen.box is None or screen.box.form_name != form or screen.box.message.text() or screen.frame.message.text()
    assert said or dialogs or form in PAPERS, form
    for dialog in dialogs:
        dialog.reject()
    settle(qtbot, work)
    screen.open_box(form)
    hands.press("Esc")
    screen.open_box(form)
    settle(qtbot, work)
    if screen.box is not None:
        screen.box.discard()
    settle(qtbot, work)


def test_every_box_of_a_full_case(vault: Vault, show: Show, hands: Hands, qtbot: QtBot, work: Work, broken: list[str]) -> None:
    full = full_case(vault)
    screen = show(Place("case", full.case_id))
    for kind in BOXES:
        try_out(screen, full.form(kind), hands, qtbot, work)
        assert broken == [], kind
    screen.forget()
    assert "Met at the library" not in texts_of(screen)


def test_every_box_of_an_empty_case(vault: Vault, show: Show, hands: Hands, qtbot: QtBot, work: Work, broken: list[str]) -> None:
    with vault.transaction() as session:
        case_id = person(session)
    screen = show(Place("case", case_id))
    for kind in BOXES:
        if kind not in ABOUT or kind in ("appointment", "around"):
            try_out(screen, kind, hands, qtbot, work)
            assert broken == [], kind


def test_every_box_about_a_row_that_is_gone(vault: Vault, show: Show, hands: Hands, qtbot: QtBot, work: Work, broken: list[str]) -> None:
    with vault.transaction() as session:
        case_id = person(session)
    screen = show(Place("case", case_id))
    for kind in ABOUT:
        screen.open_box(f"{kind} {uuid4()}")
        assert "no longer in the case" in texts_of(screen.box), kind
        screen.box.save()
        assert "Nothing was typed" in screen.box.message.text()
        hands.press("Esc")
        assert broken == [], kind


def test_every_box_of_a_case_whose_codes_are_of_an_older_list(vault: Vault, show: Show, hands: Hands, qtbot: QtBot, work: Work, broken: list[str]) -> None:
    full = full_case(vault)
    with ExitStack() as stack:
        for table, column in coded_columns():
            stack.enter_context(older(vault, table, column))
        screen = show(Place("case", full.case_id))
        for kind in BOXES:
            screen.open_box(full.form(kind))
            settle(qtbot, work)
            assert broken == [], kind
            screen.boxes.box.discard() if screen.boxes.box else None
            settle(qtbot, work)


@pytest.mark.parametrize(
    ("kind", "table", "columns", "field"),
    [
        ("person", "case", ("gender", "age_band", "nationality", "interpreter", "borough"), ""),
        ("around", "person_around", ("role", "gender"), "note"),
        ("appointment", "appointment", ("kind", "interpreter"), "purpose"),
        ("barrier_step", "barrier", ("code", "strength", "recorded_from"), "words"),
        ("barrier_step", "mitigation", ("code", "status", "result"), "words"),
    ],
)
def test_what_is_of_an_older_list_is_not_changed_by_saving_something_else(  # type: ignore[no-untyped-def]
    vault: Vault, show: Show, qtbot: QtBot, work: Work, broken: list[str], kind, table, columns, field
) -> None:
    full = full_case(vault)
    with without_triggers(vault, table) as connection:
        for column in columns:
            connection.execute(f'UPDATE "{table}" SET "{column}" = ?', (OLD,))
    screen = show(Place("case", full.case_id))
    screen.open_box(full.form(kind))
    box = screen.box
    if kind == "around":
        box.texts[field].set_text("typed now")
    elif field:
        getattr(box, field).set_text("typed now")
    else:
        box.names["family_name"].setText("Hoxhaj")
    box.save()
    settle(qtbot, work)
    assert screen.box is None, screen.box.message.text()
    assert broken == []
    with raw(vault) as connection:
        for column in columns:
            assert {row[0] for row in connection.execute(f'SELECT DISTINCT "{column}" FROM "{table}"')} == {OLD}, column
