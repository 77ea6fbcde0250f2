"""Correcting, withdrawing and taking back entries, by the keyboard, from the stream of a case."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.given import Hands, at, person, settle
from victimcare.casework.contacts import contacts_of, log_contact
from victimcare.casework.drafts import draft_of
from victimcare.casework.opening import CODED_ONLY
from victimcare.casework.stance import record_stance, stances_of
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdrawals_of
from victimcare.ui.navigation import Place
from victimcare.ui.screens.case.correcting import CorrectContactBox
from victimcare.ui.screens.case.page import CaseScreen
from victimcare.ui.screens.case.withdrawing import WithdrawBox
from victimcare.ui.window import MainWindow
from victimcare.ui.work import Work

Show = Callable[[Place], CaseScreen]


@pytest.fixture
def ana(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return person(session)


def logged(vault: Vault, case: UUID, said: str = "Is Thursday all right?", **more: object) -> UUID:
    with vault.transaction() as session:
        return log_contact(session, case_id=case, at=at(11, 20), channel="TEXT", outcome="SPOKEN", said=said, **more)  # type: ignore[arg-type]


def choose(screen: CaseScreen, row: UUID) -> None:
    model = screen.stream.entries_model
    place = next(number for number, entry in enumerate(model.entries) if entry.id == row)
    screen.stream.setCurrentIndex(model.index(place))


def headline_texts(screen: CaseScreen, row: UUID) -> str:
    model = screen.stream.entries_model
    place = next(number for number, entry in enumerate(model.entries) if entry.id == row)
    return str(model.data(model.index(place)))


def test_a_contact_is_corrected_by_a_new_one_and_both_stay(vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work) -> None:
    wrong = logged(
        vault, ana, next_step="Bring the letter", next_on=at(11, 27).date(), minutes=25, interpreter="YES", agency="CARITAS", person_contacted="WORKER"
    )
    screen = show(Place("case", ana))
    choose(screen, wrong)
    hands.press("X")
    box = screen.box
    assert isinstance(box, CorrectContactBox)
    assert box.said.toPlainText() == "Is Thursday all right?"
    hands.type(" Yes.")
    hands.press("Ctrl+Return")
    settle(qtbot, work)
    with vault.reading(Reading.case(ana)) as session:
        new, old = contacts_of(session, ana)
        assert (new.corrects_id, old.corrected_by) == (wrong, new.id)
        assert (new.said, old.said) == ("Is Thursday all right? Yes.", "Is Thursday all right?")
        kept = ("at", "channel", "outcome", "kind", "direction", "minutes", "interpreter", "agency", "person_contacted", "next_step", "is_achieved")
        assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]
    choose(screen, wrong)
    hands.press("X")
    assert screen.box is None


def test_an_entry_that_must_not_be_held_goes_and_its_place_stays(vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work) -> None:
    row = logged(vault, ana, said="all that her therapist said")
    screen = show(Place("case", ana))
    choose(screen, row)
    hands.press("Del")
    box = screen.box
    assert isinstance(box, WithdrawBox)
    box.reason.set_value("MUST_NOT_BE_HELD")
    box.save()
    assert "Say in a few words why" in box.message.accessibleName()
    box.why.set_text("notes of a counsellor")
    box.save()
    settle(qtbot, work)
    told = headline_texts(screen, row)
    assert "Counts no more: holds what must not be kept here" in told
    assert "Why: notes of a counsellor" in told
    assert "therapist" not in told
    with vault.reading(Reading.case(ana)) as session:
        assert contacts_of(session, ana) == ()
        assert row not in session.sealed_of_case(ana)


def test_a_correction_begun_goes_with_the_words_it_began_with(vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work) -> None:
    wrong, kept = logged(vault, ana, "an account of the offence"), logged(vault, ana, "Is Friday all right?")
    screen = show(Place("case", ana))
    for row in (wrong, kept):
        choose(screen, row)
        hands.press("X")
        assert screen.box is not None
        hands.type("again")
        hands.press("Escape")
    screen.open_box(f"withdraw {wrong}")
    box = screen.box
    assert isinstance(box, WithdrawBox)
    box.reason.set_value("MUST_NOT_BE_HELD")
    box.why.set_text("not ours to hold")
    box.save()
    settle(qtbot, work)
    with vault.reading(Reading.case(ana)) as session:
        assert draft_of(session, f"correct {wrong}", ana) is None
        assert draft_of(session, f"correct {kept}", ana) is not None


def test_a_contact_in_the_wrong_case_goes_as_a_draft_to_the_right_one(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work, desk: MainWindow) -> None:
    with vault.transaction() as session:
        bea = person(session, "Bea")
    row = logged(vault, ana, said="the hostel has a bed", own_words="Thank you")
    screen = show(Place("case", ana))
    for reference, is_taken in (("VC-1999-0001", False), ("VC-2026-0001", False), ("vc-2026-0002", True)):
        screen.open_box(f"withdraw {row}")
        box = screen.box
        assert isinstance(box, WithdrawBox)
        box.reason.set_value("WRONG_CASE")
        box.right_case.setText(reference)
        box.why.set_text("mixed up two people")
        box.save()
        settle(qtbot, work)
        with vault.reading() as session:
            assert (row in withdrawals_of(session, ana, CODED_ONLY)) is is_taken
    with vault.reading(Reading.case(bea)) as session:
        draft = draft_of(session, "contact", bea)
        assert draft is not None
        assert "the hostel has a bed" in draft.body
    screen = show(Place("case", bea))
    assert screen.box is not None
    screen.box.save()
    settle(qtbot, work)
    with vault.reading(Reading.case(bea)) as session:
        [moved] = contacts_of(session, bea)
        assert (moved.said, moved.own_words, moved.at) == ("the hostel has a bed", "Thank you", at(11, 20))


def test_a_draft_in_the_right_case_is_not_written_over(vault: Vault, ana: UUID, show: Show, qtbot: QtBot, work: Work) -> None:
    with vault.transaction() as session:
        bea = person(session, "Bea")
    row = logged(vault, ana)
    screen = show(Place("case", bea))
    screen.open_box("contact")
    box = screen.box
    assert box is not None
    box.said.set_text("begun before")  # type: ignore[attr-defined]
    box.close_keeping()
    settle(qtbot, work)
    screen = show(Place("case", ana))
    screen.open_box(f"withdraw {row}")
    box = screen.box
    assert isinstance(box, WithdrawBox)
    box.reason.set_value("WRONG_CASE")
    box.right_case.setText("VC-2026-0002")
    box.why.set_text("mixed up")
    box.save()
    settle(qtbot, work)
    assert screen.box is box
    with vault.reading(Reading.case(bea)) as session:
        draft = draft_of(session, "contact", bea)
        assert draft is not None
        assert "begun before" in draft.body
        assert withdrawals_of(session, ana, CODED_ONLY) == {}


def test_undo_takes_back_what_was_saved_last_and_keeps_its_words(vault: Vault, ana: UUID, show: Show, hands: Hands, qtbot: QtBot, work: Work) -> None:
    screen = show(Place("case", ana))
    with vault.transaction() as session:
        kept = record_stance(session, case_id=ana, on=at(11, 24).date(), code="UNDECIDED")
        stance = record_stance(session, case_id=ana, on=at(11, 24).date(), code="FULL", words="yes, all of it")
    settle(qtbot, work)
    hands.press("Ctrl+Z")
    assert isinstance(screen.box, WithdrawBox)
    hands.press("Ctrl+Return")
    settle(qtbot, work)
    told = headline_texts(screen, stance)
    assert "Counts no more: saved by mistake" in told
    assert "yes, all of it" in told
    with vault.reading() as session:
        assert [row.id for row in stances_of(session, ana, CODED_ONLY)] == [kept]


def test_undo_reaches_nothing_of_before_the_window_was_opened(vault: Vault, ana: UUID, show: Show, hands: Hands, clock: object) -> None:
    logged(vault, ana)
    vault.clock.forward(minutes=5)  # type: ignore[attr-defined]
    screen = show(Place("case", ana))
    hands.press("Ctrl+Z")
    assert screen.box is None


def test_a_plan_is_not_withdrawn(vault: Vault, ana: UUID, show: Show, hands: Hands) -> None:
    screen = show(Place("case", ana))
    plan = next(entry for entry in screen.stream.entries_model.entries if entry.kind == "PLAN")
    choose(screen, plan.id)
    hands.press("Del")
    assert screen.box is None
