"""Who may be under 18 is treated as a child until it is said otherwise, and a date of birth under 18 cannot be said away."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.casework.cases import case_facts, change_facts, open_case
from victimcare.casework.identity import record_identity
from victimcare.casework.under_18 import is_child, is_child_in
from victimcare.reference.codelists import UnknownCode
from victimcare.store.vault import Vault

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("said", "born", "child"),
    [
        (None, None, False),
        ("NO", None, False),
        ("YES", None, True),
        ("YES", date(1990, 1, 1), True),  # presumed a child until assessed, whatever age was given
        (None, date(2008, 11, 25), True),
        (None, date(2008, 11, 24), False),
        ("NO", date(2008, 11, 25), True),
    ],
)
def test_may_be_counts_and_so_does_the_date_of_birth(said: str | None, born: date | None, child: bool) -> None:
    assert is_child(said, born, TODAY) is child


@given(st.dates(date(1930, 1, 1), TODAY), st.dates(TODAY, date(2050, 1, 1)))
def test_nobody_whose_18th_birthday_has_come_is_a_child_by_their_date_of_birth(born: date, today: date) -> None:
    turns = (born.year + 18, born.month, born.day)
    assert is_child(None, born, today) is ((today.year, today.month, today.day) < turns)


def test_it_is_a_fact_of_the_case_that_can_be_corrected(vault: Vault) -> None:
    with vault.transaction() as session:
        case_id = open_case(session, received_on=date(2026, 3, 3), source="NRM")
        assert not is_child_in(session, case_id)
        change_facts(session, case_id=case_id, version=1, may_be_under_18="YES")
        assert is_child_in(session, case_id)
        with pytest.raises(UnknownCode):
            change_facts(session, case_id=case_id, version=2, may_be_under_18="PERHAPS")
    with vault.transaction() as session:
        facts = case_facts(session, case_id)
        assert facts is not None
        assert facts.may_be_under_18 == "YES"
        change_facts(session, case_id=case_id, version=facts.version, may_be_under_18="NO")
        assert not is_child_in(session, case_id)
        record_identity(session, case_id=case_id, name_used="Ana", born_on=date(2010, 5, 1))
        assert is_child_in(session, case_id)
