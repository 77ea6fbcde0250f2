"""Words one slip away are found wherever the slip is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from victimcare.casework.word_index import WordIndex

_WORD = st.text("abmn", min_size=1, max_size=8)


@given(_WORD.filter(lambda word: len(word) >= 4), st.lists(_WORD, max_size=30))
def test_every_word_one_slip_away_is_near_and_no_farther_one_comes_as_a_slip(typed: str, words: list[str]) -> None:
    known = sorted(set(words))
    index = WordIndex(list(known), range(len(known)))
    near = {known[index.bearers(word)[0]] for _, word in index.near(typed)}
    slips = {known[index.bearers(word)[0]] for how_far, word in index.near(typed) if how_far == 4}
    assert {word for word in known if OSA.distance(word, typed) <= 1} <= near
    assert all(OSA.distance(word, typed) <= 1 for word in slips)
