"""A case to work on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.cases import open_case
from victimcare.casework.identity import record_identity
from victimcare.store.vault import Vault


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    """An open case of "Ana Munteanu", born 2 May 1998, received 3 Mar 2026."""
    with vault.transaction() as session:
        case = open_case(session, received_on=date(2026, 3, 3), source="NGO", nationality="RO")
        record_identity(session, case_id=case, name_used="Ana", given_names="Ana", family_name="Munteanu", born_on=date(1998, 5, 2))
    return case
