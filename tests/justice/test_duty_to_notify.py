"""Duty to Notify: for adults, answered and with reasons; the words stay with the stage."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.cases import change_facts, open_case
from victimcare.justice.duty_to_notify import NotifyRefused, notify, refusal_reasons_of
from victimcare.justice.nrm import AdultsOnly, nrm_of, record_nrm
from victimcare.reference.codelists import UnknownCode
from victimcare.store.vault import Reading, Vault
from victimcare.store.withdrawn import withdraw

TODAY = date(2026, 11, 24)


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return open_case(session, received_on=date(2026, 3, 3), source="NRM")


def test_it_is_a_stage_with_whether_they_co_operate_and_why_they_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        event = notify(session, case_id=case_id, on=TODAY, co_operates="NO", reasons=("AUTHORITIES", "WORK"), words="afraid of the office in Croydon")
    with vault.reading(Reading.case(case_id)) as session:
        [row] = nrm_of(session, case_id)
        assert (row.stage, row.co_operates, row.words) == ("DTN_SENT", "NO", "afraid of the office in Croydon")
        assert refusal_reasons_of(session, case_id) == {event: ("AUTHORITIES", "WORK")}


def test_withdrawn_its_words_are_destroyed(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        event = notify(session, case_id=case_id, on=TODAY, co_operates="NO", reasons=("NOT_SAID",), words="therapy")
        session.flush()
        withdraw(session, row_id=event, reason="MUST_NOT_BE_HELD", why="therapy content")
    with vault.reading(Reading.case(case_id)) as session:
        assert nrm_of(session, case_id) == ()
        assert [row.words for row in nrm_of(session, case_id, also_withdrawn=True)] == [""]


def test_what_it_must_say_is_asked_for(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        with pytest.raises(NotifyRefused, match="co-operates"):
            notify(session, case_id=case_id, on=TODAY, co_operates=None, reasons=("NOT_SAID",))
        with pytest.raises(NotifyRefused, match="why the person"):
            notify(session, case_id=case_id, on=TODAY, co_operates="NO", reasons=())
        with pytest.raises(UnknownCode):
            notify(session, case_id=case_id, on=TODAY, co_operates="NO", reasons=("LAZY",))


@pytest.mark.parametrize("stage", ["DTN_SENT", "WITHDRAWN"])
def test_a_child_is_referred_and_never_notified_or_withdrawn(vault: Vault, case_id: UUID, stage: str) -> None:
    with vault.transaction() as session:
        change_facts(session, case_id=case_id, version=1, may_be_under_18="YES")
    with vault.transaction() as session:
        with pytest.raises(AdultsOnly):
            record_nrm(session, case_id=case_id, stage=stage, on=TODAY)
        record_nrm(session, case_id=case_id, stage=stage, on=TODAY, imported=True)  # a register says what was
