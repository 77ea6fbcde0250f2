"""What the sheets of a register may hold: our fields, as data in `resources/exchange/register_fields.json`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from victimcare.resources import resource_json

KINDS = ("referrals", "investigations", "contacts", "partner_referrals", "arrests", "prosecutions", "activities")
"""Every kind of sheet, what is referred to before what refers to it."""
LINKS = {
    "contacts": "case_reference",
    "partner_referrals": "case_reference",
    "arrests": "crime_reference",
    "prosecutions": "crime_reference",
}
"""The field by which a row of this kind names the row it belongs to."""


@dataclass(frozen=True, slots=True)
class Field:
    """A place a column can go to. `kind`: date, time, number, code, country, language, yes_no, safe_call, phone, email,
    name, reference, link, crime_link or text. `list`: the code list of a code."""

    sheet: str
    name: str
    label: str
    holds: str
    kind: str
    list: str
    is_several: bool
    is_required: bool
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name of the field among all kinds of sheet: ``contacts.on``."""
        return f"{self.sheet}.{self.name}"

    @property
    def codelist(self) -> str:
        """The list its wordings are looked up in; "" for what has no codes."""
        return self.list or {"country": "nationality", "language": "language", "yes_no": "yes_no"}.get(self.kind, "")


@cache
def fields() -> Mapping[str, Field]:
    """Every field by its key, sheet by sheet."""
    made: dict[str, Field] = {}
    for sheet, entry in resource_json("exchange/register_fields.json")["kinds"].items():
        for item in entry["fields"]:
            words = tuple(dict.fromkeys(folded(word) for word in item["words"]))
            field = Field(
                sheet,
                item["name"],
                item["label"],
                item["holds"],
                item["kind"],
                item.get("list", ""),
                item.get("several", False),
                item.get("required", False),
                words,
            )
            made[field.key] = field
    return made


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    return tuple(field for field in fields().values() if field.sheet == kind)


@cache
def kind_label(kind: str) -> str:
    """The words for a kind of sheet; of none of ours, a sheet nobody understood."""
    kinds = resource_json("exchange/register_fields.json")["kinds"]
    return str(kinds[kind]["label"]) if kind in kinds else "Not understood"


@cache
def kind_called(text: str) -> str:
    """The kind of sheet a row belongs to by what its own cell calls it ("Contact", "Arrest"); "" for none."""
    wanted = folded(text)
    kinds = resource_json("exchange/register_fields.json")["kinds"]
    return next((kind for kind, entry in kinds.items() if wanted in entry["called"]), "")


@cache
def folded(text: str) -> str:
    """Words of a heading without case, accents, script and punctuation, one space between."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(apart).lower()))


@cache
def heading_score(heading: str, field: Field) -> float:
    """How well the words of a heading name the field: 1 the very words, 0 nothing in common."""
    said = folded(heading)
    if not said:
        return 0.0
    best = 0.0
    said_words = set(said.split())
    for place, words in enumerate(field.words):
        if words == said:
            return 1.0 - min(place, 40) * 0.002
        wanted = set(words.split())
        score = 0.0
        if wanted <= said_words:
            score = 0.55 + 0.35 * len(wanted) / len(said_words)
        elif said_words < wanted and len(said_words) > 1:
            score = 0.6
        elif len(said) > 4 and len(words) > 4 and abs(len(said) - len(words)) < 4:
            alike = ratio(said, words, score_cutoff=84)
            score = alike / 100 * 0.85
        best = max(best, score)
    return best
