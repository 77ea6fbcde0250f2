"""Deadlines come out as somebody counts them on a wall calendar, and the version of the day of the event counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.reference import deadline_rules
from victimcare.reference.codelists import UnknownCode, codelist
from victimcare.reference.deadline_rules import NoRuleThen, due_on, recordable, rule_on, version_valid, versions_of
from victimcare.reference.working_days import add_working_days, is_working_day

# Bank holidays of England and Wales, typed from GOV.UK (https://www.gov.uk/bank-holidays), those of 2028 by its rules.
BANK_HOLIDAYS = {
    2024: "1 1, 3 29, 4 1, 5 6, 5 27, 8 26, 12 25, 12 26",
    2025: "1 1, 4 18, 4 21, 5 5, 5 26, 8 25, 12 25, 12 26",
    2026: "1 1, 4 3, 4 6, 5 4, 5 25, 8 31, 12 25, 12 28",
    2027: "1 1, 3 26, 3 29, 5 3, 5 31, 8 30, 12 27, 12 28",
    2028: "1 3, 4 14, 4 17, 5 1, 5 29, 8 28, 12 25, 12 26",
}
OFF = {date(year, *map(int, pair.split())) for year, pairs in BANK_HOLIDAYS.items() for pair in pairs.split(", ")}
EVENTS = st.dates(date(2024, 1, 1), date(2028, 10, 31))
ALL_RULES = sorted(codelist("deadline_rule").codes)


def on_a_wall_calendar(event: date, n: int) -> date:
    """Cross off days one by one, in whole weeks of a calendar that was printed beforehand."""
    printed = [date(2024, 1, 1) + timedelta(days=at) for at in range(366 * 5 + 1)]
    worked = [day for day in printed if day > event and day.strftime("%a") not in ("Sat", "Sun") and day not in OFF]
    return worked[n - 1]


def test_an_arrest_on_christmas_eve_2027():
    assert due_on("VC_ARREST", date(2027, 12, 24), enhanced=True) == date(2027, 12, 29)
    assert due_on("VC_ARREST", date(2027, 12, 24), enhanced=False) == date(2028, 1, 5)


@given(EVENTS, st.sampled_from(["VC_ARREST", "VC_CHARGE", "VRR_POLICE_ACK", "VRR_POLICE_RESULT", "SM_APP_MAGS", "WCU_RESULT"]), st.booleans())
def test_working_days_agree_with_a_calendar_typed_in_by_hand(event, code, enhanced):
    rule = rule_on(code, event)
    due = due_on(code, event, enhanced=enhanced)
    assert due == on_a_wall_calendar(event, rule.enhanced_days if enhanced else rule.days)
    assert due.weekday() < 5
    assert due not in OFF


@given(EVENTS)
def test_every_day_is_worked_or_off_as_published(day):
    assert is_working_day(day) == (day.weekday() < 5 and day not in OFF)


@given(EVENTS, st.sampled_from(ALL_RULES))
def test_a_deadline_never_lies_before_its_event_and_enhanced_is_never_later(event, code):
    if not any(version.is_valid(event) for version in versions_of(code)):
        return
    standard, enhanced = (due_on(code, event, enhanced=which) for which in (False, True))
    assert event <= enhanced <= standard


@given(EVENTS, st.integers(1, 30))
def test_a_day_later_is_never_due_sooner(event, n):
    assert add_working_days(event, n) <= add_working_days(event + timedelta(days=1), n)


@pytest.mark.parametrize(
    ("event", "due"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 11, 24), date(2027, 2, 24)),
        (date(2028, 2, 29), date(2028, 5, 29)),
        (date(2026, 12, 31), date(2027, 3, 31)),
    ],
)
def test_three_months_end_on_the_same_day_or_the_last_of_the_month(event, due):
    assert due_on("VRR_POLICE_WINDOW", event, enhanced=True) == due


@given(EVENTS)
def test_three_months_end_in_the_third_month_after(event):
    due = due_on("VRR_POLICE_WINDOW", event, enhanced=False)
    assert (due.year * 12 + due.month) - (event.year * 12 + event.month) == 3
    assert due.day == event.day or (due.day < event.day and (due + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("code", "event", "due"),
    [
        ("NRM_RECOVERY_MIN", date(2026, 3, 12), date(2026, 4, 10)),  # the day of the decision is day 1
        ("NRM_RECOVERY_MIN", date(2028, 2, 1), date(2028, 3, 1)),  # over a leap day
        ("NRM_RECON", date(2026, 10, 24), date(2026, 11, 23)),  # the clocks go back the next night
        ("NRM_RECON", date(2026, 3, 28), date(2026, 4, 27)),  # and forward
        ("MSVCC_EXIT_POS", date(2026, 12, 1), date(2027, 1, 15)),  # over the year's end
        ("VIR_NOTICE", date(2026, 11, 24), date(2026, 11, 24)),
        ("CICA", date(2028, 2, 29), date(2030, 2, 28)),
        ("BREACH_ICO", date(2026, 10, 24), date(2026, 10, 27)),
        ("SAR", date(2026, 1, 31), date(2026, 2, 28)),
    ],
)
def test_calendar_days_months_years_and_hours(code, event, due):
    assert due_on(code, event, enhanced=True) == due


def test_the_version_of_the_day_of_the_event_counts():
    [now] = versions_of("VC_ARREST")
    later = replace(now, days=3, enhanced_days=2, valid_from=date(2027, 4, 1))
    versions = (now, later)
    assert version_valid(versions, date(2027, 3, 31)).enhanced_days == 1
    assert version_valid(versions, date(2027, 4, 1)).enhanced_days == 2
    with pytest.raises(NoRuleThen):
        version_valid(versions, date(2021, 3, 31))
    with pytest.raises(NoRuleThen):
        version_valid((replace(now, valid_to=date(2025, 1, 1)),), date(2025, 1, 2))


def test_an_office_adds_a_version_to_the_file(monkeypatch):
    data = {**deadline_rules._data(), "versions": [{"code": "VC_ARREST", "valid_from": "2027-04-01", "enhanced_days": 2, "source": ["The new Code"]}]}
    monkeypatch.setattr(deadline_rules, "_data", lambda: data)
    versions_of.cache_clear()
    try:
        assert due_on("VC_ARREST", date(2027, 3, 31), enhanced=True) == date(2027, 4, 1)
        assert due_on("VC_ARREST", date(2027, 4, 1), enhanced=True) == date(2027, 4, 5)
        assert rule_on("VC_ARREST", date(2027, 4, 1)).source == ("The new Code",)
    finally:
        versions_of.cache_clear()


def test_a_date_beyond_the_known_bank_holidays_comes_with_a_warning():
    rule = rule_on("VC_ARREST", date(2028, 12, 28))
    inside, beyond = (rule.due_on(date(2028, 12, 28), enhanced=which) for which in (True, False))
    assert (inside, rule.warning(inside)) == (date(2028, 12, 29), "")
    assert beyond > date(2028, 12, 31)
    assert "not announced" in rule.warning(beyond)


def test_what_nobody_verified_says_so_in_plain_words():
    assert rule_on("DTN", date(2026, 1, 5)).verification_words() == "General knowledge, not verified"
    assert rule_on("VC_ARREST", date(2026, 1, 5)).verification_words() == "Verified"
    assert not any("unverified" in version.verification_words() for code in ALL_RULES for version in versions_of(code))


@pytest.mark.parametrize(
    ("code", "enhanced", "words"),
    [
        ("VC_ARREST", True, "1 working day"),
        ("VC_ARREST", False, "5 working days"),
        ("VRR_POLICE_WINDOW", True, "3 months"),
        ("NRM_RECOVERY_MIN", True, "30 days, the first counted"),
        ("VIR_NOTICE", False, "the same day"),
    ],
)
def test_a_period_in_words(code, enhanced, words):
    assert rule_on(code, date(2026, 11, 24)).period(enhanced=enhanced) == words


def test_every_code_in_the_rules_is_a_rule_an_outcome_or_a_stage():
    data = deadline_rules._data()
    named = {code for part in ("events", "ended_by", "voided_by", "followed_by") for codes in data[part].values() for code in codes}
    named |= set(data["milestones"]) | set(data["own_lines"]) | set(data["may_be_under_18"]) | set(data["followed_by"])
    assert named <= set(ALL_RULES)
    happened = {event for part in ("events", "ended_by", "voided_by") for event in data[part]}
    known = {"ARREST", "CHARGE"} | {f"OUTCOME.{code}" for code in codelist("case_outcome").codes} | {f"NRM.{code}" for code in codelist("nrm_stage").codes}
    assert happened <= known
    assert not set(data["own_lines"]) & set(recordable())


def test_a_rule_nobody_knows_is_refused():
    with pytest.raises(UnknownCode):
        rule_on("VC_MAYBE", date(2026, 1, 5))
