from __future__ import annotations

import pycountry
import pytest

from victimcare.reference.codelists import codelist
from victimcare.reference.countries import country_label, nationality_codes, region_of
from victimcare.reference.wording import code_for
from victimcare.resources import resource_json


def test_every_country_of_the_library_has_a_region_and_a_name():
    assert {country.alpha_2 for country in pycountry.countries} | {"XK", "XXA", "ZZ"} == set(nationality_codes())
    for code in nationality_codes():
        assert region_of(code).region
        assert country_label(code) != code


def test_regions_are_the_five_of_the_united_nations_and_our_own_two():
    assert {region_of(code).region for code in nationality_codes()} == {
        "Africa",
        "Americas",
        "Antarctica",
        "Asia",
        "Europe",
        "Oceania",
        "Stateless",
        "Not known",
    }
    assert len({region_of(code).subregion for code in nationality_codes()}) == 24 + 1  # 22 subregions, Antarctica, our two


@pytest.mark.parametrize(
    ("code", "region", "subregion"),
    [
        ("AL", "Europe", "Southern Europe"),
        ("VN", "Asia", "South-eastern Asia"),
        ("NG", "Africa", "Western Africa"),
        ("GB", "Europe", "Northern Europe"),
        ("RO", "Europe", "Eastern Europe"),
        ("SD", "Africa", "Northern Africa"),
        ("ER", "Africa", "Eastern Africa"),
        ("BR", "Americas", "South America"),
        ("IR", "Asia", "Southern Asia"),
        ("TR", "Asia", "Western Asia"),
        ("never", "Not known", "Not known"),
    ],
)
def test_region_of_a_country(code, region, subregion):
    assert (region_of(code).region, region_of(code).subregion) == (region, subregion)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("UK", "GB"),
        ("british", "GB"),
        ("U.K.", "GB"),
        ("Welsh", "GB"),
        ("Viet Nam", "VN"),
        ("VIETNAM", "VN"),
        ("Việt Nam", "VN"),
        ("ALB", "AL"),
        ("Shqipëria", "AL"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Kosovan", "XK"),
        ("ROU", "RO"),
        ("România", "RO"),
        ("Rumanian", "RO"),
        ("polska", "PL"),
        ("Ivory Coast", "CI"),
        ("DRC", "CD"),
        ("Burma", "MM"),
        ("Swaziland", "SZ"),
        ("Macedonia", "MK"),
        ("Cape Verde", "CV"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("PRC", "CN"),
        ("South Korea", "KR"),
        ("Gambia", "GM"),
        ("stateless", "XXA"),
        ("Not known", "ZZ"),
        ("Syrian", "SY"),
        ("Iran, Islamic Republic of", "IR"),
        ("Eritrean", "ER"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Nigerien", "NE"),
        ("Украина", "UA"),
        ("Polish?", "PL"),
        ("  lithuanian ", "LT"),
        ("Vietnamse", "VN"),
        ("Bosnia and Herzegovina", "BA"),
    ],
)
def test_a_nationality_in_an_offices_words(typed, code):
    match = code_for("nationality", typed)
    assert match is not None
    assert match.code == code


@pytest.mark.parametrize(
    "typed",
    [
        "Yugoslav?",
        "Yugoslavia",
        "USSR",
        "Dominican",
        "Congolese",
        "Kurdish",
        "Eastern European",
        "Austrlia",
        "",
        "?",
        "Not British",
        "see notes",
    ],
)
def test_a_nationality_that_is_not_clear_is_left_to_a_person(typed):
    assert code_for("nationality", typed) is None


def test_wordings_and_labels_stand_for_codes_we_know():
    worded = resource_json("codelists/nationality_wording.json")
    assert set(worded["wordings"]) | set(worded["labels"]) <= set(nationality_codes())


def test_the_code_list_of_nationalities_is_sorted_for_people_with_stateless_and_not_known_last():
    labels = [value.label for value in codelist("nationality").values]
    assert labels[-2:] == ["Stateless", "Not known"]
    assert labels[:-2] == sorted(labels[:-2])
    assert codelist("nationality").label("CZ") == "Czechia"
