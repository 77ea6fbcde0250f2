"""Two files of one person read as one: nothing moves, lists and counts take them for one, and ending the link undoes it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.casework.test_restricted import colleague
from tests.conftest import StandingClock
from victimcare.casework.barriers import record_barrier
from victimcare.casework.case_list import case_list
from victimcare.casework.case_now import CaseNow, case_now_differences
from victimcare.casework.cases import open_case
from victimcare.casework.contacts import log_contact
from victimcare.casework.deadlines import record_deadline
from victimcare.casework.drafts import discard_draft, keep_draft
from victimcare.casework.merging import MergeRefused, end_merge, into_of, merge, merges_of, parts_of, standing_merges
from victimcare.casework.opening import TextRefused
from victimcare.refused import Refused
from victimcare.store.erase import erase_case
from victimcare.store.errors import NoKey
from victimcare.store.reading import Reading
from victimcare.store.restrict import restrict
from victimcare.store.rights import Role
from victimcare.store.vault import Vault
from victimcare.summaries.counting import counts
from victimcare.summaries.measures import MEASURES
from victimcare.summaries.spans import Span

TODAY = date(2026, 11, 24)
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31), "YEAR", "2026")


@pytest.fixture
def three(vault: Vault) -> tuple[UUID, UUID, UUID]:
    with vault.transaction() as session:
        first, second, third = (open_case(session, received_on=date(2026, 3, day), source="DIRECT_REPORT") for day in (1, 2, 3))
    return first, second, third


def linked(vault: Vault, part: UUID, into: UUID) -> UUID:
    with vault.transaction() as session:
        return merge(session, case_id=part, into_case_id=into, why="the same date of birth and phone")


def now_of(vault: Vault, case_id: UUID) -> CaseNow:
    with vault.reading() as session:
        found = session.get(CaseNow, case_id)
        assert found is not None
        session.expunge(found)
        return found


def people(vault: Vault, by: tuple[str, ...] = ()) -> dict[tuple[int | str, ...], int]:
    with vault.reading() as session:
        return counts(session, MEASURES["people_received"], [YEAR], by)


def references(vault: Vault) -> list[str]:
    with vault.reading() as session:
        return [row.reference for row in case_list(session)]


def test_a_merge_takes_one_person_off_and_its_end_puts_them_back(vault: Vault, three: tuple[UUID, UUID, UUID]) -> None:
    first, second, _ = three
    with vault.transaction() as session:
        for case_id, code in ((first, "SELF_REPRISAL"), (second, "SELF_REPRISAL"), (second, "FAMILY_ABROAD")):
            record_barrier(session, case_id=case_id, code=code, since=TODAY)
    apart = people(vault, ("barrier",))
    assert people(vault) == {(0,): 3}
    link = linked(vault, second, first)
    assert people(vault) == {(0,): 2}
    assert people(vault, ("barrier",)) == {(0, "SELF_REPRISAL"): 1, (0, "FAMILY_ABROAD"): 1}
    assert references(vault) == ["VC-2026-0001", "VC-2026-0003"]
    with vault.transaction() as session:
        end_merge(session, merged_id=link, version=1, why="two sisters")
    assert people(vault) == {(0,): 3}
    assert people(vault, ("barrier",)) == apart == {(0, "SELF_REPRISAL"): 2, (0, "FAMILY_ABROAD"): 1}
    assert len(references(vault)) == 3


def test_what_is_so_now_is_so_of_both_files(vault: Vault, three: tuple[UUID, UUID, UUID]) -> None:
    first, second, _ = three
    day = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with vault.transaction() as session:
        log_contact(session, case_id=first, at=day, channel="PHONE", outcome="NO_ANSWER", next_on=date(2026, 11, 25))
        log_contact(session, case_id=second, at=day - timedelta(days=1), channel="PHONE", outcome="SPOKEN")
        log_contact(session, case_id=second, at=day + timedelta(days=1), channel="TEXT", outcome="NO_ANSWER", next_on=date(2026, 12, 1))
        record_barrier(session, case_id=first, code="SELF_REPRISAL", since=TODAY)
        record_barrier(session, case_id=second, code="FAMILY_ABROAD", since=TODAY)
    before = now_of(vault, first)
    link = linked(vault, second, first)
    now = now_of(vault, first)
    assert (now.last_achieved_on, now.attempts_since, now.open_barriers) == (date(2026, 11, 19), 2, 2)
    assert (now.next_due_on, now.next_due_kind) == (date(2026, 12, 1), "NEXT_STEP")  # the newest contact says it, in whichever file
    with vault.transaction() as session:
        record_deadline(session, case_id=second, rule="VC_ARREST", event_on=date(2026, 11, 23))
    assert now_of(vault, first).next_due_on == TODAY
    with vault.reading() as session:
        assert case_now_differences(session) == ()
    with vault.transaction() as session:
        end_merge(session, merged_id=link, version=1, why="not the same")
    after = now_of(vault, first)
    assert [getattr(after, name) for name in ("last_achieved_on", "attempts_since", "open_barriers", "next_due_on")] == [
        getattr(before, name) for name in ("last_achieved_on", "attempts_since", "open_barriers", "next_due_on")
    ]


def test_no_circle_and_no_chain(vault: Vault, three: tuple[UUID, UUID, UUID]) -> None:
    first, second, third = three
    link = linked(vault, second, first)
    for part, into in ((first, first), (first, second), (second, third), (third, second), (first, third)):
        with pytest.raises(MergeRefused), vault.transaction() as session:
            merge(session, case_id=part, into_case_id=into, why="again")
    linked(vault, third, first)
    with vault.reading(Reading.case(first)) as session:
        assert parts_of(session, first) == (first, second, third)
        assert into_of(session, second) == first
        assert [row.other for row in merges_of(session, first)] == ["VC-2026-0003", "VC-2026-0002"]
    with vault.transaction() as session:
        end_merge(session, merged_id=link, version=1, why="apart")
    with pytest.raises(MergeRefused), vault.transaction() as session:
        end_merge(session, merged_id=link, version=2, why="apart again")


def test_a_reason_is_needed(vault: Vault, three: tuple[UUID, UUID, UUID]) -> None:
    with pytest.raises(TextRefused), vault.transaction() as session:
        merge(session, case_id=three[0], into_case_id=three[1], why=" ")


def test_both_must_be_readable(vault: Vault, three: tuple[UUID, UUID, UUID], clock: StandingClock) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    with vault.transaction() as session:
        restrict(session, case_id=three[1], version=1, members=[vault.member.id])
    with pytest.raises(NoKey), other.transaction() as session:
        merge(session, case_id=three[1], into_case_id=three[0], why="the same person")
    other.close()


def test_what_not_the_same_people_may_read_is_not_read_as_one(vault: Vault, three: tuple[UUID, UUID, UUID], clock: StandingClock) -> None:
    other = colleague(vault, clock, Role.CASEWORKER)
    with vault.transaction() as session:
        restrict(session, case_id=three[1], version=1, members=[vault.member.id])
    for part, into in ((three[0], three[1]), (three[1], three[0])):
        with pytest.raises(MergeRefused), vault.transaction() as session:
            merge(session, case_id=part, into_case_id=into, why="the same person")
    with vault.transaction() as session:
        restrict(session, case_id=three[0], version=1, members=[vault.member.id])
    linked(vault, three[0], three[1])
    other.close()


def test_erasing_the_part_leaves_the_other_as_it_was(vault: Vault, three: tuple[UUID, UUID, UUID]) -> None:
    first, second, _ = three
    with vault.transaction() as session:
        record_barrier(session, case_id=second, code="FAMILY_ABROAD", since=TODAY)
        record_deadline(session, case_id=second, rule="VC_ARREST", event_on=date(2026, 11, 23))
    linked(vault, second, first)
    erase_case(vault, second, reason="REQUESTED")
    now = now_of(vault, first)
    assert (now.open_barriers, now.next_due_on) == (0, None)
    with vault.reading() as session:
        assert case_now_differences(session) == ()
    assert people(vault) == {(0,): 2}


def test_erasing_the_leading_file_lets_the_part_stand_for_itself(vault: Vault, three: tuple[UUID, UUID, UUID]) -> None:
    first, second, _ = three
    linked(vault, second, first)
    erase_case(vault, first, reason="REQUESTED")
    assert references(vault) == ["VC-2026-0002", "VC-2026-0003"]


def test_refusals_name_nobody(vault: Vault, three: tuple[UUID, UUID, UUID]) -> None:
    with pytest.raises(Refused) as refused, vault.transaction() as session:
        merge(session, case_id=three[0], into_case_id=three[0], why="Ana is Anna")
    assert "Ana" not in f"{refused.value} {refused.value!r}"


def test_a_file_with_a_half_filled_box_is_not_merged(vault: Vault, three: tuple[UUID, UUID, UUID]) -> None:
    first, second, _ = three
    with vault.transaction() as session:
        keep_draft(session, form="contact", body="{}", case_id=second)
    with pytest.raises(MergeRefused), vault.transaction() as session:
        merge(session, case_id=second, into_case_id=first, why="the same person")
    with vault.transaction() as session:
        discard_draft(session, form="contact", case_id=second)
        keep_draft(session, form="merge", body="{}", case_id=second)  # the box that merges has a draft of its own
        merge(session, case_id=second, into_case_id=first, why="the same person")
        assert standing_merges(session) == {second: first}
