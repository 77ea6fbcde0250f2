"""A unit is an office's own short label, such as "MSKU". It stands in the clear beside coded facts, so nothing longer or more telling may."""

from __future__ import annotations

import re

from victimcare.casework.opening import TextRefused

LONGEST_UNIT = 60
_NUMBER_TO_CALL = re.compile(r"(?:\d[\s()./+-]*){7,}")


def is_unit_label(text: str) -> bool:
    """Whether `text` may stand as a unit: short, one line, no number one could call."""
    return len(text) <= LONGEST_UNIT and "\n" not in text and not _NUMBER_TO_CALL.search(text)


def unit_label(text: str) -> str:
    """`text` without outer blanks. Raises TextRefused where it is no short label."""
    label = text.strip()
    if not is_unit_label(label):
        raise TextRefused(f"A unit is a short label of up to {LONGEST_UNIT} characters, without a number to call.", "Shorten it; put the rest in a note.")
    return label
