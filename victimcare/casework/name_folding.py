"""Names made comparable: any script in small Latin letters, and a key of how a word sounds however it is written down."""

from __future__ import annotations

import re
from itertools import pairwise

from anyascii import anyascii

SHORT = 5  # letters: two neighbours this short may be one name written apart (Xiu Ying, Al Amin)
SHORTEST_SOUND = 3  # consonants: fewer say too little about a name
PARTICLES = frozenset(
    [
        "abu",
        "al",
        "as",
        "bin",
        "bint",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "ibn",
        "la",
        "le",
        "los",
        "ould",
        "thi",
        "ul",
        "ur",
        "van",
        "vo",
        "von",
        "y",
    ]
)
"""Words that stand in one writing of a name and not in another: looked for, not insisted on."""

_WORD = re.compile(r"[a-z0-9]+")
_ARTICLE = re.compile(r"(?:(?<=\s)|^)\u0627\u0644(?=\w)")  # the Arabic article, written onto its word
_SYLLABIC = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")  # a sign is a syllable: Han, Hangul
_ALIKE = (
    ("chr", "kr"), ("khr", "kr"), ("chael", "kael"), ("szcz", "s"), ("shch", "s"), ("tsch", "s"), ("sch", "s"), ("tch", "s"),
    ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("sh", "s"), ("sz", "s"), ("cz", "s"), ("ch", "s"), ("ts", "s"), ("tz", "s"), ("z", "s"),
    ("ce", "se"), ("ci", "si"), ("cy", "si"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("bh", "b"), ("w", "v"),
)  # fmt: skip
_NO_VOWELS = str.maketrans("", "", "aeiouyv")
_SOFT = str.maketrans({"e": "i", "y": "i", "o": "u", "v": "u"})
_TWICE = re.compile(r"(.)\1+")


def pieces_of(text: str) -> list[str]:
    """The words of a text in small Latin letters and digits; an apostrophe joins. 王秀英 gives wang, xiu, ying."""
    if not text.isascii():
        spaced = _SYLLABIC.sub(r" \g<0> ", _ARTICLE.sub("\u0627\u0644 ", text))
        text = anyascii(spaced).replace("`", "").replace("\u2019", "")
    return _WORD.findall(text.replace("'", "").casefold())


def words_of(name: str) -> tuple[str, ...]:
    """The words by which a name is found: each one, and joined what a hyphen or a gap between short ones keeps apart."""
    single: list[str] = []
    joined: list[str] = []
    for part in name.split():
        pieces = pieces_of(part)
        if len(pieces) > 1:
            joined.append("".join(pieces))
        single += pieces
    joined += [first + second for first, second in pairwise(single) if len(first) <= SHORT and len(second) <= SHORT]
    return tuple(dict.fromkeys(single + joined))


def sound_of(word: str) -> str:
    """How a folded word sounds, roughly: its consonants, alike ones made one; "" when that says too little.

    Scripts without vowels and the many ways to write one name in Latin letters meet here: محمد, Mohammed, Muhammad.
    A word of two consonants keeps its vowels in two colours, so that Noor is Nur and not Nira.
    """
    for written, heard in _ALIKE:
        if written in word:
            word = word.replace(written, heard)
    if not word:
        return ""
    lead = word[0]
    if lead in "yj" or (lead == "i" and word[1:2] in ("a", "e", "o", "u")):
        lead = "j"
    elif lead in "aeiou":
        lead = ""
    rest = word[1:]
    bones = _TWICE.sub(r"\1", lead + rest.translate(_NO_VOWELS))
    if len(bones) > 1 and bones.endswith("h"):
        bones = bones[:-1]
    if len(bones) >= SHORTEST_SOUND:
        return bones
    soft = _TWICE.sub(r"\1", lead + rest.translate(_SOFT))
    return f"{soft}~" if len(soft) >= SHORTEST_SOUND else ""
