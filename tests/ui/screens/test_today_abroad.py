"""A request to another state that waits on Today is answered from there with the keyboard."""

from __future__ import annotations

from datetime import date
from functools import partial

from tests.ui.screens.given import TODAY, Hands, person
from victimcare.casework.mitigations import record_mitigation
from victimcare.casework.safeguarding import ask_safeguarding, safeguarding_of
from victimcare.store.vault import Vault
from victimcare.ui.navigation import Place, RailItem
from victimcare.ui.people import People
from victimcare.ui.screens.today import TodayScreen
from victimcare.ui.window import MainWindow


def test_a_opens_the_answer_and_the_line_goes_in_four_interactions(desk: MainWindow, people: People, show, vault: Vault, hands: Hands) -> None:  # type: ignore[no-untyped-def]
    desk.add_screen("today", partial(TodayScreen, people=people), RailItem("Today", "today", "Ctrl+1"))
    with vault.transaction() as session:
        case_id = person(session, "Olga")
        mitigation = record_mitigation(session, case_id=case_id, code="OVERSEAS_SAFEGUARD", on=date(2026, 11, 2), status="ASKED")
        ask_safeguarding(session, mitigation_id=mitigation, country="RO", asked_on=date(2026, 11, 2))
    screen = show(Place("today"))
    [row] = [one for one in screen.table.rows_model.rows if getattr(one, "line", None) is not None]
    assert row.line.why == "asked Mon 2 Nov, no answer for 22 days"
    hands.press("A")
    assert desk.screen_shown.box.heading == "Answer from another state"
    hands.type("not able to")
    hands.press("Ctrl+Return")
    assert hands.count <= 4
    with vault.reading() as session:
        [request] = safeguarding_of(session, case_id, {})
    assert (request.answer, request.answered_on) == ("NOT_ABLE", TODAY)
    screen = show(Place("today"))
    assert [one for one in screen.table.rows_model.rows if getattr(one, "line", None) is not None] == []
