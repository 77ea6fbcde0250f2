"""Consent: per recipient and purpose, the newest counts, and it runs out by itself."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.conftest import StandingClock
from tests.referrals.conftest import TODAY, Merita
from victimcare.casework.dates import DateRefused
from victimcare.reference.codelists import UnknownCode
from victimcare.referrals.consent import (
    Consent,
    ConsentMissing,
    NothingToWithdraw,
    consent_now,
    consents_of,
    need_consent,
    record_consent,
    withdraw_consent,
)
from victimcare.store.errors import AppendOnly
from victimcare.store.session import VaultSession
from victimcare.store.vault import Reading, Vault

SUPPORT = "SUPPORT_REFERRAL"


def record(session: VaultSession, merita: Merita, partner: str = "MEDAILLE", **answer: object) -> UUID:
    facts = {"scope": SUPPORT, "form": "WRITTEN", "state": "GIVEN", "on": TODAY, "told_support_is_not_tied": True, **answer}
    return record_consent(session, case_id=merita.case_id, partner_id=merita.partners[partner], **facts)  # type: ignore[arg-type]


def state(session: VaultSession, merita: Merita, partner: str, scope: str = SUPPORT) -> str | None:
    now = consent_now(session, merita.case_id, merita.partners[partner], scope)
    return now.state if now else None


def test_consent_for_one_partner_or_purpose_is_none_for_another(vault: Vault, merita: Merita) -> None:
    with vault.reading() as session:
        assert state(session, merita, "CBH") == "GIVEN"
        assert state(session, merita, "MEDAILLE") is None
        assert state(session, merita, "CBH", "POLICE_SHARE_WITH_NGO") is None
        with pytest.raises(ConsentMissing) as refused:
            need_consent(session, merita.case_id, merita.partners["MEDAILLE"], SUPPORT)
    assert refused.value.state == "NOT_ASKED"


def test_a_refusal_and_then_a_change_of_mind(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        record(session, merita, state="REFUSED")
        assert state(session, merita, "MEDAILLE") == "REFUSED"
        record(session, merita, explained="what the house is, in Albanian")
        assert state(session, merita, "MEDAILLE") == "GIVEN"
    with vault.reading(Reading.case(merita.case_id)) as session:
        given_id = consents_of(session, merita.case_id)[0].id
        assert session.sealed([given_id])[given_id]["explained"] == "what the house is, in Albanian"


def test_withdrawn_consent_is_over_and_can_be_withdrawn_once(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        taken = {"case_id": merita.case_id, "partner_id": merita.partners["CBH"], "scope": SUPPORT, "form": "WRITTEN"}
        with pytest.raises(DateRefused):
            withdraw_consent(session, **taken, on=TODAY - timedelta(days=1))  # type: ignore[arg-type]
        withdraw_consent(session, **taken, on=TODAY)  # type: ignore[arg-type]
        assert state(session, merita, "CBH") == "WITHDRAWN"
        with pytest.raises(NothingToWithdraw):
            withdraw_consent(session, **taken, on=TODAY)  # type: ignore[arg-type]


def test_consent_runs_out_the_day_after_its_last(vault: Vault, merita: Merita, clock: StandingClock) -> None:
    with vault.transaction() as session:
        record(session, merita, ends_on=TODAY + timedelta(days=2))
    clock.forward(days=2)
    with vault.reading() as session:
        assert state(session, merita, "MEDAILLE") == "GIVEN"
    clock.forward(days=1)
    with vault.reading() as session:
        assert state(session, merita, "MEDAILLE") == "EXPIRED"


def test_what_cannot_be_is_refused(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        for answer in ({"on": TODAY + timedelta(days=1)}, {"ends_on": TODAY - timedelta(days=1)}):
            with pytest.raises(DateRefused):
                record(session, merita, **answer)
        for answer in ({"scope": "ANYTHING"}, {"form": "NOD"}, {"state": "PERHAPS"}):  # type: ignore[assignment]
            with pytest.raises(UnknownCode):
                record(session, merita, **answer)


def test_an_answer_once_recorded_cannot_be_rewritten(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        consent_id = record(session, merita)
    with vault.transaction() as session:
        consent = session.get(Consent, consent_id)
        assert consent is not None
        consent.state = "REFUSED"
        with pytest.raises(AppendOnly):
            session.flush()
        session.expunge_all()


def test_the_answer_of_the_latest_day_counts_and_of_one_day_the_last_written(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        record(session, merita, state="GIVEN", on=TODAY)
        record(session, merita, state="REFUSED", on=TODAY - timedelta(days=5))
        assert state(session, merita, "MEDAILLE") == "GIVEN"
        record(session, merita, state="REFUSED", on=TODAY)
        assert state(session, merita, "MEDAILLE") == "REFUSED"
