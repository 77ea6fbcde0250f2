"""Periods offered: what the records hold, newest first, never a day without records before or after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from victimcare.reference.periods import parse_period
from victimcare.store.vault import Vault
from victimcare.summaries.spans import newest_period, written
from victimcare.ui.screens.summaries.periods import ground, periods, words

DAYS = some.dates(date(2010, 1, 1), date(2030, 12, 31))


@given(DAYS, DAYS)
def test_every_period_touches_the_records_and_can_be_written(one: date, other: date) -> None:
    first, last = sorted((one, other))
    found = periods(first, last, newest_period(last, date(2031, 1, 1)))
    assert len(set(found)) == len(found)
    for period in found:
        assert period.first <= last
        assert period.last >= first
        assert parse_period(written(period)) == period
    for year in {first.year, last.year}:
        assert str(year) in [written(period) for period in found]


def test_words_say_what_a_period_is() -> None:
    assert [words(parse_period(text)) for text in ("2016", "2016/17", "2016-Q3", "2017-01-01..2017-09-30")] == [
        "Calendar year 2016", "Financial year 2016/17", "2016, quarter 3", "1 Jan 2017 to 30 Sep 2017, part-year",
    ]  # fmt: skip


def test_an_empty_vault_offers_none(new_vault: Callable[..., Vault]) -> None:
    with new_vault().reading() as session:
        assert ground(session).periods == ()
