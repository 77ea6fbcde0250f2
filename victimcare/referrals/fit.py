"""Whether a partner suits a person: by sex, age, area and the services wanted.

A stance on prosecution is no input: support never depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from victimcare.reference.codelists import codelist, label
from victimcare.referrals.partners import PartnerRow


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a partner's criteria ask. `age_from` and `age_to` are the ends of the age band, None where not known."""

    gender: str = "UNKNOWN"
    age_from: int | None = None
    age_to: int | None = None
    area: str | None = None
    services: tuple[str, ...] = ()


class Fits(StrEnum):
    """How well a partner suits. Only a hint: the worker and the partner decide."""

    FITS = "FITS"
    IN_PART = "IN_PART"
    DOES_NOT = "DOES_NOT"


@dataclass(frozen=True, slots=True)
class Fit:
    """A judgement with its reasons, for and against, in sentences."""

    fits: Fits
    reasons: tuple[str, ...]


def fits(partner: PartnerRow, facts: PersonFacts) -> Fit:
    """Whether `partner` suits the person, with a reason for each thing looked at.

    Sex, area, and no service in common speak against it; age only warns, since houses take people outside
    their age rule (Caritas Bakhita House recorded guests of 15 to 70: 2023 annual review).
    """
    checks = [check for check in (_sex(partner, facts), _age(partner, facts), _area(partner, facts), _wanted(partner, facts)) if check]
    worst = max((check[0] for check in checks), key=list(Fits).index, default=Fits.FITS)
    return Fit(worst, tuple(reason for _, reason in checks))


def ages_in(band: str) -> tuple[int | None, int | None]:
    """The youngest and oldest age of a code of `age_band`; None where it has no such end or is not known."""
    values = codelist("age_band")
    if not values.known(band):
        return None, None
    ages = values.value(band).fields
    return ages.get("from_age"), ages.get("to_age")


def _sex(partner: PartnerRow, facts: PersonFacts) -> tuple[Fits, str] | None:
    if partner.accepts_gender is None:
        return None
    taken = label("gender", partner.accepts_gender).lower()
    if facts.gender == "UNKNOWN":
        return Fits.IN_PART, f"Takes people recorded as {taken}; the sex is not recorded here."
    if facts.gender == partner.accepts_gender:
        return Fits.FITS, f"Takes people recorded as {taken}."
    return Fits.DOES_NOT, f"Takes only people recorded as {taken}."


def _age(partner: PartnerRow, facts: PersonFacts) -> tuple[Fits, str] | None:
    youngest = partner.accepts_from_age
    if youngest is None:
        return None
    if facts.age_from is not None and facts.age_from >= youngest:
        return Fits.FITS, f"Takes people from {youngest}."
    if facts.age_to is not None and facts.age_to < youngest:
        return Fits.IN_PART, f"As a rule from {youngest}, with exceptions: ask first."
    return Fits.IN_PART, f"As a rule from {youngest}; the age is not known well enough here."


def _area(partner: PartnerRow, facts: PersonFacts) -> tuple[Fits, str] | None:
    if partner.area is None or facts.area is None:
        return None
    if partner.area.casefold() == facts.area.casefold():
        return Fits.FITS, f"Takes people from {partner.area}."
    return Fits.DOES_NOT, f"Takes people from {partner.area} only."


def _wanted(partner: PartnerRow, facts: PersonFacts) -> tuple[Fits, str] | None:
    if not facts.services:
        return None
    if not partner.services:
        return Fits.IN_PART, "What it offers is not recorded: ask first."
    given = [code for code in facts.services if code in partner.services]
    missing = [label("referral_service", code) for code in facts.services if code not in partner.services]
    if not given:
        return Fits.DOES_NOT, f"Does not offer: {'; '.join(missing)}."
    if missing:
        return Fits.IN_PART, f"Offers part of it; not: {'; '.join(missing)}."
    return Fits.FITS, "Offers what is wanted."
