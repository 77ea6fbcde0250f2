"""Every kind of line on Today: one way to make it appear from records alone, and one to make it go. A kind without such a pair fails here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from tests.overview.test_today import ANY_HOUR, TODAY, at, lines, person, refer, tried
from victimcare.casework.appointments import record_appointment, settle_appointment
from victimcare.casework.approvals import ask_approval, decide
from victimcare.casework.barriers import change_barrier, record_barrier
from victimcare.casework.cases import open_case
from victimcare.casework.channel_reviews import review_channel
from victimcare.casework.contacts import log_contact
from victimcare.casework.deadlines import meet_deadline, record_deadline
from victimcare.casework.drafts import discard_draft, keep_draft
from victimcare.casework.mitigations import record_mitigation
from victimcare.casework.retention import review_retention
from victimcare.casework.risk import review_risk
from victimcare.casework.safe_contact import check_plan
from victimcare.casework.safeguarding import answer_safeguarding, ask_safeguarding
from victimcare.casework.suspensions import standing_suspensions
from victimcare.casework.tasks import add_task, settle_task
from victimcare.casework.workers import my_worker
from victimcare.exchange.leftovers import ImportBatch, Leftover, mark_mended
from victimcare.overview.lines import Scope
from victimcare.overview.today import KINDS
from victimcare.referrals.consent import record_consent
from victimcare.referrals.partners import first_partners, partner_ids
from victimcare.referrals.referrals import cancel_referral, draft_referral, record_answer
from victimcare.referrals.sharing import Asked
from victimcare.store.session import VaultSession
from victimcare.store.vault import Vault
from victimcare.ui.screens.today_side import RULES

LONG_AGO = TODAY - timedelta(days=60)


@dataclass(frozen=True)
class Pair:
    """`comes(session)` writes what makes one line of `kind`; `goes(session, what it answered)` deals with it."""

    of: str
    kind: str
    comes: Callable[[VaultSession], Any]
    goes: Callable[[VaultSession, Any], object]


def suspended(session: VaultSession) -> Any:
    case_id = person(session, hours=ANY_HOUR)
    log_contact(session, case_id=case_id, at=at(TODAY), channel="PHONE", outcome="WRONG_PERSON")
    return case_id


def review_it(session: VaultSession, case_id: Any) -> None:
    [one] = standing_suspensions(session, [case_id])[case_id]
    review_channel(session, suspension_id=one.id, result="SAFE_AGAIN", words="She says the phone is hers alone.")


def planned_contact(session: VaultSession) -> Any:
    case_id = person(session)
    log_contact(session, case_id=case_id, at=at(TODAY - timedelta(days=4)), channel="TEXT", outcome="SPOKEN", next_on=TODAY)
    return case_id


def make_it(session: VaultSession, case_id: Any) -> None:
    log_contact(session, case_id=case_id, at=session.now, channel="TEXT", outcome="SPOKEN")


def asked_abroad(session: VaultSession) -> Any:
    case_id = person(session)
    barrier = record_barrier(session, case_id=case_id, code="FAMILY_ABROAD", since=date(2026, 10, 1))
    step = record_mitigation(session, case_id=case_id, code="OVERSEAS_SAFEGUARD", on=date(2026, 11, 1), status="ASKED", barrier_ids=[barrier])
    session.flush()
    return ask_safeguarding(session, mitigation_id=step, country="RO", asked_on=TODAY - timedelta(days=14))


def to_partner(session: VaultSession) -> dict[str, Any]:
    first_partners(session)
    session.flush()
    return {"case_id": person(session), "partner_id": partner_ids(session)["CBH"], "scope": "SUPPORT_REFERRAL", "form": "WRITTEN", "state": "GIVEN"}


def consent_that_ends(session: VaultSession) -> Any:
    given = to_partner(session)
    record_consent(session, **given, on=date(2026, 9, 1), ends_on=TODAY + timedelta(days=1), told_support_is_not_tied=True)
    return given


def begun_referral(session: VaultSession) -> Any:
    given = to_partner(session)
    return draft_referral(session, Asked(case_id=given["case_id"], partner_id=given["partner_id"], services=("SAFE_HOUSE",)))


def asked_more(session: VaultSession) -> Any:
    referral = refer(session, person(session))
    record_answer(session, referral_id=referral, status="INFO_REQUESTED")
    return referral


def left_over(session: VaultSession) -> Any:
    batch = ImportBatch(rows_read=1, rows_taken=0)
    rest = Leftover(batch_id=batch.id, sheet="referrals", row=67, reason="date_impossible")
    session.add_all([batch, rest])
    return rest.id


def from_a_register(session: VaultSession) -> Any:
    return open_case(session, received_on=date(2016, 5, 1), source="NGO", imported=True, worker_id=my_worker(session))


def not_reached(days: int) -> Callable[[VaultSession], Any]:
    def comes(session: VaultSession) -> Any:
        case_id = person(session, hours=ANY_HOUR)
        tried(session, case_id, since=TODAY - timedelta(days=days), channels=("PHONE", "TEXT", "PHONE"))
        return case_id

    return comes


PAIRS = (
    Pair("suspension_lines", "SUSPENDED", suspended, review_it),
    Pair(
        "appointment_lines",
        "APPOINTMENT",
        lambda session: record_appointment(session, case_id=person(session), at=session.now + timedelta(hours=1), kind="ROUTINE"),
        lambda session, one: settle_appointment(session, appointment_id=one, version=1, status="CANCELLED_THEM"),
    ),
    Pair("contact_lines", "CONTACT", planned_contact, make_it),
    Pair(
        "task_lines",
        "TASK",
        lambda session: add_task(session, what="Ring the council", case_id=person(session), due_on=TODAY),
        lambda session, one: settle_task(session, task_id=one, version=1),
    ),
    Pair(
        "deadline_lines",
        "DEADLINE",
        lambda session: record_deadline(session, case_id=person(session), rule="VC_ARREST", event_on=date(2026, 11, 23)),
        lambda session, one: meet_deadline(session, deadline_id=one, on=TODAY, channel="PHONE", understood="YES", told="That he was arrested."),
    ),
    Pair(
        "risk_lines",
        "RISK_REVIEW",
        lambda session: [case_id := person(session), review_risk(session, case_id=case_id, on=date(2026, 11, 10), level="HIGH", review_on=TODAY)],
        lambda session, one: review_risk(session, case_id=one[0], on=TODAY, level="LOW", review_on=date(2027, 1, 5)),
    ),
    Pair(
        "review_lines",
        "BARRIER_REVIEW",
        lambda session: record_barrier(session, case_id=person(session), code="COURT_FEAR", since=date(2026, 10, 1), review_on=TODAY),
        lambda session, one: change_barrier(session, barrier_id=one, version=1, on=TODAY, status="MITIGATING", review_on=date(2026, 12, 8)),
    ),
    Pair(
        "plan_lines",
        "PLAN",
        lambda session: person(session, checked_on=TODAY - timedelta(days=28)),
        lambda session, one: check_plan(session, case_id=one, on=TODAY),
    ),
    Pair(
        "draft_lines",
        "DRAFT",
        lambda session: keep_draft(session, form="new case", body="{}"),
        lambda session, one: discard_draft(session, form="new case"),
    ),
    Pair(
        "consent_lines",
        "CONSENT",
        consent_that_ends,
        lambda session, given: record_consent(session, **given, on=TODAY, told_support_is_not_tied=True),
    ),
    Pair(
        "referral_lines",
        "REFERRAL_UNANSWERED",
        lambda session: refer(session, person(session)),
        lambda session, one: record_answer(session, referral_id=one, status="ACCEPTED"),
    ),
    Pair("referral_lines", "REFERRAL_ASKED_MORE", asked_more, lambda session, one: record_answer(session, referral_id=one, status="ASSESSING")),
    Pair(
        "safeguarding_lines",
        "SAFEGUARDING",
        asked_abroad,
        lambda session, one: answer_safeguarding(session, request_id=one, version=1, answered_on=TODAY, answer="AGREED", raised_risk="NO"),
    ),
    Pair("unsent_lines", "REFERRAL_DRAFT", begun_referral, lambda session, one: cancel_referral(session, referral_id=one)),
    Pair(
        "approval_lines",
        "APPROVAL",
        lambda session: ask_approval(session, case_id=person(session), kind="RESTRICT", why="He works in the office."),
        lambda session, one: decide(session, approval_id=one, version=1, is_given=False, answer="He has left."),
    ),
    Pair(
        "retention_lines",
        "RETENTION",
        lambda session: [
            case_id := person(session),
            review_retention(session, case_id=case_id, category="NGO_SUPPORT", hold=False, review_on=TODAY, why="policy"),
        ],
        lambda session, one: review_retention(session, case_id=one[0], category="NGO_SUPPORT", hold=False, review_on=date(2028, 1, 1), why="policy"),
    ),
    Pair("leftover_lines", "LEFTOVERS", left_over, lambda session, one: mark_mended(session, [one])),
    Pair("untouched_lines", "UNTOUCHED", from_a_register, make_it),
    Pair("lost_lines", "AT_RISK", not_reached(40), make_it),
    Pair("lost_lines", "LOST", not_reached(56), make_it),
)


def test_every_kind_has_a_pair_and_says_its_rule() -> None:
    assert {kind.__name__ for kind in KINDS} == {pair.of for pair in PAIRS}
    assert {pair.kind for pair in PAIRS} == set(RULES)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.kind)
def test_a_line_comes_from_records_alone_and_goes_when_dealt_with(vault: Vault, pair: Pair) -> None:
    assert lines(vault, scope=Scope.ALL) == []
    with vault.transaction() as session:
        about = pair.comes(session)
    [line] = lines(vault, pair.kind)
    assert line.what
    assert line.why
    assert lines(vault, pair.kind, Scope.ALL) == [line]
    with vault.transaction() as session:
        pair.goes(session, about)
    assert lines(vault, pair.kind, Scope.ALL) == []
