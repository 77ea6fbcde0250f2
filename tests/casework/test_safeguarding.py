"""Requests to other states, and information given: recorded, answered once, waiting until then, gone when withdrawn."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.case_list import case_head
from victimcare.casework.case_now import SAFEGUARDING_ANSWER, case_now_differences
from victimcare.casework.dates import DateRefused
from victimcare.casework.information_given import RIGHT_TO_REVIEW, InformationGiven, information_of, record_information
from victimcare.casework.mitigations import mitigations_of, record_mitigation
from victimcare.casework.safeguarding import SafeguardingRefused, answer_safeguarding, ask_safeguarding, safeguarding_of
from victimcare.reference.codelists import UnknownCode, codelist
from victimcare.store.errors import AppendOnly, Conflict
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault
from victimcare.store.withdrawn import withdraw


@pytest.fixture
def overseas(vault: Vault, case_id: UUID) -> UUID:
    with vault.transaction() as session:
        return record_mitigation(session, case_id=case_id, code="OVERSEAS_SAFEGUARD", on=date(2026, 11, 1))


def due(vault: Vault, case_id: UUID) -> tuple[date | None, str | None]:
    with vault.reading() as session:
        assert case_now_differences(session) == ()
        head = case_head(session, case_id)
        assert head is not None
        return head.next_due_on, head.next_due_kind


def test_a_request_moves_an_offer_to_asked_and_waits_until_it_is_answered(vault: Vault, case_id: UUID, overseas: UUID) -> None:
    with vault.transaction() as session:
        request = ask_safeguarding(session, mitigation_id=overseas, country="RO", asked_on=date(2026, 11, 2), asked_by="DS Patel", asked_whom="Bucharest")
    assert due(vault, case_id) == (date(2026, 11, 16), SAFEGUARDING_ANSWER)
    with vault.reading() as session:
        assert [row.status for row in mitigations_of(session, case_id, {})] == ["ASKED"]
    with vault.transaction() as session:
        answer_safeguarding(session, request_id=request, version=1, answered_on=date(2026, 11, 9), answer="AGREED", raised_risk="NO", words="Within the week.")
    assert due(vault, case_id) == (None, None)
    with vault.reading(Reading.case(case_id)) as session:
        [row], [mitigation] = safeguarding_of(session, case_id), mitigations_of(session, case_id)
    assert (row.asked_by, row.asked_whom, row.answer, row.raised_risk, row.answer_words) == ("DS Patel", "Bucharest", "AGREED", "NO", "Within the week.")
    assert (mitigation.status, mitigation.on) == ("AGREED", date(2026, 11, 9))


@pytest.mark.parametrize("what", ["request", "mitigation"])
def test_a_withdrawn_request_waits_no_longer(vault: Vault, case_id: UUID, overseas: UUID, what: str) -> None:
    with vault.transaction() as session:
        request = ask_safeguarding(session, mitigation_id=overseas, country="RO", asked_on=date(2026, 11, 2))
    with vault.transaction() as session:
        withdraw(session, row_id=request if what == "request" else overseas, reason="WRONG_CASE")
    assert due(vault, case_id) == (None, None)


def test_what_cannot_be_is_refused(vault: Vault, case_id: UUID, overseas: UUID) -> None:
    with vault.transaction() as session:
        other = record_mitigation(session, case_id=case_id, code="JIT", on=date(2026, 11, 1))
        request = ask_safeguarding(session, mitigation_id=overseas, country="RO", asked_on=date(2026, 11, 2))
        session.flush()
        for mitigation, country, on, error in (
            (other, "RO", date(2026, 11, 2), SafeguardingRefused),
            (overseas, "ZZ", date(2026, 11, 2), SafeguardingRefused),
            (overseas, "Romania", date(2026, 11, 2), UnknownCode),
            (overseas, "RO", date(2026, 11, 25), DateRefused),
        ):
            with pytest.raises(error):
                ask_safeguarding(session, mitigation_id=mitigation, country=country, asked_on=on)
        with pytest.raises(DateRefused):
            answer_safeguarding(session, request_id=request, version=1, answered_on=date(2026, 11, 1), answer="DONE")
        with pytest.raises(UnknownCode):
            answer_safeguarding(session, request_id=request, version=1, answered_on=date(2026, 11, 3), answer="PERHAPS")
        answer_safeguarding(session, request_id=request, version=1, answered_on=date(2026, 11, 3), answer="REFUSED")
    with vault.transaction() as session:
        with pytest.raises(Conflict):
            answer_safeguarding(session, request_id=request, version=1, answered_on=date(2026, 11, 4), answer="DONE")
        with pytest.raises(SafeguardingRefused):
            answer_safeguarding(session, request_id=request, version=2, answered_on=date(2026, 11, 4), answer="DONE")


def test_each_answer_leads_to_a_step_a_mitigation_has() -> None:
    steps = codelist("mitigation_status").codes
    assert all(value.fields["mitigation_status"] in steps for value in codelist("safeguarding_answer").values)


def test_information_is_logged_once_and_for_good(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        given = record_information(session, case_id=case_id, on=date(2026, 11, 24), code=RIGHT_TO_REVIEW, words="Read aloud.")
        with pytest.raises(UnknownCode):
            record_information(session, case_id=case_id, on=date(2026, 11, 24), code="RUMOUR")
        with pytest.raises(UnknownCode):
            record_information(session, case_id=case_id, on=date(2026, 11, 24), code=RIGHT_TO_REVIEW, language="Klingon")
        with pytest.raises(DateRefused):
            record_information(session, case_id=case_id, on=date(2026, 11, 25), code=RIGHT_TO_REVIEW)
    with vault.reading(Reading.case(case_id)) as session:
        assert [(row.code, row.words) for row in information_of(session, case_id)] == [(RIGHT_TO_REVIEW, "Read aloud.")]
    with pytest.raises(AppendOnly), vault.transaction() as session:
        session.delete(session.get(InformationGiven, given))
