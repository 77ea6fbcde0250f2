"""Entries withdrawn: the row stays, its text is destroyed in the store and its log, it counts nowhere, and verify finds nothing wrong."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.conftest import StandingClock
from tests.store.raw import raw
from tests.store.test_people import ANALYST, joined
from victimcare.casework.barriers import barriers_of, record_barrier
from victimcare.casework.case_now import CaseNow, case_now_differences
from victimcare.casework.cases import open_case
from victimcare.casework.contacts import Contact, contacts_of, correct_contact, log_contact
from victimcare.casework.opening import CODED_ONLY
from victimcare.casework.stance import record_stance, stances_of
from victimcare.overview.case_page import case_page
from victimcare.reference.codelists import UnknownCode
from victimcare.store.errors import NoKey, NotAllowed
from victimcare.store.reading import Reading
from victimcare.store.session import VaultSession
from victimcare.store.tables import Sealed
from victimcare.store.vault import Vault
from victimcare.store.verify import verify
from victimcare.store.withdrawn import WithdrawalRefused, last_own, withdraw

TEXT = "she told him everything about that night"


@pytest.fixture
def case(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return open_case(session, received_on=date(2026, 11, 3), source="NGO")


def logged(session: VaultSession, case: UUID, **more: object) -> UUID:
    return log_contact(session, case_id=case, at=session.now - timedelta(hours=2), channel="TEXT", outcome="SPOKEN", said=TEXT, **more)  # type: ignore[arg-type]


def now_of(vault: Vault, case: UUID) -> CaseNow:
    with vault.reading() as session:
        row = session.scalar(select(CaseNow).where(CaseNow.case_id == case))
        assert row is not None
        assert case_now_differences(session) == ()
        return row


@pytest.mark.parametrize("reason", ["WRONG_CASE", "MUST_NOT_BE_HELD"])
def test_what_must_go_is_destroyed_and_the_row_stays(vault: Vault, case: UUID, reason: str) -> None:
    with vault.transaction() as session:
        contact = logged(session, case)
    with vault.reading() as session:
        payload = session.scalar(select(Sealed.payload).where(Sealed.id == contact))
    assert payload
    with vault.transaction() as session:
        withdraw(session, row_id=contact, reason=reason, why="for another file")
    assert not any(path.name.endswith("-wal") and path.stat().st_size for path in vault.folder.iterdir())
    with vault.reading(Reading.case(case)) as session:
        assert session.scalar(select(Sealed.payload).where(Sealed.id == contact)) is None
        row = session.get(Contact, contact)
        assert row is not None
        assert row.said == ""
        assert contacts_of(session, case) == ()
        [shown] = [entry for entry in case_page(session, case).stream if entry.id == contact]
        assert shown.withdrawn.endswith("withdrawn on 24 Nov 2026")
        assert shown.parts == (("Why", "for another file"),)
    assert now_of(vault, case).last_achieved_on is None
    assert verify(vault).holds
    with raw(vault) as connection:
        assert connection.execute("SELECT count(*) FROM sealed WHERE id = ?", (contact.bytes,)).fetchone() == (0,)


def test_what_was_saved_by_mistake_keeps_its_text_and_counts_no_more(vault: Vault, case: UUID) -> None:
    with vault.transaction() as session:
        first = record_stance(session, case_id=case, on=date(2026, 11, 3), code="UNDECIDED")
        second = record_stance(session, case_id=case, on=date(2026, 11, 20), code="DECLINES", words="no more")
    with vault.transaction() as session:
        withdraw(session, row_id=second, reason="TAKEN_BACK")
    with vault.reading(Reading.case(case)) as session:
        assert [row.id for row in stances_of(session, case)] == [first]
        page = case_page(session, case)
        assert [row.id for row in page.stances] == [first]
        assert next(entry for entry in page.stream if entry.id == second).parts == (("Own words", "no more"),)
    assert now_of(vault, case).stance == "UNDECIDED"
    assert verify(vault).holds


def test_a_withdrawn_correction_lets_what_it_corrected_count_again(vault: Vault, case: UUID) -> None:
    with vault.transaction() as session:
        wrong = logged(session, case)
        right = correct_contact(session, contact_id=wrong, at=session.now, channel="PHONE", outcome="NO_ANSWER")
    assert now_of(vault, case).last_achieved_on is None
    with vault.transaction() as session:
        withdraw(session, row_id=right, reason="TAKEN_BACK")
    assert now_of(vault, case).last_achieved_on == date(2026, 11, 24)
    with vault.reading() as session:
        assert [(row.id, row.corrected_by) for row in contacts_of(session, case, CODED_ONLY)] == [(wrong, None)]
    with vault.transaction() as session:
        correct_contact(session, contact_id=wrong, at=session.now, channel="PHONE", outcome="NO_ANSWER")


def test_a_withdrawn_barrier_stands_nowhere(vault: Vault, case: UUID) -> None:
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=case, code="COURT_FEAR", since=date(2026, 11, 4), review_on=date(2026, 11, 20))
    assert now_of(vault, case).open_barriers == 1
    with vault.transaction() as session:
        withdraw(session, row_id=barrier, reason="WRONG_CASE")
    row = now_of(vault, case)
    assert (row.open_barriers, row.next_due_on) == (0, None)
    with vault.reading() as session:
        assert barriers_of(session, case, CODED_ONLY) == ()


def test_what_cannot_be_withdrawn_is_refused(vault: Vault, case: UUID) -> None:
    with vault.transaction() as session:
        contact = logged(session, case)
        withdraw(session, row_id=contact, reason="TAKEN_BACK")
    for row in (contact, case):  # withdrawn before; no entry
        with pytest.raises(WithdrawalRefused), vault.transaction() as session:
            withdraw(session, row_id=row, reason="WRONG_CASE")
    with pytest.raises(UnknownCode), vault.transaction() as session:
        withdraw(session, row_id=contact, reason="BECAUSE")


def test_undo_finds_what_one_wrote_last(vault: Vault, case: UUID, clock: StandingClock) -> None:
    with vault.transaction() as session:
        logged(session, case)
        started = session.now + timedelta(minutes=1)
    with vault.reading() as session:
        assert last_own(session, case, started) is None
    clock.now = started + timedelta(minutes=1)
    with vault.transaction() as session:
        stance = record_stance(session, case_id=case, on=date(2026, 11, 24), code="UNDECIDED")
    with vault.transaction() as session:
        barrier = record_barrier(session, case_id=case, code="COURT_FEAR", since=date(2026, 11, 4))
    with vault.transaction() as session:
        assert last_own(session, case, started) == barrier
        withdraw(session, row_id=barrier, reason="TAKEN_BACK")
        assert last_own(session, case, started) == stance


def test_an_analyst_cannot_withdraw(vault: Vault, case: UUID, clock: StandingClock) -> None:
    with vault.transaction() as session:
        contact = logged(session, case)
    analyst = joined(vault, "Analyst 2", ANALYST, clock)
    with pytest.raises((NotAllowed, NoKey)), analyst.transaction() as session:
        withdraw(session, row_id=contact, reason="TAKEN_BACK")
    analyst.close()
