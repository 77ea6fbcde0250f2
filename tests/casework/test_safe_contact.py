from datetime import date
from uuid import UUID

import pytest

from victimcare.casework.case_list import case_head
from victimcare.casework.dates import DateRefused
from victimcare.casework.opening import CODED_ONLY
from victimcare.casework.safe_contact import check_plan, hours_of, plan_of, plans_of, record_plan
from victimcare.casework.safe_hours import HoursRefused, SafeHours
from victimcare.reference.codelists import UnknownCode
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

TEXT = SafeHours("TEXT", "YES", to_minute=16 * 60, may_leave_message=True)
NEVER_CALL = SafeHours("PHONE", "NO")


def test_the_newest_plan_counts_and_older_ones_stay(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_plan(session, case_id=case_id, hours=[SafeHours("PHONE", "YES")], checked_on=date(2026, 9, 1), summary="Call any time.")
        record_plan(session, case_id=case_id, hours=[TEXT, NEVER_CALL], checked_on=date(2026, 11, 18), summary="Text only.", code_word="dentist")
    with vault.reading(Reading.case(case_id)) as session:
        plan = plan_of(session, case_id)
        assert (plan.summary, plan.code_word, plan.hours) == ("Text only.", "dentist", (TEXT, NEVER_CALL))
        assert [one.summary for one in plans_of(session, case_id)] == ["Text only.", "Call any time."]
        assert hours_of(session, [case_id]) == {case_id: (TEXT, NEVER_CALL)}


def test_safe_hours_are_told_without_opening_a_word(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_plan(session, case_id=case_id, hours=[TEXT], checked_on=date(2026, 11, 18), summary="Text only.")
    with vault.reading() as session:
        assert hours_of(session, [case_id]) == {case_id: (TEXT,)}
        assert plan_of(session, case_id, CODED_ONLY).summary == ""


def test_checking_a_plan_keeps_it_and_moves_its_day(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        record_plan(session, case_id=case_id, hours=[TEXT], checked_on=date(2026, 9, 1), summary="Text only.", must_not_know="Her brother.")
    with vault.transaction() as session:
        check_plan(session, case_id=case_id, on=date(2026, 11, 24))
    with vault.reading(Reading.case(case_id)) as session:
        plan = plan_of(session, case_id)
        assert (plan.checked_on, plan.must_not_know, plan.hours) == (date(2026, 11, 24), "Her brother.", (TEXT,))
        assert case_head(session, case_id).plan_checked_on == date(2026, 11, 24)


def test_a_plan_that_leaves_no_way_is_refused_by_hand_and_taken_from_a_register(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        for hours in ((), (NEVER_CALL,)):
            with pytest.raises(HoursRefused):
                record_plan(session, case_id=case_id, hours=hours)
        record_plan(session, case_id=case_id, hours=(NEVER_CALL,), imported=True)
    with vault.reading() as session:
        plan = plan_of(session, case_id, CODED_ONLY)
    assert (plan.imported, plan.checked_on, plan.hours) == (True, None, (NEVER_CALL,))


def test_what_a_plan_cannot_say_is_refused(vault: Vault, case_id: UUID) -> None:
    with vault.transaction() as session:
        with pytest.raises(UnknownCode):
            record_plan(session, case_id=case_id, hours=[SafeHours("PIGEON", "YES")])
        with pytest.raises(UnknownCode):
            record_plan(session, case_id=case_id, hours=[SafeHours("TEXT", "MAYBE")])
        with pytest.raises(DateRefused):
            record_plan(session, case_id=case_id, hours=[TEXT], checked_on=date(2026, 11, 25))
        with pytest.raises(HoursRefused):
            check_plan(session, case_id=case_id, on=date(2026, 11, 24))
