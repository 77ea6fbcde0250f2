"""Lines put off: a reason and a day are needed, undoing is one more record, and each sees their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.conftest import StandingClock
from victimcare.casework.cases import open_case
from victimcare.casework.opening import TextRefused
from victimcare.casework.snoozes import Snooze, SnoozeRefused, my_snoozes, put_off, take_up_again, why_put_off
from victimcare.store.ids import new_id
from victimcare.store.vault import Reading, Vault

TODAY = date(2026, 11, 24)
LAST = TODAY + timedelta(days=7)
LINE = {"kind": "CONTACT", "case_id": None, "about_id": None, "last": LAST}


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), TODAY, LAST + timedelta(days=1)])
def test_a_day_that_has_come_or_is_too_far_is_refused(vault: Vault, until: date) -> None:
    with vault.transaction() as session, pytest.raises(SnoozeRefused):
        put_off(session, **LINE, until=until, why="He is away.")  # type: ignore[arg-type]


def test_a_reason_is_needed(vault: Vault) -> None:
    with vault.transaction() as session, pytest.raises(TextRefused):
        put_off(session, **LINE, until=LAST, why="  ")  # type: ignore[arg-type]


def test_it_holds_until_its_day_and_its_reason_is_sealed_under_the_case(vault: Vault, clock: StandingClock) -> None:
    with vault.transaction() as session:
        case_id = open_case(session, received_on=TODAY, source="NGO")
        put_off(session, kind="PLAN", case_id=case_id, about_id=None, until=TODAY + timedelta(days=2), last=LAST, why="Olena sees her on Thursday.")
    with vault.reading(Reading.case(case_id)) as session:
        [row] = my_snoozes(session)
        assert (row.kind, row.case_id, row.until) == ("PLAN", case_id, TODAY + timedelta(days=2))
        assert why_put_off(session, row.id) == "Olena sees her on Thursday."
    clock.forward(days=2)
    with vault.reading() as session:
        assert my_snoozes(session) == ()


def test_the_newest_counts_and_undoing_is_one_more(vault: Vault) -> None:
    with vault.transaction() as session:
        put_off(session, **LINE, until=LAST, why="Later")  # type: ignore[arg-type]
        second = put_off(session, **LINE, until=TODAY + timedelta(days=1), why="Sooner after all")  # type: ignore[arg-type]
    with vault.reading() as session:
        assert [row.id for row in my_snoozes(session)] == [second]
    with vault.transaction() as session:
        take_up_again(session, snooze_id=second)
    with vault.reading() as session:
        assert my_snoozes(session) == ()
        assert session.query(Snooze).count() == 3


def test_what_a_colleague_put_off_is_not_mine_to_see_or_undo(vault: Vault) -> None:
    with vault.transaction() as session:
        theirs = Snooze(case_id=None, member_id=new_id(), kind="CONTACT", about_id=None, until=LAST)
        session.add(theirs)
    with vault.reading() as session:
        assert my_snoozes(session) == ()
    with vault.transaction() as session, pytest.raises(SnoozeRefused):
        take_up_again(session, snooze_id=theirs.id)
