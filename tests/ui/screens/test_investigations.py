"""Investigations: found by their sealed reference, and entered by hand with arrests and charges."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.ui.screens.given import Hands, person, settle, texts_of
from victimcare.justice.arrests import arrests_of, record_arrest
from victimcare.justice.investigations import add_notes, cases_of, investigation_list, open_investigation
from victimcare.justice.prosecutions import prosecutions_of, record_prosecution
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.investigations import InvestigationsScreen
from victimcare.ui.window import MainWindow

REFERENCE = "3000497/26"


@pytest.fixture
def investigations(desk: MainWindow, people: People) -> MainWindow:
    desk.add_screen("investigations", partial(InvestigationsScreen, people=people), RailItem("Investigations", "investigation", "Ctrl+5"))
    return desk


@pytest.fixture
def matter(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return open_investigation(session, source="NRM", unit="MSKU", received_on=session.today, crime_reference=REFERENCE)


def test_a_matter_is_entered_with_the_keyboard(investigations, show, vault, hands: Hands) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("investigations"))
    hands.press("N")
    hands.type(REFERENCE)
    screen.box.unit.setText("MSKU")
    hands.press("Ctrl+Return")
    with vault.reading() as session:
        [row] = investigation_list(session)
    assert row.unit == "MSKU"
    assert [one.reference for one in screen.table.rows_model.rows] == [REFERENCE]


def test_an_arrest_and_a_charge_are_added_and_ended(investigations, show, vault, matter, hands: Hands, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("investigations"))
    hands.press("A")
    screen.side.boxes["arrest"].offence.set_value("MSA_S2")
    screen.side.boxes["arrest"].words.setText("Arranging travel, s2(1)")
    hands.press("Ctrl+Return")
    hands.press("P")
    hands.type("slavery")
    hands.press("Ctrl+Return")
    with vault.reading() as session:
        [arrest], [charge] = arrests_of(session, matter), prosecutions_of(session, matter)
    assert (arrest.offence, arrest.is_flagged, charge.charge, charge.outcome) == ("MSA_S2", True, "MSA_S1", "PENDING")
    assert "Offence: Arranging travel, s2(1)" in texts_of(screen.side.frame)
    screen.side._end(charge)
    screen.side.boxes["ended"].outcome.set_value("CONVICTED_MSA")
    screen.side.boxes["ended"].save()
    settle(qtbot, work)
    assert "convicted of a modern slavery act offence" in texts_of(screen.side.frame).lower()
    [one] = screen.table.rows_model.rows
    assert (one.row.arrests, one.row.completed, one.row.successful) == (1, 1, 1)


def test_a_persons_case_is_joined_by_its_reference(investigations, show, vault, matter, hands: Hands) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        case_id = person(session, "Ana")
    screen = show(Place("investigations"))
    hands.press("C")
    hands.type("VC-2026-0999")
    hands.press("Ctrl+Return")
    assert "No case has that reference" in screen.side.boxes["person"].message.text()
    screen.side.boxes["person"].reference.setText("vc-2026-0001")
    hands.press("Ctrl+Return")
    with vault.reading() as session:
        assert cases_of(session, matter) == (case_id,)
    assert "Ana" in texts_of(screen.side.frame)


def test_a_charge_that_ended_needs_its_day(investigations, show, vault, matter) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("investigations"))
    screen.side.start("charge")
    box = screen.side.boxes["charge"]
    box.charge.set_value("MSA_S2")
    box.outcome.set_value("ACQUITTED")
    box.save()
    assert "the day it ended" in box.message.text()


def test_what_was_begun_comes_back_for_the_same_matter(investigations, show, vault, matter, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    screen = show(Place("investigations"))
    screen.side.start("arrest")
    settle(qtbot, work)
    screen.side.boxes["arrest"].words.setText("Holding in servitude")
    investigations.go(Place("cases"))
    settle(qtbot, work)
    screen.forget()
    again = show(Place("investigations"))
    again.side.start("arrest")
    qtbot.waitUntil(lambda: again.side.boxes["arrest"].words.text() == "Holding in servitude")


def test_a_reference_finds_its_matter_and_goes_at_lock(investigations, show, vault, matter) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        other = open_investigation(session, source="NRM", unit="MSKU", crime_reference="2001190/25")
        record_prosecution(session, investigation_id=other, charge="MSA_S1")
    screen = show(Place("investigations"))
    screen.search.setText("0497")
    assert [one.reference for one in screen.table.rows_model.rows] == [REFERENCE]
    investigations.lock()
    assert REFERENCE not in texts_of(screen)


def test_notes_of_a_matter_and_its_arrests_are_told_after_their_opening_is_noted(investigations, show, vault, matter, qtbot, work) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        add_notes(session, investigation_id=matter, text="Judge: Smith")
        record_arrest(session, investigation_id=matter, on=session.today, offence="OTHER", is_flagged=False, notes="Cell: C12")
    screen = show(Place("investigations"))
    settle(qtbot, work)
    told = texts_of(screen.side.frame)
    assert "Judge: Smith" in told
    assert "Cell: C12" in told
    with vault.reading() as session:
        assert session.scalar(text("select count(*) from audit where kind = 'office: investigation notes'"))
    investigations.lock()
    assert "Judge: Smith" not in texts_of(screen)


def test_two_matters_of_one_reference_are_both_listed_with_it(investigations, show, vault, matter) -> None:  # type: ignore[no-untyped-def]
    with vault.transaction() as session:
        open_investigation(session, source="NRM", unit="MSKU", crime_reference=REFERENCE)
    screen = show(Place("investigations"))
    assert [one.reference for one in screen.table.rows_model.rows] == [REFERENCE, REFERENCE]
