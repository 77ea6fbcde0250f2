"""What an import will do: which rows are new, what each belongs to, what waits, what is listed. Holds no lock and changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from victimcare.exchange.fields import KINDS
from victimcare.exchange.leftovers import LeftoverRow
from victimcare.exchange.rows import ParsedRow, Problem
from victimcare.exchange.rows_seen import Shape

CASE_NOT_FOUND = "no case has this reference"
UNCLEAR = "two investigations have this reference"
CHANGED = "this reference is here already and the row says something else now"
LEFT_BEFORE = "this row was left as it is before, and says more now"
POINTS = {"referrals.phone": "PHONE", "referrals.email": "EMAIL", "referrals.address": "ADDRESS"}
"""Fields that say how to reach a person, with the kind of contact point each is."""
NEW_CELL = "this row is here already, and this cell is new"
FILLED = "this row is here already; the cell is filled now and was not"


@dataclass(frozen=True, slots=True, repr=False)
class Duplicate:
    """Two that may be one person, or a reference used twice. Listed, never merged. `other`: a row of the files, or "in the vault"."""

    file: str
    row: int
    reference: str
    other: str
    why: str
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Waiting:
    """What goes to the leftovers: a cell of a row that is taken, or a whole row. `mends`: the leftover this row was before."""

    row: ParsedRow
    problem: Problem
    is_row: bool


@dataclass(frozen=True, slots=True, repr=False)
class More:
    """Cells a row says now and did not when it was taken: they go to its notes."""

    row: ParsedRow
    cells: tuple[tuple[str, str], ...]


@dataclass(slots=True, repr=False)
class ImportPlan:
    """A preview of an import and all it needs to be done."""

    files: tuple[str, ...]
    read: Counter[str] = field(default_factory=Counter)
    take: dict[str, list[ParsedRow]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    waiting: list[Waiting] = field(default_factory=list)
    aside: list[Waiting] = field(default_factory=list)
    """Lines above the headings of a table: kept, and nothing needs to be done with them."""
    more: list[More] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    """Digests to be remembered beside those of the rows that are taken."""
    shapes: list[tuple[str, Shape]] = field(default_factory=list)
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

    @property
    def is_something(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.rows_taken or self.waiting or self.mended or self.more or self.aside)
