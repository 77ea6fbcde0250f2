"""The case page: everything of one case in one go, its texts opened with one query, nothing of another case."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from tests.conftest import StandingClock
from tests.referrals.conftest import Merita
from victimcare.casework.barriers import barriers_of, change_barrier, resolve_barrier
from victimcare.casework.cases import open_case
from victimcare.casework.contact_points import record_contact_point
from victimcare.casework.contacts import correct_contact, log_contact
from victimcare.casework.mitigations import record_mitigation
from victimcare.casework.notes import record_note
from victimcare.casework.safe_contact import check_plan
from victimcare.casework.stance import record_stance
from victimcare.casework.workers import my_worker
from victimcare.justice.investigations import link_case, open_investigation
from victimcare.justice.nrm import record_nrm
from victimcare.overview.case_page import CasePage, case_page
from victimcare.overview.timeline import timeline
from victimcare.referrals.facts import CaseUnknown
from victimcare.referrals.referrals import preview, record_answer, send_printed
from victimcare.store.ids import new_id
from victimcare.store.vault import Reading, Vault

TODAY = date(2026, 11, 24)


def page(vault: Vault, merita: Merita) -> CasePage:
    with vault.reading(Reading.case(merita.case_id)) as session:
        return case_page(session, merita.case_id)


def test_the_page_says_who_and_whether_it_is_safe(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        my_worker(session)
    seen = page(vault, merita)
    assert seen.person is not None
    assert seen.person.shown_name == "Merita"
    assert seen.safe_contact.plan is not None
    assert seen.safe_contact.plan.code_word == "dentist"
    assert (seen.safe_contact.safe_now, seen.safe_contact.is_stale) == ("safe until 15:00: telephone call", False)
    assert (seen.safe_contact.check_by, seen.safe_contact.checked_by) == (date(2026, 12, 22), "VLO 17")
    assert seen.anonymity.basis == "AUTOMATIC"
    assert [row.type for row in seen.exploitation] == ["SEXUAL"]


def test_the_plan_goes_stale_after_28_days(vault: Vault, merita: Merita, clock: StandingClock) -> None:
    clock.forward(days=27)
    assert not page(vault, merita).safe_contact.is_stale
    clock.forward(days=1)
    assert page(vault, merita).safe_contact.is_stale


def test_barriers_stand_with_what_is_done_about_them(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        family = next(row for row in barriers_of(session, merita.case_id) if row.code == "FAMILY_ABROAD")
        record_mitigation(
            session, case_id=merita.case_id, code="OVERSEAS_SAFEGUARD", on=TODAY, status="ASKED", barrier_ids=[family.id], detail="through the liaison officer"
        )
        record_mitigation(session, case_id=merita.case_id, code="SPECIAL_MEASURES", on=TODAY)
    seen = page(vault, merita)
    cards = {card.barrier.code: [one.code for one in card.mitigations] for card in seen.barriers}
    assert cards == {"FAMILY_ABROAD": ["OVERSEAS_SAFEGUARD"], "COURT_FEAR": []}
    assert [one.code for one in seen.other_mitigations] == ["SPECIAL_MEASURES"]


def test_the_investigation_and_its_crime_reference(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        matter = open_investigation(session, source="DIRECT_REPORT", unit="MSKU", crime_reference="3000497/26")
        session.flush()
        link_case(session, investigation_id=matter, case_id=merita.case_id)
    seen = page(vault, merita)
    assert [row.id for row in seen.investigations] == [matter]
    assert seen.crime_references == ("3000497/26",)


def test_recovery_period_on_the_page(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        record_nrm(session, case_id=merita.case_id, stage="RG_POSITIVE", on=date(2026, 11, 20), authority="SCA", words="letter came")
    seen = page(vault, merita)
    assert (seen.nrm_state.recovery_until, seen.nrm_state.recovery_is_open) == (date(2026, 12, 19), True)
    assert seen.nrm[0].words == "letter came"


def test_a_case_that_is_not_here(vault: Vault) -> None:
    with vault.reading() as session, pytest.raises(CaseUnknown):
        case_page(session, new_id())


def test_the_page_is_few_queries_however_much_there_is(vault: Vault, merita: Merita) -> None:
    def count() -> int:
        seen: list[str] = []
        with vault.reading(Reading.case(merita.case_id)) as session:
            event.listen(session.get_bind(), "before_cursor_execute", lambda *a: seen.append(a[2]))
            case_page(session, merita.case_id)
        return len(seen)

    before = count()
    with vault.transaction() as session:
        for hour in range(30):
            log_contact(
                session, case_id=merita.case_id, at=datetime(2026, 11, 10, hour % 24, tzinfo=UTC), channel="TEXT", outcome="NO_ANSWER", said="asked again"
            )
            record_stance(session, case_id=merita.case_id, on=TODAY, code="UNDECIDED", words="perhaps")
            record_note(session, case_id=merita.case_id, on=TODAY, text="a note")
    assert count() == before
    assert before < 70  # one a table


def test_no_number_is_read_with_the_page(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        record_contact_point(session, case_id=merita.case_id, kind="PHONE", value="07700 900123")
    with vault.reading(Reading.case(merita.case_id)) as session:
        assert "07700 900123" not in repr(session.sealed_of_case(merita.case_id))
        case_page(session, merita.case_id)


def test_the_stream_holds_everything_in_one_order(vault: Vault, merita: Merita, clock: StandingClock) -> None:
    with vault.transaction() as session:
        worker = my_worker(session)
        log_contact(
            session,
            case_id=merita.case_id,
            at=datetime(2026, 11, 16, 11, 5, tzinfo=UTC),
            channel="IN_PERSON",
            outcome="SPOKEN",
            minutes=40,
            worker_id=worker,
            interpreter="YES",
            said="Charge decided.",
            own_words="I want it finished.",
        )
        asked = merita.asked()
        referral = send_printed(session, asked, seen=preview(session, asked).text)
        record_note(session, case_id=merita.case_id, on=date(2026, 11, 2), text="came with a friend")
    clock.forward(days=2)
    with vault.transaction() as session:
        record_answer(session, referral_id=referral, status="DECLINED", decline_reason="FULL", words="try next week")
        check_plan(session, case_id=merita.case_id, on=session.today)
        barrier = next(row for row in barriers_of(session, merita.case_id) if row.code == "COURT_FEAR")
        resolve_barrier(session, barrier_id=barrier.id, version=barrier.version, on=session.today, reason="MITIGATED", words="saw the room")
    with vault.reading(Reading.case(merita.case_id)) as session:
        stream = timeline(session, merita.case_id)
    told = {entry.headline: entry for entry in stream}
    assert [entry.at for entry in stream] == sorted((entry.at for entry in stream), reverse=True)
    meeting = told["In person"]
    assert meeting.muted == "reached and spoken to, 40 minutes, by VLO 17, with an interpreter"
    assert meeting.parts == (("Said", "Charge decided."), ("Own words", "I want it finished."))
    assert told["Referred to Caritas Bakhita House"].muted.endswith("printed form, by VLO 17")
    declined = told["Caritas Bakhita House: declined by the partner"]
    assert (declined.muted, declined.parts, declined.about) == ("no space, by VLO 17", (("", "try next week"),), referral)
    assert told["Safe-contact plan checked"].muted == "no change, by VLO 17"
    assert told["Safe-contact plan made"].parts == (("", "Number withheld"),)
    assert told["Fear of court, the defendant or cross-examination: resolved"].parts == (("", "saw the room"),)
    assert told["Stance: does not support a prosecution"].parts == (("Own words", "not in court"),)
    assert {entry.kind for entry in stream} == {"CONTACT", "REFERRAL", "NOTE", "PLAN", "BARRIER", "STANCE", "CONSENT"}
    assert stream[-1].headline == "Note"
    assert not stream[-1].has_time


def test_a_corrected_contact_stays_in_the_stream_beside_its_correction(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        at = datetime(2026, 11, 16, 11, 5, tzinfo=UTC)
        wrong = log_contact(session, case_id=merita.case_id, at=at, channel="PHONE", outcome="SPOKEN")
        correct_contact(session, contact_id=wrong, at=at, channel="PHONE", outcome="NO_ANSWER")
    with vault.reading(Reading.case(merita.case_id)) as session:
        calls = [entry.muted for entry in timeline(session, merita.case_id) if entry.kind == "CONTACT"]
    assert sorted(calls) == ["no answer, no message left, corrects an earlier entry", "reached and spoken to, corrected by a later entry"]


def test_the_stream_of_one_case_holds_nothing_of_another(vault: Vault, merita: Merita) -> None:
    with vault.transaction() as session:
        other = open_case(session, received_on=TODAY, source="NGO")
        record_note(session, case_id=other, on=TODAY, text="of somebody else")
        barrier = barriers_of(session, merita.case_id)[0]
        change_barrier(session, barrier_id=barrier.id, version=barrier.version, on=TODAY, status="MITIGATING")
    with vault.reading(Reading.case(other)) as session:
        assert [entry.parts for entry in timeline(session, other)] == [(("", "of somebody else"),)]
