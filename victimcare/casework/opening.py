"""Sealed text as queries take it: opened once by the caller for a whole page, or by the query for its own rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from victimcare.refused import Refused
from victimcare.store.session import VaultSession

Sealed = Mapping[UUID, Mapping[str, str]]
"""Row id -> field -> text. Rows whose key the user lacks are absent."""

CODED_ONLY: Sealed = {}
"""Given to a query: no text is opened, its texts are ""."""

LONGEST_TEXT = 200_000  # characters: a pasted interview fits, a pasted file does not


class TextRefused(Refused):
    """A text that is missing or too long."""


def columns(record: type[Any], names: Iterable[str]) -> list[Any]:
    """The columns of a mapped class that a frozen row of the same field names takes."""
    return [getattr(record, name) for name in names]


def opened(session: VaultSession, ids: Iterable[UUID], sealed: Sealed | None) -> Sealed:
    """What `sealed` holds, or else the sealed parts of `ids`, opened with one query (ReadNotNoted if no read was noted)."""
    return session.sealed(list(ids)) if sealed is None else sealed


def text_of(sealed: Sealed, row: UUID, field: str) -> str:
    """One text of one row; "" when absent or not readable."""
    part = sealed.get(row)
    return part.get(field, "") if part else ""


def texts_of(sealed: Sealed, row: UUID, fields: Iterable[str]) -> dict[str, Any]:
    """Several texts of one row, by field."""
    return {field: text_of(sealed, row, field) for field in fields}


def list_text(values: Iterable[str]) -> str:
    """Several short texts as one sealed text; "" for none."""
    kept = [value.strip() for value in values if value.strip()]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def texts_in(value: str) -> tuple[str, ...]:
    """The texts kept by `list_text`."""
    return tuple(json.loads(value)) if value else ()


def fitting(value: str) -> str:
    """`value` without NUL bytes and outer blanks. Raises TextRefused when it is too long to keep."""
    if len(value) > LONGEST_TEXT:
        raise TextRefused(f"The text has {len(value):,} characters; {LONGEST_TEXT:,} can be kept.", "Keep it as a document, or shorten it.")
    return value.replace("\0", "").strip()


def needed(value: str, what: str) -> str:
    """`fitting(value)`, refused when nothing is left. `what`: what is missing, such as "a name to use"."""
    kept = fitting(value)
    if not kept:
        raise TextRefused(f"There must be {what}.", "Fill it in, then save again.")
    return kept
