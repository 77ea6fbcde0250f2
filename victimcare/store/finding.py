"""What a check of the vault says: one finding a thing that is wrong, and how much was looked at."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

RESTORE = "Compare with the newest backup, and restore it if this was not meant."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    `row`: the row's id, None where it is about a page or the whole. `kind`: page, altered, unsigned, gone, seal, key, link,
    chain, signature, witness, member, header, grant, right, trigger, derived, bytes (of a document). Holds no name, text or key.
    """

    table: str
    row: UUID | None
    kind: str
    what: str
    remedy: str


@dataclass(slots=True)
class Counts:
    """How much was checked. `seals_without_key`: seals the checking member holds no key to. `parts_*`: of documents' bytes.

    `readings_unsigned`: not yet covered by a signature.
    """

    pages: int = 0
    rows: int = 0
    seals_opened: int = 0
    seals_without_key: int = 0
    parts_opened: int = 0
    parts_without_key: int = 0
    entries: int = 0
    signatures: int = 0
    readings_unsigned: int = 0
    witnesses: int = 0
    members: int = 0
    erased_rows: int = 0


@dataclass(slots=True)
class Verification:
    """Everything that is wrong, in the order it was found, and what was looked at."""

    findings: list[Finding] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)

    @property
    def holds(self) -> bool:
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """For `verify --json`."""
        shown = [{**asdict(one), "row": one.row.hex if one.row else None} for one in self.findings]
        return {"holds": self.holds, "findings": shown, "counts": asdict(self.counts)}
