"""Whether two rows may be the same person: listed for someone to look at, never merged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from victimcare.reference.folding import words_of


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """`where`: what tells this one from others (a case, or a file and row). `name`: folded words in alphabetical order. `born`: ISO date or ""."""

    where: str
    name: str
    born: str
    phones: tuple[str, ...]


def person(where: str, name: str, born: str, phones: Iterable[str]) -> Person:
    digits = (re.sub(r"\D", "", phone)[-9:] for phone in phones)
    return Person(where, " ".join(sorted(words_of(name))), born, tuple(dict.fromkeys(number for number in digits if len(number) >= 7)))


def possible_duplicates(new: Sequence[Person], known: Sequence[Person]) -> list[tuple[Person, Person, str]]:
    """Pairs that agree in two of name, birth date and phone: (the new one, the earlier one, what agrees).

    One thing alone is not enough: families share a phone, many people share a name.
    """
    by_key: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for one in known:
        for key in _keys(one):
            by_key[key].append(one)
    found: list[tuple[Person, Person, str]] = []
    for one in new:
        matched: dict[str, tuple[Person, str]] = {}
        for key in _keys(one):
            for earlier in by_key[key]:
                matched.setdefault(earlier.where, (earlier, key[0]))
            by_key[key].append(one)
        found += [(one, earlier, why) for where, (earlier, why) in matched.items() if where != one.where]
    return found


def _keys(one: Person) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = []
    if one.name and one.born:
        keys.append(("same name and date of birth", one.name, one.born))
    if one.name:
        keys += [("same name and phone", one.name, phone) for phone in one.phones]
    if one.born:
        keys += [("same phone and date of birth", phone, one.born) for phone in one.phones]
    return keys
