"""The rules of a file's life: retention and holds, requests and answers, sensitivity, disclosures, and erasing with all of it there."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.casework.test_restricted import colleague
from tests.conftest import StandingClock
from victimcare.casework.approvals import ApprovalRefused, approvals_of, ask_approval, decide, is_approved, take_back
from victimcare.casework.case_events import case_events_of
from victimcare.casework.cases import CaseRefused, close_case, hand_over, open_case
from victimcare.casework.dates import DateRefused
from victimcare.casework.disclosures import disclosures_of, record_disclosure
from victimcare.casework.notes import record_note
from victimcare.casework.opening import TextRefused
from victimcare.casework.retention import Held, next_review, refuse_if_held, retention_of, review_retention
from victimcare.casework.sensitivity import EntryUnknown, mark_sensitivity, sensitivities_of
from victimcare.reference.codelists import UnknownCode
from victimcare.store.erase import erase_case
from victimcare.store.errors import NotAllowed
from victimcare.store.ids import new_id
from victimcare.store.reading import Reading
from victimcare.store.rights import Role
from victimcare.store.vault import Vault
from victimcare.store.verify import verify

TODAY = date(2026, 11, 24)


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return open_case(session, received_on=date(2026, 3, 1), source="DIRECT_REPORT")


@pytest.mark.parametrize(
    ("category", "since", "then"),
    [
        ("NGO_SUPPORT", date(2026, 11, 24), date(2028, 11, 24)),
        ("NOT_TAKEN_FORWARD", date(2026, 8, 31), date(2027, 2, 28)),
        ("NOT_TAKEN_FORWARD", date(2026, 6, 15), date(2026, 12, 15)),
        ("POLICE_GROUP_2", date(2024, 2, 29), date(2034, 2, 28)),
        ("POLICE_GROUP_1", date(2026, 11, 24), None),
    ],
)
def test_the_next_review_follows_the_category(category: str, since: date, then: date | None) -> None:
    assert next_review(category, since) == then


@pytest.mark.parametrize(
    ("category", "hold", "is_held"), [("NGO_SUPPORT", True, True), ("CPIA", False, True), ("LEGAL_HOLD", False, True), ("NGO_SUPPORT", False, False)]
)
def test_a_hold_forbids_erasing_until_a_newer_review(vault: Vault, case_id: UUID, category: str, hold: bool, is_held: bool) -> None:
    with vault.transaction() as session:
        review_retention(session, case_id=case_id, category=category, hold=hold, review_on=None, why="the trial")
    if is_held:
        with pytest.raises(Held):
            erase_case(vault, case_id, reason="REQUESTED", check=refuse_if_held)
        with vault.transaction() as session:
            review_retention(session, case_id=case_id, category="NGO_SUPPORT", hold=False, review_on=None, why="the trial is over")
    with vault.reading(Reading.case(case_id)) as session:
        assert retention_of(session, case_id)[0].is_held is False
    erase_case(vault, case_id, reason="REQUESTED", check=refuse_if_held)


def test_a_review_needs_a_reason_and_a_day_ahead(vault: Vault, case_id: UUID) -> None:
    for review_on, why, refused in ((None, " ", TextRefused), (date(2026, 11, 23), "policy", DateRefused)):
        with pytest.raises(refused), vault.transaction() as session:
            review_retention(session, case_id=case_id, category="CPIA", hold=False, review_on=review_on, why=why)


def test_a_request_is_answered_once_by_a_supervisor(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    other, partner = colleague(vault, clock, Role.CASEWORKER), new_id()
    with other.transaction() as session:
        request = ask_approval(session, case_id=case_id, kind="EXCEPTIONAL_RECIPIENT", about_id=partner, why="her own wish")
    with pytest.raises(ApprovalRefused), other.transaction() as session:
        ask_approval(session, case_id=case_id, kind="EXCEPTIONAL_RECIPIENT", about_id=partner, why="again")
    with pytest.raises(NotAllowed), other.transaction() as session:
        decide(session, approval_id=request, version=1, is_given=True, answer="yes")
    with pytest.raises(ApprovalRefused), vault.transaction() as session:
        take_back(session, approval_id=request, version=1)
    with vault.transaction() as session:
        decide(session, approval_id=request, version=1, is_given=True, answer="agreed")
    with pytest.raises(ApprovalRefused), vault.transaction() as session:
        decide(session, approval_id=request, version=2, is_given=False, answer="no")
    with vault.reading(Reading.case(case_id)) as session:
        [row] = approvals_of(session, case_id)
        assert (row.status, row.why, row.answer, row.decided_on) == ("GIVEN", "her own wish", "agreed", TODAY)
        assert is_approved(session, case_id=case_id, kind="EXCEPTIONAL_RECIPIENT", about_id=partner)
        assert not is_approved(session, case_id=case_id, kind="EXCEPTIONAL_RECIPIENT", about_id=new_id())
    other.close()


def test_each_step_says_who_and_why(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        close_case(session, case_id=case_id, version=1, on=TODAY, reason="CONTACT_LOST", why="three letters came back")
    with vault.transaction() as session:
        other = open_case(session, received_on=TODAY, source="DIRECT_REPORT")
    with pytest.raises(UnknownCode), vault.transaction() as session:
        close_case(session, case_id=other, version=1, on=TODAY, reason="BORED")
    with vault.reading(Reading.case(case_id)) as session:
        [step] = case_events_of(session, case_id)
    assert (step.kind, step.reason, step.why, step.made_by) == ("CLOSED", "CONTACT_LOST", "three letters came back", vault.member.id)


def test_handing_over_to_whom_has_it_is_refused(vault: Vault, case_id: UUID) -> None:
    with pytest.raises(CaseRefused), vault.transaction() as session:
        hand_over(session, case_id=case_id, version=1, worker_id=None)


def test_the_newest_sensitivity_counts_and_an_unknown_entry_is_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        note = record_note(session, case_id=case_id, on=TODAY, text="a note")
    for code in ("THERAPY", "ORDINARY"):
        with vault.transaction() as session:
            mark_sensitivity(session, row_id=note, code=code, description=f"listed as {code}")
    with vault.reading(Reading.case(case_id)) as session:
        newest, older = sensitivities_of(session, case_id)
    assert (newest.code, newest.description, older.code, newest.row_id) == ("ORDINARY", "listed as ORDINARY", "THERAPY", note)
    with pytest.raises(EntryUnknown), vault.transaction() as session:
        mark_sensitivity(session, row_id=new_id(), code="ORDINARY")


def test_a_disclosure_is_sealed_and_verified(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_disclosure(session, case_id=case_id, kind="HAND_OVER_SHEET", recipient="night team", fields=["Name used"], why="cover")
    with vault.reading() as session:
        assert [row.recipient for row in disclosures_of(session, case_id, sealed={})] == [""]
    with vault.reading(Reading.case(case_id)) as session:
        [row] = disclosures_of(session, case_id)
    assert (row.recipient, row.fields, row.why) == ("night team", ("Name used",), "cover")
    assert verify(vault).holds


def test_erasing_takes_all_of_it(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        note = record_note(session, case_id=case_id, on=TODAY, text="a note")
        mark_sensitivity(session, row_id=note, code="THIRD_PARTY", description="a note")
        record_disclosure(session, case_id=case_id, kind="WHAT_WE_HOLD")
        ask_approval(session, case_id=case_id, kind="ERASE", why="she asked")
        close_case(session, case_id=case_id, version=1, on=TODAY, why="the end")
    erase_case(vault, case_id, reason="REQUESTED", check=refuse_if_held)
    with vault.reading(Reading.case(case_id)) as session:
        assert [query(session, case_id) for query in (sensitivities_of, disclosures_of, approvals_of, case_events_of, retention_of)] == [()] * 5
    assert verify(vault).holds
