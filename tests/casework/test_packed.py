"""What is held as bytes comes back as it was given, and is found."""

from __future__ import annotations

from bisect import bisect_left
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from victimcare.casework.packed import Grouped, Ids, SortedWords, Texts

_WORD = st.text("abc", min_size=1, max_size=3)


@given(st.lists(st.text()))
def test_texts_come_back_in_any_script_and_sort_by_their_signs_as_they_are(given_texts: list[str]) -> None:
    texts = Texts(given_texts)
    assert list(texts) == given_texts
    assert [texts[at] for at in sorted(range(len(texts)), key=lambda at: bytes(texts.signs(at)))] == sorted(given_texts)


@given(st.lists(st.integers(0, 300)))
def test_an_id_is_found_by_its_number_however_many_end_alike(numbers: list[int]) -> None:
    ids, known = Ids(), list(dict.fromkeys(UUID(int=number << 64 | number % 3) for number in numbers))
    added = [one for one in (UUID(int=number << 64 | number % 3) for number in numbers) if ids.add(one)]
    assert added == known == [ids[at] for at in range(len(ids))]
    assert [ids.number(one) for one in known] == list(range(len(known)))
    assert ids.number(UUID(int=999 << 64)) is None


@given(st.lists(_WORD))
def test_a_word_has_every_number_given_with_it(words: list[str]) -> None:
    grouped = Grouped(words, range(len(words)))
    assert {word: list(grouped.of(at)) for at, word in enumerate(grouped.words.between(0, len(grouped.words)))} == {
        word: [at for at, one in enumerate(words) if one == word] for word in sorted(set(words))
    }


@given(st.sets(_WORD), _WORD)
def test_sorted_words_are_cut_out_of_their_text(words: set[str], wanted: str) -> None:
    kept = SortedWords(sorted(words))
    assert [kept[at] for at in range(len(kept))] == sorted(words)
    assert kept.between(bisect_left(kept, wanted), len(kept)) == [word for word in sorted(words) if word >= wanted]
