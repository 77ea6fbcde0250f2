"""Finding people: names, aliases, references and phones held in memory while the vault is open, and nowhere else.

Built in a reader thread after unlock, from `vault.reading(Reading.names())`; dropped at lock. Only cases whose names the
user may read are in it. No name, token or hash of a name is written anywhere.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import nsmallest
from uuid import UUID

from victimcare.casework.name_folding import PARTICLES, pieces_of, words_of
from victimcare.casework.names import Known, known_people
from victimcare.casework.number_index import NumberIndex, phone_digits, reference_signs
from victimcare.casework.word_index import WordIndex, gathered
from victimcare.store.session import VaultSession

WHYS = ("name", "alias", "name as we write it", "reference", "other reference", "phone")
NAME, ALIAS, WRITTEN, REFERENCE, OTHER, PHONE = range(len(WHYS))
_KINDS = 8  # a bearer is a person's number times this, plus why
_MOST_WORDS = 6
_RECENT_MOST = 2_000  # changed people kept beside the base before all of it is built anew
_MISSING_PARTICLE = 1


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """A person found. `why`: one of WHYS, what of theirs it was that matched."""

    case_id: UUID
    reference: str
    name: str
    why: str


class SearchIndex:
    """Who can be found. Safe to ask from one thread while another updates it."""

    def __init__(self, people: Iterable[Known] = ()) -> None:
        self._lock = threading.Lock()
        self._base = _Part(people)
        self._recent = _Part(())
        self._changed: dict[UUID, Known] = {}
        self._gone: frozenset[UUID] = frozenset()

    @classmethod
    def build(cls, session: VaultSession) -> SearchIndex:
        """Everyone the user may read. Raises ReadNotNoted unless the session reads `Reading.names()`."""
        return cls(known_people(session))

    def update(self, session: VaultSession, case_ids: Collection[UUID]) -> None:
        """Take in what changed about some people, or that they may no longer be read. Needs `Reading.names()` as `build` does."""
        if len(self._changed) + len(case_ids) > _RECENT_MOST:
            self._replace(_Part(known_people(session)))
            return
        found = {one.case_id: one for one in known_people(session, case_ids)}
        changed = {case_id: one for case_id, one in self._changed.items() if case_id not in set(case_ids)} | found
        recent = _Part(changed.values())
        with self._lock:
            self._changed, self._recent = changed, recent
            self._gone |= frozenset(case_ids)

    def drop(self) -> None:
        """Forget everybody: at lock."""
        self._replace(_Part(()))

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """The people `text` may mean, the likeliest first: any order of words, any script or spelling, one slip a word.

        Text with a digit in it is looked for in references and phones. Empty for blank text.
        """
        with self._lock:
            base, recent, gone = self._base, self._recent, self._gone
        scored = [(score, part.names[who], part, who, why) for part, hidden in ((base, gone), (recent, frozenset())) for score, who, why in part.find(text, hidden)]
        nearest = nsmallest(limit, scored, key=lambda hit: (hit[0], hit[1], hit[2].references[hit[3]]))
        return tuple(Hit(part.case_ids[who], part.references[who], part.names[who], WHYS[why]) for _, _, part, who, why in nearest)

    def named(self, case_ids: Iterable[UUID]) -> dict[UUID, str]:
        """Case -> name to show, for those among `case_ids` that may be read."""
        with self._lock:
            base, recent, gone = self._base, self._recent, self._gone
        found = {}
        for case_id in case_ids:
            part = base if case_id not in gone else recent
            who = part.numbers.get(case_id)
            if who is not None:
                found[case_id] = part.names[who]
        return found

    def born_on(self, born_on: date) -> tuple[Hit, ...]:
        """Everyone with that date of birth."""
        with self._lock:
            parts = ((self._base, self._gone), (self._recent, frozenset[UUID]()))
        return tuple(
            Hit(part.case_ids[who], part.references[who], part.names[who], "date of birth")
            for part, hidden in parts
            for who in part.born_on(born_on)
            if part.case_ids[who] not in hidden
        )

    def __len__(self) -> int:
        with self._lock:
            return sum(case_id not in self._gone for case_id in self._base.case_ids) + len(self._recent.case_ids)

    def _replace(self, base: _Part) -> None:
        with self._lock:
            self._base, self._recent, self._changed, self._gone = base, _Part(()), {}, frozenset()


@dataclass(slots=True, repr=False, eq=False)
class _Part:
    """An index of some people that never changes once built."""

    people: Iterable[Known]
    case_ids: list[UUID] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    numbers: dict[UUID, int] = field(default_factory=dict)
    words: WordIndex = field(init=False)
    signs: NumberIndex = field(init=False)
    phones: NumberIndex = field(init=False)
    births: array[int] = field(default_factory=lambda: array("i"))

    def __post_init__(self) -> None:
        signs: list[tuple[str, int]] = []
        phones: list[tuple[str, int]] = []
        self.words = WordIndex(gathered(self._taken(signs, phones)))
        self.signs, self.phones = NumberIndex(signs), NumberIndex(phones)
        self.people = ()

    def _taken(self, signs: list[tuple[str, int]], phones: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
        """Take everybody in, and give the words of their names with who bears them."""
        for one in self.people:
            who = len(self.case_ids)
            self.numbers[one.case_id] = who
            self.case_ids.append(one.case_id)
            self.references.append(one.reference)
            self.names.append(one.name)
            self.births.append(one.born_on.toordinal() if one.born_on else 0)
            signs.append((reference_signs(one.reference), who * _KINDS + REFERENCE))
            signs.extend((reference_signs(value), who * _KINDS + OTHER) for value in one.other_references)
            phones.extend((phone_digits(value), who * _KINDS + PHONE) for value in one.phones)
            seen: set[str] = set()
            for kind, names in ((NAME, one.all_names), (WRITTEN, one.written), (ALIAS, one.aliases)):
                for name in names:
                    new = [word for word in words_of(name) if word not in seen]
                    seen.update(new)
                    yield from ((word, who * _KINDS + kind) for word in new)

    def find(self, text: str, hidden: Collection[UUID]) -> Iterator[tuple[int, int, int]]:
        """(how far, person, why) of everybody `text` may mean."""
        found = self._by_number(text) if any(sign.isdigit() for sign in text) else self._by_name(text)
        return ((score, who, why) for who, (score, why) in found.items() if not hidden or self.case_ids[who] not in hidden)

    def _by_number(self, text: str) -> dict[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        digits = phone_digits(text)
        for index, typed in ((self.signs, reference_signs(text)), (self.phones, digits)):
            for near, bearer in index.near(typed):
                found.setdefault(bearer // _KINDS, (near, bearer % _KINDS))
        return found

    def _by_name(self, text: str) -> dict[int, tuple[int, int]]:
        typed = list(dict.fromkeys(pieces_of(text)))[:_MOST_WORDS]
        needed = [word for word in typed if word not in PARTICLES] or typed
        if not needed:
            return {}
        found = self._bearing(needed[0])
        for word in needed[1:]:
            also = self._bearing(word)
            found = {who: (score + also[who][0], why) for who, (score, why) in found.items() if who in also}
        for particle in set(typed) - set(needed):
            also = self._bearing(particle) if found else {}
            found = {who: (score + (0 if who in also else _MISSING_PARTICLE), why) for who, (score, why) in found.items()}
        return found

    def _bearing(self, typed: str) -> dict[int, tuple[int, int]]:
        """Person -> (how far, why) for everybody with a word near `typed`."""
        found: dict[int, tuple[int, int]] = {}
        known = found.setdefault
        done: set[int] = set()
        for far, word in self.words.near(typed):
            if word not in done:
                done.add(word)
                for bearer in self.words.bearers(word):
                    known(bearer // _KINDS, (far, bearer % _KINDS))
        return found

    def born_on(self, born_on: date) -> Sequence[int]:
        day = born_on.toordinal()
        return [who for who, born in enumerate(self.births) if born == day]
