"""Possible duplicates: the same person opened twice. Shown to the worker, never merged by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from victimcare.casework.name_folding import pieces_of
from victimcare.casework.number_index import phone_digits
from victimcare.casework.search import Hit, SearchIndex

SAME_NAME, SAME_BIRTH, SAME_PHONE = "name", "date of birth", "phone"
_FEWEST_LETTERS = 3  # typed, before names are compared
_FEWEST_DIGITS = 7  # of a phone: fewer are shared by many


@dataclass(frozen=True, slots=True, repr=False)
class Likeness:
    """A person already here who may be the new one, and in what they are alike."""

    case_id: UUID
    reference: str
    name: str
    reasons: tuple[str, ...]


def possible_duplicates(index: SearchIndex, *, name: str = "", born_on: date | None = None, phone: str = "", limit: int = 5) -> tuple[Likeness, ...]:
    """Who may be the person being typed in: the more alike the earlier. Fast enough for each keystroke.

    A date of birth alone is chance, so it counts only together with the name.
    """
    reasons: dict[UUID, list[str]] = {}
    hits: dict[UUID, Hit] = {}

    def take(found: Iterable[Hit], reason: str) -> None:
        for hit in found:
            hits.setdefault(hit.case_id, hit)
            reasons.setdefault(hit.case_id, []).append(reason)

    digits = phone_digits(phone)
    if len(digits) >= _FEWEST_DIGITS:
        take((hit for hit in index.find(digits, limit=limit) if hit.why == SAME_PHONE), SAME_PHONE)
    if len("".join(pieces_of(name))) >= _FEWEST_LETTERS:
        take(index.find(name, limit=200), SAME_NAME)
    if born_on is not None:
        take((hit for hit in index.born_on(born_on) if hit.case_id in hits), SAME_BIRTH)
    alike = sorted(hits, key=lambda case_id: -len(reasons[case_id]))[:limit]
    return tuple(Likeness(case_id, hits[case_id].reference, hits[case_id].name, tuple(reasons[case_id])) for case_id in alike)
