"""Languages by their ISO 639 code: the short list an office meets (code list `language`), then every language pycountry knows."""

from __future__ import annotations

from functools import cache
from typing import Any

from victimcare.reference.codelists import codelist
from victimcare.reference.folding import folded
from victimcare.reference.wording import Match, code_for


def language_label(code: str) -> str:
    """The English name of an ISO 639-1, -2 or -3 code; the code itself where nothing is known of it."""
    if codelist("language").known(code):
        return codelist("language").label(code)
    return _named().get(code, code)


def language_for(text: str) -> Match | None:
    """The ISO 639 code that a name or code means ("Farsi", "vie", "Tiếng Việt"), or None where that is not clear."""
    short = code_for("language", text)
    if short and short.how in ("code", "label", "wording"):
        return short
    code = _codes().get(folded(text))
    return Match(code, "label", 1.0) if code else short


@cache
def _named() -> dict[str, str]:
    return {getattr(language, "alpha_2", language.alpha_3): language.name for language in _iso()}


@cache
def _codes() -> dict[str, str]:
    """Folded name or code -> code. Of two languages with one name the better known, which has a two-letter code, wins."""
    found: dict[str, str] = {}
    for language in sorted(_iso(), key=lambda one: not hasattr(one, "alpha_2")):
        code = getattr(language, "alpha_2", language.alpha_3)
        for wording in (
            code,
            language.alpha_3,
            getattr(language, "bibliographic", ""),
            language.name,
            getattr(language, "common_name", ""),
        ):
            if wording:
                found.setdefault(folded(wording), code)
    return found


def _iso() -> tuple[Any, ...]:
    # Here and not above: the library's table of 7,900 languages is only needed for a language off the short list.
    import pycountry

    return tuple(pycountry.languages)
