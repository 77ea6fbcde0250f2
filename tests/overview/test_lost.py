"""Who is at risk of being lost: only what was tried in a way that was safe at the time counts."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.conftest import StandingClock
from tests.overview.test_today import ANY_HOUR, TODAY, at, lines, person, tried
from victimcare.casework.channel_reviews import review_channel
from victimcare.casework.contacts import log_contact
from victimcare.casework.merging import merge
from victimcare.casework.safe_contact import record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.suspensions import standing_suspensions
from victimcare.store.session import VaultSession
from victimcare.store.vault import Vault

LONG_AGO = TODAY - timedelta(days=40)
THREE = ("PHONE", "TEXT", "PHONE")


def at_risk(vault: Vault) -> set[UUID | None]:
    return {line.case_id for kind in ("AT_RISK", "LOST") for line in lines(vault, kind)}


def never_reached(session: VaultSession, case_id: UUID, *, hour: int = 9, channels: tuple[str, ...] = THREE) -> None:
    for after, channel in enumerate(channels):
        log_contact(session, case_id=case_id, at=at(LONG_AGO + timedelta(days=after), hour), channel=channel, outcome="NO_ANSWER")


@pytest.mark.parametrize(
    "hours",
    [
        (SafeHours("TEXT", "YES"), SafeHours("EMAIL", "YES"), SafeHours("PHONE", "NO")),  # a way that is never safe
        (SafeHours("TEXT", "YES"), SafeHours("EMAIL", "YES")),  # a way nobody spoke of
        (SafeHours("TEXT", "YES"), SafeHours("PHONE", "YES", from_minute=13 * 60)),  # an hour that is not safe
        (SafeHours("TEXT", "YES"), SafeHours("PHONE", "YES", weekdays=0b1100000)),  # a day that is not safe
        (SafeHours("TEXT", "YES"), SafeHours("EMAIL", "YES"), SafeHours("PHONE", "ASK")),  # a way to ask about first, while others are safe
    ],
)
def test_attempts_in_a_way_that_was_not_safe_do_not_count(vault: Vault, hours: tuple[SafeHours, ...]) -> None:
    with vault.transaction() as session:
        unsafe, safe = person(session, hours=hours), person(session, hours=ANY_HOUR)
        for case_id in (unsafe, safe):
            never_reached(session, case_id)  # by telephone on a Thursday and a Saturday, both at 09:00
    assert at_risk(vault) == {safe}


def test_it_is_the_plan_of_the_time_that_says_what_was_safe(vault: Vault, clock: StandingClock) -> None:
    clock.forward(days=-60)
    with vault.transaction() as session:
        case_id = person(session, hours=ANY_HOUR, checked_on=None)
    clock.forward(days=22)
    with vault.transaction() as session:
        never_reached(session, case_id)
    with vault.transaction() as session:
        record_plan(session, case_id=case_id, hours=(SafeHours("EMAIL", "YES"), SafeHours("POST", "YES"), SafeHours("PHONE", "NO")))
    clock.forward(days=38)
    assert at_risk(vault) == {case_id}
    with vault.transaction() as session:
        later = person(session, hours=ANY_HOUR)
        record_plan(session, case_id=later, hours=(SafeHours("PHONE", "NO"), SafeHours("TEXT", "YES"), SafeHours("EMAIL", "YES")), checked_on=LONG_AGO)
        never_reached(session, later)
    assert at_risk(vault) == {case_id}


def test_a_suspended_way_does_not_count_until_it_was_reviewed(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        case_id = person(session, hours=(*ANY_HOUR, SafeHours("EMAIL", "YES")))
        log_contact(session, case_id=case_id, at=at(LONG_AGO), channel="PHONE", outcome="WRONG_PERSON")
        for day, channel in ((1, "PHONE"), (2, "PHONE"), (3, "TEXT")):
            log_contact(session, case_id=case_id, at=at(LONG_AGO + timedelta(days=day)), channel=channel, outcome="NO_ANSWER")
    assert at_risk(vault) == set()
    with vault.transaction() as session:
        [suspended] = standing_suspensions(session, [case_id])[case_id]
        review_channel(session, suspension_id=suspended.id, result="SAFE_AGAIN", words="The phone is her own.")
    clock.forward(days=1)
    with vault.transaction() as session:
        log_contact(session, case_id=case_id, at=session.now, channel="PHONE", outcome="NO_ANSWER")
    assert at_risk(vault) == {case_id}


def test_where_one_way_alone_is_safe_that_one_is_enough(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = person(session, hours=(SafeHours("TEXT", "YES"), SafeHours("PHONE", "NO")))
        never_reached(session, case_id, channels=("TEXT", "TEXT", "TEXT"))
    [line] = lines(vault, "LOST")
    assert line.case_id == case_id
    assert line.why.endswith("3 attempts by the one safe way")


@pytest.mark.parametrize("hours", [(SafeHours("PHONE", "ASK"), SafeHours("TEXT", "ASK"), SafeHours("EMAIL", "NO"))])
def test_where_no_way_is_called_safe_those_to_ask_about_count(vault: Vault, hours: tuple[SafeHours, ...]) -> None:
    with vault.transaction() as session:
        asked, other = person(session, hours=hours), person(session, hours=hours)
        never_reached(session, asked)
        never_reached(session, other, channels=("EMAIL", "TEXT", "EMAIL"))
    assert at_risk(vault) == {asked}


def test_nobody_is_missed_because_no_plan_was_made(vault: Vault) -> None:
    from victimcare.casework.cases import open_case
    from victimcare.casework.workers import my_worker

    with vault.transaction() as session:
        case_id = open_case(session, received_on=date(2026, 3, 3), source="NGO", worker_id=my_worker(session))
        never_reached(session, case_id)
    assert at_risk(vault) == {case_id}


def test_files_read_as_one_are_looked_at_together(vault: Vault) -> None:
    with vault.transaction() as session:
        leads, part = (person(session, hours=ANY_HOUR) for _ in range(2))
        tried(session, leads, since=LONG_AGO, channels=("PHONE",))
        tried(session, part, since=LONG_AGO, channels=("TEXT", "PHONE"))
        merge(session, case_id=part, into_case_id=leads, why="The same person twice.")
    assert at_risk(vault) == {leads}
    with vault.transaction() as session:
        log_contact(session, case_id=part, at=at(TODAY), channel="TEXT", outcome="SPOKEN")
    assert at_risk(vault) == set()


def test_a_long_list_says_how_many_more_there_are(vault: Vault) -> None:
    with vault.transaction() as session:
        for _ in range(4):
            never_reached(session, person(session, hours=ANY_HOUR))
    shown = [line for line in lines(vault, limit=3) if line.group == "AT_RISK"]
    assert [line.kind for line in shown] == ["LOST", "LOST", "LOST", "MORE"]
    assert (shown[-1].count, shown[-1].what) == (1, "1 more like this")
    assert len(lines(vault, "LOST", limit=None)) == 4
