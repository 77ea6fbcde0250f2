from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.case_list import ORDERS, OrderRefused, case_head, case_list
from victimcare.casework.dates import DateRefused
from victimcare.casework.stance import record_stance, stances_of
from victimcare.reference.codelists import UnknownCode
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


def test_a_stance_is_a_history_and_the_latest_day_counts(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_stance(session, case_id=case_id, on=date(2026, 11, 3), code="UNDECIDED", words="Ask me again.")
        record_stance(session, case_id=case_id, on=date(2026, 3, 3), code="DECLINES", on_or_before=True, imported=True)
    with vault.reading(Reading.case(case_id)) as session:
        assert [(row.code, row.words, row.on_or_before) for row in stances_of(session, case_id)] == [
            ("UNDECIDED", "Ask me again.", False),
            ("DECLINES", "", True),
        ]
        assert case_head(session, case_id).stance == "UNDECIDED"


def test_of_two_on_one_day_the_one_recorded_last_counts(vault: Vault, case_id: UUID) -> None:
    for code in ("FULL", "RETRACTED"):
        with vault.transaction() as session:
            record_stance(session, case_id=case_id, on=date(2026, 11, 3), code=code)
    with vault.reading() as session:
        assert case_head(session, case_id).stance == "RETRACTED"


def test_a_stance_that_cannot_be_is_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        with pytest.raises(UnknownCode):
            record_stance(session, case_id=case_id, on=date(2026, 11, 3), code="COOPERATIVE")
        with pytest.raises(DateRefused):
            record_stance(session, case_id=case_id, on=date(2026, 11, 25), code="FULL")
        with pytest.raises(DateRefused):
            record_stance(session, case_id=case_id, on=date(2026, 11, 3), code="FULL", born_on=date(2026, 11, 4))


def test_nobody_is_sorted_by_stance(vault: Vault) -> None:
    assert not any("stance" in order for order in ORDERS)
    with vault.reading() as session, pytest.raises(OrderRefused):
        case_list(session, order="stance")
