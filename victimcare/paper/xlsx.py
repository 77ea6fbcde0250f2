"""Tables as an Excel workbook: text stays text, numbers are numbers, a real header row that stays in sight. Made in memory."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from victimcare.paper.csv_text import Cell
from victimcare.refused import Refused

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LONGEST_TEXT = 32_767  # letters in a cell; the format's own limit
_MOST_ROWS = 1_048_575  # below the header
_LONGEST_NAME = 31
_WIDEST = 60
_AS_TYPED = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}


class SheetTooLarge(Refused):
    """A table or a text is larger than a workbook can hold; nothing is cut silently."""

    def __init__(self, what: str) -> None:
        super().__init__(f"An Excel file cannot hold {what}.", "Save it as CSV instead.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `name` is shortened and cleaned to what a workbook allows; `above`: lines over the table, such as its definition."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    above: Sequence[str] = ()


def xlsx_bytes(sheets: Sequence[Sheet], *, title: str, made_at: datetime) -> bytes:
    """A workbook of at least one sheet. `made_at` is its only date: the same data give the same bytes. Raises SheetTooLarge."""
    file = io.BytesIO()
    import xlsxwriter  # 6 MB, which a window that writes no workbook need not hold

    with xlsxwriter.Workbook(file, _AS_TYPED) as book:
        book.set_properties({"title": title, "created": made_at.astimezone(UTC).replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmm yyyy"})
        taken: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_free_name(sheet.name, taken))
            _fill(page, sheet, bold, day)
    return file.getvalue()


def _fill(page: Worksheet, sheet: Sheet, bold: object, day: object) -> None:
    if len(sheet.rows) + len(sheet.above) > _MOST_ROWS:
        raise SheetTooLarge("so many rows")
    for line, words in enumerate(sheet.above):
        _put(page, line, 0, words, day)
    top = len(sheet.above)
    for column, heading in enumerate(sheet.headers):
        page.write_string(top, column, _fitting(heading), bold)
        longest = max((len(str(row[column])) for row in sheet.rows if column < len(row)), default=0)
        page.set_column(column, column, min(_WIDEST, max(len(heading), longest) + 2))
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    for line, row in enumerate(sheet.rows, start=top + 1):
        for column, cell in enumerate(row):
            _put(page, line, column, cell, day)


def _put(page: Worksheet, line: int, column: int, cell: Cell, day: object) -> None:
    if isinstance(cell, str):
        page.write_string(line, column, _fitting(cell))
    elif isinstance(cell, date):
        page.write_datetime(line, column, cell, day)
    elif cell is not None:
        page.write_number(line, column, cell)


def _fitting(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise SheetTooLarge(f"a text of more than {_LONGEST_TEXT} letters in one cell")
    return text


def _free_name(name: str, taken: set[str]) -> str:
    """A name Excel allows (no []:*?/\\, at most 31 letters, no outer apostrophe) that no other sheet has, in any case."""
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:_LONGEST_NAME].strip() or "Sheet"
    free, number = clean, 2
    while free.casefold() in taken or free.casefold() == "history":
        ending = f" {number}"
        free, number = clean[: _LONGEST_NAME - len(ending)] + ending, number + 1
    taken.add(free.casefold())
    return free
