"""Records written many at once stand as if each had been added and flushed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.conftest import StandingClock
from victimcare.casework.barriers import Barrier
from victimcare.casework.case_list import case_head
from victimcare.casework.case_now import case_now_differences
from victimcare.casework.cases import Case
from victimcare.casework.contacts import Contact
from victimcare.casework.identity import Identity
from victimcare.store.bulk import write_new
from victimcare.store.errors import NotAllowed
from victimcare.store.reading import Reading
from victimcare.store.record import Record
from victimcare.store.rights import Role
from victimcare.store.vault import Vault
from victimcare.store.verify import verify


def records(clock: StandingClock) -> list[Record]:
    case = Case(reference="VC-2026-0001", received_on=clock.now.date(), source="NGO")
    who = Identity(case_id=case.id)
    who.name_used = "Ioana Marin"
    spoken = Contact(case_id=case.id, at=clock.now, channel="PHONE", direction="OUTBOUND", kind="ROUTINE", outcome="SPOKEN", is_achieved=True)
    return [case, who, spoken, Barrier(case_id=case.id, code="HOUSING", since=clock.now.date())]


def test_what_was_written_at_once_can_be_read_changed_and_verified(vault: Vault, clock: StandingClock) -> None:
    case, who, _, barrier = made = records(clock)
    with vault.transaction("import") as session:
        write_new(session, made)
    with vault.reading(Reading.names()) as session:
        assert session.sealed([who.id]) == {who.id: {"name_used": "Ioana Marin"}}
        head = case_head(session, case.id)
        assert (head.status, head.open_barriers, head.last_achieved_on) == ("OPEN", 1, clock.now.date())
    with vault.transaction() as session:
        session.get_for_change(Barrier, barrier.id, version=1).status = "MITIGATING"
    assert verify(vault, derived=case_now_differences).findings == []


def test_a_flush_and_writing_at_once_leave_the_same_columns(new_vault: Callable[..., Vault], clock: StandingClock) -> None:
    """Bar ids: defaults, version, when and by whom."""
    stand = []
    for at_once in (True, False):
        vault = new_vault()
        with vault.transaction() as session:
            write_new(session, records(clock)) if at_once else session.add_all(records(clock))
        with vault.reading() as session:
            stand.append([_without_ids(row) for kind in (Case, Contact, Barrier) for row in session.execute(select(kind.__table__)).mappings()])
    assert stand[0] == stand[1]


def _without_ids(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value is None if isinstance(value, UUID) else value for name, value in row.items()}


def test_without_the_right_nothing_is_written_at_once(vault: Vault, clock: StandingClock) -> None:
    vault.member = replace(vault.member, roles=frozenset({Role.ANALYST}))
    with pytest.raises(NotAllowed), vault.transaction() as session:
        write_new(session, records(clock))
    with vault.reading() as session:
        assert session.scalars(select(Case.id)).all() == []


def test_a_record_that_was_written_is_not_written_again(vault: Vault, clock: StandingClock) -> None:
    made = records(clock)
    with vault.transaction() as session:
        session.add_all(made)
        session.flush()
        with pytest.raises(ValueError, match="written before"):
            write_new(session, made)
