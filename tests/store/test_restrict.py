"""Restricting a case: who is named reads it, nobody else does, and the old key is gone."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.conftest import StandingClock
from tests.store.test_backup import notes
from tests.store.test_people import ANALYST, CASEWORKER, OWN, joined
from victimcare.casework.case_list import case_list
from victimcare.casework.cases import case_facts
from victimcare.casework.notes import record_note
from victimcare.store import people
from victimcare.store.errors import Conflict, NoKey, NotAllowed
from victimcare.store.recovering import recover, renew_shares
from victimcare.store.recovery import SharesRefused
from victimcare.store.restrict import MayNotRead, lift_restriction, restrict
from victimcare.store.tables import DataKey
from victimcare.store.vault import Vault
from victimcare.store.verify import verify

NOTE = ["she asked for the same worker"]


@pytest.fixture
def colleague(vault: Vault, clock: StandingClock) -> Iterator[Vault]:
    other = joined(vault, "VLO 23", CASEWORKER, clock)
    people.approve(vault, other.member.id)
    other.refresh_membership()
    vault.refresh_membership()
    yield other
    other.close()


def version(vault: Vault, case_id: UUID) -> int:
    with vault.reading() as session:
        facts = case_facts(session, case_id)
        assert facts is not None
        return facts.version


def restricted(vault: Vault, case_id: UUID, *members: UUID) -> None:
    seen = version(vault, case_id)
    with vault.transaction("case restricted", case_id=case_id) as session:
        restrict(session, case_id=case_id, version=seen, members=members)


def test_only_who_is_named_reads_a_restricted_case(vault: Vault, colleague: Vault, case_id: UUID) -> None:
    assert notes(colleague, case_id) == NOTE
    restricted(vault, case_id, vault.member.id)
    assert notes(colleague, case_id) == [""]
    assert notes(vault, case_id) == NOTE
    with colleague.reading() as session:
        facts = case_facts(session, case_id)
        assert facts is not None
        assert facts.is_restricted
    mine, theirs = verify(vault), verify(colleague)
    assert mine.holds
    assert theirs.holds
    assert mine.counts.seals_without_key == 0
    assert theirs.counts.seals_without_key >= 5


def test_nobody_seals_under_the_old_key_afterwards(vault: Vault, colleague: Vault, case_id: UUID) -> None:
    with colleague.transaction() as session:
        record_note(session, case_id=case_id, on=session.today, text="while it was open")
    restricted(vault, case_id, vault.member.id)
    with pytest.raises(NoKey), colleague.transaction() as session:
        record_note(session, case_id=case_id, on=session.today, text="must not be lost under a dead key")
    with vault.transaction() as session:
        record_note(session, case_id=case_id, on=session.today, text="by who may")
    assert sorted(notes(vault, case_id)) == ["by who may", *NOTE, "while it was open"]
    with vault.reading() as session:
        assert session.query(DataKey).filter(DataKey.case_id == case_id).count() == 1


def test_it_can_be_given_to_a_colleague_and_lifted(vault: Vault, colleague: Vault, case_id: UUID) -> None:
    restricted(vault, case_id, vault.member.id, colleague.member.id)
    assert notes(colleague, case_id) == NOTE
    seen = version(vault, case_id)
    with vault.transaction("restriction lifted", case_id=case_id) as session:
        lift_restriction(session, case_id=case_id, version=seen)
    assert notes(colleague, case_id) == NOTE
    with colleague.transaction() as session:
        record_note(session, case_id=case_id, on=session.today, text="again")
    assert sorted(notes(vault, case_id)) == ["again", *NOTE]
    assert verify(vault).holds


def test_who_gives_a_case_away_no_longer_reads_it(vault: Vault, colleague: Vault, case_id: UUID) -> None:
    restricted(vault, case_id, colleague.member.id)
    assert notes(vault, case_id) == [""]
    assert notes(colleague, case_id) == NOTE
    with pytest.raises(NoKey), vault.transaction() as session:
        lift_restriction(session, case_id=case_id, version=2)


def test_it_takes_a_supervisor_a_current_version_and_readers(vault: Vault, colleague: Vault, case_id: UUID, clock: StandingClock) -> None:
    analyst = joined(vault, "Analyst 2", ANALYST, clock)
    seen = version(vault, case_id)
    with pytest.raises(NotAllowed), colleague.transaction() as session:
        restrict(session, case_id=case_id, version=seen, members=[colleague.member.id])
    for members in ([], [analyst.member.id]):
        with pytest.raises(MayNotRead), vault.transaction() as session:
            restrict(session, case_id=case_id, version=seen, members=members)
    with pytest.raises(Conflict), vault.transaction() as session:
        restrict(session, case_id=case_id, version=seen + 1, members=[vault.member.id])
    assert notes(colleague, case_id) == NOTE
    analyst.close()


def test_shares_open_a_restricted_case_and_so_do_new_ones(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    shares = vault.test_shares  # type: ignore[attr-defined]
    restricted(vault, case_id, vault.member.id)
    renewed = renew_shares(vault)
    with pytest.raises(SharesRefused):
        recover(vault.folder, shares[:2], user="PC 1182", passphrase=OWN, clock=clock)
    vault.close()
    again, newest = recover(vault.folder, renewed[:2], user="PC 1182", passphrase=OWN, clock=clock)
    assert notes(again, case_id) == NOTE
    assert verify(again).findings == []
    again.close()
    last, _ = recover(vault.folder, newest[1:], user="PC 1183", passphrase=OWN, clock=clock)
    assert notes(last, case_id) == NOTE
    last.close()


def test_a_program_open_meanwhile_knows_at_once_who_may_read(vault: Vault, colleague: Vault, case_id: UUID) -> None:
    def is_listed() -> bool:
        with colleague.reading() as session:
            assert session.can_open(case_id) == bool(case_list(session))
            return session.can_open(case_id)

    assert is_listed()
    restricted(vault, case_id, vault.member.id)
    assert not is_listed()
    restricted(vault, case_id, colleague.member.id)
    assert is_listed()
    with vault.reading() as session:
        assert not session.can_open(case_id)
