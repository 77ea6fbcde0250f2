"""Code lists: what a code means. The data are `resources/codelists/*.json`; nothing is loaded before it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from victimcare.reference import countries
from victimcare.refused import Refused
from victimcare.resources import resource_json

_NAMED = frozenset({"code", "label", "definition", "valid_from", "valid_to"})
_ABOUT = frozenset({"title", "source", "note"})
_SHORT_NAMES = {"stance": "prosecution_support_stance"}


class UnknownCode(Refused):
    """A code is in no list, or its list had ended by the day it was used. The code itself is not repeated: it may be typed text."""

    def __init__(self, name: str) -> None:
        super().__init__(f"A value is not one of the list {name!r}.", "Choose one of the values offered.")
        self.list_name = name


@dataclass(frozen=True, slots=True)
class CodeValue:
    """One value of a list. `fields` holds what else the list says of it, such as `group`, `rank`, `typical_mitigations`."""

    code: str
    label: str
    definition: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    def is_valid(self, on: date) -> bool:
        """Whether the code could be recorded on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list in its own order. `extra` holds what it says beside its values, such as `transitions` or `completed`."""

    name: str
    title: str
    values: tuple[CodeValue, ...]
    extra: Mapping[str, Any]
    _by_code: Mapping[str, CodeValue]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(value.code for value in self.values)

    def value(self, code: str) -> CodeValue:
        """The value of `code`. Raises UnknownCode."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownCode(self.name) from None

    def known(self, code: str, on: date | None = None) -> bool:
        """Whether the list has `code`, and had it on that day."""
        value = self._by_code.get(code)
        return value is not None and (on is None or value.is_valid(on))

    def label(self, code: str) -> str:
        """The words for `code`. A code no longer in the list is still readable: its own letters in plain words."""
        value = self._by_code.get(code)
        return value.label if value else readable(code)

    def valid(self, on: date) -> tuple[CodeValue, ...]:
        """The values that may be chosen on that day, in the list's order."""
        return tuple(value for value in self.values if value.is_valid(on))


def readable(code: str) -> str:
    """A code no list knows, as words: `FORCED_BEGGING` is "Forced begging"."""
    words = code.replace("_", " ").strip()
    return words[:1].upper() + words[1:].lower()


@cache
def codelist(name: str) -> CodeList:
    """The list `name`, such as `barrier`, or a list within one, such as `barrier.status`. Raises UnknownCode where there is none."""
    whole, _, part = name.partition(".")
    whole = _SHORT_NAMES.get(whole, whole)
    if whole == "nationality" and not part:
        return _built(name, "Nationality", [{"code": c, "label": countries.country_label(c)} for c in countries.nationality_codes()], {})
    data = _data(whole)
    rows = data.get(part or "values")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UnknownCode(name)
    title = data["title"] if not part else f"{data['title']}: {readable(part).lower()}"
    extra = {} if part else {key: value for key, value in data.items() if key not in _ABOUT and key != "values"}
    return _built(name, title, rows, extra)


def known(name: str, code: str, on: date | None = None) -> str:
    """`code` itself if the list `name` has it (on that day). Raises UnknownCode."""
    if not codelist(name).known(code, on):
        raise UnknownCode(name)
    return code


def known_or_same(name: str, code: str | None, before: str | None) -> str | None:
    """`code` if it is what stands already, perhaps of an older list, or nothing; else as `known`. Raises UnknownCode."""
    return code if code is None or code == before else known(name, code)


def label(name: str, code: str) -> str:
    """The words of the list `name` for `code`; readable even where the list no longer has the code."""
    return codelist(name).label(code)


def _data(name: str) -> Any:
    try:
        return resource_json(f"codelists/{name}.json")
    except FileNotFoundError:
        raise UnknownCode(name) from None


def _built(name: str, title: str, rows: list[dict[str, Any]], extra: dict[str, Any]) -> CodeList:
    values = tuple(_value(row) for row in rows)
    return CodeList(name, title, values, MappingProxyType(extra), MappingProxyType({value.code: value for value in values}))


def _value(row: dict[str, Any]) -> CodeValue:
    fields = {key: value for key, value in row.items() if key not in _NAMED}
    first, last = (date.fromisoformat(row[key]) if row.get(key) else None for key in ("valid_from", "valid_to"))
    return CodeValue(row["code"], row["label"], row.get("definition", ""), first, last, MappingProxyType(fields))
