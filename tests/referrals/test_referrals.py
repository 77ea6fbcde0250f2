"""A referral's life: what may follow what, what was sent kept for good, and counts that agree with the events."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.conftest import StandingClock
from tests.referrals.conftest import TODAY, Merita
from victimcare.casework.case_now import CaseNow, case_now_differences
from victimcare.casework.dates import DateRefused
from victimcare.casework.stance import record_stance
from victimcare.reference.codelists import codelist
from victimcare.referrals.consent import withdraw_consent
from victimcare.referrals.form import NothingToPrint, referral_form
from victimcare.referrals.listing import count_waiting, events_of, referral_list, referrals_of, referrals_waiting, to_tell
from victimcare.referrals.referrals import (
    DeclineReasonMissing,
    NotNext,
    PreviewOld,
    await_consent,
    cancel_referral,
    draft_referral,
    frozen_copy,
    next_statuses,
    preview,
    record_answer,
    record_past_referral,
    send_printed,
)
from victimcare.store.session import VaultSession
from victimcare.store.vault import Reading, Vault

STATUSES = codelist("referral_status").codes


def send(session: VaultSession, merita: Merita, **choice: object) -> object:
    asked = merita.asked(**choice)  # type: ignore[arg-type]
    return send_printed(session, asked, seen=preview(session, asked).text)


def test_sending_makes_the_referral_its_event_and_the_frozen_copy_at_once(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        referral = send(session, merita, wanted_from=date(2026, 11, 30))
    with vault.reading(Reading.case(merita.case_id)) as session:
        [row] = referrals_of(session, merita.case_id)
        [event] = events_of(session, merita.case_id)
        copy = json.loads(frozen_copy(session, row.id))
        now = session.get(CaseNow, merita.case_id)
        assert now is not None
        assert (now.open_referrals, now.next_due_on, now.next_due_kind) == (1, date(2026, 11, 26), "REFERRAL_ANSWER")
    assert (row.id, row.status, row.sent_on, row.sent_how, row.answer_by) == (referral, "SENT", TODAY, "PRINTED", date(2026, 11, 26))
    assert row.services == ("SAFE_HOUSE", "THERAPY")
    assert (event.status, event.on) == ("SENT", TODAY)
    assert ["Name used", "Merita"] in copy["lines"]
    assert copy["reference"] == "VC-2026-0001/1"


def test_the_copy_does_not_change_when_the_case_does(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        send(session, merita)
    with vault.reading(Reading.case(merita.case_id)) as session:
        [row] = referrals_of(session, merita.case_id)
        before = frozen_copy(session, row.id)
    from victimcare.casework.identity import record_identity

    with vault.transaction() as session:
        record_identity(session, case_id=merita.case_id, name_used="Somebody else")
        record_answer(session, referral_id=row.id, status="ACKNOWLEDGED")
    with vault.reading(Reading.case(merita.case_id)) as session:
        assert frozen_copy(session, row.id) == before
    assert referral_form(before) == referral_form(before)


def test_what_changed_after_the_preview_is_not_sent(vault: Vault, merita: Merita) -> None:
    with vault.reading(Reading.case(merita.case_id)) as session:
        seen = preview(session, merita.asked()).text
    from victimcare.casework.identity import record_identity

    with vault.transaction() as session:
        record_identity(session, case_id=merita.case_id, name_used="Another name")
    with pytest.raises(PreviewOld), vault.transaction() as session:
        send_printed(session, merita.asked(), seen=seen)
    with vault.reading() as session:
        assert referrals_of(session, merita.case_id) == ()


def test_a_draft_becomes_the_same_referral_when_sent(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        draft = draft_referral(session, merita.asked(services=("ESOL",)))
    with vault.transaction() as session:
        draft_referral(session, merita.asked(services=("SAFE_HOUSE", "ESOL")), referral_id=draft)
        await_consent(session, referral_id=draft)
        asked = merita.asked(services=("SAFE_HOUSE",))
        assert send_printed(session, asked, seen=preview(session, asked, referral_id=draft).text, referral_id=draft) == draft
    with vault.reading() as session:
        [row] = referrals_of(session, merita.case_id)
        assert (row.status, row.services, row.number) == ("SENT", ("SAFE_HOUSE",), 1)
        assert [event.status for event in events_of(session, merita.case_id, {})] == ["SENT", "AWAITING_CONSENT", "DRAFT"]
    with pytest.raises(NotNext), vault.transaction() as session:
        draft_referral(session, merita.asked(), referral_id=draft)


def test_a_partner_that_declines_says_why(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        referral = send(session, merita)
        with pytest.raises(DeclineReasonMissing):
            record_answer(session, referral_id=referral, status="DECLINED")  # type: ignore[arg-type]
        record_answer(session, referral_id=referral, status="DECLINED", decline_reason="FULL", words="a room in a week")  # type: ignore[arg-type]
    with vault.reading(Reading.case(merita.case_id)) as session:
        assert events_of(session, merita.case_id)[0].words == "a room in a week"
        assert referral_list(session, only_open=True) == ()
        assert len(referral_list(session)) == 1


def test_an_answer_before_the_sending_or_in_the_future_is_refused(vault: Vault, merita: Merita, clock: StandingClock) -> None:
    with vault.transaction() as session:
        referral = send(session, merita)
    clock.forward(days=3)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=4)):
        with pytest.raises(DateRefused), vault.transaction() as session:
            record_answer(session, referral_id=referral, status="ACCEPTED", on=day)  # type: ignore[arg-type]
    with vault.transaction() as session:
        record_answer(session, referral_id=referral, status="ACCEPTED", on=TODAY)  # type: ignore[arg-type]


def test_withdrawing_consent_says_whom_to_tell(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        send(session, merita)
        draft_referral(session, merita.asked())
        withdraw_consent(session, case_id=merita.case_id, partner_id=merita.partners["CBH"], scope="SUPPORT_REFERRAL", form="WRITTEN", on=session.today)
        told = to_tell(session, case_id=merita.case_id, partner_id=merita.partners["CBH"])
    assert [(one.partner, one.number, one.sent_on) for one in told] == [("Caritas Bakhita House", 1, TODAY)]


def test_an_imported_referral_has_no_copy_and_waits_for_nothing(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        sent_on = date(2016, 2, 9)
        record_past_referral(session, case_id=merita.case_id, partner_id=merita.partners["CBH"], services=("SAFE_HOUSE",), sent_on=sent_on)
        record_past_referral(
            session,
            case_id=merita.case_id,
            partner_id=merita.partners["CARITAS_WESTMINSTER"],
            services=("ESOL",),
            sent_on=sent_on,
            status="DECLINED",
            status_on=date(2016, 2, 19),
            decline_reason="FULL",
        )
    with vault.reading(Reading.case(merita.case_id)) as session:
        rows = referrals_of(session, merita.case_id)
        assert [(row.number, row.status, row.status_on) for row in rows] == [(2, "DECLINED", date(2016, 2, 19)), (1, "SENT", sent_on)]
        assert referrals_waiting(session) == ()
        with pytest.raises(NothingToPrint):
            referral_form(frozen_copy(session, rows[0].id))


def test_the_longest_overdue_referral_stands_first(vault: Vault, merita: Merita, clock: StandingClock) -> None:
    with vault.transaction() as session:
        first = send(session, merita)
    clock.forward(days=3)
    with vault.transaction() as session:
        second = send(session, merita)
    with vault.reading() as session:
        waiting = referrals_waiting(session)
        assert count_waiting(session) == len(waiting) > 0
        assert [row.id for row in waiting] == [first, second]
        assert [row.is_late(session.today) for row in waiting] == [True, False]


def test_any_life_of_a_referral_keeps_its_promises(vault: Vault, merita: Merita, clock: StandingClock) -> None:
    """Any order of actions: only the listed steps happen, the state is that of the newest event, the copy stays."""

    class Life(RuleBasedStateMachine):
        referrals = Bundle("referrals")

        def __init__(self) -> None:
            super().__init__()
            self.status: dict[object, str] = {}
            self.copies: dict[object, str] = {}

        @rule(target=referrals, sends=st.booleans())
        def begin(self, sends: bool) -> object:
            with vault.transaction() as session:
                referral = send(session, merita) if sends else draft_referral(session, merita.asked())
                self.copies[referral] = frozen_copy(session, referral)  # type: ignore[arg-type]
            self.status[referral] = "SENT" if sends else "DRAFT"
            return referral

        @rule(referral=referrals, stance=st.sampled_from(("FULL", "DECLINES")))
        def send_draft(self, referral: object, stance: str) -> None:
            allowed = "SENT" in next_statuses(self.status[referral])
            try:
                with vault.transaction() as session:
                    record_stance(session, case_id=merita.case_id, on=session.today, code=stance)
                    asked = merita.asked()
                    send_printed(session, asked, seen=preview(session, asked, referral_id=referral).text, referral_id=referral)  # type: ignore[arg-type]
                    self.copies[referral] = frozen_copy(session, referral)  # type: ignore[arg-type]
                assert allowed
                self.status[referral] = "SENT"
            except NotNext:
                assert not allowed

        @rule(referral=referrals, status=st.sampled_from(STATUSES))
        def answer(self, referral: object, status: str) -> None:
            allowed = status != "SENT" and status in next_statuses(self.status[referral])
            try:
                with vault.transaction() as session:
                    record_answer(session, referral_id=referral, status=status, decline_reason="FULL" if status == "DECLINED" else None)  # type: ignore[arg-type]
                assert allowed
                self.status[referral] = status
            except NotNext:
                assert not allowed

        @rule(referral=referrals)
        def cancel(self, referral: object) -> None:
            allowed = "CANCELLED" in next_statuses(self.status[referral])
            try:
                with vault.transaction() as session:
                    cancel_referral(session, referral_id=referral)  # type: ignore[arg-type]
                assert allowed
                self.status[referral] = "CANCELLED"
            except NotNext:
                assert not allowed

        @rule(days=st.integers(0, 9))
        def wait(self, days: int) -> None:
            clock.forward(days=days)

        @invariant()
        def promises(self) -> None:
            with vault.reading(Reading.case(merita.case_id)) as session:
                rows = {row.id: row for row in referrals_of(session, merita.case_id) if row.id in self.status}
                newest: dict[object, str] = {}
                for one in events_of(session, merita.case_id):
                    newest.setdefault(one.referral_id, one.status)
                assert {id: row.status for id, row in rows.items()} == self.status
                assert {id: newest[id] for id in self.status} == self.status
                for id, copy in self.copies.items():
                    assert frozen_copy(session, id) == copy  # type: ignore[arg-type]
                    assert (rows[id].sent_on is not None) == bool(copy)  # type: ignore[index]
                    assert "prosecution" not in copy
                    assert "evidence" not in copy
                assert case_now_differences(session) == ()

    run_state_machine_as_test(Life, settings=settings(max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)))  # type: ignore[no-untyped-call]
