"""Rows read out of single pages are the rows SQLite wrote, and garbage is never taken for one."""

from __future__ import annotations

import random
import sqlite3
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victimcare.store.pages import PAGE, empty_database
from victimcare.store.salvage import Column, NotARow, Pages, owner_of

VALUE = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace").decode()),
    st.binary(max_size=60),
    st.integers(3_900, 13_000).map(lambda size: random.Random(size).randbytes(size)),  # runs over into other pages
)


def database(rows: list[tuple[Any, ...]]) -> tuple[bytes, int]:
    """A database with reserved bytes as ours have, with `rows` in the table t; and t's root page."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(empty_database())
    connection.execute("CREATE TABLE t (a, b)")
    connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master").fetchone()
    content = connection.serialize()
    connection.close()
    return content, root


def read(content: bytes, root: int) -> list[tuple[int, tuple[Any, ...]]]:
    pages = Pages(content)
    return [row for leaf in pages.leaves(root, set()) for row in pages.rows(leaf)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=40))
def test_every_row_is_read_as_it_was_written(rows: list[tuple[Any, ...]]) -> None:
    content, root = database(rows)
    assert read(content, root) == list(enumerate(rows, start=1))


def test_without_its_root_every_leaf_is_found_by_itself() -> None:
    content, root = database([(number, b"x" * 500) for number in range(100)])
    lost = bytearray(content)
    lost[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
    assert read(bytes(lost), root) == []
    loose = [row for _, rows in Pages(bytes(lost)).loose_leaves({1}) for row in rows]
    assert sorted(loose) == read(content, root)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_garbage_is_refused_and_never_breaks_it(chance: random.Random) -> None:
    content, root = database([(number, b"x" * 300) for number in range(40)])
    changed = bytearray(content)
    for _ in range(30):
        changed[PAGE + chance.randrange(len(content) - PAGE)] = chance.randrange(256)
    pages = Pages(bytes(changed))
    for number in range(1, pages.count + 1):
        try:
            pages.rows(number)
        except NotARow:
            continue
    list(pages.leaves(root, set()))
    list(pages.loose_leaves(set()))
    pages.schema()


def test_rows_of_two_tables_of_one_shape_are_told_apart_by_the_audit_or_not_at_all() -> None:
    columns = [Column("id", "BLOB", True), Column("words", "VARCHAR", False)]
    tables = {"one": columns, "two": columns, "three": [*columns, Column("more", "BIGINT", False)]}
    rows = [(1, (b"\1" * 16, "text")), (2, (b"\2" * 16, None))]
    assert owner_of(rows, tables, {b"\2" * 16: "two"}) == "two"
    assert owner_of(rows, tables, {}) is None
    assert owner_of([(1, (b"\1" * 16, "text", 5))], tables, {}) == "three"
    assert owner_of([(1, (None, "text", 5))], tables, {}) is None


def test_a_page_that_is_not_there_is_no_row() -> None:
    with pytest.raises(NotARow):
        Pages(bytes(2 * PAGE)).rows(2)
