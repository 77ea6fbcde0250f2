from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import openpyxl.utils.escape
import pytest

from victimcare.paper.xlsx import Sheet, SheetTooLarge, xlsx_bytes

AT = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)


def opened(*sheets: Sheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(sheets, title="Statement", made_at=AT)))


def test_text_stays_text_and_numbers_and_dates_are_real():
    rows = [["=1+1", 1013, date(2016, 5, 1)], ["https://example.org", 75.5, None], ["0042", -3, "+44 7700 900123"], ["Łódź ትግርኛ", 0, "@x"]]
    page = opened(Sheet("Referrals", ["Note", "Count", "On"], rows)).active
    assert [cell.data_type for cell in page["A"]] == ["s"] * 5
    assert [cell.value for cell in page["A"]] == ["Note", "=1+1", "https://example.org", "0042", "Łódź ትግርኛ"]
    assert page["A3"].hyperlink is None
    assert (page["B2"].value, page["B3"].value, page["B2"].data_type) == (1013, 75.5, "n")
    assert page["C2"].value == datetime(2016, 5, 1)
    assert page["C2"].is_date
    assert page["C3"].value is None
    assert page["C4"].value == "+44 7700 900123"


def test_the_header_stays_in_sight_below_the_lines_above_it():
    page = opened(Sheet("A", ["Year"], [["2016"]], above=["Definition", "Unit: people"])).active
    assert page.freeze_panes == "A4"
    assert [cell.value for cell in page["A"]] == ["Definition", "Unit: people", "Year", "2016"]
    assert page["A3"].font.bold
    assert not page["A4"].font.bold


def test_names_a_workbook_cannot_have_are_mended_and_stay_apart():
    names = ["Referrals: by year / source?", "x" * 40, "X" * 40, "", "History", "'quoted'"]
    made = opened(*[Sheet(name, ["a"], []) for name in names]).sheetnames
    assert made[0] == "Referrals  by year   source"
    assert len({name.casefold() for name in made}) == len(names)
    assert all(0 < len(name) <= 31 and name.casefold() != "history" and not name.startswith("'") for name in made)


def test_the_same_data_make_the_same_bytes_with_no_author():
    sheet = Sheet("A", ["a"], [["b"]])
    assert xlsx_bytes([sheet], title="T", made_at=AT) == xlsx_bytes([sheet], title="T", made_at=AT)
    properties = opened(sheet).properties
    assert properties.created == AT.replace(tzinfo=None)
    assert not properties.creator
    assert properties.title == "Statement"


def test_a_text_too_long_for_a_cell_is_refused_not_cut():
    assert opened(Sheet("A", ["a"], [["x" * 32_767]])).active["A2"].value == "x" * 32_767
    with pytest.raises(SheetTooLarge) as refused:
        xlsx_bytes([Sheet("A", ["a"], [["x" * 32_768]])], title="T", made_at=AT)
    assert "CSV" in refused.value.remedy


def test_more_rows_than_a_sheet_has_are_refused():
    with pytest.raises(SheetTooLarge):
        xlsx_bytes([Sheet("A", ["a"], [[]] * 1_048_576)], title="T", made_at=AT)


def test_nul_and_control_characters_do_not_break_the_file():
    page = opened(Sheet("A", ["a"], [["before\x00after\x0b"], ["two\nlines"]])).active
    assert openpyxl.utils.escape.unescape(page["A2"].value) == "before\x00after\x0b"
    assert page["A3"].value == "two\nlines"
