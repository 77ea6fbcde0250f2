"""From what an office typed to our code: exact words first, then spelling, then a known wording inside a longer one. Never a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from victimcare.reference.codelists import codelist
from victimcare.reference.countries import unclear_wordings, wordings_of_nationality
from victimcare.reference.folding import folded, words_of
from victimcare.resources import resource_json

_SPELLING_CUT = 88.0  # of 100: one typo in eight letters passes, another word of like length does not
_SHORTEST_SPELLED = 6  # letters; below that one typo is another word ("text", "tent")
_NOT_DIGIT = re.compile(r"\D+")
_LONGEST_REST = 4  # words that may stand beside a known wording before it says something else


@dataclass(frozen=True, slots=True)
class Match:
    """A code for a wording. `how`: code, label, wording, spelling or part. `sure`: 1.0 exact, below 0.9 worth a look by a person."""

    code: str
    how: str
    sure: float


@dataclass(frozen=True, slots=True)
class _Words:
    exact: Mapping[str, Match]
    long: Mapping[str, str]
    turns: Mapping[str, frozenset[str]]
    phrases: tuple[tuple[tuple[str, ...], str], ...]
    unclear: frozenset[str]


def code_for(name: str, text: str) -> Match | None:
    """The code of the list `name` (as for `codelist`) that `text` means, or None where that is not clear. Raises UnknownCode for no such list.

    What was typed is not kept for a second asking: it may be a name. A caller with many rows remembers its own distinct values.
    """
    known = _words(name)
    key = folded(text)
    if not key or key in known.unclear:
        return None
    return known.exact.get(key) or _spelled(known, key, text) or _inside(known, text)


def _spelled(known: _Words, key: str, text: str) -> Match | None:
    """A known wording but for a typo; None where two codes are as near, or the text turns its meaning by a word like "not"."""
    if len(key) < _SHORTEST_SPELLED:
        return None
    near = process.extract(key, known.long.keys(), scorer=fuzz.ratio, score_cutoff=_SPELLING_CUT, limit=4)
    if not near:
        return None
    codes = {known.long[wording] for wording, score, _ in near if score > near[0][1] - 4}
    if len(codes) > 1 or _is_turned(known, near[0][0], key, text):
        return None
    return Match(known.long[near[0][0]], "spelling", round(0.9 * near[0][1] / 100, 2))


def _is_turned(known: _Words, wording: str, key: str, text: str) -> bool:
    """Whether the two say different things for all their likeness: "trusts police", "distrusts police"; "convicted", "convicted s2"."""
    if _NOT_DIGIT.sub("", wording) != _NOT_DIGIT.sub("", key):
        return True
    if known.turns[wording] != _turning_words().intersection(words_of(text)):
        return True
    return any(wording.startswith(start) != key.startswith(start) for start in _turning_starts())


def _inside(known: _Words, text: str) -> Match | None:
    """A wording of two or more words that stands in this order in a longer text; None where that gives two codes or the rest may turn it."""
    words = words_of(text)
    have = frozenset(words)
    found = {(len(phrase), code) for phrase, code in known.phrases if have.issuperset(phrase) and _stands_in(phrase, words)}
    if len({code for _, code in found}) != 1:
        return None
    longest, code = max(found)
    return Match(code, "part", 0.8 if longest > 2 else 0.7)


def _stands_in(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    rest = list(words)
    place = 0
    for word in phrase:
        if word not in rest[place:]:
            return False
        place = rest.index(word, place)
        del rest[place]
    return len(rest) <= _LONGEST_REST and not _turning_words().intersection(rest)


@cache
def _turning_words() -> frozenset[str]:
    """Words that turn what stands beside them round: "not", "never", "refused", in the languages of the wordings."""
    return frozenset(words_of(" ".join(resource_json("codelists/synonyms.json")["turns_meaning"])))


@cache
def _turning_starts() -> tuple[str, ...]:
    """Beginnings that turn a word round: "un" willing, "dis" trust."""
    return tuple(resource_json("codelists/synonyms.json")["turns_meaning_at_the_start"])


@cache
def _words(name: str) -> _Words:
    """Every wording of a list, folded once. Where two codes share a wording the code wins over a label, a label over a synonym."""
    exact: dict[str, Match] = {}
    turns: dict[str, frozenset[str]] = {}
    phrases: dict[tuple[str, ...], set[str]] = {}
    for how, code, wording in _wordings(name):
        key = folded(wording)
        exact.setdefault(key, Match(code, how, 1.0))
        several = words_of(wording)
        turns.setdefault(key, _turning_words().intersection(several))
        if len(several) > 1:
            phrases.setdefault(several, set()).add(code)
    return _Words(
        exact,
        {key: match.code for key, match in exact.items() if len(key) >= _SHORTEST_SPELLED},
        turns,
        tuple((words, codes.pop()) for words, codes in phrases.items() if len(codes) == 1),
        frozenset(map(folded, unclear_wordings() if name == "nationality" else ())),
    )


def _wordings(name: str) -> list[tuple[str, str, str]]:
    if name == "nationality":
        return wordings_of_nationality()
    values = codelist(name).values
    synonyms = resource_json("codelists/synonyms.json")["lists"].get({"stance": "prosecution_support_stance"}.get(name, name), {})
    return (
        [("code", value.code, value.code) for value in values]
        + [("label", value.code, value.label) for value in values]
        + [("wording", code, wording) for code, wordings in synonyms.items() for wording in wordings]
    )
