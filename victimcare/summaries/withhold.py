"""What of a statement may leave, until secondary suppression with an audit exists: numbers on people are shown whole or not at all.

The rules, for a table whose unit is a person supported (`protected`), with T the threshold (10 unless chosen; 5 to 20):

1. Levels are fixed before anything is counted (`counted`), so that a row's being there says nothing.
2. Where each unit has one value, one count from 0 to T - 1 withholds the whole table with its rates, and the reason is the same
   words for 0 as for 1 to T - 1. Would only 1 to T - 1 withhold, a table shown would prove each zero in it, and a table withheld
   would prove that some count is not nought. No marginal total of it is shown either, since none remains in the table.
3. Where a unit may have several values (barriers), cells do not add up to a total, so nothing can be subtracted: a count from 0 to
   T - 1 is hidden alone, with one mark for nought and few, and only the others are ranked. If none is left, the table is withheld.
4. Days already released are repeated as they were released (a frozen figure), whatever was recorded since: a change of one to
   T - 1 people, or its absence, would tell of those people. Only where every number of those days changed by T or more do the new
   ones come out, marked revised.
5. A table is withheld where its numbers, beside all released before and those above it in the same statement, leave a count under T
   to be worked out: see `earlier`.
6. What was hidden at a higher threshold is not uncovered at a lower one: for the same population and days the highest threshold used holds.

Acts of organisations (arrests, prosecutions, visits, ...) are not people supported and are shown. Rates are made of shown numbers only.
Limits: `earlier` is exact for one group over time and for pairs of nested groups; chains through several groups are not searched
for, which the fixed set of tables (no two groupings of one variable, no crossing of two variables on people) keeps from arising.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from victimcare.reference.dates_text import day_text
from victimcare.refused import Refused
from victimcare.summaries.earlier import Published, Slice, group_of, is_hidden_anywhere, slices
from victimcare.summaries.tables import HIDDEN, FrequencyTable, Key, Value

DEFAULT_THRESHOLD = 10
_LOWEST, _HIGHEST = 5, 20


class ThresholdRefused(Refused):
    """A threshold under 5 protects nobody; one over 20 shows nothing."""

    def __init__(self) -> None:
        super().__init__(f"The threshold is from {_LOWEST} to {_HIGHEST}.", f"Leave it at {DEFAULT_THRESHOLD} unless your office has decided otherwise.")


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """A statement of the register: when it was made, at what threshold, and its tables."""

    made_on: date
    threshold: int
    tables: tuple[FrequencyTable, ...]


@dataclass(frozen=True, slots=True)
class Cleared:
    """A table as it may leave. `withheld`: why it has no numbers, "" where it has. `notes`: what a reader must know of its numbers."""

    table: FrequencyTable
    threshold: int
    withheld: str = ""
    notes: tuple[str, ...] = ()


def checked_threshold(threshold: int) -> int:
    """Raises ThresholdRefused."""
    if not _LOWEST <= threshold <= _HIGHEST:
        raise ThresholdRefused
    return threshold


def cleared(tables: tuple[FrequencyTable, ...], earlier: tuple[EarlierRelease, ...], threshold: int) -> tuple[Cleared, ...]:
    """Each table as it may leave, in order. `earlier`: the whole register, oldest first. Raises ThresholdRefused."""
    checked_threshold(threshold)
    published = Published()
    for release in earlier:
        for table in release.tables:
            published.add(table, release.made_on)
    found = []
    for table in tables:
        one = _cleared(table, published, earlier, threshold) if table.protected else Cleared(table, threshold)
        published.add(one.table)
        found.append(one)
    return tuple(found)


def _cleared(table: FrequencyTable, published: Published, earlier: tuple[EarlierRelease, ...], asked: int) -> Cleared:
    threshold = _highest(table, earlier, asked)
    notes = () if threshold == asked else (f"Counts under {threshold} are hidden, as in an earlier statement on the same days.",)
    table, more = _frozen(table, published, threshold)
    table = _small_hidden(table, threshold)
    if _has_small(table, threshold):
        return _withheld(table, threshold, f"Withheld: at least one of its counts is under {threshold} people, or nought.", notes)
    if table.is_multi_valued and not any(isinstance(value, int) for value in table.cells.values()):
        return _withheld(table, threshold, f"Withheld: none of its counts reaches {threshold} people.", notes)
    if published.would_tell(table, threshold):
        reason = (
            f"Withheld: beside what this office has already released, it would give away a count under {threshold}. "
            "Ask for the days of an earlier statement, or wait for a longer period."
        )
        return _withheld(table, threshold, reason, notes)
    return Cleared(table, threshold, "", (*notes, *more))


def _withheld(table: FrequencyTable, threshold: int, reason: str, notes: tuple[str, ...]) -> Cleared:
    return Cleared(table.hidden_whole(reason), threshold, reason, notes)


def _highest(table: FrequencyTable, earlier: tuple[EarlierRelease, ...], asked: int) -> int:
    runs = [one.run for one in slices(table)]
    used = [asked]
    for release in earlier:
        for other in release.tables:
            if other.protected and other.population == table.population and is_hidden_anywhere(other):
                days = [one.run for one in slices(other)]
                if any(first <= end and start <= last for first, last in runs for start, end in days):
                    used.append(release.threshold)
    return max(used)


def _frozen(table: FrequencyTable, published: Published, threshold: int) -> tuple[FrequencyTable, tuple[str, ...]]:
    """Put released numbers in place of new ones, days by days; and say so."""
    cells, revised, notes = dict(table.cells), [], []
    for one in slices(table):
        before = _before(table, one, published)
        if before is None:
            continue
        days = f"{day_text(one.run[0])} to {day_text(one.run[1])}"
        made = min((day for key in one.keys if (day := published.released_on.get((group_of(table, key), one.run)))), default=None)
        when = f" on {day_text(made)}" if made else " above"
        if _all_changed(table, before, threshold):
            revised += list(before)
            notes.append(f"{days}: revised since released{when} [r].")
        else:
            cells.update(before)
            notes.append(f"{days}: as released{when}; what was recorded since is not counted.")
    return replace(table, cells=cells, revised=tuple(revised)), tuple(notes)


def _before(table: FrequencyTable, one: Slice, published: Published) -> dict[Key, Value] | None:
    """What was released for the same groups and days: None unless all of it was, with a number among it."""
    found: dict[Key, Value] = {}
    for key in one.keys:
        value = published.cells.get((group_of(table, key), one.run))
        if value is None:
            return None
        found[key] = value
    return found if any(isinstance(value, int) for value in found.values()) else None


def _all_changed(table: FrequencyTable, before: Mapping[Key, Value], threshold: int) -> bool:
    for key, old in before.items():
        new = table.cells[key]
        if not isinstance(old, int) or not isinstance(new, int) or abs(new - old) < threshold:
            return False
    return True


def _small_hidden(table: FrequencyTable, threshold: int) -> FrequencyTable:
    if not table.is_multi_valued:
        return table
    return replace(table, cells={key: HIDDEN if isinstance(value, int) and value < threshold else value for key, value in table.cells.items()})


def _has_small(table: FrequencyTable, threshold: int) -> bool:
    return any((isinstance(value, int) and value < threshold) or (value == HIDDEN and not table.is_multi_valued) for value in table.cells.values())
