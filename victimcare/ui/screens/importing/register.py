"""A register between its files and the vault: read and matched without a lock, then written whole or not at all. Knows no Qt.

A plan uses up what it is given of the vault's waiting rows, and writing adds to what is known: each works on a copy, or reads anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from victimcare.exchange.cells import Check, go_on, is_blank
from victimcare.exchange.fields import kind_label
from victimcare.exchange.known import Known, known_in_vault
from victimcare.exchange.mapping import MappingUnclear, SheetMapping
from victimcare.exchange.mapping_file import load_mapping, with_mapping
from victimcare.exchange.matching import make_plan
from victimcare.exchange.plan import ImportPlan
from victimcare.exchange.preview import Preview, matched
from victimcare.exchange.proposal import propose, read_register
from victimcare.exchange.register_import import carry_out
from victimcare.exchange.sheets import Sheet, first_values
from victimcare.store.reading import Reading
from victimcare.store.session import VaultSession
from victimcare.store.vault import Vault
from victimcare.ui.screens.importing.begun import begun, drop_begun, put_back
from victimcare.ui.work import Token

Place = tuple[int, int]
"""A column: the place of its sheet, its place in the sheet."""


@dataclass(frozen=True, slots=True, repr=False)
class Prepared:
    """A register that was read. `seen`: column -> (first values, cells filled). `plan` None: `unclear` says what must be said first.

    `proposed`: the mappings by the files alone; `first`: the same with a kept mapping over them. `is_put_back`: corrections begun
    earlier stand in `mappings`.
    """

    paths: tuple[Path, ...]
    sheets: tuple[Sheet, ...]
    proposed: tuple[SheetMapping, ...]
    first: tuple[SheetMapping, ...]
    mappings: tuple[SheetMapping, ...]
    known: Known
    today: date
    seen: dict[Place, tuple[tuple[str, ...], int]]
    plan: ImportPlan | None
    unclear: MappingUnclear | None
    is_put_back: bool = False

    @property
    def rows(self) -> int:
        return sum(len(sheet.rows) for sheet in self.sheets)


class _Tried(Exception):
    """Ends the transaction of a trial, so that nothing of it is kept."""


def prepare(vault: Vault, paths: Sequence[Path], mapping: Path | None, token: Token) -> Prepared:
    """Read, map and match. Raises FileRefused, MappingRefused, Cancelled."""
    token.progress(0, 0, "Reading the files")
    sheets = tuple(read_register(paths, token.check))
    token.progress(0, 0, "Finding out what the columns are")
    proposed = tuple(propose(sheets, token.check))
    first = tuple(with_mapping(proposed, load_mapping(mapping) if mapping else ()))
    seen = {}
    for at, sheet in enumerate(sheets):
        token.check()
        for place in range(len(sheet.headings)):
            seen[at, place] = (first_values(sheet, place), sum(not is_blank(cell) for cell in sheet.column(place)))
    token.progress(0, 0, "Comparing with the people who are here")
    with vault.reading(Reading.names()) as session:
        known, today, kept = known_in_vault(session), session.today, begun(session)
    token.check()
    back = put_back(kept, sheets, first) if kept else None
    prepared = Prepared(tuple(paths), sheets, proposed, first, first, known, today, seen, None, None, back is not None)
    return planned(prepared, back or first, token.check)


def planned(prepared: Prepared, mappings: Sequence[SheetMapping], check: Check = go_on) -> Prepared:
    """The same register with other mappings, matched again with what was known when it was read."""
    known = replace(prepared.known, waiting={stamp: list(rows) for stamp, rows in prepared.known.waiting.items()})
    try:
        plan, unclear = make_plan(prepared.sheets, mappings, known, today=prepared.today, check=check), None
    except MappingUnclear as why:
        plan, unclear = None, why
    return replace(prepared, mappings=tuple(mappings), plan=plan, unclear=unclear)


def matched_now(vault: Vault, prepared: Prepared, token: Token) -> Preview:
    """What is to be written, against the vault as it stands now. Raises MappingUnclear, Cancelled."""
    token.progress(0, 0, "Comparing with the people who are here")
    with vault.reading(Reading.names()) as session:
        seen = matched(session, prepared.sheets, prepared.mappings, check=token.check)
    token.check()
    return seen


def written(vault: Vault, seen: Preview, token: Token) -> Counter[str]:
    """Write it in one transaction, and drop what was begun of it: what was created, by kind. Raises ImportCancelled, ImportOvertaken, and what a change raises."""
    with vault.transaction("import") as session:
        created = _carried_out(session, seen, token)
        drop_begun(session, seen.sheets)
        return created


def tried(vault: Vault, seen: Preview, token: Token) -> Counter[str]:
    """The same, with everything taken back at the end: what would be created."""
    created: Counter[str] = Counter()
    try:
        with vault.transaction("import") as session:
            created = _carried_out(session, seen, token)
            raise _Tried
    except _Tried:
        return created


def _carried_out(session: VaultSession, seen: Preview, token: Token) -> Counter[str]:
    def tell(kind: str, done: int, total: int) -> None:
        token.progress(done, total, f"Writing {kind_label(kind).lower()}" if kind != "commit" else "Putting it on the disk")

    return carry_out(session, seen.plan, seen.known, progress=tell, cancelled=lambda: token.is_cancelled)
