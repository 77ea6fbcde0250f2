"""What the law says about a mitigation, from the offences recorded against the person: by law, on application, not here, not known yet.

The rules are data (`resources/rules/mitigations.json`, under `legal`): the first that holds decides. They state eligibility;
whether a measure is granted is the court's decision every time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from victimcare.reference.mitigation_pairs import rules, source_words

APPLIES: Final = "APPLIES"
NEEDS_APPLICATION: Final = "NEEDS_APPLICATION"
NO: Final = "NO"
NOT_KNOWN: Final = "NOT_KNOWN"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """`answer`: APPLIES, NEEDS_APPLICATION, NO or NOT_KNOWN, `label` in words. `because`: the offence codes that decided, if any did."""

    mitigation: str
    answer: str
    label: str
    words: str
    statute: str
    sources: tuple[str, ...]
    because: tuple[str, ...]


def legal_basis_of(mitigation: str, offences: Collection[str], *, may_be_under_18: bool = False) -> LegalBasis | None:
    """What the law says of `mitigation`, given the codes of the recorded offences; None where no law decides about it.

    Codes of an older list are read as well: an offence nobody knows any more is recorded, and gives nothing by itself.
    """
    recorded = tuple(dict.fromkeys(offences))
    for rule in rules()["legal"].get(mitigation, ()):
        if _holds(rule, recorded, may_be_under_18):
            because = tuple(code for code in recorded if code in rule.get("any_of", ()))
            return LegalBasis(mitigation, rule["answer"], answer_words(rule["answer"]), rule["words"], rule["statute"], source_words(rule["source"]), because)
    return None


def answer_words(answer: str) -> str:
    """Such as "Needs an application"."""
    return str(next(row["label"] for row in rules()["answers"] if row["code"] == answer))


def _holds(rule: Any, recorded: tuple[str, ...], may_be_under_18: bool) -> bool:
    if rule.get("under_18") and not may_be_under_18:
        return False
    if rule.get("recorded") and not recorded:
        return False
    return "any_of" not in rule or any(code in rule["any_of"] for code in recorded)
