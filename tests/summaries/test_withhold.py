"""Attacks on statements: each tries to work out a small count of people from everything published, now and before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from victimcare.summaries.tables import TOTAL, Dimension, FrequencyTable
from victimcare.summaries.withhold import EarlierRelease, ThresholdRefused, cleared

MADE = date(2026, 11, 24)
MONTHS = tuple(f"2016-{month:02}" for month in range(1, 13))


def people(months, value, *, population="people received", **parts):
    """One number: people received in those months, narrowed to `parts` (variable -> leaves)."""
    return FrequencyTable(
        name="People",
        unit="person",
        population=population,
        definition="People.",
        protected=True,
        dimensions=(Dimension("received", ("span",), {TOTAL: ("span",), "span": tuple(months)}),),
        cells={("span",): value},
        restrict={name: tuple(leaves) for name, leaves in parts.items()},
    )


def split(months, counts, *, variable="gender", multi_valued=False, among=()):
    levels = tuple(counts)
    return FrequencyTable(
        name="Split",
        unit="person",
        population="people received",
        definition="People.",
        protected=True,
        dimensions=(Dimension(variable, levels, {TOTAL: (*levels, *among)}, multi_valued),),
        cells={(level,): number for level, number in counts.items()},
        restrict={"received": tuple(months)},
    )


def released(*tables, threshold=10):
    """The register after these tables went out, each a release of its own, cleared as it would have been."""
    earlier = ()
    for table in tables:
        out = cleared((table,), earlier, threshold)[0]
        earlier = (*earlier, EarlierRelease(MADE, threshold, (out.table,)))
    return earlier


def after(earlier, table, threshold=10):
    return cleared((table,), earlier, threshold)[0]


def months(first, last):
    return MONTHS[first - 1 : last]


@pytest.mark.parametrize("value", [*range(10)])
def test_a_count_under_ten_is_withheld_and_nought_reads_as_any_other(value):
    out = after((), people(MONTHS, value))
    assert out.table.cells == {("span",): "c"}
    assert out.table == after((), people(MONTHS, 4)).table


def test_ten_is_shown():
    assert after((), people(MONTHS, 10)).table.cells == {("span",): 10}


def test_one_small_count_withholds_the_whole_table_so_that_nothing_is_left_to_subtract():
    out = after((), split(MONTHS, {"FEMALE": 200, "MALE": 197, "NOT_EITHER": 3}))
    assert set(out.table.cells.values()) == {"c"}
    assert out.withheld in out.table.definition


def test_a_split_with_a_nought_is_withheld_like_one_with_a_few():
    nought, few = (after((), split(MONTHS, {"FEMALE": 200, "MALE": number})) for number in (0, 4))
    assert nought.table == few.table


def test_a_loud_barrier_shows_and_a_quiet_one_does_not_tell_nought_from_nine():
    nought, nine = (after((), split(MONTHS, {"DEBT": 40, "OATH": number}, variable="barrier", multi_valued=True)) for number in (0, 9))
    assert nought.table == nine.table
    assert nought.table.cells[("DEBT",)] == 40


def test_subtracting_january_to_march_from_january_to_april_is_refused():
    earlier = released(people(months(1, 3), 50))
    assert after(earlier, people(months(1, 4), 53)).withheld
    assert after(earlier, people(months(1, 4), 50)).withheld
    assert after(earlier, people(months(1, 4), 60)).table.cells == {("span",): 60}


def test_a_shorter_period_after_a_longer_one_is_the_same_subtraction():
    assert after(released(people(months(1, 4), 53)), people(months(1, 3), 50)).withheld


def test_the_fourth_quarter_from_the_year_and_three_quarters_is_refused():
    quarters = [people(months(first, first + 2), 30) for first in (1, 4, 7)]
    assert after(released(*quarters), people(MONTHS, 94)).withheld
    assert not after(released(*quarters), people(MONTHS, 104)).withheld


def test_two_overlapping_runs_and_their_union_pin_the_overlap():
    earlier = released(people(months(1, 6), 60), people(months(4, 9), 60))
    assert after(earlier, people(months(1, 9), 116)).withheld
    assert not after(earlier, people(months(1, 9), 100)).withheld


def test_late_additions_of_a_few_people_do_not_show():
    earlier = released(people(MONTHS, 270))
    for now in (270, 271, 279, 262):
        assert after(earlier, people(MONTHS, now)).table.cells == {("span",): 270}
    assert after(earlier, people(MONTHS, 271)).notes == after(earlier, people(MONTHS, 270)).notes


def test_many_late_additions_come_out_marked_revised():
    out = after(released(people(MONTHS, 270)), people(MONTHS, 285))
    assert out.table.cells == {("span",): 285}
    assert out.table.revised == (("span",),)


def test_a_split_whose_sum_would_tell_of_three_late_additions_is_withheld():
    earlier = released(people(MONTHS, 270))
    assert after(earlier, split(MONTHS, {"FEMALE": 150, "MALE": 123})).withheld
    assert not after(earlier, split(MONTHS, {"FEMALE": 150, "MALE": 120})).withheld


def test_a_total_after_a_split_is_the_same_attack():
    earlier = released(split(MONTHS, {"FEMALE": 150, "MALE": 120}))
    assert after(earlier, people(MONTHS, 273)).withheld


def test_everybody_less_those_with_a_barrier_is_a_count_too():
    earlier = released(people(MONTHS, 270))
    assert after(earlier, split(MONTHS, {"DEBT": 266}, variable="barrier", multi_valued=True)).withheld
    assert not after(earlier, split(MONTHS, {"DEBT": 166}, variable="barrier", multi_valued=True)).withheld


def test_another_grouping_of_the_same_codes_is_seen_through():
    earlier = released(people(MONTHS, 57, partner=("WESTMINSTER", "SALFORD")))
    assert after(earlier, people(MONTHS, 53, partner=("SALFORD",))).withheld
    assert not after(earlier, people(MONTHS, 40, partner=("SALFORD",))).withheld


def test_a_lower_threshold_does_not_uncover_what_a_higher_one_hid():
    earlier = released(people(MONTHS, 7), threshold=10)
    out = after(earlier, people(MONTHS, 7), threshold=5)
    assert out.withheld
    assert out.threshold == 10


def test_a_higher_threshold_after_a_lower_one_hides_again():
    assert after(released(people(MONTHS, 7), threshold=5), people(MONTHS, 7), threshold=10).withheld


def test_a_table_hidden_for_another_population_does_not_raise_the_threshold():
    earlier = released(people(MONTHS, 12, population="referrals to partners"), threshold=20)
    assert after(earlier, people(MONTHS, 7), threshold=5).table.cells == {("span",): 7}


@pytest.mark.parametrize("threshold", [4, 0, -1, 21])
def test_thresholds_that_protect_nobody_or_show_nothing_are_refused(threshold):
    with pytest.raises(ThresholdRefused):
        cleared((people(MONTHS, 100),), (), threshold)


def test_two_tables_of_one_statement_are_checked_against_each_other():
    first, second = cleared((people(months(1, 3), 50), people(months(1, 4), 53)), (), 10)
    assert not first.withheld
    assert second.withheld


def test_acts_of_organisations_show_however_few():
    act = replace(people(MONTHS, 3), protected=False)
    assert after(released(people(MONTHS, 100)), act).table.cells == {("span",): 3}


@given(some.lists(some.integers(0, 25), min_size=12, max_size=12), some.lists(some.tuples(some.integers(1, 12), some.integers(1, 12)), min_size=1, max_size=6))
def test_no_months_whose_count_the_published_runs_fix_is_small(by_month, asked):
    """Independent of the shortest paths: every run of months that is a sum and difference of published ones, by brute force."""
    earlier = ()
    fixed = {(place, place): 0 for place in range(13)}
    for one, other in asked:
        first, last = sorted((one, other))
        out = after(earlier, people(months(first, last), sum(by_month[first - 1 : last])))
        earlier = (*earlier, EarlierRelease(MADE, 10, (out.table,)))
        if not out.withheld:
            value = out.table.cells[("span",)]
            fixed[(first - 1, last)], fixed[(last, first - 1)] = value, -value
    for middle in range(13):
        for a in range(13):
            for b in range(13):
                if (a, middle) in fixed and (middle, b) in fixed:
                    fixed.setdefault((a, b), fixed[(a, middle)] + fixed[(middle, b)])
    assert all(value >= 10 for (a, b), value in fixed.items() if a < b)
