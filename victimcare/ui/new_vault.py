"""What a person gives for a new vault, and what to say of a passphrase as it is typed."""

from __future__ import annotations

from dataclasses import dataclass

LEAST_LETTERS = 12
ADVISED_LETTERS = 20
RECOVERY = (2, 3)


@dataclass(frozen=True, slots=True)
class NewVault:
    """What a person gave for a new vault. `recovery`: how many shares are needed, of how many. Its repr shows no passphrase."""

    folder: str
    name: str
    user: str
    passphrase: str
    recovery: tuple[int, int] = RECOVERY

    def __repr__(self) -> str:
        return "NewVault(...)"


def advice(passphrase: str) -> tuple[str, str, str]:
    """Icon, word and words about a passphrase: only its length counts, no rules on what letters it has."""
    letters = len(passphrase)
    if letters < LEAST_LETTERS:
        return "info", "Note", f"At least {LEAST_LETTERS} letters. Four or five words that do not belong together are easy to remember."
    if letters < ADVISED_LETTERS:
        return "tick", "Long enough", "One or two more words would make it much harder to guess."
    return "tick", "Good length", ""
