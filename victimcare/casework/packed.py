"""Texts and ids of very many people, held in little memory: as a piece of bytes each, not as an object a person.

100,000 names as Python's own texts and ids take five times as much, and leave holes in memory when they go.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from uuid import UUID

_ID_BYTES = 16
_FEWEST_SLOTS = 64


class Texts:
    """Texts, numbered from 0 in the order they were added."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._signs = bytearray()
        self._ends = array("I", (0,))
        for text in texts:
            self.add(text)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> str:
        return self.signs(number).decode("utf-8", "surrogatepass")

    def add(self, text: str) -> None:
        """Put a text at the end."""
        self._signs += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._signs))

    def signs(self, number: int) -> bytearray:
        """A text as UTF-8, which sorts as the text does and costs less to make."""
        return self._signs[self._ends[number] : self._ends[number + 1]]


class Ids:
    """Different ids, numbered from 0 in the order they were added, and the number of each found at once."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._slots = array("I", [0] * _FEWEST_SLOTS)  # number + 1; 0: free. At most half are taken.

    def __len__(self) -> int:
        return len(self._bytes) // _ID_BYTES

    def __getitem__(self, number: int) -> UUID:
        return UUID(bytes=bytes(self._bytes[number * _ID_BYTES : (number + 1) * _ID_BYTES]))

    def add(self, one: UUID) -> bool:
        """Give an id the next number; False when it has one."""
        slot = self._slot(one)
        if self._slots[slot]:
            return False
        self._bytes += one.bytes
        self._slots[slot] = len(self)
        if len(self) * 2 > len(self._slots):
            self._widen()
        return True

    def number(self, one: UUID) -> int | None:
        """The number of an id; None when it is not here."""
        number = self._slots[self._slot(one)]
        return number - 1 if number else None

    def _slot(self, one: UUID) -> int:
        """Where the number of an id stands, or would."""
        last, wanted = len(self._slots) - 1, one.bytes
        slot = one.int & last  # the end of an id is random
        while (number := self._slots[slot]) and self._bytes[(number - 1) * _ID_BYTES : number * _ID_BYTES] != wanted:
            slot = (slot + 1) & last
        return slot

    def _widen(self) -> None:
        self._slots = array("I", bytes(2 * len(self._slots) * self._slots.itemsize))
        for number in range(len(self)):
            self._slots[self._slot(self[number])] = number + 1


class SortedWords:
    """Words of small Latin letters and digits in order: `bisect` finds its way in it."""

    def __init__(self, words: Iterable[str]) -> None:
        self.text = "\n".join(words)
        """All of them, to look inside."""
        self.starts = array("I")
        place = 0
        for word in self.text.split("\n") if self.text else ():
            self.starts.append(place)
            place += len(word) + 1

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, place: int) -> str:
        return self.text[self.starts[place] : self.end(place)]

    def end(self, place: int) -> int:
        """Where in `text` a word ends."""
        return self.starts[place + 1] - 1 if place + 1 < len(self.starts) else len(self.text)

    def between(self, first: int, last: int) -> list[str]:
        """The words from `first` up to before `last`."""
        return self.text[self.starts[first] : self.end(last - 1)].split("\n") if first < last else []


class Grouped:
    """Different words in order, each with its numbers. Built from words that may come again, and a number for each."""

    def __init__(self, words: list[str], numbers: Iterable[int]) -> None:
        order = sorted(range(len(words)), key=words.__getitem__)
        given = array("I", numbers)
        self._numbers = array("I", (given[at] for at in order))
        self._ends = array("I")
        self.words = SortedWords(self._each_once(words, order))

    def of(self, place: int) -> array[int]:
        """The numbers of the word at `place`, in the order given."""
        return self._numbers[self._ends[place - 1] if place else 0 : self._ends[place]]

    def _each_once(self, words: list[str], order: list[int]) -> Iterator[str]:
        for after, at in enumerate(order, start=1):
            if after == len(order) or words[order[after]] != words[at]:
                self._ends.append(after)
                yield words[at]
