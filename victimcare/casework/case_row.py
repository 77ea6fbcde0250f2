"""One line of the Cases list, packed: the screen holds all of them at once, and 100,000 of them as plain objects take three times as much."""

from __future__ import annotations

from datetime import date
from struct import Struct
from threading import Lock
from typing import Any
from uuid import UUID

_DAYS = ("received_on", "last_achieved_on", "last_attempt_on", "stance_on", "plan_checked_on", "next_due_on")
_COUNTS = ("attempts_since", "open_barriers", "open_referrals")
_CODES = ("source", "status", "risk", "gender", "age_band", "nationality", "borough", "worker", "stance", "next_due_kind", "exploitation")
FIELDS = ("id", "reference", "is_restricted", *_DAYS, *_COUNTS, *_CODES)
"""What a line says, in the order in which it is read."""
_NUMBERS = FIELDS[3:]
_FIRST_COUNT = len(_DAYS)
_FIRST_CODE = _FIRST_COUNT + len(_COUNTS)
_ID_BYTES, _NUMBER_BYTES = 16, 4
_PACKED = Struct(f"<?{len(_NUMBERS)}I")
_NUMBER = Struct("<I").unpack_from

_codes: list[str | None] = [None]
_number_of: dict[str | None, int] = {None: 0}
"""Every code and worker's label met so far, and its number: few, whatever the number of cases. Never a name of a person supported."""
_counting = Lock()


def _code_number(code: str | None) -> int:
    number = _number_of.get(code)
    if number is None:
        with _counting:  # two threads may read lines
            if code not in _number_of:
                _codes.append(code)
                _number_of[code] = len(_codes) - 1
            number = _number_of[code]
    return number


def _at(field: str) -> int:
    return _ID_BYTES + 1 + _NUMBER_BYTES * _NUMBERS.index(field)


def _code(field: str) -> Any:
    at = _at(field)
    return property(lambda row: _codes[_NUMBER(row, at)[0]])


def _day(field: str) -> Any:
    at = _at(field)

    def day(row: CaseRow) -> date | None:
        ordinal: int = _NUMBER(row, at)[0]
        return date.fromordinal(ordinal) if ordinal else None

    return property(day)


def _count(field: str) -> Any:
    at = _at(field)
    return property(lambda row: _NUMBER(row, at)[0])


class CaseRow(bytes):
    """The coded facts of one case: `CaseRow.of(...)`, a value for each of FIELDS. Equal where all of them are.

    `exploitation`: types joined by ";", sorted, "" when none is known. Names come from the search index, never from here.
    """

    __slots__ = ()

    @classmethod
    def of(cls, *values: Any) -> CaseRow:
        """A line with a value for each of FIELDS."""
        case_id, reference, is_restricted, *rest = values
        days = [value.toordinal() if value else 0 for value in rest[:_FIRST_COUNT]]
        numbers = (*days, *rest[_FIRST_COUNT:_FIRST_CODE], *map(_code_number, rest[_FIRST_CODE:]))
        return cls(case_id.bytes + _PACKED.pack(is_restricted, *numbers) + reference.encode())

    @property
    def id(self) -> UUID:
        return UUID(bytes=self[:_ID_BYTES])

    @property
    def key(self) -> bytes:
        """The id as bytes, quicker to come by."""
        return self[:_ID_BYTES]

    @property
    def reference(self) -> str:
        return self[_ID_BYTES + _PACKED.size :].decode()

    @property
    def is_restricted(self) -> bool:
        return self[_ID_BYTES] == 1

    received_on: date = _day("received_on")
    source: str = _code("source")
    status: str = _code("status")
    risk: str | None = _code("risk")
    gender: str = _code("gender")
    age_band: str = _code("age_band")
    nationality: str = _code("nationality")
    borough: str | None = _code("borough")
    worker: str | None = _code("worker")
    last_achieved_on: date | None = _day("last_achieved_on")
    last_attempt_on: date | None = _day("last_attempt_on")
    attempts_since: int = _count("attempts_since")
    stance: str | None = _code("stance")
    stance_on: date | None = _day("stance_on")
    open_barriers: int = _count("open_barriers")
    open_referrals: int = _count("open_referrals")
    plan_checked_on: date | None = _day("plan_checked_on")
    next_due_on: date | None = _day("next_due_on")
    next_due_kind: str | None = _code("next_due_kind")
    exploitation: str = _code("exploitation")

    def __repr__(self) -> str:
        return f"CaseRow({self.reference})"
