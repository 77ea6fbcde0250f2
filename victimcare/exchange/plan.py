"""What an import will do: which rows are new, what each belongs to, what waits, what is listed. Holds no lock and changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from victimcare.exchange.fields import KINDS, fields
from victimcare.exchange.known import Known, folded_reference
from victimcare.exchange.leftovers import LEFT, LeftoverRow
from victimcare.exchange.mapping import SheetMapping, check_clear, in_order
from victimcare.exchange.people import person, possible_duplicates
from victimcare.exchange.rows import ParsedRow, Problem, parse_sheet
from victimcare.exchange.sheets import Sheet
from victimcare.exchange.value_text import unpacked

CASE_NOT_FOUND = "no case has this reference"
UNCLEAR = "two investigations have this reference"
CHANGED = "this reference is here already and the row says something else now"
_OF_CASE = ("contacts", "partner_referrals")
_OF_INVESTIGATION = ("investigations", "arrests", "prosecutions")
_NO_SHEET = "no sheet of a register: not taken"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two that may be one person, or a reference used twice. Listed, never merged. `other`: a row of the files, or "in the vault"."""

    file: str
    row: int
    reference: str
    other: str
    why: str
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What goes to the leftovers: a cell of a row that is taken, or a whole row. `mends`: the leftover this row was before."""

    row: ParsedRow
    problem: Problem
    is_row: bool


@dataclass(slots=True)
class ImportPlan:
    """A preview of an import and all it needs to be done."""

    files: tuple[str, ...]
    read: Counter[str] = field(default_factory=Counter)
    take: dict[str, list[ParsedRow]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    waiting: list[Waiting] = field(default_factory=list)
    mended: list[LeftoverRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    unmapped: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    again: int = 0
    """Rows that were taken by an earlier import, or stand in two of the files."""

    @property
    def rows_read(self) -> int:
        return sum(self.read.values())

    @property
    def rows_taken(self) -> int:
        return sum(len(rows) for rows in self.take.values())


def make_plan(sheets: Sequence[Sheet], mappings: Sequence[SheetMapping], known: Known, *, today: date) -> ImportPlan:
    """Match every row with the vault and with each other. Raises MappingUnclear."""
    check_clear(list(mappings))
    plan = ImportPlan(tuple(dict.fromkeys(sheet.file for sheet in sheets)))
    matcher = _Matcher(plan, known)
    for place in in_order(list(mappings)):
        sheet, mapping = sheets[place], mappings[place]
        if not mapping.kinds:
            plan.problems.append(Problem(sheet.file, sheet.name, 0, "", "", _NO_SHEET))
            continue
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

    def __init__(self, plan: ImportPlan, known: Known) -> None:
        self.plan, self.known = plan, known
        self.listed = known.listed_investigations
        self.taken: Counter[str] = Counter(known.seen)
        self.first: dict[str, dict[str, ParsedRow]] = {"referrals": {}, "investigations": {}}
        self.waiting_as_typed = {as_typed(left.sheet, left.cells): left.stamp for rows in known.waiting.values() for left in rows}

    def sheet(self, kind: str, rows: Iterable[ParsedRow], of_others: frozenset[str]) -> None:
        """`of_others`: the headings of a merged sheet that belong to records of another kind; none in a sheet of one kind."""
        here: Counter[str] = Counter()
        for row in rows:
            self.plan.read[kind] += 1
            parent = of_others and kind in ("referrals", "investigations")
            if parent and folded_reference(row.link) in self.first[kind] and not row.refused:
                self._again_in_merged(row, of_others)
                continue
            self._list(row)
            here[row.stamp] += 1
            if here[row.stamp] <= self.taken[row.stamp]:
                self.plan.again += 1
                if parent and not row.refused:
                    self.first[kind].setdefault(folded_reference(row.link), row)
                continue
            if self._waits(row):
                continue
            self.taken[row.stamp] += 1
            if kind in self.first:
                self.first[kind].setdefault(folded_reference(row.link), row)
            self.plan.take[kind].append(row)
            self.plan.waiting += [Waiting(row, problem, False) for problem in row.problems if not problem.is_taken]

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
        if (differs and row.stamp != first.stamp) or headings:
            labels = ", ".join([*(fields()[f"{row.kind}.{name}"].label for name in differs if f"{row.kind}.{name}" in fields()), *headings])
            problem = Problem(row.file, row.kind, row.row, "", labels, f"differs from row {first.row} of the same reference")
            self.plan.problems.append(problem)
            self.plan.waiting.append(Waiting(row, problem, True))

    def _waits(self, row: ParsedRow) -> bool:
        """Whether the row cannot be taken now. A row that waits already is not listed a second time in the vault."""
        # A date that is understood only now makes another stamp: then the same words in the same columns are the same row.
        earlier = self.known.waiting.get(row.stamp) or self.known.waiting.get(self.waiting_as_typed.get(as_typed(row.kind, row.cells), ""), [])
        reason = row.refused or self._no_owner(row)
        if not reason:
            if earlier and earlier[0].status != LEFT:
                self.plan.mended.append(earlier.pop(0))
            return bool(earlier) and earlier[0].status == LEFT
        column, value = self._named(row)
        problem = Problem(row.file, row.kind, row.row, column, value, reason)
        self.plan.problems.append(problem)
        if earlier:
            earlier.pop(0)
        else:
            self.plan.waiting.append(Waiting(row, problem, True))
        return True

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
