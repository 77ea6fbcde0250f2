"""One way of making two wordings comparable, used wherever words are matched with a list."""

from __future__ import annotations

import re

from anyascii import anyascii

_GAP = re.compile(r"[^a-z0-9+<>?-]+")
_INNER_MARK = re.compile(r"(?<=[a-z0-9])[-+?]+(?=[a-z0-9])|^-+|(?<= )-+(?= )")
_NOT = {"cannot": ("can", "not"), "cant": ("can", "not"), "wont": ("will", "not")} | {
    f"{verb}nt": (verb, "not") for verb in ("do", "does", "did", "is", "are", "was", "has", "have", "had", "would", "could", "should")
}


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text` in small Latin letters without accents, punctuation or plural: "Car-washes!" gives ("car", "wash").
    "Doesn't" and "does not" are the same words.

    A plus or minus at the end of a word stays (RG+ is not RG-), and so does a question mark that stands alone.
    """
    plain = anyascii(text).casefold().replace("'", "")
    spaced = _INNER_MARK.sub(" ", _GAP.sub(" ", plain))
    words: list[str] = []
    for word in spaced.split():
        core = word.rstrip("?") or word
        words += map(_singular, _NOT.get(core, (core,)))
    return tuple(words)


def folded(text: str) -> str:
    """`text` as one comparable string: two wordings that fold alike are the same wording. "car wash" and "Carwash" fold alike."""
    return "".join(words_of(text))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.isalpha() or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "xes", "sses")):
        return word[:-2]
    return word[:-1]
