"""Requests to other states on Today: they come from records alone, and go when answered or withdrawn."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.conftest import StandingClock
from tests.overview.test_today import lines, person
from victimcare.casework.cases import close_case
from victimcare.casework.mitigations import record_mitigation
from victimcare.casework.safeguarding import answer_safeguarding, ask_safeguarding
from victimcare.overview.coming import coming
from victimcare.overview.lines import Group
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw


@pytest.fixture
def asked(vault: Vault) -> tuple[UUID, UUID]:
    """A case, and a request in it asked on 11 Nov: 13 days ago."""
    with vault.transaction() as session:
        case_id = person(session)
        mitigation = record_mitigation(session, case_id=case_id, code="OVERSEAS_SAFEGUARD", on=date(2026, 11, 11), status="ASKED")
        return case_id, ask_safeguarding(session, mitigation_id=mitigation, country="RO", asked_on=date(2026, 11, 11))


def test_after_two_weeks_without_an_answer_it_waits_and_says_why(vault: Vault, clock: StandingClock, asked: tuple[UUID, UUID]) -> None:
    assert lines(vault) == []
    with vault.reading() as session:
        assert [(one.on, one.what) for one in coming(session)] == [(date(2026, 11, 25), "An answer from another state")]
    clock.forward(days=1)
    [line] = lines(vault, "SAFEGUARDING")
    assert (line.group, line.case_id, line.about, line.when) == (Group.WAITING, asked[0], asked[1], date(2026, 11, 11))
    assert (line.what, line.why) == ("Safeguarding of family: Romania", "asked Wed 11 Nov, no answer for 14 days")


@pytest.mark.parametrize("how", ["answered", "withdrawn", "closed"])
def test_it_goes_when_it_is_answered_or_withdrawn_or_the_case_closed(vault: Vault, clock: StandingClock, asked: tuple[UUID, UUID], how: str) -> None:
    clock.forward(days=1)
    assert len(lines(vault, "SAFEGUARDING")) == 1
    with vault.transaction() as session:
        if how == "answered":
            answer_safeguarding(session, request_id=asked[1], version=1, answered_on=session.today, answer="NOT_ABLE")
        elif how == "withdrawn":
            withdraw(session, row_id=asked[1], reason="TAKEN_BACK")
        else:
            close_case(session, case_id=asked[0], version=1, on=session.today)
    assert lines(vault, "SAFEGUARDING") == []
