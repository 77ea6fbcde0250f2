"""Rows out of single pages, when what leads to them is lost: the list of tables, a table's root, a page in between.

SQLite's "Database File Format", sections 1.6 (b-trees) and 2.1 (records). Works on the plain pages that `pages.py` gives, in memory.
A page that nothing leads to is a table's only if all its rows have that table's shape, and, where several have, if the audit says
that its rows are that table's. Freed pages are zeros (`secure_delete`), so nothing that was erased comes back.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from victimcare.store.pages import PAGE, RESERVED
from victimcare.store.tables import row_id

_USABLE = PAGE - RESERVED
_MOST_LOCAL = _USABLE - 35
_LEAST_LOCAL = (_USABLE - 12) * 32 // 255 - 23
_INTERIOR, _LEAF = 5, 13
_WHOLE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # serial type of a whole number -> its bytes
_FIRST_HEADER = 100  # bytes of the file's own header before the tree on page 1
Row = tuple[int, tuple[Any, ...]]


class NotARow(ValueError):
    """These bytes are no row of a table."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its table declares it."""

    name: str
    kind: str
    is_required: bool

    def fits(self, value: Any) -> bool:
        if value is None:
            return not self.is_required
        if self.kind == "BLOB":
            return isinstance(value, bytes)
        if self.kind.startswith(("INT", "BIGINT", "BOOL")):
            return isinstance(value, int)
        return isinstance(value, str) if self.kind.startswith(("VARCHAR", "DATE", "TEXT")) else True


class Pages:
    """The plain pages of one file; lost ones are zeros."""

    def __init__(self, plain: bytes | bytearray) -> None:
        self._plain = plain
        self.count = len(plain) // PAGE

    def leaves(self, root: int, seen: set[int]) -> Iterator[int]:
        """The leaves below `root` that can still be reached, in order; every page met goes into `seen`."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if not 1 <= number <= self.count or number in seen:
                continue
            seen.add(number)
            page, start = self._page(number)
            if page[start] == _LEAF:
                yield number
            elif page[start] == _INTERIOR:
                waiting.extend(reversed(self._children(page, start)))

    def rows(self, leaf: int) -> list[Row]:
        """Every row of one leaf: (row number, values). Raises NotARow when any of it is none."""
        page, start = self._page(leaf)
        if page[start] != _LEAF:
            raise NotARow
        try:
            return [self._row(page, place) for place in _places(page, start, 8)]
        except (IndexError, struct.error):
            raise NotARow from None

    def loose_leaves(self, seen: Collection[int]) -> Iterator[tuple[int, list[Row]]]:
        """Leaves of tables that are in no tree of those in `seen`, with their rows, in the order of the file."""
        for number in range(2, self.count + 1):
            if number not in seen and self._plain[(number - 1) * PAGE] == _LEAF:
                try:
                    rows = self.rows(number)
                except NotARow:
                    continue
                if rows and not all(_is_schema(values) for _, values in rows):
                    yield number, rows

    def schema(self) -> dict[str, tuple[str, int, str]]:
        """What the leaves of the list of tables that are left say: name -> (kind, root page, statement)."""
        found: dict[str, tuple[str, int, str]] = {}
        for number in range(1, self.count + 1):
            try:
                rows = self.rows(number)
            except NotARow:
                continue
            if rows and all(_is_schema(values) for _, values in rows):
                found.update({values[1]: (values[0], values[3] or 0, values[4] or "") for _, values in rows})
        return found

    def _page(self, number: int) -> tuple[memoryview, int]:
        start = (number - 1) * PAGE
        return memoryview(self._plain)[start : start + PAGE], _FIRST_HEADER if number == 1 else 0

    def _children(self, page: memoryview, start: int) -> list[int]:
        try:
            inner = [struct.unpack_from(">I", page, place)[0] for place in _places(page, start, 12)]
        except (NotARow, struct.error):
            return []
        return [*inner, struct.unpack_from(">I", page, start + 8)[0]]

    def _row(self, page: memoryview, place: int) -> Row:
        size, place = _varint(page, place)
        number, place = _varint(page, place)
        if size <= _MOST_LOCAL:
            return number, _values(bytes(page[place : place + size]), size)
        local = _LEAST_LOCAL + (size - _LEAST_LOCAL) % (_USABLE - 4)
        local = local if local <= _MOST_LOCAL else _LEAST_LOCAL
        content = bytearray(page[place : place + local])
        (following,) = struct.unpack_from(">I", page, place + local)
        while len(content) < size:
            if not 2 <= following <= self.count:
                raise NotARow
            over, _ = self._page(following)
            content += over[4 : 4 + min(_USABLE - 4, size - len(content))]
            (following,) = struct.unpack_from(">I", over, 0)
        return number, _values(bytes(content), size)


def owner_of(rows: list[Row], tables: Mapping[str, list[Column]], signed: Mapping[bytes, str]) -> str | None:
    """The table whose rows these are; None where that cannot be told. `signed`: row id -> table, as the audit has it."""
    fitting = [name for name, columns in tables.items() if all(_fits(values, columns) for _, values in rows)]
    if len(fitting) == 1:
        return fitting[0]
    by_audit = [name for name in fitting if any(signed.get(_id_of(values, tables[name])) == name for _, values in rows)]
    return by_audit[0] if len(by_audit) == 1 else None


def _fits(values: tuple[Any, ...], columns: list[Column]) -> bool:
    return len(values) == len(columns) and all(column.fits(value) for column, value in zip(columns, values, strict=True))


def _id_of(values: tuple[Any, ...], columns: list[Column]) -> bytes:
    ids = {column.name: UUID(bytes=value) for column, value in zip(columns, values, strict=True) if isinstance(value, bytes) and len(value) == 16}
    return row_id(ids).bytes


def _is_schema(values: tuple[Any, ...]) -> bool:
    return (
        len(values) == 5
        and values[0] in ("table", "index", "trigger")
        and isinstance(values[1], str)
        and isinstance(values[3], int | None)
        and isinstance(values[4], str | None)
    )


def _places(page: memoryview, start: int, header: int) -> list[int]:
    """Where the cells of a page are. Raises NotARow when they cannot be there."""
    (count,) = struct.unpack_from(">H", page, start + 3)
    first = start + header
    if first + 2 * count > _USABLE:
        raise NotARow
    places = list(struct.unpack_from(f">{count}H", page, first))
    if any(not first + 2 * count <= place < _USABLE for place in places):
        raise NotARow
    return places


def _varint(content: memoryview | bytes, place: int) -> tuple[int, int]:
    value = 0
    for at in range(9):
        byte = content[place + at]
        if at == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + at + 1
    raise NotARow


def _values(content: bytes, size: int) -> tuple[Any, ...]:
    if len(content) != size:
        raise NotARow
    body, place = _varint(content, 0)
    kinds, end = [], body
    while place < end:
        kind, place = _varint(content, place)
        kinds.append(kind)
    if place != end:
        raise NotARow
    values = []
    for kind in kinds:
        value, body = _value(content, kind, body)
        values.append(value)
    if body != size:
        raise NotARow
    return tuple(values)


def _value(content: bytes, kind: int, place: int) -> tuple[Any, int]:
    """The value of a serial type at `place`, and where the next begins."""
    if kind in (0, 8, 9):
        return (None, 0, 1)[(0, 8, 9).index(kind)], place
    if kind in _WHOLE:
        end = place + _WHOLE[kind]
        return int.from_bytes(content[place:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack_from(">d", content, place)[0], place + 8
    if kind < 12:
        raise NotARow
    end = place + (kind - 12) // 2
    return (content[place:end].decode("utf-8", "replace") if kind % 2 else content[place:end]), end
