"""Ages in whole years, and the bands and groups they fall in (code lists `age_band`, `age_group`)."""

from __future__ import annotations

from datetime import date

from victimcare.reference.codelists import codelist

_OLDEST = 120


def age_on(born: date, day: date) -> int | None:
    """Whole years on `day`; None where that is no age (born after it, or over 120 years before). 29 February counts on 1 March."""
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return years if 0 <= years <= _OLDEST else None


def band_of(age: int | None) -> str:
    """The age band of an age in years; NOT_KNOWN for None or no possible age."""
    for value in codelist("age_band").values:
        first, last = value.fields["from_age"], value.fields["to_age"]
        if age is not None and first is not None and first <= age <= (_OLDEST if last is None else last):
            return value.code
    return "NOT_KNOWN"


def group_of(band: str) -> str:
    """The age group of the NRM statistics (ADULT, CHILD, UNKNOWN) a band belongs to. Raises UnknownCode."""
    group: str = codelist("age_band").value(band).fields["age_group"]
    return group
