"""NRM stages and the recovery period: 30 days counting the first, or until the conclusive decision if that is later."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.casework.cases import open_case
from victimcare.casework.dates import DateRefused
from victimcare.justice.nrm import NrmRow, NrmState, doubt, nrm_of, nrm_state, record_nrm, recovery_floor
from victimcare.reference.codelists import UnknownCode
from victimcare.store.vault import Reading, Vault


@pytest.fixture
def case_id(vault: Vault) -> UUID:
    with vault.transaction() as session:
        return open_case(session, received_on=date(2026, 3, 3), source="NRM")


def after(vault: Vault, case_id: UUID, *stages: tuple[str, date]) -> NrmState:
    with vault.transaction() as session:
        for stage, on in stages:
            record_nrm(session, case_id=case_id, stage=stage, on=on)
    with vault.reading() as session:
        return nrm_state(nrm_of(session, case_id, {}))


def test_no_stage_no_period(vault: Vault, case_id: UUID) -> None:
    assert after(vault, case_id) == NrmState(None, None, False)


def test_the_day_of_the_decision_is_the_first_of_thirty(vault: Vault, case_id: UUID) -> None:
    state = after(vault, case_id, ("REFERRED", date(2026, 3, 5)), ("RG_POSITIVE", date(2026, 3, 12)))
    assert (state.recovery_until, state.recovery_is_open) == (date(2026, 4, 10), True)
    assert state.now is not None
    assert state.now.stage == "RG_POSITIVE"


@pytest.mark.parametrize(("decided", "until"), [(date(2026, 3, 20), date(2026, 4, 10)), (date(2026, 9, 1), date(2026, 9, 1))])
def test_the_conclusive_decision_ends_it_but_never_before_the_thirtieth_day(vault: Vault, case_id: UUID, decided: date, until: date) -> None:
    state = after(vault, case_id, ("RG_POSITIVE", date(2026, 3, 12)), ("CG_POSITIVE", decided))
    assert (state.recovery_until, state.recovery_is_open) == (until, False)


@pytest.mark.parametrize("stage", ["WITHDRAWN", "DISQUALIFIED", "RG_NEGATIVE"])
def test_withdrawn_disqualified_or_negative_leaves_no_period(vault: Vault, case_id: UUID, stage: str) -> None:
    assert after(vault, case_id, ("RG_POSITIVE", date(2026, 3, 12)), (stage, date(2026, 3, 20))).recovery_until is None


def test_a_second_positive_decision_after_a_negative_one_counts(vault: Vault, case_id: UUID) -> None:
    state = after(vault, case_id, ("RG_NEGATIVE", date(2026, 3, 12)), ("RG_RECON", date(2026, 3, 20)), ("RG_POSITIVE", date(2026, 5, 1)))
    assert state.recovery_until == date(2026, 5, 30)


def test_stages_recorded_out_of_order_stand_in_the_order_of_their_days(vault: Vault, case_id: UUID) -> None:
    after(vault, case_id, ("CG_POSITIVE", date(2026, 9, 1)), ("RG_POSITIVE", date(2026, 3, 12)))
    with vault.reading() as session:
        assert [row.stage for row in nrm_of(session, case_id, {})] == ["CG_POSITIVE", "RG_POSITIVE"]


def test_words_open_and_what_cannot_be_is_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_nrm(session, case_id=case_id, stage="REFERRED", on=date(2026, 3, 5), authority="SCA", words="sent by the house")
        with pytest.raises(UnknownCode):
            record_nrm(session, case_id=case_id, stage="MAYBE", on=date(2026, 3, 5))
        with pytest.raises(UnknownCode):
            record_nrm(session, case_id=case_id, stage="REFERRED", on=date(2026, 3, 5), authority="THEM")
        with pytest.raises(DateRefused):
            record_nrm(session, case_id=case_id, stage="REFERRED", on=date(2026, 11, 25))
    with vault.reading(Reading.case(case_id)) as session:
        assert [row.words for row in nrm_of(session, case_id)] == ["sent by the house"]


@given(st.dates(date(2015, 11, 1), date(2030, 1, 1)))
def test_the_floor_is_the_thirtieth_day_whatever_the_month(on: date) -> None:
    covered = [on + timedelta(days=ahead) for ahead in range(60) if on + timedelta(days=ahead) <= recovery_floor(on)]
    assert len(covered) == 30


def rows(vault: Vault, case_id: UUID, *stages: tuple[str, date]) -> tuple[NrmRow, ...]:
    after(vault, case_id, *stages)
    with vault.reading() as session:
        return nrm_of(session, case_id, {})


@pytest.mark.parametrize(
    ("stage", "asks"),
    [
        ("REFERRED", "one referral a person"),
        ("CG_POSITIVE", "no positive reasonable grounds decision"),
        ("CG_NEGATIVE", "no positive reasonable grounds decision"),
        ("RG_RECON", "no negative reasonable grounds decision"),
        ("CG_RECON", "no negative conclusive grounds decision"),
        ("DTN_SENT", "for adults who are not referred"),
        ("RG_POSITIVE", ""),
        ("WITHDRAWN", ""),
        ("SUSPENDED", ""),
    ],
)
def test_a_stage_that_does_not_follow_is_asked_about_once_in_plain_words(vault: Vault, case_id: UUID, stage: str, asks: str) -> None:
    found = doubt(rows(vault, case_id, ("REFERRED", date(2026, 3, 5))), stage, date(2026, 3, 12))
    assert (asks in found) if asks else found == ""


def test_a_decision_is_asked_about_where_only_a_later_referral_is_there(vault: Vault, case_id: UUID) -> None:
    later = rows(vault, case_id, ("REFERRED", date(2026, 3, 20)))
    assert "no referral is recorded before that day" in doubt(later, "RG_POSITIVE", date(2026, 3, 12))
    assert doubt(later, "RG_POSITIVE", date(2026, 3, 20)) == ""


def test_the_whole_way_raises_no_question(vault: Vault, case_id: UUID) -> None:
    way = (("CONSENT_SOUGHT", 1), ("REFERRED", 5), ("RG_NEGATIVE", 12), ("RG_RECON", 20), ("RG_POSITIVE", 25), ("CG_NEGATIVE", 26), ("CG_RECON", 27))
    for place, (stage, day) in enumerate(way):
        so_far = rows(vault, case_id, *((one, date(2026, 3, on)) for one, on in way[place - 1 : place] if place))
        assert doubt(so_far, stage, date(2026, 3, day)) == "", stage
