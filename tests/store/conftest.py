"""A person's file to work on: a case with sealed texts in several tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.barriers import record_barrier
from victimcare.casework.identity import record_identity
from victimcare.casework.new_person import new_case
from victimcare.casework.notes import record_note
from victimcare.casework.safe_hours import SafeHours
from victimcare.store.vault import Vault


def make_case(vault: Vault, name: str = "Marta", note: str = "she asked for the same worker") -> UUID:
    """A case of three weeks ago with an identity, a plan, a phone, a note and a barrier."""
    with vault.transaction("new case") as session:
        case_id = new_case(
            session,
            received_on=date(2026, 11, 3),
            source="DIRECT_REPORT",
            name_used=name,
            language=None,
            hours=[SafeHours("PHONE", "YES")],
            summary="after six",
            phone="07700 900123",
        )
        record_note(session, case_id=case_id, on=date(2026, 11, 4), text=note)
        record_barrier(session, case_id=case_id, code="SELF_REPRISAL", since=date(2026, 11, 4))
        record_identity(session, case_id=case_id, name_used=name, family_name="Dragan")
    return case_id


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    return make_case(vault)


@pytest.fixture
def cases(vault: Vault) -> Callable[[int], list[UUID]]:
    return lambda count: [make_case(vault, f"Person {number}") for number in range(count)]
