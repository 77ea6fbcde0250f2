"""Every row matched with the vault and with each other: what is new, what is here already and says more now, what waits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from victimcare.exchange.cells import Check, go_on
from victimcare.exchange.fields import KINDS, fields
from victimcare.exchange.known import Known, folded_reference
from victimcare.exchange.leftovers import LEFT, LeftoverRow
from victimcare.exchange.mapping import SheetMapping, check_clear, in_order
from victimcare.exchange.people import person, possible_duplicates
from victimcare.exchange.plan import CASE_NOT_FOUND, CHANGED, FILLED, LEFT_BEFORE, POINTS, UNCLEAR, Duplicate, ImportPlan, More, Waiting
from victimcare.exchange.rows import ParsedRow, Problem, parse_sheet
from victimcare.exchange.rows_seen import cell_stamp, fuller_than, owner_of
from victimcare.exchange.sheets import Sheet
from victimcare.exchange.unknown_sheets import keep_unknown
from victimcare.exchange.value_text import unpacked

_OF_CASE = ("contacts", "partner_referrals")
_OF_INVESTIGATION = ("investigations", "arrests", "prosecutions")


def make_plan(sheets: Sequence[Sheet], mappings: Sequence[SheetMapping], known: Known, *, today: date, check: Check = go_on) -> ImportPlan:
    """Match every row with the vault and with each other. `check` is called every few hundred rows. Raises MappingUnclear, and what `check` raises."""
    check_clear(list(mappings))
    plan = ImportPlan(tuple(dict.fromkeys(sheet.file for sheet in sheets)))
    matcher = _Matcher(plan, known, check)
    for place in in_order(list(mappings)):
        sheet, mapping = sheets[place], mappings[place]
        keep_unknown(plan, known, sheet, is_sheet=not mapping.kinds)
        if mapping.kinds:
            _list_unmapped(plan, sheet, mapping)
    for kind in KINDS:
        for sheet, mapping in zip(sheets, mappings, strict=True):
            if kind in mapping.kinds:
                others = frozenset(column.heading for column in mapping.columns if column.target and column.target.sheet != kind)
                matcher.sheet(kind, parse_sheet(sheet, mapping, kind, today=today), others if len(mapping.kinds) > 1 else frozenset())
    matcher.those_that_waited()
    matcher.people()
    return plan


def as_typed(kind: str, cells: Mapping[str, str]) -> tuple[str, frozenset[tuple[str, str]]]:
    """What makes a row that waits the same row again whatever is understood of it."""
    return kind, frozenset(cells.items())


def _parsed_again(left: LeftoverRow) -> ParsedRow:
    values = {name: unpacked(value) for name, value in left.values.items()}
    return ParsedRow(left.sheet, left.file, left.row, left.link, values, (), left.unread, "", left.stamp, left.cells)


def _list_unmapped(plan: ImportPlan, sheet: Sheet, mapping: SheetMapping) -> None:
    """Columns that go nowhere, with their commonest values: their cells are kept in the notes."""
    for place, column in enumerate(mapping.columns):
        if not column.field:
            values = Counter(str(cell).strip() for cell in sheet.column(place) if str(cell).strip())
            if values:
                plan.unmapped[column.heading].update(dict(values.most_common(50)))


class _Matcher:
    """Goes through the rows once, what is referred to before what refers to it."""

    def __init__(self, plan: ImportPlan, known: Known, check: Check) -> None:
        self.plan, self.known, self.check = plan, known, check
        self.listed = known.listed_investigations
        self.taken: Counter[str] = Counter(known.seen.digests)
        self.shapes = defaultdict(set, {owner: set(shapes) for owner, shapes in known.seen.shapes.items()})
        self.first: dict[str, dict[str, ParsedRow]] = {"referrals": {}, "investigations": {}}
        self.waiting_of: dict[tuple[str, str], list[LeftoverRow]] = defaultdict(list)
        for left in (left for rows in known.waiting.values() for left in rows):
            self.waiting_of[left.sheet, folded_reference(left.link)].append(left)
        self.waiting_as_typed = {as_typed(left.sheet, left.cells): left.stamp for rows in known.waiting.values() for left in rows}

    def sheet(self, kind: str, rows: Iterable[ParsedRow], of_others: frozenset[str]) -> None:
        """`of_others`: the headings of a merged sheet that belong to records of another kind; none in a sheet of one kind."""
        here: Counter[str] = Counter()
        for row in rows:
            self.plan.read[kind] += 1
            if self.plan.read[kind] % 200 == 0:
                self.check()
            parent = of_others and kind in ("referrals", "investigations")
            if parent and folded_reference(row.link) in self.first[kind] and not row.refused:
                self._again_in_merged(row, of_others)
                continue
            self._list(row)
            here[row.stamp] += 1
            if here[row.stamp] <= self.taken[row.stamp] or self._was_less(row, here):
                self.plan.again += 1
                self._more(row, row.extra)
                if parent and not row.refused:
                    self.first[kind].setdefault(folded_reference(row.link), row)
                continue
            if self._waits(row):
                continue
            self._take(row)
            if kind in self.first:
                self.first[kind].setdefault(folded_reference(row.link), row)
            self.plan.take[kind].append(row)
            self.plan.waiting += [Waiting(row, problem, False) for problem in row.problems if not problem.is_taken]

    def _take(self, row: ParsedRow) -> None:
        """Remember a row that is taken, under every digest by which it is known again."""
        owner, shape = owner_of(row.kind, row.link), tuple(name for name, _, _ in row.said)
        self.taken[row.stamp] += 1
        self.shapes[owner].add(shape)
        self.plan.shapes.append((owner, shape))
        self._remember(cell_stamp(row.stamp, heading, text) for heading, text in row.extra)

    def _remember(self, stamps: Iterable[str]) -> None:
        for stamp in stamps:
            self.taken[stamp] += 1
            self.plan.stamps.append(stamp)

    def _was_less(self, row: ParsedRow, here: Counter[str]) -> bool:
        """Whether this row was taken before some of its cells were filled in. What is filled now is kept in the notes and waits to be put in."""
        for stamp, filled in fuller_than(row.said, self.shapes[owner_of(row.kind, row.link)], row.kind, row.link):
            if here[stamp] < self.taken[stamp]:
                here[stamp] += 1
                named = {name: heading for name, _, heading in row.said}
                cells = tuple((named[name], row.cells[named[name]].strip()) for name in filled)
                news = [cell for cell in cells if not self.taken[cell_stamp(stamp, *cell)]]
                told = []
                for name, cell in zip(filled, cells, strict=True):
                    if cell in news:
                        self._wait_for_cell(row, cell[0], f"{row.kind}.{name}")
                        if f"{row.kind}.{name}" not in POINTS:
                            told.append(cell)
                self._more(row, [*told, *(cell for cell in row.extra if not self.taken[cell_stamp(stamp, *cell)])])
                self._take(row)
                self.plan.stamps.append(row.stamp)
                return True
        return False

    def _wait_for_cell(self, row: ParsedRow, heading: str, key: str) -> None:
        """The cell waits. How to reach a person is in no list and no note: it stays in the row, until it is put in its case."""
        problem = Problem(row.file, row.kind, row.row, heading, row.cells[heading], FILLED, key)
        self.plan.problems.append(problem)
        self.plan.waiting.append(Waiting(row, replace(problem, value="") if key in POINTS else problem, False))

    def _more(self, row: ParsedRow, cells: Iterable[tuple[str, str]]) -> None:
        """Keep cells that a row which is here already did not have when it was taken."""
        news = tuple(cell for cell in cells if not self.taken[cell_stamp(row.stamp, *cell)])
        if news:
            self.plan.more.append(More(row, news))
            self._remember(cell_stamp(row.stamp, *cell) for cell in news)

    def _list(self, row: ParsedRow) -> None:
        self.plan.problems += row.problems
        for problem in row.problems:
            if problem.is_code:
                for wording in problem.value.split("; "):
                    self.plan.unmapped[problem.column][wording] += 1

    def _again_in_merged(self, row: ParsedRow, of_others: frozenset[str]) -> None:
        """A merged sheet says who the person is in each row: only what differs from the first row is news.

        What has no field is kept by the record of another kind in the same row; where there is none, it is news too.
        """
        first = self.first[row.kind][folded_reference(row.link)]
        differs = [name for name, value in row.values.items() if first.values.get(name) != value]
        headings = [] if of_others.intersection(row.cells) else [heading for heading, text in row.unread if (heading, text) not in first.unread]
        is_listed = bool(self.known.waiting.get(row.stamp)) or (row.stamp != first.stamp and self.taken[row.stamp])
        headings = [heading for heading in headings if not self.taken[cell_stamp(row.stamp, heading, dict(row.unread)[heading])]]
        if not is_listed and ((differs and row.stamp != first.stamp) or headings):
            self._remember(cell_stamp(row.stamp, heading, dict(row.unread)[heading]) for heading in headings)
            labels = ", ".join([*(fields()[f"{row.kind}.{name}"].label for name in differs if f"{row.kind}.{name}" in fields()), *headings])
            problem = Problem(row.file, row.kind, row.row, "", labels, f"differs from row {first.row} of the same reference")
            self.plan.problems.append(problem)
            self.plan.waiting.append(Waiting(row, problem, True))

    def _waits(self, row: ParsedRow) -> bool:
        """Whether the row cannot be taken now. A row that waits already is not listed a second time in the vault."""
        # A date that is understood only now makes another stamp: then the same words in the same columns are the same row.
        earlier = self.known.waiting.get(row.stamp) or self.known.waiting.get(self.waiting_as_typed.get(as_typed(row.kind, row.cells), ""), [])
        earlier = earlier or self._waits_with_less(row)
        reason = row.refused or self._no_owner(row)
        if not reason:
            if earlier and earlier[0].status != LEFT:
                self.plan.mended.append(earlier.pop(0))
                return False
            if not earlier or row.cells.items() <= earlier[0].cells.items():
                return bool(earlier)
            reason = LEFT_BEFORE
        column, value = self._named(row)
        problem = Problem(row.file, row.kind, row.row, column, value, reason)
        self.plan.problems.append(problem)
        if earlier and row.cells.items() <= earlier[0].cells.items():
            earlier.pop(0)
        else:
            if earlier and earlier[0].status != LEFT:  # the same row with more in it takes its place
                self.plan.mended.append(earlier.pop(0))
            self.plan.waiting.append(Waiting(row, problem, True))
        return True

    def _waits_with_less(self, row: ParsedRow) -> list[LeftoverRow]:
        """Rows of the same reference that wait, and say nothing this row does not say too."""
        rows = self.waiting_of.get((row.kind, folded_reference(row.link)), []) if row.link else []
        return next((there for left in rows if left.cells.items() < row.cells.items() and left in (there := self.known.waiting[left.stamp])), [])

    def _no_owner(self, row: ParsedRow) -> str:
        reference, cases = folded_reference(row.link), self.first["referrals"]
        if row.kind in _OF_CASE and reference not in cases and reference not in self.known.cases:
            return CASE_NOT_FOUND
        if row.kind == "referrals" and reference in self.known.cases:
            self.plan.duplicates.append(Duplicate(row.file, row.row, row.link, "in the vault", CHANGED, self.known.cases[reference]))
            return CHANGED
        if row.kind in _OF_INVESTIGATION and reference in self.known.unclear_investigations:
            self._twice(row, "in the vault", UNCLEAR)
            return UNCLEAR
        if row.kind == "investigations" and (reference in self.first[row.kind] or reference in self.listed):
            first = self.first[row.kind].get(reference)
            self._twice(row, f"row {first.row} of {first.file}" if first else "in the vault", CHANGED)
            return CHANGED
        if row.kind == "referrals" and reference in cases:
            first = cases[reference]
            self._twice(row, f"row {first.row} of {first.file}", "the same reference twice")
        return ""

    def _twice(self, row: ParsedRow, other: str, why: str) -> None:
        self.plan.duplicates.append(Duplicate(row.file, row.row, row.link, other, why))

    def those_that_waited(self) -> None:
        """Rows of earlier imports whose case came only now: they are taken as they would have been then."""
        for left in [left for rows in self.known.waiting.values() for left in rows]:
            is_here = folded_reference(left.link) in self.first["referrals"]
            if left.status != LEFT and left.reason == CASE_NOT_FOUND and is_here:
                self.plan.mended.append(left)
                self.plan.take[left.sheet].append(_parsed_again(left))

    def _named(self, row: ParsedRow) -> tuple[str, str]:
        """The column and value a refusal is about: what could not be read of the row's date, else the reference."""
        for problem in row.problems:
            if fields().get(problem.field) and fields()[problem.field].is_required:
                return problem.column, problem.value
        heading = next((heading for heading, text in row.cells.items() if text.strip() == row.link), "")
        return heading, row.link

    def people(self) -> None:
        new: dict[str, ParsedRow] = {}
        people = []
        for row in self.plan.take["referrals"]:
            where = f"{row.file}\0{row.row}"
            new[where] = row
            born = row.get("date_of_birth")
            name = row.get("full_name") or f"{row.get('given_names') or ''} {row.get('family_name') or ''}"
            people.append(person(where, name, born.isoformat() if born else "", row.get("phone") or ()))
        for one, earlier, why in possible_duplicates(people, self.known.people):
            row, other = new[one.where], new.get(earlier.where)
            words = f"row {other.row} of {other.file}" if other else "in the vault"
            self.plan.duplicates.append(Duplicate(row.file, row.row, row.link, words, why, None if other else UUID(earlier.where)))
