"""Corrections of a mapping that were begun: kept as a sealed draft, and put back when the same files are read again. Knows no Qt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from victimcare.casework.drafts import discard_draft, draft_of, keep_draft
from victimcare.exchange.mapping import LEAVE, MappingRefused, SheetMapping, Sure
from victimcare.exchange.mapping_file import column_as_json, column_from_json
from victimcare.exchange.rows_seen import digest_of
from victimcare.exchange.sheets import Sheet
from victimcare.store.session import VaultSession

FORM = "import mapping"
WHY = "you chose so before"


@dataclass(frozen=True, slots=True, repr=False)
class Begun:
    """The draft: which register (`register_of`), where its files were, and what was corrected."""

    register: str
    paths: tuple[Path, ...]
    sheets: tuple[dict[str, Any], ...]


def register_of(sheets: Sequence[Sheet]) -> str:
    """What makes it the same register again: its files, headings and how many rows each sheet has."""
    return digest_of([[sheet.file, sheet.name, *sheet.headings, len(sheet.rows)] for sheet in sheets])


def begun(session: VaultSession) -> Begun | None:
    """What I had begun to correct. Needs a noted reading."""
    draft = draft_of(session, FORM)
    if draft is None:
        return None
    kept = json.loads(draft.body)
    return Begun(kept["register"], tuple(Path(path) for path in kept["paths"]), tuple(kept["sheets"]))


def keep_begun(
    session: VaultSession, sheets: Sequence[Sheet], proposed: Sequence[SheetMapping], mappings: Sequence[SheetMapping], paths: Sequence[Path]
) -> None:
    """Keep where `mappings` differ from what was proposed. Raises TextRefused when that is too long to keep."""
    changed = [
        {
            "kinds": list(mapping.kinds),
            "columns": {
                str(place): column_as_json(column) for place, (column, first) in enumerate(zip(mapping.columns, before.columns, strict=True)) if column != first
            },
        }
        for mapping, before in zip(mappings, proposed, strict=True)
    ]
    body = {"register": register_of(sheets), "paths": [str(path.absolute()) for path in paths], "sheets": changed}
    keep_draft(session, form=FORM, body=json.dumps(body, ensure_ascii=False))


def drop_begun(session: VaultSession, sheets: Sequence[Sheet] = ()) -> None:
    """Throw the draft away; with `sheets` only where it is about this register."""
    kept = begun(session)
    if kept is not None and (not sheets or kept.register == register_of(sheets)):
        discard_draft(session, form=FORM)


def put_back(kept: Begun, sheets: Sequence[Sheet], mappings: Sequence[SheetMapping]) -> tuple[SheetMapping, ...] | None:
    """The mappings with the corrections put over them; None where the draft is about another register, or no longer fits."""
    if kept.register != register_of(sheets) or len(kept.sheets) != len(mappings):
        return None
    try:
        return tuple(_put_back(entry, mapping) for entry, mapping in zip(kept.sheets, mappings, strict=True))
    except MappingRefused:
        return None


def _put_back(entry: dict[str, Any], mapping: SheetMapping) -> SheetMapping:
    columns = list(mapping.columns)
    for place, said in entry["columns"].items():
        column = column_from_json(said)
        sure = Sure.LOOK if column.field == LEAVE and columns[int(place)].field != LEAVE else Sure.SURE
        columns[int(place)] = replace(column, sure=sure, why=WHY)
    return replace(mapping, kinds=tuple(entry["kinds"]), columns=tuple(columns))
