"""What is put off comes back by itself and stays only with who did it; who covers sees a colleague's Today, but opens no more than before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.conftest import StandingClock
from tests.overview.test_today import TODAY, at, person, refer
from victimcare.casework.barriers import record_barrier
from victimcare.casework.cases import Case
from victimcare.casework.contacts import log_contact
from victimcare.casework.drafts import keep_draft
from victimcare.casework.merging import merge
from victimcare.casework.snoozes import put_off
from victimcare.casework.tasks import add_task
from victimcare.casework.workers import my_worker
from victimcare.overview.coming import coming
from victimcare.overview.lines import Line
from victimcare.overview.today import Today, last_day_off, today_of
from victimcare.store import people
from victimcare.store.restrict import restrict
from victimcare.store.rights import Role
from victimcare.store.session import VaultSession
from victimcare.store.vault import Vault

STALE = TODAY - timedelta(days=40)


def seen(vault: Vault, **question: object) -> Today:
    with vault.reading() as session:
        return today_of(session, **question)  # type: ignore[arg-type]


def put_line_off(vault: Vault, line: Line, days: int) -> None:
    with vault.transaction() as session:
        last = last_day_off(line, session.today)
        until = session.today + timedelta(days=days)
        put_off(session, kind=line.kind, case_id=line.case_id, about_id=line.about, until=until, last=last, why="Olena sees her on Thursday.")


def test_a_line_put_off_goes_and_comes_back_on_its_day(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        person(session, checked_on=STALE)
    [line] = seen(vault).lines
    put_line_off(vault, line, 3)
    after = seen(vault)
    assert after.lines == ()
    assert [(one.line, one.until) for one in after.put_off] == [(line, TODAY + timedelta(days=3))]
    clock.forward(days=3)
    again = seen(vault)
    assert (len(again.lines), again.put_off) == (1, ())


def test_what_is_late_or_at_risk_is_put_off_for_a_week_at_most_and_nothing_past_its_own_day(vault: Vault) -> None:
    def line(group: str, kind: str = "X", when: date | None = None) -> Line:
        return Line(kind, group, None, "", "", "", when, "case")  # type: ignore[arg-type]

    week, month = TODAY + timedelta(days=7), TODAY + timedelta(days=28)
    assert [last_day_off(line(group), TODAY) for group in ("LATE", "AT_RISK", "TODAY", "WAITING")] == [week, week, month, month]
    assert last_day_off(line("NOW", "SUSPENDED"), TODAY) == week
    assert last_day_off(line("TODAY", "CONSENT", TODAY + timedelta(days=2)), TODAY) == TODAY + timedelta(days=2)


def test_what_became_late_since_comes_back_within_a_week(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        add_task(session, what="Ask the council", case_id=person(session), due_on=TODAY)
    [line] = seen(vault).lines
    put_line_off(vault, line, 20)
    clock.forward(days=6)
    assert seen(vault).lines == ()
    clock.forward(days=1)
    assert [one.kind for one in seen(vault).lines] == ["TASK"]


def test_what_is_planned_anew_was_never_put_off(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        case_id = person(session)
        log_contact(session, case_id=case_id, at=at(TODAY - timedelta(days=1)), channel="TEXT", outcome="SPOKEN", next_on=TODAY)
    [line] = seen(vault).lines
    put_line_off(vault, line, 20)
    clock.forward(days=1)
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=session.now, channel="TEXT", outcome="SPOKEN", next_on=TODAY + timedelta(days=3))
    clock.forward(days=2)
    assert [(one.kind, one.when) for one in seen(vault).lines] == [("CONTACT", TODAY + timedelta(days=3))]


def test_lines_of_files_read_as_one_stand_under_the_file_that_leads_once(vault: Vault) -> None:
    with vault.transaction() as session:
        leads, part = person(session, checked_on=STALE), person(session, mine=False, checked_on=STALE)
        for case_id in (leads, part):
            record_barrier(session, case_id=case_id, code="COURT_FEAR", since=date(2026, 10, 1), review_on=TODAY)
    assert len(seen(vault).lines) == 2
    with vault.transaction() as session:
        merge(session, case_id=part, into_case_id=leads, why="The same person twice.")
    found = seen(vault).lines
    assert sorted(line.kind for line in found) == ["BARRIER_REVIEW", "BARRIER_REVIEW", "PLAN"]
    assert {line.case_id for line in found} == {leads}
    assert len({line.reference for line in found}) == 1


@pytest.fixture
def colleague(vault: Vault, clock: StandingClock) -> Iterator[Vault]:
    """VLO 23, who may read cases."""
    code = people.invite(vault, "VLO 23", frozenset({Role.CASEWORKER}))
    other = Vault.join(vault.folder, "VLO 23", code, "another long passphrase", clock=clock)
    people.approve(vault, other.member.id)
    other.refresh_membership()
    yield other
    other.close()


def restricted_to_me(session: VaultSession, vault: Vault) -> UUID:
    """Somebody with a stale plan and an unanswered referral, whom only VLO 17 may read."""
    case_id = person(session, checked_on=STALE)
    refer(session, case_id)
    session.flush()
    case = session.get(Case, case_id)
    assert case is not None
    restrict(session, case_id=case_id, version=case.version, members=[vault.member.id])
    return case_id


def test_who_covers_sees_the_colleagues_lines_not_their_drafts_and_how_many_they_cannot_open(vault: Vault, colleague: Vault) -> None:
    with vault.transaction() as session:
        mine, open_to_all = my_worker(session), person(session, checked_on=STALE)
        add_task(session, what="Ring the council", worker_id=mine, due_on=TODAY)
        keep_draft(session, form="new case", body="{}")
    with vault.transaction() as session:
        shut = restricted_to_me(session, vault)
    theirs = seen(colleague, worker_id=mine)
    assert {(line.kind, line.case_id) for line in theirs.lines} == {("PLAN", open_to_all), ("TASK", None)}
    assert theirs.unopened == 2
    assert shut not in {line.case_id for line in theirs.lines}
    assert (seen(colleague).lines, seen(colleague).unopened) == ((), 0)


def test_what_one_puts_off_stays_on_the_colleagues_today(vault: Vault, colleague: Vault) -> None:
    with vault.transaction() as session:
        mine = my_worker(session)
        person(session, checked_on=STALE)
    [line] = seen(colleague, worker_id=mine).lines
    put_line_off(colleague, line, 2)
    assert seen(colleague, worker_id=mine).lines == ()
    assert len(seen(vault).lines) == 1


def test_what_comes_next_follows_whose_today_is_shown(vault: Vault, colleague: Vault) -> None:
    with vault.transaction() as session:
        mine = my_worker(session)
        add_task(session, what="Ring the council", case_id=person(session), due_on=TODAY + timedelta(days=2))
    with colleague.reading() as session:
        assert coming(session) == ()
        assert [one.on for one in coming(session, worker_id=mine)] == [TODAY + timedelta(days=2)]
