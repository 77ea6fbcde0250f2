"""Finding people: names, aliases, references and phones held in memory while the vault is open, and nowhere else.

Built in a reader thread after unlock, from `vault.reading(Reading.names())`; dropped at lock. Only cases whose names the
user may read are in it. No name, token or hash of a name is written anywhere.
"""

from __future__ import annotations

import gc
import threading
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from itertools import pairwise
from uuid import UUID

from victimcare.casework.name_folding import PARTICLES, SHORT, pieces_of, words_of
from victimcare.casework.names import Known, KnownNumber, known_numbers, known_people
from victimcare.casework.number_index import NumberIndex, phone_digits, reference_signs
from victimcare.casework.packed import Ids, Texts
from victimcare.casework.word_index import WordIndex
from victimcare.store.session import VaultSession

WHYS = ("name", "alias", "name as we write it", "reference", "other reference", "phone")
NAME, ALIAS, WRITTEN, REFERENCE, OTHER, PHONE = range(len(WHYS))
_KINDS = 8  # a bearer is a person's number times this, plus why
_MOST_WORDS = 6
_RECENT_MOST = 2_000  # changed people kept beside the base before all of it is built anew
_MISSING_PARTICLE = 1
_FARTHEST = (99, 0)


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """A person found. `why`: one of WHYS, what of theirs it was that matched."""

    case_id: UUID
    reference: str
    name: str
    why: str


class SearchIndex:
    """Who can be found. Safe to ask from one thread while another updates it."""

    def __init__(self, people: Iterable[Known] = (), numbers: Iterable[KnownNumber] = ()) -> None:
        self._lock = threading.Lock()
        self._base = _Part(people, numbers)
        self._recent = _Part((), ())
        self._changed: dict[UUID, Known] = {}
        self._changed_numbers: dict[UUID, tuple[KnownNumber, ...]] = {}
        self._gone: frozenset[UUID] = frozenset()

    @classmethod
    def build(cls, session: VaultSession) -> SearchIndex:
        """Everyone the user may read, found by names and our references. `add_numbers` is the next step.

        Raises ReadNotNoted unless the session reads `Reading.names()`.
        """
        index = cls.build_names(session)
        index.add_words()
        return index

    @classmethod
    def build_names(cls, session: VaultSession) -> SearchIndex:
        """Everyone's name, for a list that is waited for; nobody is found before `add_words`. Raises as `build` does."""
        with _collecting_later():
            index = cls()
            index._base.take_people(known_people(session))
            return index

    def add_words(self) -> None:
        """Let people be found by their names and our references."""
        with _collecting_later():
            self._base.take_words()

    def add_numbers(self, session: VaultSession) -> None:
        """Take in phones and other systems' references. Needs `Reading.names()` as `build` does."""
        with _collecting_later():
            self._base.take_numbers(known_numbers(session))

    def update(self, session: VaultSession, case_ids: Collection[UUID]) -> None:
        """Take in what changed about some people, or that they may no longer be read. Needs `Reading.names()` as `build` does."""
        if len(self._changed) + len(case_ids) > _RECENT_MOST:
            self._replace(_Part(known_people(session), known_numbers(session)))
            return
        people = self._changed | dict.fromkeys(case_ids) | {one.case_id: one for one in known_people(session, case_ids)}
        numbers = self._changed_numbers | dict.fromkeys(case_ids, ())
        for number in known_numbers(session, case_ids):
            numbers[number.case_id] = (*numbers[number.case_id], number)
        changed = {case_id: one for case_id, one in people.items() if one is not None}
        recent = _Part(changed.values(), (number for case_id in changed for number in numbers[case_id]))
        with self._lock:
            self._changed, self._changed_numbers, self._recent = changed, numbers, recent
            self._gone |= frozenset(case_ids)

    def drop(self) -> None:
        """Forget everybody: at lock."""
        self._replace(_Part((), ()))

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """The people `text` may mean, the likeliest first: any order of words, any script or spelling, one slip a word.

        Text with a digit in it is looked for in references and phones. Empty for blank text.
        """
        with self._lock:
            base, recent, gone = self._base, self._recent, self._gone
        scored = [
            (score, part.names.signs(who), part, who, why)
            for part, hidden in ((base, gone), (recent, frozenset()))
            for score, who, why in part.find(text, hidden)
        ]
        nearest = nsmallest(limit, scored, key=lambda hit: (hit[0], hit[1], hit[2].references.signs(hit[3])))
        return tuple(Hit(part.case_ids[who], part.references[who], part.names[who], WHYS[why]) for _, _, part, who, why in nearest)

    def named(self, case_ids: Iterable[UUID]) -> dict[UUID, str]:
        """Case -> name to show, for those among `case_ids` that may be read."""
        with self._lock:
            base, recent, gone = self._base, self._recent, self._gone
        found = {}
        for case_id in case_ids:
            part = base if case_id not in gone else recent
            who = part.case_ids.number(case_id)
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
            return len(self._base.case_ids) - sum(self._base.case_ids.number(case_id) is not None for case_id in self._gone) + len(self._recent.case_ids)

    def _replace(self, base: _Part) -> None:
        with self._lock:
            self._base, self._recent, self._changed, self._changed_numbers, self._gone = base, _Part((), ()), {}, {}, frozenset()


class _Part:
    """An index of some people. Its names never change once built; its numbers are put in place whole."""

    def __init__(self, people: Iterable[Known], numbers: Iterable[KnownNumber]) -> None:
        self.case_ids, self.references, self.names = Ids(), Texts(), Texts()
        self._births = array("i")
        self._borne, self._bearers = Texts(), array("I")
        self._words = WordIndex([], ())
        self._signs, self._others, self._phones = NumberIndex(), NumberIndex(), NumberIndex()
        self.take_people(people)
        self.take_words()
        self.take_numbers(numbers)

    def take_people(self, people: Iterable[Known]) -> None:
        """Take everybody in by the name to show; their words wait for `take_words`. Nothing else of them is held, not even for a while."""
        for one in people:
            if self.case_ids.add(one.case_id):
                who = len(self.references)
                self.references.add(one.reference)
                self.names.add(one.name)
                self._births.append(one.born_on.toordinal() if one.born_on else 0)
                for word, bearer in _words_borne(who, one):
                    self._borne.add(word)
                    self._bearers.append(bearer)

    def take_words(self) -> None:
        """Put in place the words people are found by."""
        self._words = WordIndex(list(self._borne), self._bearers)
        self._signs = NumberIndex((reference_signs(reference), who * _KINDS + REFERENCE) for who, reference in enumerate(self.references))
        self._borne, self._bearers = Texts(), array("I")

    def take_numbers(self, numbers: Iterable[KnownNumber]) -> None:
        """Put phones and other systems' references in place of those there were."""
        others, phones = NumberIndex(), NumberIndex()
        for number in numbers:
            who = self.case_ids.number(number.case_id)
            if who is not None and number.is_phone:
                phones.add(phone_digits(number.value), who * _KINDS + PHONE)
            elif who is not None:
                others.add(reference_signs(number.value), who * _KINDS + OTHER)
        self._others, self._phones = others, phones

    def find(self, text: str, hidden: Collection[UUID]) -> Iterator[tuple[int, int, int]]:
        """(how far, person, why) of everybody `text` may mean."""
        found = self._by_number(text) if any(sign.isdigit() for sign in text) else self._by_name(text)
        return ((score, who, why) for who, (score, why) in found.items() if not hidden or self.case_ids[who] not in hidden)

    def _by_number(self, text: str) -> dict[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        signs = reference_signs(text)
        for index, typed in ((self._signs, signs), (self._others, signs), (self._phones, phone_digits(text))):
            for near, bearer in index.near(typed):
                found.setdefault(bearer // _KINDS, (near, bearer % _KINDS))
        return found

    def _by_name(self, text: str) -> dict[int, tuple[int, int]]:
        typed = pieces_of(text)[:_MOST_WORDS]
        needed = [place for place, word in enumerate(typed) if word not in PARTICLES] or list(range(len(typed)))
        if not needed:
            return {}
        joined = [self._bearing(first + second) if max(len(first), len(second)) <= SHORT else {} for first, second in pairwise(typed)]
        found: dict[int, tuple[int, int]] | None = None
        for place in needed:
            # A short word may be half of one: it is answered by who bears it, or bears it joined to a neighbour.
            also = self._bearing(typed[place])
            for whole in joined[max(place - 1, 0) : place + 1]:
                also = whole | also
            found = also if found is None else {who: (score + also[who][0], why) for who, (score, why) in found.items() if who in also}
        for particle in {typed[place] for place in range(len(typed)) if place not in needed}:
            also = self._bearing(particle) if found else {}
            found = {who: (score + (0 if who in also else _MISSING_PARTICLE), why) for who, (score, why) in (found or {}).items()}
        return found or {}

    def _bearing(self, typed: str) -> dict[int, tuple[int, int]]:
        """Person -> (how far, why) for everybody with a word near `typed`."""
        found: dict[int, tuple[int, int]] = {}
        known, done = found.get, set[int]()
        for far, word in self._words.near(typed):
            if word not in done:
                done.add(word)
                for bearer in self._words.bearers(word):
                    who, match = bearer // _KINDS, (far, bearer % _KINDS)
                    if match < known(who, _FARTHEST):
                        found[who] = match
        return found

    def born_on(self, born_on: date) -> Sequence[int]:
        day = born_on.toordinal()
        return [who for who, born in enumerate(self._births) if born == day]


def _words_borne(who: int, one: Known) -> Iterator[tuple[str, int]]:
    """The words of somebody's names, each with who bears it."""
    seen: set[str] = set()
    for kind, names in ((NAME, one.all_names), (WRITTEN, one.written), (ALIAS, one.aliases)):
        for name in names:
            new = [word for word in words_of(name) if word not in seen]
            seen.update(new)
            yield from ((word, who * _KINDS + kind) for word in new)


@contextmanager
def _collecting_later() -> Iterator[None]:
    """No search for garbage while the block runs: it makes many small things that all stay, and looking through them doubled its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
