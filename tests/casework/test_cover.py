"""Cover is given by whose work it is or by a supervisor, never twice for the same days, and ends by itself or early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.conftest import StandingClock
from victimcare.casework.cover import CoverRefused, covers_now, end_cover, give_cover, note_of
from victimcare.casework.workers import my_worker, worker_for, worker_named
from victimcare.store import people
from victimcare.store.rights import Role
from victimcare.store.vault import Reading, Vault

TODAY = date(2026, 11, 24)
WEEK = {"from_on": TODAY, "until_on": TODAY + timedelta(days=6)}


@pytest.fixture
def colleague(vault: Vault, clock: StandingClock) -> Iterator[Vault]:
    """VLO 23, a caseworker who is no supervisor, with a worker's row."""
    code = people.invite(vault, "VLO 23", frozenset({Role.CASEWORKER}))
    other = Vault.join(vault.folder, "VLO 23", code, "another long passphrase", clock=clock)
    people.approve(vault, other.member.id)
    other.refresh_membership()
    with other.transaction() as session:
        my_worker(session)
    yield other
    other.close()


def test_one_hands_over_ones_own_and_it_ends_by_itself(vault: Vault, colleague: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        mine, by = my_worker(session), worker_for(session, colleague.member.id, "VLO 23")
        session.flush()
        cover = give_cover(session, worker_id=mine, by_id=by, note="The keys are with the desk.", **WEEK)
    with colleague.reading(Reading.office("cover")) as session:
        [row] = covers_now(session)
        assert (row.worker, row.by, row.is_on(session.today)) == ("VLO 17", "VLO 23", True)
        assert note_of(session, cover) == "The keys are with the desk."
    clock.forward(days=6)
    with colleague.reading() as session:
        assert covers_now(session)[0].is_on(session.today)
    clock.forward(days=1)
    with colleague.reading() as session:
        assert covers_now(session) == ()


@pytest.mark.parametrize("who", ["vault", "colleague"])
def test_either_side_ends_it_early_and_only_once(vault: Vault, colleague: Vault, who: str) -> None:
    with vault.transaction() as session:
        cover = give_cover(session, worker_id=my_worker(session), by_id=worker_for(session, colleague.member.id, "VLO 23"), **WEEK)
    with {"vault": vault, "colleague": colleague}[who].transaction() as session:
        end_cover(session, cover_id=cover, version=1)
    with colleague.reading() as session:
        assert covers_now(session) == ()
    with vault.transaction() as session, pytest.raises(CoverRefused, match="ended already"):
        end_cover(session, cover_id=cover, version=2)


def test_only_a_supervisor_hands_over_or_ends_what_is_somebody_elses(vault: Vault, colleague: Vault) -> None:
    with vault.transaction() as session:
        absent, mine = worker_named(session, "PC 1182"), my_worker(session)
    with colleague.transaction() as session, pytest.raises(CoverRefused, match="supervisor"):
        give_cover(session, worker_id=absent, by_id=my_worker(session), **WEEK)
    with vault.transaction() as session:
        cover = give_cover(session, worker_id=absent, by_id=mine, **WEEK)
    with colleague.transaction() as session, pytest.raises(CoverRefused, match="Only the two"):
        end_cover(session, cover_id=cover, version=1)


def test_the_same_days_are_not_given_twice_but_others_and_both_ways_are(vault: Vault, colleague: Vault) -> None:
    with vault.transaction() as session:
        mine, theirs = my_worker(session), worker_for(session, colleague.member.id, "VLO 23")
        session.flush()
        first = give_cover(session, worker_id=mine, by_id=theirs, **WEEK)
    with vault.transaction() as session, pytest.raises(CoverRefused, match="on some of those days"):
        give_cover(session, worker_id=mine, by_id=theirs, from_on=TODAY + timedelta(days=6), until_on=TODAY + timedelta(days=9))
    with vault.transaction() as session:
        give_cover(session, worker_id=mine, by_id=theirs, from_on=TODAY + timedelta(days=7), until_on=TODAY + timedelta(days=9))
        end_cover(session, cover_id=first, version=1)
    with vault.transaction() as session:
        give_cover(session, worker_id=mine, by_id=theirs, **WEEK)  # the days of one taken back are free again
    with colleague.transaction() as session:
        give_cover(session, worker_id=theirs, by_id=mine, **WEEK)
    with vault.reading() as session:
        assert len(covers_now(session)) == 3


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"from_on": TODAY, "until_on": TODAY - timedelta(days=1)}, "ends before it starts"),
        ({"from_on": TODAY - timedelta(days=1), "until_on": TODAY}, "has passed"),
    ],
)
def test_days_that_cannot_be_are_refused(vault: Vault, colleague: Vault, days: dict[str, date], words: str) -> None:
    with vault.transaction() as session, pytest.raises(CoverRefused, match=words):
        give_cover(session, worker_id=my_worker(session), by_id=worker_for(session, colleague.member.id, "VLO 23"), **days)


def test_nobody_covers_for_themselves_nor_who_does_not_sign_in(vault: Vault) -> None:
    with vault.transaction() as session:
        mine, label = my_worker(session), worker_named(session, "PC 1182")
    with vault.transaction() as session, pytest.raises(CoverRefused, match="themselves"):
        give_cover(session, worker_id=mine, by_id=mine, **WEEK)
    with vault.transaction() as session, pytest.raises(CoverRefused, match="does not sign in"):
        give_cover(session, worker_id=mine, by_id=label, **WEEK)
