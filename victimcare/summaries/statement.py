"""A statement: a report's tables counted from the records, cleared of what may not leave, with the rates that what is shown allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import Any

from victimcare.reference.dates_text import day_text
from victimcare.reference.periods import Period, parse_period
from victimcare.refused import Refused
from victimcare.store.clock import LONDON
from victimcare.store.session import VaultSession
from victimcare.summaries.counted import counted
from victimcare.summaries.counting import Ends, coverages, ends, is_anything_within
from victimcare.summaries.measures import MEASURES
from victimcare.summaries.releases import earlier_releases
from victimcare.summaries.reports import Report, TableSpec, report
from victimcare.summaries.spans import Coverage, Span, newest_period, rows, written
from victimcare.summaries.tables import HIDDEN, TOTAL, FrequencyTable, Key, Rate, release_json
from victimcare.summaries.withhold import DEFAULT_THRESHOLD, Cleared, checked_threshold, cleared

CHANGE = "Change since the year before (%)"


class NothingRecorded(Refused):
    """No period was asked for and nobody has been received yet."""

    def __init__(self) -> None:
        super().__init__("Nobody has been received yet, so there is no period to report on.", "Import a register or add a case first, or give a period.")


class PeriodWithoutRecords(Refused):
    """Nothing of what the report counts is recorded in the period: a statement of noughts would say that nothing happened.

    `ends`: from when to when there are records of it, None where there are none at all.
    """

    def __init__(self, period: Period, ends: Ends | None) -> None:
        remedy = (
            f"There are records from {day_text(ends[0])} to {day_text(ends[1])}: choose a period in those days."
            if ends
            else "Import a register or record it first."
        )
        super().__init__(f"Nothing that this report counts is recorded in {period.label}.", remedy)


@dataclass(frozen=True, slots=True)
class StatedTable:
    """A table of a statement. `spans`: its rows in time."""

    spec: TableSpec
    spans: tuple[Span, ...]
    cleared: Cleared

    @property
    def table(self) -> FrequencyTable:
        return self.cleared.table


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole statement, as it may leave. `extracted`: aware, when the records were read."""

    report: Report
    period: Period
    extracted: datetime
    threshold: int
    tables: tuple[StatedTable, ...]

    @property
    def period_written(self) -> str:
        return written(self.period)

    @property
    def extracted_on(self) -> date:
        return self.extracted.astimezone(LONDON).date()

    @property
    def withheld(self) -> tuple[str, ...]:
        """The names of the tables that have no numbers."""
        return tuple(one.table.name for one in self.tables if one.cleared.withheld)

    def as_json(self) -> str:
        """The text of the release, as the register keeps it."""
        return release_json(
            report=self.report.name,
            period=self.period_written,
            extracted=self.extracted,
            threshold=self.threshold,
            tables=tuple(one.table for one in self.tables),
        )


def make_statement(session: VaultSession, name: str, *, period: Period | None = None, threshold: int = DEFAULT_THRESHOLD) -> Statement:
    """Compute a statement; nothing is written or registered. `period`: the newest year with people received, unless given.

    Raises ReportUnknown, ThresholdRefused, NothingRecorded, PeriodWithoutRecords.
    """
    found = report(name)
    checked_threshold(threshold)
    coverage = coverages(session)
    asked = period or _newest(coverage["people_received"].newest, session.today)
    _check_recorded(session, found, asked)
    counts = [_counted(session, spec, asked, coverage) for spec in found.tables]
    clear = cleared(tuple(table for _, table in counts), earlier_releases(session), threshold)
    tables = tuple(
        StatedTable(spec, spans, replace(one, table=with_rates(one.table, spec, spans)))
        for spec, (spans, _), one in zip(found.tables, counts, clear, strict=True)
    )
    return Statement(found, asked, session.now, max((one.threshold for one in clear), default=threshold), tables)


def with_rates(table: FrequencyTable, spec: TableSpec, spans: tuple[Span, ...]) -> FrequencyTable:
    """The rates that the shown cells allow: hidden where a cell is hidden, none without a known number to divide by."""
    rates = []
    if spec.rate:
        name, level = spec.rate
        rates += [_rate(table.cells, name, (*key[:-1], level), key, is_change=False) for key in table.cells if key[-1] == TOTAL]
    if spec.change:
        pairs = pairwise(spans)
        # A part of a year never stands against a whole one.
        rates += [_rate(table.cells, CHANGE, (now.level,), (before.level,), is_change=True) for before, now in pairs if not (before.is_part or now.is_part)]
    return replace(table, rates=tuple(rate for rate in rates if rate is not None))


def _counted(session: VaultSession, spec: TableSpec, period: Period, coverage: Mapping[str, Coverage]) -> tuple[tuple[Span, ...], FrequencyTable]:
    spans = rows(period, spec.rows, coverage[spec.measure_name], session.today)
    return spans, counted(session, spec, spans)


def _rate(cells: Mapping[Key, Any], name: str, of: Key, over: Key, *, is_change: bool) -> Rate | None:
    top, bottom = cells.get(of), cells.get(over)
    if top == HIDDEN or bottom == HIDDEN:
        return Rate(name, of, over, HIDDEN)
    if not isinstance(top, int) or not isinstance(bottom, int) or bottom == 0:
        return None
    return Rate(name, of, over, _tenths(100 * (top - bottom if is_change else top) / bottom))


def _tenths(value: float) -> float | int:
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _newest(day: date | None, today: date) -> Period:
    if day is None:
        raise NothingRecorded
    return newest_period(day, today)


def _check_recorded(session: VaultSession, asked: Report, period: Period) -> None:
    measures = [MEASURES[name] for name in dict.fromkeys(spec.measure_name for spec in asked.tables)]
    if not is_anything_within(session, measures, period.first, period.last):
        raise PeriodWithoutRecords(period, ends(session, measures))


def headline_figures(session: VaultSession) -> dict[str, int | float]:
    """The figures of the Met's statement of 2017, counted from the records of this vault, for whoever works here; not a release.

    Keys as `<what>_<period>`; `success_rate_2016_17` in per cent, absent where no prosecution was completed.
    """
    count = partial(_plain_count, session)
    figures: dict[str, int | float] = {
        "referrals_2015": count("people_referred", "2015"),
        "referrals_2016": count("people_referred", "2016"),
        "arrests_2016": count("arrests", "2016"),
        "arrests_2017_to_september": count("arrests", "2017-01-01..2017-09-30"),
        "successful_2016_17": count("prosecutions", "2016/17", "Successful"),
        "completed_2016_17": count("prosecutions", "2016/17", TOTAL),
        "successful_2017_18_to_september": count("prosecutions", "2017-04-01..2017-09-30", "Successful"),
        "completed_2017_18_to_september": count("prosecutions", "2017-04-01..2017-09-30", TOTAL),
    }
    if figures["completed_2016_17"]:
        figures["success_rate_2016_17"] = _tenths(100 * figures["successful_2016_17"] / figures["completed_2016_17"])
    return figures


def _plain_count(session: VaultSession, table: str, period: str, *levels: str) -> int:
    spec = next(one for one in report("santa-marta").tables if one.code == table)
    days = parse_period(period)
    counts = counted(session, spec, (Span(days.first, days.last, period, days.label),))
    value = counts.cells[(period, *levels)]
    return value if isinstance(value, int) else 0
