"""Code lists: complete, readable, and their codes hold together across lists."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest

from victimcare.reference.codelists import CodeValue, UnknownCode, codelist, known, label
from victimcare.resources import resource_dir

NAMES = sorted(
    path.stem for path in (resource_dir() / "codelists").glob("*.json") if path.stem not in ("synonyms", "nationality_region", "nationality_wording")
)
SUBLISTS = [
    "barrier.status",
    "barrier.strength",
    "barrier.recorded_from",
    "contact_channel.direction",
    "contact_channel.person_contacted",
    "contact_outcome.response_to_offer",
    "activity_type.premises_type",
    "activity_type.finding",
    "special_measure.measure_status",
    "consent_basis.consent_scope",
    "consent_basis.consent_form",
    "consent_basis.consent_state",
    "risk_level.risk_type",
    "exploitation_type.flags",
    "mitigation_status.result",
    "offence.anonymity",
]


@pytest.mark.parametrize("name", NAMES + SUBLISTS)
def test_every_list_opens_with_a_label_for_each_code_and_no_code_twice(name):
    values = codelist(name).values
    assert values
    assert all(value.label.strip() for value in values)
    assert len({value.code for value in values}) == len(values)
    assert len({value.label for value in values}) == len(values), "two codes that read alike cannot be told apart in a list"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "nationality"])
def test_every_list_says_where_it_comes_from(name):
    assert json.loads((resource_dir() / "codelists" / f"{name}.json").read_bytes())["source"]


def test_a_barrier_reads_as_the_list_says_and_keeps_its_order_and_fields():
    barrier = codelist("barrier")
    assert len(barrier.codes) == 33
    assert barrier.codes[0] == "FAMILY_ABROAD"
    assert barrier.label("FAMILY_FIND_OUT") == "Concern about their family finding out"
    assert barrier.value("FAMILY_ABROAD").fields["group"] == "SAFETY"
    assert label("activity_type.premises_type", "CAR_WASH") == "Car wash"


def test_what_barriers_suggest_is_in_the_list_of_mitigations():
    suggested = {code for value in codelist("barrier").values for code in value.fields["typical_mitigations"]}
    assert suggested <= set(codelist("mitigation").codes)


def test_a_referral_moves_only_between_known_states_and_ends():
    statuses = codelist("referral_status")
    moves = statuses.extra["transitions"]
    assert set(moves) | {after for later in moves.values() for after in later} == set(statuses.codes)
    assert "STARTED" not in moves["DRAFT"]


def test_completed_and_successful_prosecutions_are_outcomes_and_nest():
    outcomes = codelist("case_outcome")
    successful, flagged, completed = (set(outcomes.extra[name]) for name in ("successful", "successful_flagged", "completed"))
    assert successful < flagged < completed < set(outcomes.codes)


def test_anonymity_is_for_life_in_trafficking_and_sexual_offences_only():
    automatic = {value.code for value in codelist("offence").values if value.fields["anonymity"] == "AUTOMATIC"}
    assert automatic == {"MSA_S2", "SOA"}


def test_boroughs_carry_the_33_district_codes_of_london():
    codes = sorted(value.fields["ons"] for value in codelist("borough").values if value.fields["ons"])
    assert codes == [f"E09{number:06d}" for number in range(1, 34)]
    assert codelist("borough").value("WESTMINSTER").fields["ons"] == "E09000033"


def test_a_code_of_no_list_is_refused_without_repeating_what_was_typed():
    with pytest.raises(UnknownCode) as refused:
        known("barrier", "Ana's brother")
    assert "Ana" not in str(refused.value)
    assert refused.value.code == "unknown_code"
    assert "Choose" in refused.value.remedy
    assert known("barrier", "DEBT") == "DEBT"


@pytest.mark.parametrize("name", ["nothing", "barrier.nothing", "barrier.note", "case_outcome.completed", "../rules/calendar"])
def test_a_list_that_does_not_exist_is_refused(name):
    with pytest.raises(UnknownCode):
        codelist(name)


def test_a_code_the_list_no_longer_has_still_reads_as_words():
    assert label("barrier", "OLD_AND_GONE") == "Old and gone"


def test_a_code_is_valid_only_between_its_dates():
    value = CodeValue("GLAA", "Gangmasters", valid_from=date(2005, 4, 1), valid_to=date(2026, 3, 31))
    assert not value.is_valid(date(2005, 3, 31))
    assert value.is_valid(date(2026, 3, 31))
    assert not value.is_valid(date(2026, 4, 1))


def test_stance_is_a_short_name_of_the_list_in_full():
    assert codelist("stance").codes == codelist("prosecution_support_stance").codes


def test_importing_the_package_loads_no_library_and_no_list():
    modules = "codelists, countries, languages, working_days, periods, dates_text, ages"
    probe = f"import sys; from victimcare.reference import {modules}; print([m for m in ('pycountry', 'holidays', 'typst', 'PySide6') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.strip() == "[]"
