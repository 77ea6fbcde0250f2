"""Words of names and who bears them: exact, beginning, inside, sounding alike, or one slip of the keys away. In memory only."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from victimcare.casework.name_folding import sound_of
from victimcare.casework.packed import Grouped, SortedWords

EXACT, BEGINS, ALIKE, INSIDE, SLIP = 0, 1, 2, 3, 4  # how far a word is from what was typed: the nearest first
_INSIDE_FROM = 3  # letters typed before words that merely contain them are looked for
_SLIP_FROM = 4  # letters typed before a slip is forgiven: in a shorter word it makes another name
_MOST_INSIDE = 2_000


class WordIndex:
    """Built once from words, which may come again, and who bears each (numbers); never changed after."""

    def __init__(self, words: list[str], bearers: Iterable[int]) -> None:
        self._borne = Grouped(words, bearers)
        self._words = self._borne.words
        known = self._words.between(0, len(self._words))
        self._backwards = Grouped([word[::-1] for word in known], range(len(known)))
        heard = [(sound, number) for number, word in enumerate(known) if (sound := sound_of(word))]
        self._by_sound = Grouped([sound for sound, _ in heard], (number for _, number in heard))

    def near(self, typed: str) -> Iterator[tuple[int, int]]:
        """(how far, word) of every word near `typed` (folded), the nearest first; a word may come again farther away."""
        first, last = _beginning(self._words, typed)
        if first < last:  # in order the word itself comes before those that go on
            yield (EXACT if self._words[first] == typed else BEGINS), first
        for word in range(first + 1, last):
            yield BEGINS, word
        sound = sound_of(typed)
        if sound:
            yield from ((ALIKE, word) for word in self._sounding(sound))
        if len(typed) >= _INSIDE_FROM:
            yield from ((INSIDE, word) for word in self._containing(typed))
        if len(typed) >= _SLIP_FROM:
            yield from ((SLIP, word) for word in self._slips(typed))

    def bearers(self, word: int) -> array[int]:
        """Who bears a word."""
        return self._borne.of(word)

    def _sounding(self, sound: str) -> Sequence[int]:
        sounds = self._by_sound.words
        place = bisect_left(sounds, sound)
        return self._by_sound.of(place) if place < len(sounds) and sounds[place] == sound else ()

    def _containing(self, typed: str) -> Iterator[int]:
        words = self._words
        place = words.text.find(typed)
        found = 0
        while place >= 0 and found < _MOST_INSIDE:
            word = bisect_right(words.starts, place) - 1
            found += 1
            yield word
            place = words.text.find(typed, words.end(word))

    def _slips(self, typed: str) -> Iterator[int]:
        """One slip leaves the letters before the middle as they are, or those after it: only such words are compared."""
        middle = len(typed) // 2
        first, last = _beginning(self._words, typed[:middle])
        for place in _one_apart(typed, self._words.between(first, last)):
            yield first + place
        backwards = self._backwards.words
        first, last = _beginning(backwards, typed[:middle:-1])
        for place in _one_apart(typed[::-1], backwards.between(first, last)):
            yield self._backwards.of(first + place)[0]


def _beginning(words: SortedWords, letters: str) -> tuple[int, int]:
    """The places of the words that begin with `letters`."""
    return bisect_left(words, letters), bisect_right(words, letters + "\U0010ffff")


def _one_apart(typed: str, words: list[str]) -> Iterator[int]:
    """The places of the words that are `typed` but for one letter added, left out, changed, or two next to each other swapped."""
    return (place for _, _, place in process.extract(typed, words, scorer=OSA.distance, score_cutoff=1, limit=None))
