"""Offered support: each entry answers whether the person would have got it anyway, and says when they were told that they would."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from victimcare.casework.cases import open_case
from victimcare.casework.dates import DateRefused
from victimcare.casework.offered_support import OfferRefused, last_told, offers_of, pounds, record_offer
from victimcare.casework.opening import TextRefused
from victimcare.reference.codelists import UnknownCode
from victimcare.store.vault import Reading, Vault
from victimcare.store.withdrawn import withdraw

TODAY = date(2026, 11, 24)
PHONE: dict[str, Any] = {"on": TODAY, "code": "PHONE", "response": "ACCEPT", "regardless": "YES"}


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return open_case(session, received_on=date(2026, 3, 3), source="NRM")


def test_what_was_offered_comes_back_newest_first(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_offer(session, case_id=case_id, **PHONE, detail="old handset", value_pence=4000)
        record_offer(
            session,
            case_id=case_id,
            **PHONE | {"on": date(2026, 11, 2), "code": "TRAVEL", "response": "DECLINE"},
            told_on=date(2026, 11, 1),
            told_language="sq",
        )
    with vault.reading(Reading.case(case_id)) as session:
        offers = offers_of(session, case_id)
    assert [(row.code, row.response, row.detail, pounds(row.value_pence)) for row in offers] == [
        ("PHONE", "ACCEPT", "old handset", "£40"),
        ("TRAVEL", "DECLINE", "", ""),
    ]
    told = last_told(offers)
    assert told is not None
    assert (told.told_on, told.told_language) == (date(2026, 11, 1), "sq")


def test_unanswered_is_refused_and_no_needs_the_supervisors_note(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        with pytest.raises(OfferRefused, match="must be answered"):
            record_offer(session, case_id=case_id, **PHONE | {"regardless": None})
        with pytest.raises(OfferRefused):
            record_offer(session, case_id=case_id, **PHONE | {"regardless": "UNKNOWN"})
        with pytest.raises(TextRefused, match="supervisor"):
            record_offer(session, case_id=case_id, **PHONE | {"regardless": "NO"}, note="  ")
        record_offer(session, case_id=case_id, **PHONE | {"regardless": "NO"}, note="DI 4 decided: witness expenses only")
    with vault.reading(Reading.case(case_id)) as session:
        assert [row.note for row in offers_of(session, case_id)] == ["DI 4 decided: witness expenses only"]


def test_a_withdrawn_entry_is_not_in_the_list(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        entry = record_offer(session, case_id=case_id, **PHONE)
        record_offer(session, case_id=case_id, **PHONE | {"code": "LEGAL"})
        withdraw(session, row_id=entry, reason="TAKEN_BACK")
    with vault.reading(Reading.case(case_id)) as session:
        assert [row.code for row in offers_of(session, case_id)] == ["LEGAL"]
        assert len(offers_of(session, case_id, also_withdrawn=True)) == 2


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"code": "GOLD"}, UnknownCode),
        ({"response": "MAYBE"}, UnknownCode),
        ({"on": date(2026, 11, 25)}, DateRefused),
        ({"told_on": date(2026, 11, 25)}, DateRefused),
        ({"told_language": "sq"}, OfferRefused),
        ({"value_pence": -1}, OfferRefused),
        ({"paid_by": "THEM"}, UnknownCode),
    ],
)
def test_what_cannot_be_is_refused(vault: Vault, case_id: UUID, wrong: dict[str, Any], refused: type[Exception]) -> None:
    with vault.transaction() as session, pytest.raises(refused):
        record_offer(session, case_id=case_id, **PHONE | wrong)


def test_pounds() -> None:
    assert [pounds(pence) for pence in (None, 0, 4000, 1250, 123456)] == ["", "£0", "£40", "£12.50", "£1,234.56"]
