"""Words of names and who bears them: exact, beginning, inside, sounding alike, or one slip of the keys away. In memory only."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from victimcare.casework.name_folding import sound_of

EXACT, BEGINS, ALIKE, INSIDE, SLIP = 0, 1, 2, 3, 4  # how far a word is from what was typed: the nearest first
_INSIDE_FROM = 3  # letters typed before words that merely contain them are looked for
_SLIP_FROM = 4  # letters typed before a slip is forgiven: in a shorter word it makes another name
_MOST_INSIDE = 2_000


class WordIndex:
    """Built once from `bearers`: word -> who bears it (numbers), and never changed after."""

    def __init__(self, bearers: dict[str, array[int]]) -> None:
        self._words = sorted(bearers)
        self._ends = array("I")
        self._bearers = array("I")
        for word in self._words:
            self._bearers.extend(bearers[word])
            self._ends.append(len(self._bearers))
        # One text to look inside, and where each word starts in it.
        self._text = "\n".join(self._words)
        self._starts = array("I")
        place = 0
        for word in self._words:
            self._starts.append(place)
            place += len(word) + 1
        backwards = sorted((word[::-1], number) for number, word in enumerate(self._words))
        self._backwards = [word for word, _ in backwards]
        self._numbers_backwards = array("I", (number for _, number in backwards))
        self._by_sound = gathered((sound, number) for number, word in enumerate(self._words) if (sound := sound_of(word)))

    def near(self, typed: str) -> Iterator[tuple[int, int]]:
        """(how far, word) of every word near `typed` (folded), the nearest first; a word may come again farther away."""
        for word in range(*_beginning(self._words, typed)):
            yield (EXACT if len(self._words[word]) == len(typed) else BEGINS), word
        sound = sound_of(typed)
        if sound:
            yield from ((ALIKE, word) for word in self._by_sound.get(sound, ()))
        if len(typed) >= _INSIDE_FROM:
            yield from ((INSIDE, word) for word in self._containing(typed))
        if len(typed) >= _SLIP_FROM:
            yield from ((SLIP, word) for word in self._slips(typed))

    def bearers(self, word: int) -> array[int]:
        """Who bears a word."""
        return self._bearers[self._ends[word - 1] if word else 0 : self._ends[word]]

    def _containing(self, typed: str) -> Iterator[int]:
        place = self._text.find(typed)
        found = 0
        while place >= 0 and found < _MOST_INSIDE:
            word = bisect_right(self._starts, place) - 1
            found += 1
            yield word
            place = self._text.find(typed, self._ends_at(word))

    def _ends_at(self, word: int) -> int:
        return self._starts[word] + len(self._words[word])

    def _slips(self, typed: str) -> Iterator[int]:
        """One slip leaves the letters before the middle as they are, or those after it: only such words are compared."""
        middle = len(typed) // 2
        first, last = _beginning(self._words, typed[:middle])
        for place in _one_apart(typed, self._words[first:last]):
            yield first + place
        first, last = _beginning(self._backwards, typed[:middle:-1])
        for place in _one_apart(typed[::-1], self._backwards[first:last]):
            yield self._numbers_backwards[first + place]


def _beginning(words: list[str], letters: str) -> tuple[int, int]:
    """The places in sorted `words` of those that begin with `letters`."""
    return bisect_left(words, letters), bisect_right(words, letters + "\U0010ffff")


def _one_apart(typed: str, words: list[str]) -> Iterator[int]:
    """The places of the words that are `typed` but for one letter added, left out, changed, or two next to each other swapped."""
    return (place for _, _, place in process.extract(typed, words, scorer=OSA.distance, score_cutoff=1, limit=None))


def gathered(words: Iterable[tuple[str, int]]) -> dict[str, array[int]]:
    """Word -> its bearers, from (word, bearer) pairs."""
    found: dict[str, array[int]] = {}
    for word, bearer in words:
        known = found.get(word)
        if known is None:
            found[word] = array("I", (bearer,))
        else:
            known.append(bearer)
    return found
