"""The offence an office's words mean, where the list of wordings alone does not say: sections of the Act in any order, several in one cell."""

from __future__ import annotations

import re

from victimcare.reference.wording import code_for

_ACT = re.compile(r"\b(?:msa|modern\s+slavery)\b", re.IGNORECASE)
_SECTIONS = re.compile(r"(?<![a-z])(?:ss?|sec|secs|sections?)\.?\s*(\d{1,3})(?!\d)", re.IGNORECASE)
_CUTS = re.compile(r"\s*(?:[;|\n&+]|,(?!\s*s\w*\.?\s*\d)|\band\b)\s*", re.IGNORECASE)
_OF_THE_ACT = {"1": "MSA_S1", "2": "MSA_S2"}


def offence_said(text: str) -> str | None:
    """The code of the offence in `text`; of several, the first under the Modern Slavery Act, else the first. None where none is clear.

    >>> offence_said("s1 Modern Slavery Act")
    'MSA_S1'
    >>> offence_said("GBH; MSA s.2")
    'MSA_S2'
    """
    sections = set(_SECTIONS.findall(text))
    if _ACT.search(text) and len(sections) == 1 and sections <= _OF_THE_ACT.keys():
        return _OF_THE_ACT[sections.pop()]
    parts = [part for part in _CUTS.split(text) if part]
    if len(parts) < 2:
        return None
    codes = [code for part in parts if (code := _one(part))]
    return next((code for code in codes if code.startswith("MSA")), codes[0] if codes else None)


def _one(part: str) -> str | None:
    match = code_for("offence", part)
    if match is not None:
        return match.code
    sections = set(_SECTIONS.findall(part))
    return _OF_THE_ACT[sections.pop()] if _ACT.search(part) and len(sections) == 1 and sections <= _OF_THE_ACT.keys() else None
