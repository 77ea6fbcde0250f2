"""Files of every make into the same sheet, and each damaged file refused in its own words."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.conftest import bring_in
from victimcare.exchange import cells
from victimcare.exchange.cells import FileRefused, Grid
from victimcare.exchange.csv_files import delimiter_of, read_csv
from victimcare.exchange.proposal import read_register
from victimcare.exchange.sheets import LARGEST_FILE, read_file, sheet_of
from victimcare.store.vault import Vault

DAMAGED = Path(__file__).parents[1] / "data" / "registers"
REFUSED = {
    "binary.csv": cells.FileNotATable,
    "blank.csv": cells.FileEmpty,
    "cut-off.utf16.csv": cells.TextNotReadable,
    "cut-off.xlsx": cells.WorkbookDamaged,
    "damaged.xlsx": cells.WorkbookDamaged,
    "duplicate-headings.csv": cells.HeadingsTwice,
    "empty.csv": cells.FileEmpty,
    "far-cell.xlsx": cells.WorkbookTooBig,
    "heading-only.csv": cells.FileEmpty,
    "no-heading.csv": cells.NoHeadings,
    "not-a-workbook.xlsx": cells.FileNotATable,
    "nul-bytes.csv": cells.FileHasNulBytes,
    "open-quote.csv": cells.QuoteNotClosed,
    "picture.csv": cells.FileNotATable,
    "zip-bomb-lying.xlsx": cells.WorkbookTooBig,
    "zip-bomb.xlsx": cells.WorkbookTooBig,
}
ROWS = [["Ref", "Date received", "First name", "Notes"], ["A/1", "13/01/2016", "Žofie", 'said "no", twice'], ["A/2", "14/01/2016", "Nguyễn", "a;b|c"]]


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_each_damaged_file_is_refused_in_its_own_words(name: str) -> None:
    with pytest.raises(REFUSED[name]) as caught:
        read_register([DAMAGED / name])
    assert caught.value.remedy
    assert "Example" not in str(caught.value)
    assert "Ana" not in str(caught.value)


def test_no_two_kinds_of_damage_say_the_same() -> None:
    said: dict[str, set[type]] = {}
    for name, kind in REFUSED.items():
        with pytest.raises(FileRefused) as caught:
            read_register([DAMAGED / name])
        said.setdefault(caught.value.reason, set()).add(kind)
    assert all(len(kinds) == 1 for kinds in said.values())


def test_a_missing_file_a_folder_without_tables_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    for path, kind in ((tmp_path / "gone.csv", cells.FileMissing), (huge, cells.FileTooLarge)):
        with pytest.raises(kind):
            read_file(path)
    huge.unlink()
    with pytest.raises(cells.FileEmpty):
        read_register([tmp_path])
    assert LARGEST_FILE == 100 * 1024 * 1024


def test_a_damaged_file_among_good_ones_leaves_the_vault_as_it_was(office: Vault, write_csv: Callable[..., Path]) -> None:
    good = write_csv("good.csv", ROWS)
    with pytest.raises(FileRefused):
        bring_in(office, good, DAMAGED / "nul-bytes.csv")
    assert bring_in(office, good)["created"]["referrals"] == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_delimiter_and_unicode_encoding_give_the_same_rows(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(ROWS)
    assert [list(row) for row in read_csv(text.getvalue().encode(encoding), file="x.csv").rows] == ROWS


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", ["Müller", "Lefèvre", "Fernández", "Gonçalves", "Peña", "Ångström"]),
        ("cp1250", ["Żołnierczyk", "Procházková", "Kovács", "Ćmiel", "Dvořák", "Wiśniewska", "Székely", "Jabłońska"]),
        ("cp1251", ["Хоменко", "Едита", "Шевченко", "Иванова", "Петров", "Коваленко"]),
    ],
)
def test_the_code_pages_of_old_office_programs_are_told_apart(encoding: str, names: list[str]) -> None:
    lines = ["Ref,Name,Received"] + [f"A/{number},{name},13/01/2016" for number, name in enumerate(names * 8)]
    rows = read_csv("\n".join(lines).encode(encoding), file="x.csv").rows
    assert [row[1] for row in rows[1 : len(names) + 1]] == names


def test_excels_own_line_about_the_separator_is_no_row() -> None:
    sheet = sheet_of(read_csv(b"sep=;\r\nRef;Name\r\nA/1;Ana\r\n", file="x.csv"), "x")
    assert sheet.headings == ("Ref", "Name")
    assert sheet.rows[0].number == 2


def test_titles_above_the_headings_are_passed_over_and_rows_keep_their_numbers() -> None:
    grid = Grid(
        "x.csv",
        "x",
        [["Register of referrals"], [], ["Confidential", ""], ["Ref", "Received", "Name"], ["A/1", "13/01/2016", "Ana"], [], ["A/2", "14/01/2016", "Eva"]],
    )
    sheet = sheet_of(grid, "x")
    assert sheet.headings == ("Ref", "Received", "Name")
    assert [row.number for row in sheet.rows] == [5, 7]


def test_a_workbook_gives_typed_values_and_the_value_of_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "typed.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("People")
    day, clock = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "hh:mm"})
    sheet.write_row(0, 0, ["Ref", "Received", "Time", "Age", "Name"])
    sheet.write_row(1, 0, ["A/1"])
    sheet.write_datetime(1, 1, date(2016, 1, 3), day)
    sheet.write_datetime(1, 2, time(12, 45), clock)
    sheet.write_number(1, 3, 34)
    sheet.write_formula(1, 4, '="An"&"a"', None, "Ana")
    book.add_worksheet("Empty")
    book.close()
    (found,) = read_file(path)
    assert found.name == "People"
    assert list(found.rows[0].cells) == ["A/1", date(2016, 1, 3), time(12, 45), 34.0, "Ana"]


def test_a_formula_saved_without_its_value_is_listed_and_costs_no_row(office: Vault) -> None:
    result = bring_in(office, DAMAGED / "formula-no-value.xlsx")
    assert result["created"]["referrals"] == 5
    assert {one["reason"] for one in result["rejected"]} == {"a formula saved without its value"}


def test_cells_that_look_like_formulas_or_are_very_long_are_text(office: Vault) -> None:
    for name in ("formula.csv", "long-cell.csv", "formula.xlsx"):
        (sheet,) = read_register([DAMAGED / name])
        assert all(isinstance(cell, str) for row in sheet.rows for cell in row.cells)
    assert bring_in(office, DAMAGED / "long-cell.csv")["rejected"] == []


def test_a_value_written_once_for_several_rows_counts_for_each(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Ref", "Date"])
    sheet.merge_range(1, 0, 3, 0, "A/1")
    sheet.write_column(1, 1, ["13/01/2016", "14/01/2016", "15/01/2016"])
    book.close()
    assert [row.cells[0] for row in read_file(path)[0].rows] == ["A/1"] * 3


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=("Cs", "Cc")), max_size=12), min_size=3, max_size=3),
        min_size=8,
        max_size=20,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_quoting_never_moves_a_cell(rows: list[list[str]], delimiter: str) -> None:
    rows = [["one", "two", "three"]] + [[f"{place}{cell}" for place, cell in enumerate(row)] for row in rows]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    if delimiter_of(text.getvalue()) == delimiter:
        assert [list(row) for row in read_csv(text.getvalue().encode(), file="x.csv").rows] == rows
