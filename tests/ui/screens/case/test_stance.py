"""The stance: neutral, reversible, and what stepping back means is on the screen before it is recorded, and logged only then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import TODAY, Hands, person, settle, texts_of
from victimcare.casework.information_given import information_of
from victimcare.casework.stance import record_stance, stances_of
from victimcare.reference.codelists import codelist
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.case.stance import StanceBox
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session, language="ro")


def given(vault: Vault, case_id: UUID) -> list[tuple[str, date, str | None]]:
    with vault.reading() as session:
        return [(row.code, row.on, row.language) for row in information_of(session, case_id, {})]


def box_of(screen: CaseScreen) -> StanceBox:
    screen.open_box("stance")
    assert isinstance(screen.box, StanceBox)
    QApplication.processEvents()
    return screen.box


def test_a_retraction_is_told_of_before_it_is_saved_and_that_is_logged_in_four_interactions(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    hands.press("S")
    box = screen.box
    assert isinstance(box, StanceBox)
    assert not box.review.isVisible()
    hands.type("supported before")
    assert box.review.isVisible()
    assert "their right to review" in box.review.accessibleName()
    hands.next()
    hands.type("I have had enough")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    assert screen.box is None
    assert given(vault, ana) == [("RIGHT_TO_REVIEW", TODAY, None)]
    with vault.reading(Reading.case(ana)) as session:
        assert [(row.code, row.words) for row in stances_of(session, ana)] == [("RETRACTED", "I have had enough")]
    assert [entry.kind for entry in screen.stream.entries_model.entries][:2] == ["STANCE", "INFORMATION"]


def test_it_is_neither_asked_twice_nor_blocked_when_saved_at_once(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    hands.press("S")
    hands.type("does not support")
    hands.press("Ctrl+Return")
    if screen.box is not None:
        hands.press("Ctrl+Return")
    assert hands.count <= 4
    assert [code for code, _, _ in given(vault, ana)] == ["RIGHT_TO_REVIEW"]


def test_what_was_never_drawn_is_shown_first_and_not_logged_as_shown(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    box = box_of(screen)
    box.code.set_value("DECLINES")
    box.save()  # before the window could draw the note
    assert "Read the note" in box.message.text()
    assert given(vault, ana) == []
    QApplication.processEvents()
    assert box.review.was_seen
    box.save()
    settle(qtbot, work)
    assert [code for code, _, _ in given(vault, ana)] == ["RIGHT_TO_REVIEW"]


@pytest.mark.parametrize("code", [value for value in codelist("stance").codes if value not in ("DECLINES", "RETRACTED")])
def test_no_other_answer_brings_the_note_or_a_log(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work, code: str) -> None:
    screen = show(Place("case", ana))
    box = box_of(screen)
    box.code.set_value("RETRACTED")
    QApplication.processEvents()
    box.was_told.setChecked(True)
    box.code.set_value(code)
    assert box.code.value() == code
    assert not box.review.isVisible()
    box.save()
    settle(qtbot, work)
    assert given(vault, ana) == []


def test_support_goes_on_is_offered_in_the_persons_language_and_logged_only_when_it_was_told(
    vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work
) -> None:
    screen = show(Place("case", ana))
    box = box_of(screen)
    box.code.set_value("RETRACTED")
    QApplication.processEvents()
    assert not box.was_told.isChecked()
    assert "Sprijinul continuă" in texts_of(box)
    assert "Not checked by a translator" in texts_of(box)
    box.language.set_value("ti")
    assert box.sentence.text() == ""
    assert "no translation" in box.unchecked.text()
    box.language.set_value("ro")
    box.was_told.setChecked(True)
    box.save()
    settle(qtbot, work)
    assert given(vault, ana) == [("SUPPORT_GOES_ON", TODAY, "ro"), ("RIGHT_TO_REVIEW", TODAY, None)]


def test_the_history_stands_in_the_part_without_a_score_or_a_colour(vault: Vault, ana: UUID, show: Show) -> None:
    with vault.transaction() as session:
        for day, code in enumerate(("FULL", "RETRACTED", "UNDECIDED", "ACCOUNT_ONLY", "WITH_MEASURES"), 1):
            record_stance(session, case_id=ana, on=date(2026, 11, day), code=code)
    screen = show(Place("case", ana))
    [card] = next(part for part in screen.parts if type(part).__name__ == "StancePart").cards()
    assert card.startswith("Will give evidence if agreed protections are in place. Since 5 Nov. Before: gives an account")
    assert "Before: supported before, has withdrawn support, 2 Nov. 1 more in the stream" in card


def test_all_ten_answers_are_there(ana: UUID, show: Show) -> None:
    box = box_of(show(Place("case", ana)))
    assert len(codelist("stance").codes) == 10
    assert {box.code.itemData(at) for at in range(1, box.code.count())} == set(codelist("stance").codes)
