"""Registers as offices keep them: titles and two rows of headings, merged cells, totals, cover pages, lists; the file may be deleted afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter
from sqlalchemy import select

from tests.exchange.conftest import bring_in
from tests.exchange.voices import Voices, lost
from victimcare.casework.cases import Case
from victimcare.exchange.leftovers import LEFT, OPEN, SHEET, Leftover, leftovers
from victimcare.exchange.mending import needed_for
from victimcare.exchange.unknown_sheets import ABOVE, MOST_KEPT, NOT_UNDERSTOOD, TOO_LARGE
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault

Write = Callable[..., Path]
PEOPLE = [
    ["Ref", "Date received", "Nationality", "Phone", "Notes"],
    *([f"O/{day}", f"{day}/03/2016", "Poland", f"07700 9000{day}", f"note {day}"] for day in range(13, 19)),
]


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]], merged: Sequence[tuple[str, str]] = ()) -> Path:
    """A workbook of these sheets; `merged`: ranges of the sheet "Referrals" with what they say."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(at, place, cell)
        if name == "Referrals":
            for where, said in merged:
                sheet.merge_range(where, said)
    book.close()
    return path


def unkept(vault: Vault, texts: Sequence[object]) -> list[object]:
    """Which of these no text of the vault holds."""
    voices = Voices(vault)
    with vault.reading(Reading.office("test")) as session:
        left = [" ".join(row.cells.values()) for status in (OPEN, LEFT) for row in leftovers(session, status=status)]
    whole = "\n".join([*left, *voices.whole.values()]).casefold()
    return [text for text in texts if str(text).casefold() not in whole]


def test_titles_two_rows_of_headings_and_a_row_of_totals(office: Vault, tmp_path: Path) -> None:
    rows = [["Victims 2016, extracted 3 May"], [], ["Who", "", "", "How to reach", ""], *PEOPLE, ["", "", "", "", ""], ["Total", "", "6 people", "", ""]]
    path = workbook(tmp_path / "register.xlsx", {"Referrals": rows})

    result = bring_in(office, path)

    assert result["created"]["cases"] == 6
    assert lost(office, path) == []
    assert unkept(office, ["Victims 2016, extracted 3 May", "How to reach", "6 people"]) == []
    with office.reading(Reading.office("test")) as session:
        [above] = leftovers(session, status=LEFT)
        assert (above.sheet, above.reason) == (SHEET, ABOVE)
        assert [row.cells["Ref"] for row in leftovers(session)] == ["Total"]
    again = bring_in(office, path)
    assert again["created"] == {}
    with office.reading() as session:
        assert len(list(session.scalars(select(Leftover)))) == 2


def test_sheets_that_are_no_register_are_kept_once_and_shown_by_row(office: Vault, tmp_path: Path) -> None:
    cover = [["Read me first"], ["Ring Sister Maria before calling O/14"], ["colours", "red is urgent"]]
    lists = [["Outcome", "Colour"], *([f"outcome {at}", f"colour {at}"] for at in range(250))]
    bare = [[at, at * 2, at * 3] for at in range(1, 6)]
    path = workbook(tmp_path / "register.xlsx", {"Cover": cover, "Referrals": PEOPLE, "Lists": lists, "Sums": bare})

    result = bring_in(office, path)

    assert result["created"]["cases"] == 6
    assert (
        unkept(office, ["Ring Sister Maria before calling O/14", "red is urgent", *(f"outcome {at} | colour {at}" for at in range(250)), "5 | 10 | 15"]) == []
    )
    assert {one["reason"] for one in result["rejected"]} == {NOT_UNDERSTOOD}
    with office.reading(Reading.office("test")) as session:
        waiting = leftovers(session)
        assert {(row.sheet, row.column) for row in waiting} == {(SHEET, "Cover"), (SHEET, "Lists"), (SHEET, "Sums")}
        assert all(needed_for(row).by_hand and len(row.cells) <= 200 for row in waiting)
        kept = len(waiting)
    bring_in(office, path)
    with office.reading(Reading.office("test")) as session:
        assert len(leftovers(session)) == kept


def test_a_sheet_too_large_to_keep_says_that_the_file_must_be_kept(office: Vault, tmp_path: Path) -> None:
    diary = [["Said", "Words"], *([f"line {at}", "blah " * 60] for at in range(MOST_KEPT // 300))]
    path = workbook(tmp_path / "register.xlsx", {"Referrals": PEOPLE, "Diary": diary})

    result = bring_in(office, path)

    assert [one["reason"] for one in result["rejected"]] == [TOO_LARGE]
    assert "keep the file" in TOO_LARGE
    assert result["created"]["cases"] == 6


def test_merged_cells_dates_in_text_and_cells_that_say_not_known(office: Vault, tmp_path: Path) -> None:
    rows = [
        ["Ref", "Date received", "Unit", "Nationality", "DOB", "Notes", "", ""],
        ["M/1", "13th March 2016", "MSKU", "Poland", "3 Feb 1990", "n/a", "", ""],
        ["M/2", "Mon 14 March 2016", "", "n/a", "n/a", "-", "", ""],
        ["M/3", "15.3.16", "", "N/K", "1990", "See\nbelow", "", "stray"],
    ]
    path = workbook(tmp_path / "register.xlsx", {"Referrals": rows}, merged=[("C2:C4", "MSKU")])

    result = bring_in(office, path)

    assert result["created"]["cases"] == 3
    assert lost(office, path) == []
    with office.reading() as session:
        assert sorted(session.execute(select(Case.received_on, Case.unit)).all()) == sorted(
            session.execute(select(Case.received_on, Case.unit).where(Case.unit == "MSKU")).all()
        )


def test_a_cell_merged_across_columns_and_a_heading_merged_over_two(office: Vault, tmp_path: Path) -> None:
    rows: list[list[object]] = [["Ref", "Date received", "Nationality", "Remarks", ""]]
    rows += [[f"W/{day}", f"{day}/03/2016", "Poland", "", ""] for day in range(13, 17)]
    rows += [["W/17", "17/03/2016", "Poland", "left", "right"]]
    path = workbook(tmp_path / "register.xlsx", {"Referrals": rows}, merged=[("D1:E1", "Remarks"), ("D2:E2", "across two columns")])

    bring_in(office, path)

    assert lost(office, path) == []
    assert unkept(office, ["across two columns", "left", "right"]) == []


def test_a_table_in_the_middle_of_a_page_with_a_second_one_below(office: Vault, write_csv: Write) -> None:
    rows = [["", "", *row] for row in PEOPLE] + [[], ["", "", "Closed without contact"], ["", "", "O/99", "19/03/2016", "Poland", "", "nobody home"]]
    path = write_csv("register.csv", rows)

    result = bring_in(office, path)

    assert result["created"]["cases"] == 7
    assert lost(office, path) == []
    assert unkept(office, ["Closed without contact"]) == []


def test_headings_below_a_line_of_notes_in_a_csv(office: Vault, write_csv: Write) -> None:
    path = write_csv("register.csv", [["OFFICIAL-SENSITIVE, kept by desk four"], [], *PEOPLE])

    bring_in(office, path)

    assert lost(office, path) == []
    assert unkept(office, ["kept by desk four"]) == []
