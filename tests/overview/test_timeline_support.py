"""Offers, risk reviews and special measures in the stream: what, how and by whom; withdrawn ones struck through."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.cases import open_case
from victimcare.casework.offered_support import record_offer
from victimcare.casework.risk import review_risk
from victimcare.justice.duty_to_notify import notify
from victimcare.justice.special_measures import record_measure
from victimcare.overview.entry import Entry
from victimcare.overview.timeline import timeline
from victimcare.store.vault import Reading, Vault
from victimcare.store.withdrawn import withdraw

TODAY = date(2026, 11, 24)


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return open_case(session, received_on=date(2026, 3, 3), source="NRM")


def entries(vault: Vault, case_id: UUID) -> dict[str, Entry]:
    with vault.reading(Reading.case(case_id)) as session:
        return {entry.kind: entry for entry in timeline(session, case_id)}


def test_an_offer_says_whether_it_was_tied_to_anything(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_offer(
            session, case_id=case_id, on=TODAY, code="PHONE", response="DECLINE", regardless="YES", detail="old handset",
            value_pence=4000, told_on=date(2026, 11, 2), told_language="sq",
        )  # fmt: skip
    entry = entries(vault, case_id)["SUPPORT"]
    assert entry.headline == "Offered: phone or SIM, declined"
    assert "given whatever the stance, worth £40, told on 2 Nov 2026 in Albanian that support does not depend" in entry.muted
    assert entry.parts == (("", "old handset"),)


def test_one_that_hangs_on_the_stance_shows_the_supervisors_note(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_offer(session, case_id=case_id, on=TODAY, code="EXPENSES", response="ACCEPT", regardless="NO", note="DI 4: witness fares")
    entry = entries(vault, case_id)["SUPPORT"]
    assert "hangs on the stance, by a supervisor's decision" in entry.muted
    assert entry.parts == (("Supervisor's note", "DI 4: witness fares"),)


def test_a_review_shows_its_kinds_of_danger_its_plan_and_when_to_look_again(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        review = review_risk(
            session, case_id=case_id, on=TODAY, level="HIGH", types=("MISSING",), review_on=date(2026, 12, 1), words="left twice", plan="call at six"
        )
    entry = entries(vault, case_id)["RISK"]
    assert (entry.headline, entry.parts) == ("Risk: high", (("", "left twice"), ("Plan", "call at six")))
    assert entry.muted.startswith("going missing, look again on 1 Dec 2026")
    with vault.transaction() as session:
        withdraw(session, row_id=review, reason="WRONG_CASE", why="another person")
    struck = entries(vault, case_id)["RISK"]
    assert struck.withdrawn.startswith("written in the wrong case")
    assert "left twice" not in str(struck.parts)


def test_a_measure_says_how_it_stands_and_a_notification_why(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_measure(session, case_id=case_id, measure="S28", status="APPLIED", on=TODAY, words="Leeds")
        notify(session, case_id=case_id, on=TODAY, co_operates="NO", reasons=("WORK",))
    found = entries(vault, case_id)
    assert (found["MEASURE"].headline, found["MEASURE"].parts) == ("Pre-recorded cross-examination: asked for", (("", "Leeds"),))
    assert found["NRM"].muted == "anonymous, needs to earn"


def test_the_name_of_a_form_keeps_its_letters(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_measure(session, case_id=case_id, measure="S23", status="MG2_SENT", on=TODAY)
    assert entries(vault, case_id)["MEASURE"].headline == "Screens: MG2 sent"
