"""Linked cases: seen from both, by reference alone, never naming a restricted case to who may not read it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.casework.test_restricted import colleague
from tests.conftest import StandingClock
from tests.ui.screens.given import person
from victimcare.casework.case_links import CaseLink, LinkRefused, LinkRow, change_link, end_link, link_cases, links_of
from victimcare.store.erase import erase_case
from victimcare.store.errors import NoKey
from victimcare.store.reading import Reading
from victimcare.store.restrict import restrict
from victimcare.store.rights import Role
from victimcare.store.vault import Vault
from victimcare.store.verify import verify

TODAY = date(2026, 11, 24)


@pytest.fixture
def both(vault: Vault) -> tuple[UUID, UUID]:
    with vault.transaction() as session:
        return person(session, "Ana"), person(session, "Ilir")


def linked(vault: Vault, both: tuple[UUID, UUID], **facts: object) -> UUID:
    given = {"kind": "FAMILY", "must_not_know": True, "words": "brother and sister", **facts}
    with vault.transaction() as session:
        return link_cases(session, case_id=both[0], other_case_id=both[1], **given)  # type: ignore[arg-type]


def rows(vault: Vault, case_id: UUID) -> tuple[LinkRow, ...]:
    with vault.reading(Reading.case(case_id)) as session:
        return links_of(session, case_id)


def test_a_link_shows_on_both_cases_and_its_words_on_one(vault: Vault, both: tuple[UUID, UUID]) -> None:
    linked(vault, both)
    [mine], [theirs] = rows(vault, both[0]), rows(vault, both[1])
    assert (mine.other_id, mine.reference, mine.must_not_know, mine.words) == (both[1], "VC-2026-0002", True, "brother and sister")
    assert (theirs.other_id, theirs.reference, theirs.must_not_know, theirs.words) == (both[0], "VC-2026-0001", True, "")


def test_the_same_link_twice_and_a_case_with_itself_are_refused(vault: Vault, both: tuple[UUID, UUID]) -> None:
    linked(vault, both)
    with pytest.raises(LinkRefused):
        linked(vault, (both[1], both[0]))
    with pytest.raises(LinkRefused):
        linked(vault, (both[0], both[0]))
    linked(vault, both, kind="SAME_HOUSE")
    assert len(rows(vault, both[1])) == 2


def test_a_link_changes_and_ends_from_either_side_and_stays_in_the_file(vault: Vault, both: tuple[UUID, UUID]) -> None:
    link = linked(vault, both, must_not_know=False)
    with vault.transaction() as session:
        change_link(session, link_id=link, version=1, must_not_know=True)
        end_link(session, link_id=link, version=1, on=TODAY)
    [row] = rows(vault, both[1])
    assert (row.must_not_know, row.ended_on) == (True, TODAY)
    with pytest.raises(LinkRefused), vault.transaction() as session:
        end_link(session, link_id=link, version=2, on=TODAY)
    linked(vault, both)


def test_a_restricted_case_of_others_is_not_named(vault: Vault, both: tuple[UUID, UUID], clock: StandingClock) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    link = linked(vault, both)
    with vault.transaction() as session:
        restrict(session, case_id=both[1], version=1, members=[session.member.id])
    with other.reading(Reading.case(both[0])) as session:
        [row] = links_of(session, both[0])
    assert (row.other_id, row.reference, row.must_not_know) == (None, "", True)
    with pytest.raises(NoKey), other.transaction() as session:
        change_link(session, link_id=link, version=1, must_not_know=False)
    with pytest.raises(LinkRefused), other.transaction() as session:
        link_cases(session, case_id=both[0], other_case_id=both[1], kind="OTHER", must_not_know=False)
    other.close()


@pytest.mark.parametrize("gone", [0, 1])
def test_erasing_either_case_removes_the_link(vault: Vault, both: tuple[UUID, UUID], gone: int) -> None:
    linked(vault, both)
    erase_case(vault, both[gone], reason="REQUESTED")
    with vault.reading() as session:
        assert session.query(CaseLink).count() == 0
    assert rows(vault, both[1 - gone]) == ()
    assert verify(vault).holds
