"""Which old code page a text is in, told by whether its letters stand where such letters stand in words.

A statistical detector knows languages, not registers of names from twenty countries: measured on lists of French, Polish
and Czech names it takes one for another. It is asked only where the letters say nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

CODE_PAGES = ("cp1252", "cp1250", "cp1251", "cp1254", "cp1257", "cp1253", "cp852", "cp850", "mac_roman", "iso8859_2")
_OTHERS = ["big5", "gb18030", "shift_jis", "euc_kr", "cp1255", "cp1256", "cp1258", "koi8_r", "cp866"]
_TOKEN = re.compile(r"[^\s,;|\"'()/.:]+")
_RARE = frozenset("ĺŕĹŔðþÐÞýÿŸ¡¿ĽľÝ")
_MORE_VOWELS = frozenset("æøœıəаеёиоуыэюяіїєαεηιουω")


def likeliest(data: bytes) -> str | None:
    """The code page of `data`, None where nothing fits. Lines of plain ASCII say nothing and are not looked at."""
    telling = b"\n".join([line for line in data.splitlines() if not line.isascii()][:2_000])
    scores = {page: score for page in CODE_PAGES if (score := _score(telling, page)) is not None}
    best = max(scores, key=lambda page: scores[page], default=None)
    if best is not None and scores[best] > 0:
        return best
    from charset_normalizer import from_bytes  # 3 MB, which a window that reads no register need not hold

    found = from_bytes(telling, cp_isolation=_OTHERS, enable_fallback=False).best()
    return found.encoding if found else best


def _score(data: bytes, page: str) -> float | None:
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return None
    return sum(_word(token) for token in _TOKEN.findall(text) if not token.isascii()) - 0.01 * CODE_PAGES.index(page)


def _word(token: str) -> float:
    score = 0.0
    scripts = {_script(letter) for letter in token if letter.isalpha()}
    if len(scripts) > 1:
        score -= 3.0
    for place, letter in enumerate(token):
        if letter.isascii():
            continue
        before, after = token[place - 1 : place], token[place + 1 : place + 2]
        score += _letter(letter, before, after) if letter.isalpha() else _symbol(before, after)
    return score


def _letter(letter: str, before: str, after: str) -> float:
    score = -0.5 if letter in _RARE else 0.0
    if letter.isupper() and before.islower():
        score -= 2.0
    beside = [_is_vowel(other) for other in (before, after) if other.isalpha()]
    if not beside:
        return score
    if _is_vowel(letter):
        return score + (-1.0 if all(beside) else 0.5)
    return score + (0.5 if any(beside) else -1.0)


def _symbol(before: str, after: str) -> float:
    return -2.0 if before.isalpha() or after.isalpha() else -0.1


@cache
def _is_vowel(letter: str) -> bool:
    plain = unicodedata.normalize("NFD", letter.lower())[:1]
    return plain in "aeiouy" or plain in _MORE_VOWELS


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]
