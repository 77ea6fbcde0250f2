from __future__ import annotations

import csv
import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from victimcare.paper.csv_text import csv_bytes
from victimcare.paper.plain_text import from_plain_text


def read(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_the_bytes_are_rfc_4180_with_a_byte_order_mark():
    made = csv_bytes(["Year", "Note"], [["2016", 'a "b", c'], [date(2026, 11, 24), None], [1013, "two\nlines"]])
    assert made == '\ufeffYear,Note\r\n2016,"a ""b"", c"\r\n2026-11-24,\r\n1013,"two\nlines"\r\n'.encode()


def test_a_formula_in_a_note_or_a_heading_is_text():
    rows = read(csv_bytes(["=A1"], [["=1+1"], ["-"]]))
    assert rows == [["'=A1"], ["'=1+1"], ["'-"]]


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=20), min_size=2, max_size=2), max_size=8))
def test_every_cell_reads_back(rows):
    assert [[from_plain_text(cell) for cell in row] for row in read(csv_bytes(["a", "b"], rows))[1:]] == rows
