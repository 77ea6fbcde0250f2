"""Which mitigations fit which barrier, why, and on whose word: `resources/rules/mitigations.json`, loaded when first asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from victimcare.reference.codelists import codelist
from victimcare.resources import resource_json


@dataclass(frozen=True, slots=True)
class Pair:
    """That `mitigation` (a code) fits, `why` in one sentence, and `sources` in words."""

    mitigation: str
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence to show, and on whose word."""

    words: str
    sources: tuple[str, ...]


@cache
def pairs_of(barrier: str) -> tuple[Pair, ...]:
    """What fits a barrier, in the order to offer it; empty where nothing is listed (`none_words` says so). Raises UnknownCode."""
    codelist("barrier").value(barrier)
    return tuple(_pair(row) for row in rules()["barriers"][barrier])


@cache
def general_pairs() -> tuple[Pair, ...]:
    """What may help with any barrier, after what fits it."""
    return tuple(_pair(row) for row in rules()["general"])


def none_words(barrier: str) -> str:
    """What to say where no mitigation is listed for a barrier; "" where some are."""
    return "" if pairs_of(barrier) else str(rules()["none"][barrier])


def asking_may_raise_risk() -> Said:
    """The warning before a request to another state is recorded."""
    return _said(rules()["asking_may_raise_risk"])


def ask_why() -> Said:
    """What to ask for what is behind a refusal or a silence."""
    return _said(rules()["ask_why"])


def stepping_back() -> Said:
    """What declining or retracting means for the right to review: information in neutral words, never pressure."""
    return _said(rules()["stepping_back"])


def safe_ways() -> tuple[Said, ...]:
    """The ways to ask another state, the safest first, and last what never to do."""
    return (*(_said(row) for row in rules()["safe_ways"]), _said(rules()["never"]))


def source_words(keys: Iterable[str]) -> tuple[str, ...]:
    """The sources behind their keys, as people cite them."""
    return tuple(str(rules()["sources"][key]) for key in keys)


def rules() -> Any:
    """The file as it stands; the answer is shared."""
    return resource_json("rules/mitigations.json")


def _pair(row: Any) -> Pair:
    return Pair(row["mitigation"], row["why"], source_words(row["source"]))


def _said(row: Any) -> Said:
    return Said(row["words"], source_words(row["source"]))
