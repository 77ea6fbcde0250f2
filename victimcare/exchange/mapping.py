"""Where each column of a register goes: what is proposed, corrected and kept for next time."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from victimcare.exchange.date_order import Order
from victimcare.exchange.fields import KINDS, LINKS, Field, fields
from victimcare.refused import Refused


class MappingUnclear(Refused):
    """A reference or a date received cannot be told from the file: the user must say which column it is, or which number is the day."""


class MappingRefused(Refused):
    """A mapping file that cannot be used."""


class Sure(StrEnum):
    """How sure a proposal is. LOOK: taken, but something in it wants a look."""

    SURE = "SURE"
    LIKELY = "LIKELY"
    LOOK = "LOOK"
    UNCLEAR = "UNCLEAR"


LEAVE = ""
"""As a field: the column is not taken. As a code: the wording stays not known."""


@dataclass(frozen=True, slots=True, repr=False)
class ColumnMapping:
    """One column. `field`: a key of `fields()`, or LEAVE. `codes`: what the user said a wording means.

    `delimiter`: between several values in one cell. `order`: which number of a date comes first, None where nothing proves it.
    `from_hour`: for "evenings only" in a safe-to-call column, the hour the user said it begins.
    """

    heading: str
    field: str
    sure: Sure = Sure.SURE
    why: str = ""
    order: Order | None = None
    delimiter: str = ""
    codes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    from_hour: int | None = None

    @property
    def target(self) -> Field | None:
        return fields().get(self.field)


@dataclass(frozen=True, slots=True, repr=False)
class SheetMapping:
    """One sheet. `kinds`: what its rows hold, the kind others refer to first; empty where it is no sheet of a register."""

    file: str
    name: str
    kinds: tuple[str, ...]
    columns: tuple[ColumnMapping, ...]

    @property
    def kind(self) -> str:
        return self.kinds[0] if self.kinds else ""

    def place_of(self, key: str) -> int | None:
        """The first column that goes to the field, by its place in the sheet."""
        return next((place for place, column in enumerate(self.columns) if column.field == key), None)

    def places(self, kind: str) -> list[int]:
        return [place for place, column in enumerate(self.columns) if column.field.startswith(f"{kind}.")]

    def with_column(self, heading: str, **changes: object) -> SheetMapping:
        """The same with one column corrected."""
        columns = tuple(replace(column, **changes) if column.heading == heading else column for column in self.columns)  # type: ignore[arg-type]
        return replace(self, columns=columns)


def reference_key(mapping: SheetMapping, kind: str) -> str | None:
    """The field of this sheet that says which case or investigation a row of `kind` belongs to (its own, or that of a kind merged with it)."""
    wanted = {"referrals": "referrals.reference", "investigations": "investigations.crime_reference"}
    link = f"{kind}.{LINKS[kind]}" if kind in LINKS else wanted.get(kind, "")
    others: tuple[str, ...] = ("referrals.reference", "contacts.case_reference", "partner_referrals.case_reference")
    if "crime" in link:
        others = ("investigations.crime_reference", "arrests.crime_reference", "prosecutions.crime_reference", "referrals.crime_reference")
    for key in (link, *others):
        if key and mapping.place_of(key) is not None:
            return key
    return None


def check_clear(mappings: list[SheetMapping]) -> None:
    """Raise MappingUnclear, naming the columns, if a row could not be told whose it is or when it was received.

    Where it is another day that cannot be told, the rows wait in the leftovers, and a mapping that says it takes them.
    """
    unclear: list[str] = []
    for mapping in mappings:
        for kind in mapping.kinds:
            if kind != "activities" and reference_key(mapping, kind) is None:
                unclear.append(f"{kind}: no column is clearly the reference")
        for column in mapping.columns:
            if column.sure is Sure.UNCLEAR and column.field == "referrals.received_on":
                unclear.append(f"referrals, column {column.heading[:40]!r}: {column.why}")
        if "referrals" in mapping.kinds and mapping.place_of("referrals.received_on") is None:
            unclear.append("referrals: no column is clearly the date received")
    if not any(mapping.kinds for mapping in mappings):
        unclear.append("no sheet is clearly one of a register")
    if unclear:
        raise MappingUnclear(
            "It is not clear where these go: " + "; ".join(unclear) + ".",
            "Say so in a mapping (the screen Import, or --mapping FILE) and import again. Nothing was changed.",
        )


def in_order(mappings: list[SheetMapping]) -> list[int]:
    """Places of the mappings, what is referred to before what refers to it."""
    return sorted(range(len(mappings)), key=lambda place: (KINDS.index(mappings[place].kind) if mappings[place].kind else 99, place))
