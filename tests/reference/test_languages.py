from __future__ import annotations

import pytest

from victimcare.reference.codelists import codelist
from victimcare.reference.languages import language_for, language_label


@pytest.mark.parametrize(("code", "words"), [("ti", "Tigrinya"), ("ckb", "Kurdish (Sorani)"), ("cy", "Welsh"), ("lij", "Ligurian"), ("qqq", "qqq")])
def test_label_of_a_language_on_or_off_the_short_list(code, words):
    assert language_label(code) == words


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Farsi", "fa"),
        ("dari", "fa"),
        ("Tiếng Việt", "vi"),
        ("vie", "vi"),
        ("Polski", "pl"),
        ("Edo", "bin"),
        ("BSL", "bfi"),
        ("Welsh", "cy"),
        ("Mandarin", "zh"),
        ("Romanian", "ro"),
        ("Lingala", "ln"),
        ("romanes", "rom"),
        ("albanian", "sq"),
        ("Українська", "uk"),
        ("Twi", "tw"),
    ],
)
def test_a_language_in_an_offices_words(typed, code):
    match = language_for(typed)
    assert match is not None
    assert match.code == code


@pytest.mark.parametrize("typed", ["", "her mother's", "qwertyuiop"])
def test_words_that_name_no_language(typed):
    assert language_for(typed) is None


def test_every_label_of_the_short_list_leads_back_to_its_code():
    for value in codelist("language").values:
        match = language_for(value.label)
        assert match is not None
        assert match.code == value.code
