"""Today: each kind of line appears from records alone, says why, and goes when the records say otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.dialects import postgresql

from tests.conftest import StandingClock
from victimcare.casework.barriers import record_barrier, resolve_barrier
from victimcare.casework.cases import close_case, open_case
from victimcare.casework.contacts import log_contact
from victimcare.casework.drafts import Draft, discard_draft, keep_draft
from victimcare.casework.safe_contact import check_plan, record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.stance import record_stance
from victimcare.casework.workers import my_worker, worker_named
from victimcare.exchange.leftovers import ImportBatch, Leftover, mark_mended
from victimcare.overview.lines import Group, Line, Scope
from victimcare.overview.today import today_lines
from victimcare.referrals.consent import record_consent, withdraw_consent
from victimcare.referrals.partners import first_partners, partner_ids
from victimcare.referrals.referrals import cancel_referral, draft_referral, preview, record_answer, record_past_referral, send_printed
from victimcare.referrals.sharing import Asked
from victimcare.store.ids import new_id
from victimcare.store.session import VaultSession
from victimcare.store.vault import Vault

TODAY = date(2026, 11, 24)
AFTERNOON = (SafeHours("TEXT", "YES", from_minute=13 * 60, to_minute=16 * 60),)
ANY_HOUR = (SafeHours("TEXT", "YES"), SafeHours("PHONE", "YES"))


def person(session: VaultSession, *, mine: bool = True, checked_on: date | None = TODAY, hours: tuple[SafeHours, ...] = AFTERNOON, **facts: object) -> UUID:
    """An open case with a plan that was just checked: by itself it puts nothing on Today."""
    facts = {"received_on": date(2026, 3, 3), "source": "DIRECT_REPORT", "unit": "MSKU", "worker_id": my_worker(session) if mine else None, **facts}
    case_id = open_case(session, **facts)  # type: ignore[arg-type]
    record_plan(session, case_id=case_id, hours=hours, checked_on=checked_on, summary="Text only")
    return case_id


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def lines(vault: Vault, kind: str | None = None, scope: Scope = Scope.MINE, **question: object) -> list[Line]:
    with vault.reading() as session:
        return [line for line in today_lines(session, scope=scope, **question) if kind in (None, line.kind)]  # type: ignore[arg-type]


def tried(session: VaultSession, case_id: UUID, *, since: date, channels: tuple[str, ...], imported: bool = False) -> None:
    """One achieved contact on `since`, then a try by each of `channels`."""
    log_contact(session, case_id=case_id, at=at(since), channel="PHONE", outcome="SPOKEN", imported=imported)
    for after, channel in enumerate(channels, 1):
        log_contact(session, case_id=case_id, at=at(since + timedelta(days=after)), channel=channel, outcome="NO_ANSWER", imported=imported)


def test_a_new_case_with_a_fresh_plan_waits_for_nothing(vault: Vault) -> None:
    with vault.transaction() as session:
        person(session)
    assert lines(vault) == []


def test_a_late_contact_says_how_late_and_whether_it_is_safe_now_and_goes_when_made(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        log_contact(session, case_id=case_id, at=at(date(2026, 11, 16)), channel="TEXT", outcome="SPOKEN", next_on=date(2026, 11, 20))
    [line] = lines(vault)
    assert (line.kind, line.group, line.case_id, line.when) == ("CONTACT", Group.LATE, case_id, date(2026, 11, 20))
    assert line.why == "due Fri 20 Nov, 4 days late; safe until 16:00: text message"
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=session.now, channel="TEXT", outcome="SPOKEN")
    assert lines(vault) == []


def test_a_contact_due_today_is_now_only_while_an_agreed_hour_is_open(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        log_contact(session, case_id=case_id, at=at(date(2026, 11, 20)), channel="TEXT", outcome="SPOKEN", next_on=TODAY)
    [line] = lines(vault)
    assert (line.group, line.why) == (Group.NOW, "safe until 16:00: text message")
    clock.forward(hours=2)
    [line] = lines(vault)
    assert (line.group, line.why) == (Group.TODAY, "due today; no agreed hour is open now")


def test_a_way_that_is_never_safe_makes_no_hour_safe(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session, hours=(SafeHours("TEXT", "YES"), SafeHours("TEXT", "NO", from_minute=12 * 60, to_minute=18 * 60)))
        log_contact(session, case_id=case_id, at=at(date(2026, 11, 20)), channel="TEXT", outcome="SPOKEN", next_on=TODAY)
    [line] = lines(vault)
    assert line.group == Group.TODAY


def test_what_is_planned_for_tomorrow_is_not_there_today(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        log_contact(session, case_id=case_id, at=at(TODAY), channel="TEXT", outcome="SPOKEN", next_on=TODAY + timedelta(days=1))
    assert lines(vault) == []


def test_a_barrier_to_look_at_again_goes_when_it_is_resolved(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        barrier = record_barrier(session, case_id=case_id, code="COURT_FEAR", since=date(2026, 10, 1), review_on=date(2026, 11, 23))
    [line] = lines(vault, "BARRIER_REVIEW")
    assert (line.group, line.why) == (Group.LATE, "due Mon 23 Nov, 1 day late")
    with vault.transaction() as session:
        resolve_barrier(session, barrier_id=barrier, version=1, on=TODAY, reason="MITIGATED")
    assert lines(vault) == []


def test_a_plan_not_checked_for_28_days_goes_when_it_is_checked(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session, checked_on=TODAY - timedelta(days=28))
        person(session, checked_on=TODAY - timedelta(days=27))
    [line] = lines(vault)
    assert (line.kind, line.group, line.case_id) == ("PLAN", Group.TODAY, case_id)
    assert line.why == "not checked for 28 days, last on 27 Oct 2026"
    with vault.transaction() as session:
        check_plan(session, case_id=case_id, on=TODAY)
    assert lines(vault) == []


def test_what_i_began_to_write_waits_until_it_is_saved_or_thrown_away(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        keep_draft(session, form="contact", case_id=case_id, body="{}")
        keep_draft(session, form="new case", body="{}")
    assert [(line.kind, line.case_id) for line in lines(vault)] == [("DRAFT", case_id), ("DRAFT", None)]
    with vault.transaction() as session:
        discard_draft(session, form="contact", case_id=case_id)
        discard_draft(session, form="new case")
    assert lines(vault) == []


def refer(session: VaultSession, case_id: UUID) -> UUID:
    """A referral to Bakhita House, sent today, with the consent it needs."""
    first_partners(session)
    session.flush()
    house = partner_ids(session)["CBH"]
    record_consent(session, case_id=case_id, partner_id=house, scope="SUPPORT_REFERRAL", form="WRITTEN", state="GIVEN", on=TODAY, told_support_is_not_tied=True)
    asked = Asked(case_id=case_id, partner_id=house, services=("SAFE_HOUSE",))
    return send_printed(session, asked, seen=preview(session, asked).text)


def test_a_referral_waits_from_the_day_it_is_sent_until_the_partner_answers(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        referral = refer(session, case_id)
    [line] = lines(vault, "REFERRAL_UNANSWERED")
    assert (line.group, line.about, line.place) == (Group.WAITING, referral, "referral")
    assert line.what == "Caritas Bakhita House: Safe house accommodation"
    assert line.why == "sent today, no answer, answer asked for by Thu 26 Nov"
    clock.forward(days=4)
    assert lines(vault, "REFERRAL_UNANSWERED")[0].why == "sent 4 days ago, no answer, answer was due Thu 26 Nov"
    with vault.transaction() as session:
        record_answer(session, referral_id=referral, status="INFO_REQUESTED")
    assert [line.kind for line in lines(vault)] == ["REFERRAL_ASKED_MORE"]
    with vault.transaction() as session:
        record_answer(session, referral_id=referral, status="ACCEPTED")
    assert lines(vault) == []


def test_a_referral_begun_and_not_sent_waits_until_it_is_cancelled(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        first_partners(session)
        session.flush()
        referral = draft_referral(session, Asked(case_id=case_id, partner_id=partner_ids(session)["CBH"], services=("SAFE_HOUSE",)))
    [line] = lines(vault)
    assert (line.kind, line.what, line.why) == ("REFERRAL_DRAFT", "Finish the referral to Caritas Bakhita House", "draft, begun today")
    with vault.transaction() as session:
        cancel_referral(session, referral_id=referral)
    assert lines(vault) == []


def test_consent_that_runs_out_is_asked_for_again_until_it_is_renewed_or_withdrawn(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        first_partners(session)
        session.flush()
        house = partner_ids(session)["CBH"]
        given = {"case_id": case_id, "partner_id": house, "scope": "SUPPORT_REFERRAL", "form": "WRITTEN"}
        record_consent(session, **given, state="GIVEN", on=date(2026, 8, 1), ends_on=date(2026, 11, 25), told_support_is_not_tied=True)  # type: ignore[arg-type]
    [line] = lines(vault)
    assert (line.kind, line.group, line.why) == ("CONSENT", Group.TODAY, "consent for Caritas Bakhita House ends Wed 25 Nov")
    with vault.transaction() as session:
        withdraw_consent(session, **given, on=TODAY)  # type: ignore[arg-type]
    assert lines(vault) == []


def test_somebody_not_reached_for_28_days_by_two_ways_is_at_risk_then_lost_and_any_contact_resets(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        case_id = person(session, hours=ANY_HOUR)
        tried(session, case_id, since=TODAY - timedelta(days=28), channels=("PHONE", "TEXT", "PHONE"))
    [line] = lines(vault, "AT_RISK")
    assert (line.group, line.case_id, line.why) == (Group.AT_RISK, case_id, "not reached for 28 days, 3 attempts by 2 safe ways")
    clock.forward(days=28)
    assert [line.case_id for line in lines(vault, "LOST")] == [case_id]
    assert lines(vault, "AT_RISK") == []
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=session.now, channel="TEXT", outcome="SPOKEN")
    assert lines(vault, "LOST") == []


@pytest.mark.parametrize(("days", "channels"), [(27, ("PHONE", "TEXT", "PHONE")), (40, ("PHONE", "TEXT")), (40, ("PHONE", "PHONE", "PHONE"))])
def test_too_recent_too_few_tries_or_one_way_alone_is_not_at_risk(vault: Vault, days: int, channels: tuple[str, ...]) -> None:
    with vault.transaction() as session:
        tried(session, person(session, hours=ANY_HOUR), since=TODAY - timedelta(days=days), channels=channels)
    assert lines(vault, "AT_RISK") == []


def test_people_from_an_old_register_are_one_line_until_somebody_takes_them_up(vault: Vault) -> None:
    with vault.transaction() as session:
        taken = [open_case(session, received_on=date(2016, 5, 1), source="NGO", imported=True) for _ in range(12)]
        for case_id in taken:
            tried(session, case_id, since=date(2016, 6, 1), channels=("PHONE", "TEXT", "EMAIL"), imported=True)
            record_plan(session, case_id=case_id, checked_on=date(2016, 6, 1), imported=True)
        first_partners(session)
        session.flush()
        record_past_referral(session, case_id=taken[0], partner_id=partner_ids(session)["CBH"], services=("SAFE_HOUSE",), sent_on=date(2016, 7, 1))
    [line] = lines(vault, scope=Scope.ALL)
    assert (line.kind, line.count, line.place) == ("UNTOUCHED", 12, "cases.imported")
    with vault.transaction() as session:
        log_contact(session, case_id=taken[3], at=at(TODAY - timedelta(days=1)), channel="PHONE", outcome="NO_ANSWER")
    found = lines(vault, scope=Scope.ALL)
    assert {(line.kind, line.case_id, line.count) for line in found} == {("UNTOUCHED", None, 11), ("PLAN", taken[3], 1), ("LOST", taken[3], 1)}


def test_what_an_import_could_not_take_is_one_line_until_it_is_mended(vault: Vault) -> None:
    with vault.transaction() as session:
        batch = ImportBatch(rows_read=10, rows_taken=8)
        rest = [Leftover(batch_id=batch.id, sheet="referrals", row=row, reason="date_impossible") for row in (67, 130)]
        session.add_all([batch, *rest])
    [line] = lines(vault)
    assert (line.kind, line.count, line.why, line.place) == ("LEFTOVERS", 2, "2 open: nothing of them is lost", "leftovers")
    with vault.transaction() as session:
        mark_mended(session, [one.id for one in rest])
    assert lines(vault) == []


def test_a_colleagues_draft_is_nobody_elses_line(vault: Vault) -> None:
    with vault.transaction() as session:
        session.add(Draft(form="contact", member_id=new_id()))
    assert lines(vault, scope=Scope.ALL) == []


def test_mine_team_and_all(vault: Vault) -> None:
    stale = TODAY - timedelta(days=40)
    with vault.transaction() as session:
        mine = person(session, checked_on=stale)
        colleague = worker_named(session, "PC 1182")
        same_unit = person(session, mine=False, checked_on=stale, worker_id=colleague)
        elsewhere = person(session, mine=False, checked_on=stale, worker_id=colleague, unit="ROCU")
    assert {line.case_id for line in lines(vault)} == {mine}
    assert {line.case_id for line in lines(vault, scope=Scope.TEAM)} == {mine, same_unit}
    assert {line.case_id for line in lines(vault, scope=Scope.ALL)} == {mine, same_unit, elsewhere}
    assert {line.case_id for line in lines(vault, worker_id=colleague)} == {same_unit, elsewhere}


def test_a_closed_case_waits_for_nothing(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session, checked_on=TODAY - timedelta(days=40))
    assert len(lines(vault)) == 1
    with vault.transaction() as session:
        close_case(session, case_id=case_id, version=1, on=TODAY)
    assert lines(vault) == []


def test_a_long_kind_is_cut_with_a_count_and_can_be_shown_whole(vault: Vault) -> None:
    with vault.transaction() as session:
        for ago in range(30, 37):
            person(session, checked_on=TODAY - timedelta(days=ago))
    shown = lines(vault, limit=3)
    assert [line.kind for line in shown] == ["PLAN", "PLAN", "PLAN", "MORE"]
    assert shown[-1].count == 4
    assert shown[0].when == TODAY - timedelta(days=36)
    assert len(lines(vault, limit=None)) == 7


def test_stance_neither_hides_nor_moves_a_line(vault: Vault) -> None:
    with vault.transaction() as session:
        cases = [person(session, hours=ANY_HOUR, checked_on=TODAY - timedelta(days=40)) for _ in range(4)]
        tried(session, cases[0], since=TODAY - timedelta(days=40), channels=("PHONE", "TEXT", "PHONE"))
    before = lines(vault)
    for codes in (("DECLINES", "FULL", "RETRACTED", "WITH_MEASURES"), ("FULL", "LOST_CONTACT", "UNDECIDED", "DECLINES")):
        with vault.transaction() as session:
            for case_id, code in zip(cases, codes, strict=True):
                record_stance(session, case_id=case_id, on=TODAY, code=code)
        assert lines(vault) == before


def test_every_query_also_speaks_to_the_other_engine(vault: Vault) -> None:
    from sqlalchemy import event

    seen: list[str] = []
    with vault.reading() as session:
        event.listen(session, "do_orm_execute", lambda state: seen.append(str(state.statement.compile(dialect=postgresql.dialect()))))
        today_lines(session, scope=Scope.TEAM, limit=1)
    assert len(seen) >= 9
    assert not any("stance" in statement for statement in seen)
