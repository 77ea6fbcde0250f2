from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.reference.ages import age_on, band_of, group_of
from victimcare.reference.codelists import codelist


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 11, 24), date(2026, 11, 24), 18),
        (date(2008, 11, 25), date(2026, 11, 24), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 25), date(2026, 11, 24), None),
        (date(1890, 1, 1), date(2026, 1, 1), None),
    ],
)
def test_age_in_whole_years(born, day, age):
    assert age_on(born, day) == age


@given(st.integers(0, 120))
def test_every_age_is_in_one_band_and_eighteen_is_an_adult(age):
    bands = [v for v in codelist("age_band").values if v.fields["from_age"] is not None and v.fields["from_age"] <= age <= (v.fields["to_age"] or 120)]
    assert [band.code for band in bands] == [band_of(age)]
    assert group_of(band_of(age)) == ("ADULT" if age >= 18 else "CHILD")


def test_no_age_is_not_known():
    assert band_of(None) == band_of(-1) == band_of(121) == "NOT_KNOWN"
    assert group_of("NOT_KNOWN") == "UNKNOWN"
