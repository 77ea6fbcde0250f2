"""What others see of a case that is restricted: it is in no list, search or head for who may not read it, and counts all the same."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from tests.conftest import StandingClock
from victimcare.casework.case_list import case_head, case_list
from victimcare.casework.cases import Case
from victimcare.casework.search import SearchIndex
from victimcare.store import people
from victimcare.store.reading import Reading
from victimcare.store.restrict import restrict
from victimcare.store.rights import Role
from victimcare.store.vault import Vault


def names_of(vault: Vault, text: str) -> list[str]:
    with vault.reading(Reading.names()) as session:
        return [hit.name for hit in SearchIndex.build(session).find(text)]


def colleague(vault: Vault, clock: StandingClock, role: Role) -> Vault:
    code = people.invite(vault, "VLO 23", frozenset({role}))
    other = Vault.join(vault.folder, "VLO 23", code, "another long passphrase", clock=clock)
    if role is Role.CASEWORKER:
        people.approve(vault, people.waiting(vault)[0].id)
        other.refresh_membership()
    return other


def test_a_colleague_finds_a_case_until_it_is_restricted(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    assert names_of(other, "munteanu") == ["Ana"]
    with other.reading(Reading.names()) as session:
        index = SearchIndex.build(session)
    with vault.transaction() as session:
        restrict(session, case_id=case_id, version=1, members=[session.member.id])
    assert names_of(other, "munteanu") == []
    assert names_of(vault, "munteanu") == ["Ana"]
    with other.reading(Reading.names()) as session:
        index.update(session, [case_id])
        assert case_list(session) == ()
        assert case_head(session, case_id) is None
        assert session.scalar(select(func.count(Case.id))) == 1
    assert index.find("VC-2026-0001") == ()
    with vault.reading() as session:
        assert case_head(session, case_id).is_restricted
    other.close()


def test_an_analyst_sees_coded_facts_and_no_name(vault: Vault, case_id: UUID, clock: StandingClock) -> None:
    analyst = colleague(vault, clock, Role.ANALYST)
    assert names_of(analyst, "ana") == []
    with analyst.reading() as session:
        assert [row.reference for row in case_list(session)] == ["VC-2026-0001"]
    analyst.close()
