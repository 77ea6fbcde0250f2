"""The Met's own statement, computed from the example register, number by number."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from victimcare.casework.barriers import Barrier, record_barrier
from victimcare.casework.cases import Case
from victimcare.casework.contacts import log_contact
from victimcare.justice.arrests import record_arrest
from victimcare.justice.investigations import Investigation
from victimcare.reference.periods import parse_period
from victimcare.resources import resource_bytes
from victimcare.summaries.counting import counts, counts_query
from victimcare.summaries.measures import MEASURES
from victimcare.summaries.reports import ReportUnknown, report, report_names
from victimcare.summaries.shown import shown
from victimcare.summaries.spans import Span
from victimcare.summaries.statement import NothingRecorded, PeriodWithoutRecords, headline_figures, make_statement

COUNTED = json.loads(resource_bytes("example/expected.json"))["counts"]


def statement_of(vault, report="santa-marta", period=None, **asked):
    with vault.reading() as session:
        return make_statement(session, report, period=parse_period(period) if period else None, **asked)


def table_of(statement, code):
    return next(one.table for one in statement.tables if one.spec.code == code)


def read_as(statement, code):
    place = [one.spec.code for one in statement.tables].index(code)
    return shown(statement)[place]


def count(vault, measure, period, by=(), *codes):
    days = parse_period(period)
    with vault.reading() as session:
        return counts(session, MEASURES[measure], (Span(days.first, days.last, period, days.label),), by).get((0, *codes), 0)


def test_every_count_beside_the_register_is_computed_from_the_records(example):
    found = {}
    for year in ("2015", "2016", "2017"):
        found[f"referrals_{year}"] = count(example, "people_received", year)
        found[f"arrests_{year}"] = count(example, "arrests", year)
        found[f"bakhita_{year}"] = count(example, "partner_referrals", year, ("partner",), "CBH")
        found[f"bakhita_accepted_{year}"] = count(example, "partner_referrals", year, ("partner", "answer"), "CBH", "ACCEPTED")
        caritas = ("CARITAS_WESTMINSTER", "CARITAS_SALFORD", "CARITAS_OTHER")
        found[f"caritas_{year}"] = sum(count(example, "partner_referrals", year, ("partner",), one) for one in caritas)
        for name in COUNTED:
            if name.startswith("barrier_") and name.endswith(year):
                code = name.removeprefix("barrier_").removesuffix(f"_{year}")
                found[name] = count(example, "people_received", year, ("barrier",), code)
    for name, period in (("fy1617", "2016/17"), ("fy1718_to_sep", "2017-04-01..2017-09-30")):
        found[f"conv_completed_{name}"] = count(example, "prosecutions", period)
        found[f"conv_success_{name}"] = count(example, "prosecutions", period, ("result",), "CONVICTED_MSA")
    assert found == COUNTED


@pytest.mark.parametrize("period", [None, "2017-01-01..2017-10-31"])
def test_the_statement_says_what_the_met_said(example, period):
    statement = statement_of(example, period=period)
    people, arrests, courts = (read_as(statement, code).rows for code in ("people_referred", "arrests", "prosecutions"))
    assert people == (("2015", 270, ""), ("2016", 1013, 275.2), ("1 Jan 2017 to 31 Oct 2017 (part-year)", 1370, ""))
    assert [row[:2] for row in arrests] == [("2015", 61), ("2016", 88), ("1 Jan 2017 to 30 Sep 2017 (part-year)", 77)]
    assert courts == (("2016/17", 33, 44, 75), ("1 Apr 2017 to 30 Sep 2017 (part-year)", 22, 29, 75.9))
    assert read_as(statement, "conferences").rows == (("Lithuania", 1), ("Poland", 1))
    kinds = dict(zip(read_as(statement, "activities").headers, read_as(statement, "activities").rows[0], strict=True))
    assert (kinds["Activity day"], kinds["Awareness or media campaign"], kinds["Partnership board or meeting"]) == (6, 1, 3)


def test_workers_exploited_without_an_allegation_stand_apart_from_indicators(example):
    visits = read_as(statement_of(example), "visits")
    assert visits.headers[1:] == (
        "Nothing found", "Workers exploited, no allegation of slavery", "Indicators, no disclosure", "Potential victim identified", "All visits",
    )  # fmt: skip
    assert visits.rows == (("Brothel", 0, 0, 7, 13, 20), ("Car wash", 5, 9, 0, 0, 14))


def test_barriers_are_ranked_and_a_refusal_to_say_has_no_rank(example):
    barriers = read_as(statement_of(example), "barriers")
    assert [row[0] for row in barriers.rows] == [1, 2, 3, 4, 5, 6, 7, 8, 9, "", ""]
    assert barriers.rows[0] == (1, "Concern about their family finding out", COUNTED["barrier_FAMILY_FIND_OUT_2017"])
    assert barriers.rows[-1] == ("", "Any other, and none recorded: each", "[c]")


def test_a_calendar_year_tells_courts_by_the_financial_years_that_begin_in_it(example):
    statement = statement_of(example, period="2016")
    assert [row[:2] for row in read_as(statement, "people_referred").rows] == [("2015", 270), ("2016", 1013)]
    assert read_as(statement, "prosecutions").rows == (("2016/17", 33, 44, 75),)


def test_a_year_asked_for_whole_is_a_part_year_where_records_end_before_it_does(example):
    assert read_as(statement_of(example, period="2017"), "people_referred").rows[-1][0] == "1 Jan 2017 to 31 Oct 2017 (part-year)"


def test_success_by_source_has_a_rate_only_over_its_own_completed_count(example):
    table = table_of(statement_of(example), "success_by_source")
    assert sum(value for key, value in table.cells.items() if key[1] == "Total") == 44 + 29
    for rate in table.rates:
        assert rate.value == round(100 * table.cells[rate.of] / table.cells[rate.over], 1)


def test_no_completed_prosecution_means_no_rate(receive, vault):
    receive(12, date(2016, 5, 3))
    statement = statement_of(vault, period="2016")
    assert table_of(statement, "prosecutions").rates == ()
    assert "Success rate (%)" not in read_as(statement, "prosecutions").headers


def test_the_answers_of_bakhita_house_are_withheld_whole_since_nine_were_accepted_in_2015(example):
    statement = statement_of(example)
    answers = read_as(statement, "bakhita_answers")
    assert statement.withheld == ("Answers of Bakhita House",)
    assert answers.rows == ()
    assert "under 10 people" in answers.withheld
    assert set(table_of(statement, "bakhita_answers").cells.values()) == {"c"}


def test_what_is_entered_by_hand_changes_the_numbers(example):
    before = statement_of(example)
    with example.transaction() as session:
        case_id = session.scalars(select(Case.id).where(Case.received_on == date(2017, 5, 2))).first()
        log_contact(session, case_id=case_id, at=datetime(2017, 10, 30, 14, tzinfo=UTC), channel="PHONE", outcome="SPOKEN")
        record_barrier(session, case_id=case_id, code="FAMILY_UK", since=date(2017, 6, 1))
        record_barrier(session, case_id=case_id, code="DELAY", since=date(2017, 6, 1))
        matter = session.scalars(select(Investigation.id)).first()
        record_arrest(session, investigation_id=matter, on=date(2017, 9, 3), offence="MSA_S2", is_flagged=True)
        record_arrest(session, investigation_id=matter, on=date(2017, 9, 4), offence="OTHER", is_flagged=False)
    after = statement_of(example)
    part = "2017-01-01..2017-10-31"
    assert table_of(after, "contacts").cells[(part, "REACHED")] == table_of(before, "contacts").cells[(part, "REACHED")] + 1
    assert table_of(after, "arrests").cells[("2017-01-01..2017-09-30",)] == 78
    assert count(example, "people_received", "2017", ("barrier",), "FAMILY_UK") == 1
    assert table_of(after, "barriers").cells[("FAMILY_UK",)] == table_of(before, "barriers").cells[("FAMILY_UK",)] == "c"


def test_a_barrier_of_one_more_person_is_counted_once_however_often_it_was_recorded(example):
    with example.transaction() as session:
        has = select(Case.id).where(Case.received_on >= date(2017, 1, 1), Case.received_on <= date(2017, 10, 31))

        case_id = session.scalars(has.where(Case.id.not_in(select(Barrier.case_id)))).first()
        for since in (date(2017, 11, 1), date(2017, 12, 1)):
            record_barrier(session, case_id=case_id, code="FAMILY_FIND_OUT", since=since)
    assert table_of(statement_of(example), "barriers").cells[("FAMILY_FIND_OUT",)] == COUNTED["barrier_FAMILY_FIND_OUT_2017"] + 1


def test_the_headline_is_counted_from_the_records(example):
    with example.reading() as session:
        figures = headline_figures(session)
    assert figures == {
        "referrals_2015": 270,
        "referrals_2016": 1013,
        "arrests_2016": 88,
        "arrests_2017_to_september": 77,
        "successful_2016_17": 33,
        "completed_2016_17": 44,
        "success_rate_2016_17": 75,
        "successful_2017_18_to_september": 22,
        "completed_2017_18_to_september": 29,
    }


def test_each_table_says_what_it_counts_by_which_date_and_when(example):
    for one in statement_of(example).tables:
        for words in ("Unit: ", "Dated by ", "Period: "):
            assert words in one.table.definition


def test_an_empty_vault_has_no_period_to_report_on(vault):
    with vault.reading() as session, pytest.raises(NothingRecorded):
        make_statement(session, "santa-marta")


@pytest.mark.parametrize(("report", "days"), [("santa-marta", "1 Jan 2015 to 12 Mar 2018"), ("bakhita-caritas", "")])
@pytest.mark.parametrize("period", ["2014", "2031", "2018/19", "2026-Q1"])
def test_a_period_without_a_record_is_refused_with_the_days_there_are_records_of(example, period, report, days):
    with pytest.raises(PeriodWithoutRecords) as refused:
        statement_of(example, report, period)
    assert parse_period(period).label in refused.value.reason
    assert re.search(r"records from \d+ \w{3} 20\d\d to \d+ \w{3} 20\d\d: choose", refused.value.remedy)
    assert days in refused.value.remedy


def test_a_period_between_two_recorded_ones_is_refused_too(receive, vault):
    receive(12, date(2015, 3, 1))
    receive(12, date(2017, 3, 31))
    with pytest.raises(PeriodWithoutRecords, match="from 1 Mar 2015 to 31 Mar 2017"):
        statement_of(vault, "barriers", "2016")
    assert statement_of(vault, "barriers", "2017").tables
    with pytest.raises(PeriodWithoutRecords, match="record it first"):
        statement_of(vault, "bakhita-caritas", "2016")


def test_a_report_that_is_not_there_is_refused_in_words(vault):
    with pytest.raises(ReportUnknown, match="santa-marta"):
        report("league-table")


@pytest.mark.parametrize("name", report_names())
def test_every_report_is_made_from_the_example(example, name):
    statement = statement_of(example, name)
    assert any(one.table.cells and not one.cleared.withheld for one in statement.tables)


@pytest.mark.parametrize("name", MEASURES)
def test_each_count_compiles_for_postgresql(name):
    span = Span(date(2016, 1, 1), date(2016, 12, 31), "2016", "2016")
    text = str(counts_query(MEASURES[name], (span,), tuple(MEASURES[name].variables or ())).compile(dialect=postgresql.dialect()))
    assert "GROUP BY" in text
