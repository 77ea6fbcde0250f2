"""The base of every error a person can act on."""

from __future__ import annotations

import re


class Refused(Exception):
    """Something was not done, for a reason a person can act on.

    `reason`: what happened, as a sentence. `remedy`: what to do, as a sentence.
    Neither ever holds a name, note, number, key or path of a person supported: codes, counts and ids only.
    """

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason, remedy)
        self.reason = reason
        self.remedy = remedy

    @property
    def code(self) -> str:
        """The kind of refusal, for machines: the class name in snake case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def __str__(self) -> str:
        return f"{self.reason} {self.remedy}".strip()
