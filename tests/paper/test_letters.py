from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.paper.letters import in_our_letters


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Łucja", "Łucja"),
        ("ሰላም فاطمة", "ሰላም فاطمة"),
        ("王小明 (Xiaoming) 김민수 さくら", "王小明 (Xiaoming) 김민수 さくら"),
        ("བོད (Tibet)", "[bod] (Tibet)"),
        ("a㐂b", "a[Ki]b"),
        ("one\r\ntwo\tthree", "one\ntwo three"),
        ("a\x00b\x07\ufeff\u202ec", "abc"),
        ("", ""),
        ("བོད", "[bod]"),
    ],
)
def test_letters_without_a_font_are_written_in_latin_ones(typed, printed):
    assert in_our_letters(typed) == printed


@given(st.text())
def test_what_was_made_printable_stays_as_it_is(text):
    once = in_our_letters(text)
    assert in_our_letters(once) == once
