"""Whether what a register said can be found again in the vault: every cell of every row, as its own words or as the code it was taken for.

Reads the tables themselves and opens every sealed part, so that it knows nothing of how the import decides what goes where.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from victimcare.exchange.cells import is_blank, text_of
from victimcare.exchange.date_order import Order
from victimcare.exchange.dates import moment_of, time_of
from victimcare.exchange.fields import fields
from victimcare.exchange.known import folded_reference
from victimcare.exchange.looks import code_of, is_exact, split
from victimcare.exchange.sheets import read_paths
from victimcare.store.clock import LONDON
from victimcare.store.reading import Reading
from victimcare.store.record import Record
from victimcare.store.vault import Vault

_OWNERS = ("case_id", "investigation_id", "activity_id")
_LISTS = sorted({field.codelist for field in fields().values() if field.codelist})
_CUTS = (";", "|", "\n", " / ", "/", ",", " + ", " & ", " and ")


class Voices:
    """All a vault says, by the case, investigation or activity it says it of."""

    def __init__(self, vault: Vault) -> None:
        self.texts: dict[UUID, list[str]] = defaultdict(list)
        self.facts: dict[UUID, set[str]] = defaultdict(set)
        self.visits: dict[UUID, int] = defaultdict(int)
        self.left: dict[tuple[str, int], list[str]] = defaultdict(list)
        self.owners: dict[str, list[UUID]] = defaultdict(list)
        self.activities: list[UUID] = []
        labels: dict[str, str] = {}
        with vault.reading(Reading.names()) as session:
            for mapper in Record.registry.mappers:
                if not issubclass(mapper.class_, Record):
                    continue
                rows = list(session.scalars(select(mapper.class_)))
                sealed = session.sealed([row.id for row in rows]) if rows and mapper.class_.__sealed_fields__ else {}
                for row in rows:
                    self._hear(row.__tablename__, row, sealed.get(row.id, {}), labels)
        for owner, facts in self.facts.items():
            named = [labels[fact] for fact in facts if fact in labels]
            self.texts[owner] += named
            facts.update(code for text in self.texts[owner] for code in re.findall(r"(?<=[:;] )\w{2,3}\b", text) if text.find("more ") >= 0)
            facts.update(label.split(" \n ")[1] for label in named)
        self.whole = {owner: " \n ".join(_plain(text) for text in texts) for owner, texts in self.texts.items()}

    def _hear(self, table: str, row: Record, texts: dict[str, str], labels: dict[str, str]) -> None:
        if table == "leftover":
            kept = json.loads(texts["row_values"])
            if not kept["is_row"]:
                return  # a cell that waits for a code must stand in the notes of its own record as well
            self.left[texts["file"], row.row] += [texts.get("value", ""), *kept["cells"].values()]  # type: ignore[attr-defined]
            return
        owner = next((value for name in _OWNERS if (value := getattr(row, name, None))), row.id)
        self.texts[owner] += [text for value in texts.values() for text in _strings(value)]
        if table in ("other_reference", "investigation"):
            self.owners[folded_reference(texts.get("value") or texts.get("crime_reference") or "")].append(owner)
        if table == "activity":
            self.activities.append(row.id)
        if table == "visit":
            self.visits[owner] += 1
        if table in ("worker", "partner"):
            labels[str(row.id)] = f"{row.name} \n {getattr(row, 'code', '')}"  # type: ignore[attr-defined]
        for column in row.__table__.columns:
            self.facts[owner].update(_said(getattr(row, column.key)))
        if table == "referral_event" and row.on:  # type: ignore[attr-defined]
            self.facts[owner].add(row.on.isoformat())  # type: ignore[attr-defined]

    def lack(self, owners: Iterable[UUID], cell: object, file: str, number: int) -> bool:
        """Whether none of these says what the cell said."""
        text = text_of(cell).strip()  # type: ignore[arg-type]
        if any(_plain(text) in _plain(left) for left in self.left.get((file, number), ())):
            return False
        return not any(self._says(owner, text, cell) for owner in owners)

    def _says(self, owner: UUID, text: str, cell: object) -> bool:
        if _plain(text) in self.whole.get(owner, "") or str(self.visits[owner]) == text:
            return True
        facts = self.facts[owner]
        moment = moment_of(cell, Order.DAY_FIRST)  # type: ignore[arg-type]
        at = moment.at or time_of(cell)  # type: ignore[arg-type]
        said = [*([moment.on.isoformat()] if moment.on else []), *([at.strftime("%H:%M")] if at else [])]
        if (said and all(one in facts or one in self.whole[owner] for one in said)) or text in facts:
            return True
        return any(all(self._part(owner, part) for part in split(text, cut)) for cut in ("", *_CUTS) if not cut or cut in text)

    def _part(self, owner: UUID, part: str) -> bool:
        part = re.sub(r"^dual\s", "", part)
        if _plain(part) in self.whole.get(owner, ""):
            return True
        codes = {str(code_of(codelist, part)) for codelist in _LISTS if is_exact(codelist, part)}
        return any(code in self.facts[owner] or all(half in self.facts[owner] for half in code.split(":")) for code in codes)


def _said(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["YES" if value else "NO"]
    if isinstance(value, datetime):
        here = value.astimezone(LONDON)
        return [here.date().isoformat(), here.strftime("%H:%M")]
    if isinstance(value, date):
        return [value.isoformat()]
    return [] if value is None else [str(value)]


def _strings(value: str) -> list[str]:
    if value[:1] == "[":
        try:
            return [value, *map(str, json.loads(value))]
        except ValueError:
            return [value]
    return [value]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def lost(vault: Vault, *paths: Path) -> list[tuple[str, str, int, str, str]]:
    """What the files said and the vault does not: (file, sheet, row, heading, cell)."""
    voices = Voices(vault)
    missing: list[tuple[str, str, int, str, str]] = []
    for sheet in read_paths(paths):
        for row in sheet.rows:
            named = [owner for cell in row.cells for owner in voices.owners.get(folded_reference(text_of(cell)), ())]
            owners = named or voices.activities
            for heading, cell in [*zip(sheet.headings, row.cells, strict=True), *(("beyond", cell) for cell in row.surplus)]:
                if not is_blank(cell) and voices.lack(owners, cell, sheet.file, row.number):
                    missing.append((sheet.file, sheet.name, row.number, heading, text_of(cell)))
    return missing
