"""How many units of a measure fall into each span, and from when to when its records go. Each count is one query, grouped by span and by code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, distinct, func, select

from victimcare.store.clock import day_of
from victimcare.store.session import VaultSession
from victimcare.summaries.measures import MEASURES, Measure
from victimcare.summaries.spans import Coverage, Span

Ends = tuple[date, date]
"""The days of the first and the last record."""


def counts(session: VaultSession, measure: Measure, spans: Sequence[Span], by: Sequence[str] = ()) -> dict[tuple[int | str, ...], int]:
    """How many units fall in each span, by codes: (number of the span, code, ...) -> count, nothing where there is none. One query."""
    return {tuple(row[:-1]): row[-1] for row in session.execute(counts_query(measure, spans, by))}


def counts_query(measure: Measure, spans: Sequence[Span], by: Sequence[str] = ()) -> Select[Any]:
    """The query of `counts`. The spans of one table never overlap."""
    variables = [measure.variable(name) for name in by]
    place = case(*((measure.dated_within(span.first, span.last), number) for number, span in enumerate(spans)))
    inner = measure.units_with(measure.id.label("unit"), place.label("place"), *(one.column.label(f"code{n}") for n, one in enumerate(variables)))
    inner = inner.select_from(measure.id.class_)
    for table, on in dict.fromkeys((*measure.joins, *(pair for one in variables for pair in one.joins))):
        inner = inner.join(table, on)
    inner = inner.where(measure.dated_within(min(span.first for span in spans), max(span.last for span in spans)))
    # Grouped outside: PostgreSQL takes an expression with parameters in SELECT and in GROUP BY for two different ones.
    units = inner.subquery()
    keys = [units.c.place, *(units.c[f"code{n}"] for n in range(len(variables)))]
    return select(*keys, func.count(distinct(units.c.unit))).where(units.c.place.is_not(None)).group_by(*keys)


def undated(session: VaultSession, measure: Measure) -> int:
    """How many units have no date and so stand in no period."""
    if not measure.may_be_undated:
        return 0
    return session.scalar(measure.units_with(func.count(measure.id)).where(measure.day.is_(None))) or 0


def is_anything_within(session: VaultSession, measures: Iterable[Measure], first: date, last: date) -> bool:
    """Whether any of them has a unit of these days, both counted."""
    return any(session.scalar(select(one.units_with(one.id).where(one.dated_within(first, last)).exists())) for one in measures)


def ends(session: VaultSession, measures: Iterable[Measure]) -> Ends | None:
    """The first and last day any of them has a unit of; None where nothing is recorded."""
    found = []
    for one in measures:
        first, last = session.execute(one.units_with(func.min(one.day), func.max(one.day))).one()
        if first is not None:
            found.append((_day(first), _day(last)))
    return (min(first for first, _ in found), max(last for _, last in found)) if found else None


def coverages(session: VaultSession) -> dict[str, Coverage]:
    """Where the records of each measure go.

    The office's years begin with that of the first person received. An open measure begins and ends with its own records. A
    protected one begins with the office, and but for `people_received` ends with the newest of any protected one: its own
    would tell that nobody was counted before or after.
    """
    found = {name: ends(session, (measure,)) for name, measure in MEASURES.items() if not measure.recorded_with}
    people = found["people_received"]
    begins = date(people[0].year, 1, 1) if people else None
    last = max((own[1] for name, own in found.items() if own and MEASURES[name].protected), default=None)
    coverage = {}
    for name, measure in MEASURES.items():
        first, newest = found[measure.recorded_with or name] or (None, None)
        shares_end = measure.protected and name != "people_received"
        coverage[name] = Coverage(begins, begins if measure.protected else first, last if shares_end else newest)
    return coverage


def _day(moment: date | datetime) -> date:
    return day_of(moment) if isinstance(moment, datetime) else moment
