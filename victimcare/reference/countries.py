"""Nationalities: ISO 3166-1 alpha-2 codes, XK (Kosovo), XXA (stateless, ICAO 9303) and ZZ (not known); regions of UN M49.

Countries come from the pycountry library, which is loaded when first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from victimcare.resources import resource_json

STATELESS = "XXA"
NOT_KNOWN = "ZZ"
_LAST_IN_LISTS = (STATELESS, NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Region:
    """Where UN M49 puts a country: "Europe", "Eastern Europe"."""

    region: str
    subregion: str


@cache
def nationality_codes() -> tuple[str, ...]:
    """Every code a case may hold, by the name we show; stateless and not known last."""
    countries = [code for code in _regions() if code not in _LAST_IN_LISTS]
    return (*sorted(countries, key=country_label), *_LAST_IN_LISTS)


def country_label(code: str) -> str:
    """The short English name of a nationality code; the code itself where nothing is known of it."""
    return _labels().get(code, code)


def region_of(code: str) -> Region:
    """The region of a nationality code; a code never heard of counts as not known."""
    return _regions().get(code) or _regions()[NOT_KNOWN]


def wordings_of_nationality() -> list[tuple[str, str, str]]:
    """Every wording that means one nationality: (how, code, wording), `how` being code, label or wording."""
    alpha3 = {country.alpha_2: country.alpha_3 for country in _iso()}
    rows = [("code", code, code) for code in _regions()]
    rows += [("code", code, longer) for code, longer in alpha3.items()]
    rows += [("label", code, country_label(code)) for code in _regions()]
    for country in _iso():
        names = (country.name, getattr(country, "common_name", None), getattr(country, "official_name", None))
        rows += [("label", country.alpha_2, name) for name in names if name]
    rows += [("wording", code, wording) for code, wordings in _worded()["wordings"].items() for wording in wordings]
    return rows


def unclear_wordings() -> tuple[str, ...]:
    """Words that stand for several nationalities or none ("Dominican", "Kurdish"): a person must say which is meant."""
    return tuple(_worded()["unclear"])


@cache
def _regions() -> dict[str, Region]:
    return {code: Region(**where) for code, where in resource_json("codelists/nationality_region.json")["values"].items()}


@cache
def _labels() -> dict[str, str]:
    named = {country.alpha_2: getattr(country, "common_name", country.name) for country in _iso()}
    return named | _worded()["labels"]


def _worded() -> dict[str, Any]:
    worded: dict[str, Any] = resource_json("codelists/nationality_wording.json")
    return worded


@cache
def _iso() -> tuple[Any, ...]:
    # Here and not above: reading the library's tables takes longer than showing the unlock window may.
    import pycountry

    return tuple(pycountry.countries)
