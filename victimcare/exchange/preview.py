"""What an import would do, from paths to a plan, for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from victimcare.exchange.cells import Check, go_on
from victimcare.exchange.known import Known, known_in_vault
from victimcare.exchange.mapping import SheetMapping
from victimcare.exchange.mapping_file import with_mapping
from victimcare.exchange.matching import make_plan
from victimcare.exchange.plan import ImportPlan
from victimcare.exchange.proposal import propose, read_register
from victimcare.exchange.sheets import Sheet
from victimcare.store.session import VaultSession


@dataclass(frozen=True, slots=True, repr=False)
class Preview:
    """Everything `register_import.carry_out` needs; nothing of it is in the vault yet."""

    sheets: tuple[Sheet, ...]
    mappings: tuple[SheetMapping, ...]
    known: Known
    plan: ImportPlan


def preview(session: VaultSession, paths: Sequence[Path], *, kept: Sequence[SheetMapping] = ()) -> Preview:
    """Read, map and match. `session`: a reading of names (`Reading.names()`); `kept`: mappings of a file, put over the proposal.

    Raises FileRefused, MappingUnclear, ReadNotNoted.
    """
    sheets = read_register(paths)
    return matched(session, sheets, with_mapping(propose(sheets), kept))


def matched(session: VaultSession, sheets: Sequence[Sheet], mappings: Sequence[SheetMapping], *, check: Check = go_on) -> Preview:
    """The same from sheets that are read and mapped: after the user corrected a column. Raises MappingUnclear, ReadNotNoted."""
    known = known_in_vault(session)
    return Preview(tuple(sheets), tuple(mappings), known, make_plan(sheets, mappings, known, today=session.today, check=check))
