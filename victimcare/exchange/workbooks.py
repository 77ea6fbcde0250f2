"""Workbooks: their cells as typed values. Nothing in them is run: a formula gives the value it was saved with."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from victimcare.exchange.cells import BareFormula, Cell, Check, FileNotATable, Grid, WorkbookDamaged, WorkbookLocked, WorkbookTooBig, go_on

MOST_UNPACKED = 400 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_CELLS = 20_000_000
MOST_RATIO = 200
"""A sheet of plain rows packs 10 to 50 times; over 200 and 20 MB there is nothing but repetition."""
_RATIO_FROM = 20 * 1024 * 1024
_CHUNK = 1024 * 1024
_CELL = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_BARE_FORMULA = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<f[^>/]*>([^<]{1,2000})</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>')


def is_workbook(data: bytes) -> bool:
    return data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(data: bytes, *, file: str, check: Check = go_on) -> list[Grid]:
    """Every sheet with cells. Raises WorkbookTooBig, WorkbookDamaged, WorkbookLocked, FileNotATable, and what `check` raises."""
    bare = _checked(data, check) if data[:2] == b"PK" else {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = []
        for place, meta in enumerate(book.sheets_metadata):
            check()
            if meta.typ == SheetTypeEnum.WorkSheet:
                grids.append(Grid(file, meta.name, _rows(book.get_sheet_by_name(meta.name), bare.get(place, {}), check)))
    except PasswordError:
        raise WorkbookLocked("The workbook is protected by a password.", "Save a copy without a password and choose that.") from None
    except (CalamineError, ValueError, OSError):
        raise WorkbookDamaged("The workbook cannot be opened: it is damaged or not finished.", "Open it where it was made and save it again.") from None
    return [grid for grid in grids if grid.rows]


def _checked(data: bytes, check: Check) -> dict[int, dict[tuple[int, int], BareFormula]]:
    """Weigh the zip before anything is unpacked for good; return formulas saved without a value, by sheet and (row, column).

    The directory of a zip may lie, so each part is unpacked piece by piece and counted before the reader may have it.
    """
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise WorkbookDamaged("The workbook cannot be opened: it is damaged or not finished.", "Open it where it was made and save it again.") from None
    entries = book.infolist()
    names = {entry.filename for entry in entries}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise FileNotATable("The file is a zip archive, not a workbook.", "Choose a CSV or XLSX file.")
    said = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or said > MOST_UNPACKED or (said > _RATIO_FROM and said > MOST_RATIO * max(packed, 1)):
        raise _too_big(said)
    if any(entry.flag_bits & 1 for entry in entries):
        raise WorkbookLocked("The workbook is protected by a password.", "Save a copy without a password and choose that.")
    return _weighed(book, data, check)


def _weighed(book: zipfile.ZipFile, data: bytes, check: Check) -> dict[int, dict[tuple[int, int], BareFormula]]:
    bare: dict[int, dict[tuple[int, int], BareFormula]] = {}
    unpacked = 0
    for entry in book.infolist():
        body = _unpacked(entry, data, MOST_UNPACKED - unpacked, check)
        unpacked += len(body)
        place = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", entry.filename)
        if place:
            _refuse_far_cells(body, check)
            check()
            bare[int(place.group(1)) - 1] = _bare_formulas(body)
    return bare


def _unpacked(entry: zipfile.ZipInfo, data: bytes, most: int, check: Check) -> bytes:
    """One part, at most `most` bytes of it, whatever its directory says."""
    start = entry.header_offset
    body = start + 30 + int.from_bytes(data[start + 26 : start + 28], "little") + int.from_bytes(data[start + 28 : start + 30], "little")
    raw = data[body : body + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return raw
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise WorkbookDamaged("The workbook is packed in a way no office program uses.", "Open it where it was made and save it again.")
    stream, pieces, size = zlib.decompressobj(-15), [], 0
    try:
        while raw and not stream.eof:
            check()
            piece = stream.decompress(raw, _CHUNK)
            size += len(piece)
            if size > most:
                raise _too_big(size)
            if size > entry.file_size:
                raise WorkbookTooBig(
                    "A part of the workbook unpacks to more than the workbook says, so it was not opened.", "Open it where it was made and save it again."
                )
            pieces.append(piece)
            raw = stream.unconsumed_tail
    except zlib.error:
        raise WorkbookDamaged("A part of the workbook cannot be unpacked: it is damaged.", "Open it where it was made and save it again.") from None
    return b"".join(pieces)


def _too_big(size: int) -> WorkbookTooBig:
    return WorkbookTooBig(
        f"Unpacked, the workbook would take {size // (1024 * 1024)} MB or more: no register is that large, so it was not opened.",
        "Save the sheets you need as CSV, or as a new workbook.",
    )


def _refuse_far_cells(body: bytes, check: Check) -> None:
    """A cell far out makes a reader lay out every cell between: refuse before it does."""
    last_row, columns = 0, {b"A"}
    for at, found in enumerate(_CELL.finditer(body)):
        if at % 100_000 == 0:
            check()
        letters, row = found.groups()
        columns.add(letters)
        last_row = max(last_row, int(row))
    widest = max(_column(letters.decode()) for letters in columns)
    if last_row * widest > MOST_CELLS:
        raise WorkbookTooBig(
            f"A sheet reaches to row {last_row} and column {widest}: nearly all of it is empty, so it was not opened.",
            "Delete the cells far to the right or below, and save it again.",
        )


def _bare_formulas(body: bytes) -> dict[tuple[int, int], BareFormula]:
    if b"<f" not in body:
        return {}
    return {
        (int(row) - 1, _column(letters.decode()) - 1): BareFormula("=" + formula.decode("utf-8", "replace"))
        for letters, row, formula in _BARE_FORMULA.findall(body)
    }


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _rows(sheet: CalamineSheet, bare: dict[tuple[int, int], BareFormula], check: Check) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for at, row in enumerate(sheet.to_python(skip_empty_area=False)):
        if at % 2_000 == 0:
            check()
        rows.append([_cell(value) for value in row])
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if right == left and bottom < len(rows) and bottom - top < 1_000:  # one value written once for several rows
            for below in range(top + 1, bottom + 1):
                if rows[below][left] == "":
                    rows[below][left] = rows[top][left]
    for (at, column), formula in bare.items():
        if at < len(rows) and column < len(rows[at]) and rows[at][column] == "":
            rows[at][column] = formula
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    return rows


def _cell(value: object) -> Cell:
    if isinstance(value, timedelta):
        return (datetime(1900, 1, 1) + value).time()  # noqa: DTZ001 (a duration has no zone)
    if isinstance(value, datetime):
        return value if value.time() != time() else value.date()
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    assert isinstance(value, (bool, int, float, date, time))
    return value
