from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimcare.paper.plain_text import as_plain_text, from_plain_text

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("x")'])
def test_text_a_spreadsheet_would_compute_starts_with_an_apostrophe(text):
    assert as_plain_text(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Ana", "-5", "+275.2 %", "12,5", "a=b", "'quoted'", "O'Brien", " =1"])
def test_ordinary_text_and_signed_numbers_stay(text):
    assert as_plain_text(text) == text


@given(st.text(alphabet="='+-@\t\r\n1a \u202e＝", max_size=12) | st.text(max_size=30))
def test_what_was_kept_as_text_reads_back_exactly_and_is_never_live(text):
    kept = as_plain_text(text)
    assert from_plain_text(kept) == text
    assert not kept.startswith(LIVE) or kept.strip("+-")[:1].isdigit()
