"""Input nobody means: days that cannot be, far too long texts, signs that turn the words round, and a vault or case that takes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.store.test_people import CASEWORKER, joined
from tests.ui.screens.full import Full, full_case
from tests.ui.screens.given import settle, texts_of
from victimcare.casework.contacts import contacts_of
from victimcare.casework.drafts import draft_of
from victimcare.casework.identity import record_identity
from victimcare.casework.opening import LONGEST_TEXT
from victimcare.store import people as people_of
from victimcare.store.reading import Reading
from victimcare.store.restrict import restrict
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.contents import BOXES
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.widgets.date_box import DateBox
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]
BORN = date(2001, 5, 2)


@pytest.fixture
def full(vault: Vault) -> Full:
    made = full_case(vault)
    with vault.transaction() as session:
        record_identity(session, case_id=made.case_id, name_used="Ana", born_on=BORN)
    return made


@pytest.fixture
def broken(work: Work) -> list[str]:
    found: list[str] = []
    work.broke.connect(found.append)
    return found


# Days that cannot be

FILLED: dict[str, dict[str, Any]] = {
    "contact": {"result": "SPOKEN"},
    "barrier": {"code": "DEBT"},
    "barrier_step": {"status": "MITIGATING"},
    "stance": {"code": "DECLINES"},
    "risk": {"level": "LOW"},
    "offer": {"code": "TRAVEL", "regardless": "YES"},
    "measure": {"measure": "S23", "status": "WANTED"},
}
"""What else each box needs before its day counts, by field."""


def days_of(box: Any) -> list[Any]:
    return [widget for name, widget in box._fields.items() if isinstance(widget, DateBox) and name in ("on", "since", "stage_on")]


@pytest.mark.parametrize("kind", sorted(FILLED))
@pytest.mark.parametrize("day", [date(1999, 1, 1), date(2027, 1, 1)], ids=["before birth", "to come"])
def test_a_day_that_cannot_be_is_refused_in_words_and_stays_in_the_box(  # type: ignore[no-untyped-def]
    full: Full, show: Show, qtbot: QtBot, work: Work, broken: list[str], kind: str, day: date
) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box(full.form(kind))
    box: Any = screen.box
    for name, value in FILLED[kind].items():
        widget = box._fields[name]
        widget.set_value(value)
    found = days_of(box)
    assert found, list(box._fields)
    found[0].set_value(day)
    for _ in range(2):  # a doubt is asked about once, then it is tried
        if screen.box is box:
            box.save()
            settle(qtbot, work)
    assert broken == []
    assert screen.box is box, "it was taken"
    told = box.message.text()
    assert "before the person was born" in told or "in the future" in told or "before it began" in told, told
    assert found[0].value() == day


# Texts


def paste(box: Any, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    box.insertFromMimeData(data)


def test_a_megabyte_pasted_is_refused_in_words_and_stays(vault: Vault, full: Full, show: Show, qtbot: QtBot, work: Work, broken: list[str]) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box("contact")
    box: Any = screen.box
    box.result.set_value("SPOKEN")
    text = "She said that she would rather wait. " * 28_000
    paste(box.said, text)
    box.save()
    settle(qtbot, work)
    assert broken == []
    assert screen.box is box
    assert f"{LONGEST_TEXT:,} can be kept" in box.message.text()
    assert box.said.toPlainText() == text
    with vault.reading(Reading.case(full.case_id)) as session:
        draft = draft_of(session, "contact", full.case_id)
        assert draft is not None
        assert json.loads(draft.body)["fields"]["said"] == text
    box.said.set_text(text * 5)
    box.close_keeping()
    settle(qtbot, work)
    assert screen.box is box
    assert "too long to keep" in box.message.text()


ODD = {
    "right to left": "خافت من العودة إلى البيت",
    "combining": "n\u0303o e\u0301 a\u0323\u0302",
    "override": "rang \u202egnp.sdrow\u202c twice",
    "open override": "rang \u202egnp.sdrow",
    "zero width": "An\u200ba Ho\u200dx\ufeffhaj",
    "emoji": "👩\u200d👧 is well 🏠",
    "control": "one\x07two\x1b[31m",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_signs_stay_as_typed(vault: Vault, full: Full, show: Show, qtbot: QtBot, work: Work, broken: list[str], text: str) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box("contact")
    box: Any = screen.box
    box.result.set_value("SPOKEN")
    paste(box.said, text)
    box.save()
    settle(qtbot, work)
    assert broken == []
    assert screen.box is None
    with vault.reading(Reading.case(full.case_id)) as session:
        assert contacts_of(session, full.case_id)[0].said == text
    screen.grab()  # drawn


@pytest.mark.parametrize("text", ["half \ud83d of a sign", "nul\x00in it"], ids=["lone surrogate", "NUL"])
def test_what_no_text_can_hold_breaks_nothing(vault: Vault, full: Full, show: Show, qtbot: QtBot, work: Work, broken: list[str], text: str) -> None:
    screen = show(Place("case", full.case_id))
    screen.open_box("contact")
    box: Any = screen.box
    box.result.set_value("SPOKEN")
    box.said.set_text(text)
    box.keep()
    settle(qtbot, work)
    box.save()
    settle(qtbot, work)
    assert broken == []
    with vault.reading(Reading.case(full.case_id)) as session:
        said = contacts_of(session, full.case_id)[0].said
    assert said.startswith(text[:3])
    assert said.endswith(text[-5:])
    said.encode()


# Where nothing can be written


def test_a_vault_that_takes_nothing_keeps_what_was_typed_in_the_box(
    vault: Vault, full: Full, show: Show, qtbot: QtBot, work: Work, broken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = show(Place("case", full.case_id))
    monkeypatch.setattr(vault.store, "is_read_only", True)
    for kind in BOXES:
        screen.open_box(full.form(kind))
        box: Any = screen.box
        if kind == "contact":
            box.result.set_value("SPOKEN")
            box.said.set_text("typed in vain")
        box.save()
        settle(qtbot, work)
        assert broken == [], kind
        if kind == "contact":
            assert screen.box is box
            assert "Not done" in box.message.text()
            assert box.said.text() == "typed in vain"
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()


def test_a_case_restricted_meanwhile_leaves_the_screen_with_words(
    vault: Vault, full: Full, show: Show, qtbot: QtBot, work: Work, broken: list[str], clock: Any
) -> None:
    other = joined(vault, "VLO 23", CASEWORKER, clock)
    people_of.approve(vault, other.member.id)
    screen = show(Place("case", full.case_id))
    screen.open_box("contact")
    box: Any = screen.box
    box.result.set_value("SPOKEN")
    box.said.set_text("typed before it was restricted")
    listeners, vault.changed[:] = list(vault.changed), []
    seen = screen.shown.facts.version
    with vault.transaction("case restricted", case_id=full.case_id) as session:
        restrict(session, case_id=full.case_id, version=seen, members=[other.member.id])
    vault.changed[:] = listeners
    box.save()
    settle(qtbot, work)
    assert broken == []
    assert screen.box is box
    assert box.said.text() == "typed before it was restricted"
    assert "Not done" in box.message.text()
    screen.refresh({"contact"})
    settle(qtbot, work)
    assert broken == []
    assert "Met at the library" not in texts_of(screen)
    other.close()
