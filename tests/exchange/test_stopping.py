"""Reading a register, finding out its columns and matching its rows can be stopped at any of many places on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from victimcare.exchange.known import Known
from victimcare.exchange.matching import make_plan
from victimcare.exchange.proposal import propose, read_register
from victimcare.exchange.sheets import Sheet

ROWS = 12_000


class Stopped(Exception):
    pass


class Check:
    """Counts how often it is asked; stops at the `at`-th time."""

    def __init__(self, at: int = 0) -> None:
        self.at, self.count = at, 0

    def __call__(self) -> None:
        self.count += 1
        if self.count == self.at:
            raise Stopped


def rows() -> list[list[str]]:
    return [["Ref", "Date received", "Nationality"], *([f"S/{at}", f"{at % 28 + 1:02}/03/2016", "Poland"] for at in range(ROWS))]


@pytest.fixture
def paths(tmp_path: Path, write_csv: Callable[..., Path]) -> list[Path]:
    book = xlsxwriter.Workbook(str(tmp_path / "register.xlsx"))
    sheet = book.add_worksheet("Referrals")
    for at, row in enumerate(rows()):
        sheet.write_row(at, 0, row)
    book.close()
    return [write_csv("register.csv", rows()), tmp_path / "register.xlsx"]


@pytest.mark.parametrize("file", [0, 1], ids=["csv", "workbook"])
def test_reading_stops_where_it_is_asked_to(paths: list[Path], file: int) -> None:
    whole = Check()
    read_register([paths[file]], whole)
    assert whole.count > ROWS / 2_000 * 2  # while the rows are read, and again while they are cut into columns
    for at in (1, whole.count // 2, whole.count):
        with pytest.raises(Stopped):
            read_register([paths[file]], Check(at))


def test_finding_out_the_columns_and_matching_the_rows_stop_too(paths: list[Path]) -> None:
    sheets: list[Sheet] = read_register(paths[:1])
    mappings = propose(sheets)

    for deed in (lambda check: propose(sheets, check), lambda check: make_plan(sheets, mappings, Known(), today=date(2026, 11, 24), check=check)):
        whole = Check()
        deed(whole)
        assert whole.count > 10
        with pytest.raises(Stopped):
            deed(Check(whole.count // 2))
