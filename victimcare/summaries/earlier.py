"""What earlier releases tell about the same people, and what a new number beside them would give away.

A number released counts people in a run of days. Two such numbers give a third by subtraction: January to April less January
to March is April; a year less three quarters is the fourth; everybody less those with a barrier is those without. All that
numbers on the same group say about days is a system of differences of "how many until day d", so the narrowest and widest
count of any run of days is a shortest path. That is exact for one group over time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from victimcare.summaries.spans import is_date_leaf, run_of
from victimcare.summaries.tables import HIDDEN, TOTAL, Dimension, FrequencyTable, Key, Value

Run = tuple[date, date]
"""First and last day, both counted."""
Group = tuple[str, frozenset[tuple[str, frozenset[str]]]]
"""A population and, for each variable that narrows it, the leaf levels counted."""
_FAR = float("inf")


@dataclass(frozen=True, slots=True)
class Slice:
    """The cells of a table for one run of days."""

    run: Run
    keys: tuple[Key, ...]


def slices(table: FrequencyTable) -> tuple[Slice, ...]:
    """A table cut by the days its cells count."""
    found: dict[Run, list[Key]] = {}
    for key in table.cells:
        found.setdefault(_where(table, key)[1], []).append(key)
    return tuple(Slice(run, tuple(keys)) for run, keys in found.items())


def group_of(table: FrequencyTable, key: Key) -> Group:
    """Whom a cell counts, leaving the days aside."""
    return _where(table, key)[0]


class Published:
    """The numbers on people that have left. Hidden cells are kept too: the cells of some days are repeated as they were.

    `released_on`: the day a number first left, for cells of the register.
    """

    def __init__(self) -> None:
        self.cells: dict[tuple[Group, Run], Value] = {}
        self.numbers: dict[Group, dict[Run, int]] = {}
        self.released_on: dict[tuple[Group, Run], date] = {}

    def add(self, table: FrequencyTable, made_on: date | None = None) -> None:
        """Take in one more protected table, oldest first; a newer number of the same group and days stands for the older."""
        if not table.protected:
            return
        for key, value in table.cells.items():
            place = _where(table, key)
            if isinstance(value, int) or not isinstance(self.cells.get(place), int):
                self.cells[place] = value
            if isinstance(value, int) and made_on is not None:
                self.released_on.setdefault(place, made_on)
        for group, runs in _numbers(table).items():
            self.numbers.setdefault(group, {}).update(runs)

    def would_tell(self, table: FrequencyTable, threshold: int) -> bool:
        """Whether the numbers of `table`, beside those published, leave a count of people from 0 to `threshold` - 1 to be worked out.

        Judged are all runs of days of each group, and what is left of a group when a part of it is taken away.
        """
        new = _numbers(table)
        for group, runs in new.items():
            before = self.numbers.get(group, {})
            if any(0 < abs(before.get(run, number) - number) < threshold for run, number in runs.items()):
                return True
            # A revised number stands for the older one of the same days.
            standing = {run: number for run, number in before.items() if runs.get(run, number) == number}
            if _narrows(standing, runs, threshold):
                return True
        return self._remainder_is_small(new, threshold)

    def _remainder_is_small(self, new: Mapping[Group, Mapping[Run, int]], threshold: int) -> bool:
        for group, runs in new.items():
            for other in {*self.numbers, *new}:
                if other == group or not (_within(group, other) or _within(other, group)):
                    continue
                others = {**self.numbers.get(other, {}), **new.get(other, {})}
                if any(run in others and abs(others[run] - number) < threshold for run, number in runs.items()):
                    return True
        return False


def _where(table: FrequencyTable, key: Key) -> tuple[Group, Run]:
    parts = {name: frozenset(leaves) for name, leaves in (table.restrict or {}).items()}
    for dimension, level in zip(table.dimensions, key, strict=True):
        if level != TOTAL or _is_time(dimension):
            parts[dimension.name] = frozenset(dimension.leaves(level))
    run: Run | None = None
    for name, leaves in list(parts.items()):
        if all(is_date_leaf(leaf) for leaf in leaves):
            run = run_of(tuple(leaves))
            del parts[name]
    if run is None:
        raise ValueError("a table on people says of which days")
    return (table.population, frozenset(parts.items())), run


def _is_time(dimension: Dimension) -> bool:
    return all(is_date_leaf(leaf) for level in dimension.levels for leaf in dimension.leaves(level))


def _numbers(table: FrequencyTable) -> dict[Group, dict[Run, int]]:
    """Every number a table shows, and the sums that anybody can make of them over a variable all of whose levels are shown."""
    found: dict[Group, dict[Run, int]] = {}
    for key, value in table.cells.items():
        if isinstance(value, int):
            group, run = _where(table, key)
            found.setdefault(group, {})[run] = value
    summed = [place for place, one in enumerate(table.dimensions) if not one.multi_valued and not _is_time(one)]
    for count in range(1, len(summed) + 1):
        for places in combinations(summed, count):
            for (group, run), value in _sums(table, places).items():
                found.setdefault(group, {}).setdefault(run, value)
    return found


def _sums(table: FrequencyTable, places: tuple[int, ...]) -> dict[tuple[Group, Run], int]:
    sums: dict[Key, int | None] = {}
    for key, value in table.cells.items():
        if any(key[place] == TOTAL for place in places):
            continue
        whole = tuple(TOTAL if place in places else level for place, level in enumerate(key))
        before = sums.get(whole, 0)
        sums[whole] = None if before is None or not isinstance(value, int) else before + value
    shown = {}
    for key, total in sums.items():
        if total is not None:
            population, parts = _where(table, key)[0]
            # The levels shown may be fewer than all: then the sum counts those leaves, not everybody.
            narrowed = {(table.dimensions[place].name, _leaves_shown(table.dimensions[place])) for place in places if not _is_whole(table.dimensions[place])}
            shown[((population, parts | frozenset(narrowed)), _where(table, key)[1])] = total
    return shown


def _leaves_shown(dimension: Dimension) -> frozenset[str]:
    return frozenset(leaf for level in dimension.levels if level != TOTAL for leaf in dimension.leaves(level))


def _is_whole(dimension: Dimension) -> bool:
    return _leaves_shown(dimension) == frozenset(dimension.leaves(TOTAL))


def _within(part: Group, whole: Group) -> bool:
    """Whether everybody of `part` is surely in `whole`."""
    if part[0] != whole[0]:
        return False
    of_part = dict(part[1])
    return all(name in of_part and of_part[name] <= leaves for name, leaves in whole[1])


def _narrows(before: Mapping[Run, int], new: Mapping[Run, int], threshold: int) -> bool:
    """Whether `new` pins some run of days under the threshold that `before` alone did not pin as closely, or contradicts `before`."""
    fresh = {run: number for run, number in new.items() if run not in before}
    if not fresh or len(before) + len(fresh) < 2:
        return False
    days = sorted({day for first, last in (*before, *fresh) for day in (first, last + timedelta(days=1))})
    was, now = _widest(days, before), _widest(days, {**before, **fresh})
    if any(now[place][place] < 0 for place in range(len(days))):
        return True
    return any(now[a][b] < threshold and (now[a][b] < was[a][b] or now[b][a] < was[b][a]) for a in range(len(days)) for b in range(a + 1, len(days)))


def _widest(days: list[date], runs: Mapping[Run, int]) -> list[list[float]]:
    """`found[a][b]`: the most people there can be from day a to before day b; -`found[b][a]`: the fewest. Below 0 on the diagonal: impossible."""
    place = {day: number for number, day in enumerate(days)}
    size = len(days)
    most = [[0.0 if a >= b else _FAR for b in range(size)] for a in range(size)]
    for (first, last), number in runs.items():
        a, b = place[first], place[last + timedelta(days=1)]
        most[a][b], most[b][a] = min(most[a][b], number), min(most[b][a], -number)
    for middle in range(size):
        onward = most[middle]
        for start in range(size):
            step = most[start][middle]
            if step < _FAR:
                row = most[start]
                for end in range(size):
                    if step + onward[end] < row[end]:
                        row[end] = step + onward[end]
    return most


def is_hidden_anywhere(table: FrequencyTable) -> bool:
    return any(value == HIDDEN for value in table.cells.values())
