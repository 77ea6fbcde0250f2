"""Wordings: every one an office is known to use is found; nothing is guessed."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.reference.codelists import UnknownCode, codelist
from victimcare.reference.folding import folded, words_of
from victimcare.reference.wording import code_for
from victimcare.resources import resource_dir, resource_json

SYNONYMS = resource_json("codelists/synonyms.json")["lists"]
REGISTER_COLUMNS = {
    ("referrals", "Source"): "case_source",
    ("referrals", "Sex"): "gender",
    ("referrals", "Nationality"): "nationality",
    ("referrals", "Exploitation"): "exploitation_type",
    ("referrals", "Borough"): "borough",
    ("referrals", "Stance"): "stance",
    ("referrals", "Barriers"): "barrier",
    ("referrals", "NRM"): "nrm_stage",
    ("contacts", "How"): "contact_channel",
    ("contacts", "Reached?"): "contact_outcome",
    ("contacts", "About"): "engagement_kind",
    ("partner_referrals", "Partner"): "referral_partner",
    ("partner_referrals", "Service"): "referral_service",
    ("partner_referrals", "Status"): "referral_status",
    ("investigations", "Source"): "case_source",
    ("investigations", "Outcome code"): "crime_outcome_code",
    ("arrests", "Offence"): "offence",
    ("prosecutions", "Charge"): "offence",
    ("prosecutions", "Outcome"): "case_outcome",
    ("activities", "Type"): "activity_type",
    ("activities", "Premises"): "activity_type.premises_type",
    ("activities", "Finding"): "activity_type.finding",
    ("activities", "Agencies"): "agency",
    ("activities", "Countries"): "nationality",
}
NOT_OURS = {"maybe later", "Organ grinder", "Yugoslav?", "County lines"}  # three planted ones, and a flag that is no type


def register_values(sheet: str, column: str) -> set[str]:
    with (resource_dir() / "example" / f"{sheet}.csv").open(encoding="utf-8-sig", newline="") as file:
        return {part.strip() for row in csv.DictReader(file) for part in row[column].split(";")} - {""}


@pytest.mark.parametrize(("sheet", "column"), REGISTER_COLUMNS)
def test_every_wording_of_the_example_register_is_known_for_certain(sheet, column):
    name = REGISTER_COLUMNS[sheet, column]
    found = {value: code_for(name, value) for value in register_values(sheet, column)}
    assert {value for value, match in found.items() if match is None} <= NOT_OURS
    assert all(match.sure == 1.0 for match in found.values() if match)


@pytest.mark.parametrize("name", SYNONYMS)
def test_wordings_stand_for_codes_of_the_list_and_no_two_codes_share_one(name):
    codes = set(codelist(name).codes)
    assert set(SYNONYMS[name]) <= codes
    owner: dict[str, str] = {}
    for code, wordings in SYNONYMS[name].items():
        for wording in wordings:
            assert owner.setdefault(folded(wording), code) == code, wording
            match = code_for(name, wording)
            assert match is not None
            assert match.code == code, f"{wording} is shadowed by another code or label"


@pytest.mark.parametrize("name", [*SYNONYMS])
def test_codes_and_labels_lead_back_to_themselves_typed_in_any_case(name):
    for value in codelist(name).values:
        for typed in (value.code, value.label, value.label.upper(), f"  {value.label.lower()}. "):
            match = code_for(name, typed)
            assert match is not None
            assert (match.code, match.sure) == (value.code, 1.0), typed


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("stance", "maybe later"),
        ("exploitation_type", "Organ grinder"),
        ("exploitation_type", "Nigerian"),
        ("barrier", "not worried about family finding out"),
        ("contact_outcome", "Not spoken to"),
        ("stance", "would not support"),
        ("gender", "see notes"),
        ("case_source", ""),
        ("case_source", "..."),
        ("nrm_stage", "NG positive"),
        ("barrier", "willing to testify"),
        ("barrier", "trusts police"),
        ("barrier", "does trust police"),
        ("barrier", "willing to give evidence"),
        ("barrier", "family knows"),
        ("case_outcome", "Convicted"),
        ("nrm_stage", "no positive RG"),
        ("nrm_stage", "Conclusive grounds"),
        ("contact_outcome", "Answered by partner, not unsafe"),
    ],
)
def test_what_is_not_clear_is_not_guessed(name, typed):
    assert code_for(name, typed) is None


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("barrier", "Worried famly will find out", "FAMILY_FIND_OUT"),
        ("exploitation_type", "sexaul exploitation", "SEXUAL"),
        ("stance", "Undecidded", "UNDECIDED"),
        ("referral_partner", "Bahkita House", "CBH"),
        ("borough", "Harringey", "HARINGEY"),
    ],
)
def test_a_typo_is_forgiven_and_said_to_be_less_sure(name, typed, code):
    match = code_for(name, typed)
    assert match is not None
    assert (match.code, match.how) == (code, "spelling")
    assert match.sure < 0.9


def test_a_known_wording_inside_a_sentence_is_offered_as_unsure():
    match = code_for("barrier", "she is worried her family will find out")
    assert match is not None
    assert (match.code, match.how) == ("FAMILY_FIND_OUT", "part")
    assert match.sure <= 0.8


def test_a_plus_is_not_a_minus():
    positive, negative = code_for("nrm_stage", "RG+"), code_for("nrm_stage", "RG -")
    assert positive is not None
    assert negative is not None
    assert (positive.code, negative.code) == ("RG_POSITIVE", "RG_NEGATIVE")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Car washes", "carwash"),
        ("Spoken-to", "spoken to"),
        ("E-mail", "email"),
        ("Łódź", "lodz"),
        ("MSA s.2", "MSA s2"),
        ("999 / 101", "999/101"),
        ("won't", "wont"),
        ("Declined – full", "Declined - full"),
        ("FAMILIES", "family"),
        ("doesn’t trust police", "does not trust police"),
        ("cannot", "can't"),
    ],
)
def test_case_accents_punctuation_and_plural_do_not_matter(one, other):
    assert folded(one) == folded(other)


def test_wordings_in_a_list_that_does_not_exist_are_refused():
    with pytest.raises(UnknownCode):
        code_for("nothing", "x")


@given(st.text(max_size=60))
def test_any_text_gives_a_code_of_the_list_or_nothing(text):
    match = code_for("barrier", text)
    assert match is None or (match.code in codelist("barrier").codes and 0 < match.sure <= 1)


@given(st.text(max_size=40))
def test_folded_words_are_small_and_never_empty(text):
    words = words_of(text)
    assert all(word and word == word.casefold() and " " not in word for word in words)
