from hypothesis import given
from hypothesis import strategies as st

from victimcare.casework.name_folding import pieces_of, sound_of, words_of

NAMES = st.text(alphabet=st.characters(categories=("L", "M", "Zs", "Pd"), max_codepoint=0xFFFF), max_size=30)


@given(NAMES)
def test_whatever_is_typed_folds_to_small_latin_words(name: str) -> None:
    for word in words_of(name):
        assert word.isascii()
        assert word.isalnum()
        assert word == word.lower()
        sound_of(word)


@given(NAMES)
def test_letter_case_and_outer_blanks_never_matter_to_plain_letters(name: str) -> None:
    plain = "".join(sign for sign in name if sign.isascii())
    assert words_of(f"  {plain.upper()} ") == words_of(plain.lower())


@given(st.lists(st.sampled_from(["Ana", "王", "نور", "Żaneta", "de", "O’Brien", "Al-Amin"]), min_size=1, max_size=4))
def test_every_word_of_a_name_is_among_the_words_it_is_found_by(parts: list[str]) -> None:
    name = " ".join(parts)
    assert {piece for part in parts for piece in pieces_of(part)} <= set(words_of(name))


def test_signs_that_are_syllables_and_joined_names_are_found_apart_and_together() -> None:
    assert {"wang", "xiu", "ying", "xiuying"} <= set(words_of("王秀英"))
    assert {"anna", "maria", "annamaria"} <= set(words_of("Anna-Maria"))
    assert pieces_of("O’Brien") == pieces_of("O'Brien") == ["obrien"]
