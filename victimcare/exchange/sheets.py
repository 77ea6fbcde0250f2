"""Files in, sheets out: headings and rows of cells, with the row numbers the office sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from victimcare.exchange.cells import (
    Cell,
    Check,
    FileEmpty,
    FileMissing,
    FileNotATable,
    FileTooLarge,
    Grid,
    HeadingsTwice,
    NoHeadings,
    go_on,
    is_blank,
    text_of,
)
from victimcare.exchange.csv_files import read_csv
from victimcare.exchange.dates import looks_like_moment
from victimcare.exchange.workbooks import is_workbook, read_workbook

LARGEST_FILE = 100 * 1024 * 1024
TABLE_SUFFIXES = {".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One row of data. `number`: as the office sees it in its file, first row 1. `cells`: one for each heading."""

    number: int
    cells: tuple[Cell, ...]
    surplus: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """A table of one file. `name`: of the sheet in its workbook, or of the file without its ending.

    `stated_kind`: the kind its own rows say they are, "" where none does. `above`: the lines above the headings, as they stand.
    A sheet that is no table has no headings; its rows hold all their cells as surplus.
    """

    file: str
    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    stated_kind: str = ""
    above: tuple[Row, ...] = ()

    def column(self, place: int) -> Iterator[Cell]:
        return (row.cells[place] for row in self.rows)


def read_paths(paths: Sequence[Path], check: Check = go_on) -> list[Sheet]:
    """Every sheet of every file; a folder stands for the tables in it, read by name. `check` is called often while reading.

    Raises FileMissing, FileEmpty, FileTooLarge and the refusals of the file kinds, each naming the file by its place in
    the list: a file's name may hold a person's.
    """
    return [sheet for path in _files(paths) for sheet in read_file(path, check)]


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(entry for entry in path.iterdir() if entry.suffix.lower() in TABLE_SUFFIXES and entry.is_file() and entry.name[0] not in ".~")
            if not inside:
                raise FileEmpty("The folder holds no CSV or XLSX file.", "Choose the files themselves, or the folder they are in.")
            found += inside
        else:
            found.append(path)
    return found


def read_file(path: Path, check: Check = go_on) -> list[Sheet]:
    """The sheets of one file. Raises a FileRefused, and what `check` raises."""
    check()
    data = _bytes_of(path)
    if is_workbook(data):
        grids = read_workbook(data, file=path.name, check=check)
        if not grids:
            raise FileEmpty("The workbook has no cells.", "Choose the workbook that holds the register.")
    else:
        if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format", b"{\\rtf", b"\x1f\x8b")):
            raise FileNotATable("The file is neither text in columns nor a workbook.", "Choose a CSV or XLSX file.")
        grids = [read_csv(data, file=path.name, check=check)]
    if len(grids) == 1:
        return [sheet_of(grids[0], grids[0].name or path.stem, check)]
    sheets = [_sheet_or_not(grid, check) for grid in grids]
    if not any(sheet.headings for sheet in sheets):
        raise NoHeadings("No sheet of the workbook has a row of headings.", "Put a row with the names of the columns above the data.")
    return [sheet for sheet in sheets if sheet.rows]


def _sheet_or_not(grid: Grid, check: Check) -> Sheet:
    """One of several sheets. A cover page, remarks, or rows without headings are no table: kept as they stand."""
    try:
        if _has_table(grid):
            return sheet_of(grid, grid.name, check)
    except (NoHeadings, FileEmpty):
        pass
    return Sheet(grid.file, grid.name, (), _as_it_stands(grid.rows))


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise FileTooLarge(
                f"The file has {size // (1024 * 1024)} MB; up to {LARGEST_FILE // (1024 * 1024)} MB can be read.",
                "Split it by year and import the parts: nothing comes in twice.",
            )
        return path.read_bytes()
    except OSError as error:
        raise FileMissing(f"The file cannot be read ({error.strerror or 'no answer'}).", "Check where it is, and that you may read it.") from None


def _has_table(grid: Grid) -> bool:
    """In a workbook, a sheet of remarks or a cover page is no table."""
    return sum(1 for row in grid.rows if sum(not is_blank(cell) for cell in row) > 1) >= 2


def sheet_of(grid: Grid, name: str, check: Check = go_on) -> Sheet:
    """Headings and rows. Rows above the headings that are clearly a title are passed over.

    Raises NoHeadings, HeadingsTwice, FileEmpty (headings and nothing below).
    """
    at = heading_row(grid.rows)
    width = max((_last_filled(row) for row in grid.rows[at:]), default=0)
    wanted = _last_filled(grid.rows[at])
    body = grid.rows[at + 1 :]
    extra = [place for place in range(wanted, width) if sum(len(row) > place and not is_blank(row[place]) for row in body) > max(2, len(body) * 0.2)]
    columns = list(range(wanted)) + extra
    headings = _headings(grid.rows[at], columns)
    rows = []
    for place, row in enumerate(body):
        if place % 2_000 == 0:
            check()
        if any(not is_blank(cell) for cell in row):
            cells = tuple(row[column] if column < len(row) else "" for column in columns)
            rows.append(Row(at + 2 + place, cells, tuple(cell for cell in row[wanted:] if not is_blank(cell)) if not extra else ()))
    if not rows:
        raise FileEmpty("There are headings and no rows below them.", "Choose the file that holds the register.")
    return Sheet(grid.file, name, headings, tuple(rows), above=_as_it_stands(grid.rows[:at]))


def _as_it_stands(rows: Sequence[Sequence[Cell]]) -> tuple[Row, ...]:
    return tuple(Row(number, (), tuple(row)) for number, row in enumerate(rows, start=1) if any(not is_blank(cell) for cell in row))


def _headings(row: Sequence[Cell], columns: list[int]) -> tuple[str, ...]:
    names = [" ".join(text_of(row[column]).split()) if column < len(row) else "" for column in columns]
    named = [name or f"Column {letters(column)}" for name, column in zip(names, columns, strict=True)]
    seen = Counter(name.casefold() for name in named)
    for name in named:
        if seen[name.casefold()] > 1:
            places = [letters(columns[place]) for place, other in enumerate(named) if other.casefold() == name.casefold()]
            raise HeadingsTwice(
                f"Columns {' and '.join(places)} have the same heading, so they cannot be told apart.",
                "Give each column its own heading and import again.",
            )
    return tuple(named)


def first_values(sheet: Sheet, place: int, most: int = 3) -> tuple[str, ...]:
    """A few different values of a column, as typed."""
    return tuple(dict.fromkeys(text_of(row.cells[place]).strip() for row in sheet.rows[:400] if not is_blank(row.cells[place])))[:most]


def letters(place: int) -> str:
    """A column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def heading_row(rows: Sequence[Sequence[Cell]]) -> int:
    """The place of the row of headings. Raises NoHeadings, FileEmpty."""
    filled = [(place, row) for place, row in enumerate(rows) if any(not is_blank(cell) for cell in row)]
    if not filled:
        raise FileEmpty("The file has no rows.", "Choose the file that holds the register.")
    usual = sorted(sum(not is_blank(cell) for cell in row) for _, row in filled[:200])[len(filled[:200]) // 2]
    for place, row in filled[:_HEADER_WITHIN]:
        cells = [cell for cell in row if not is_blank(cell)]
        if len(cells) < max(2 if usual > 1 else 1, usual * 0.5):
            continue  # a title, a note or a blank line above the table
        if all(_may_be_heading(cell) for cell in cells) and not _repeats_below(row, rows[place + 1 : place + 400]):
            return place
        break
    raise NoHeadings(
        "The first rows look like data: no row of headings was found above them.",
        "Put a row with the names of the columns above the data and import again.",
    )


def _may_be_heading(cell: Cell) -> bool:
    if not isinstance(cell, str) or isinstance(cell, (date, time)):
        return False
    text = cell.strip()
    digits = sum(character.isdigit() for character in text)
    return len(text) <= 120 and digits <= max(2, len(text) * 0.3) and not looks_like_moment(text) and "@" not in text


def _repeats_below(row: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> bool:
    """Whether the cells stand again further down in their own columns, as values do and headings do not."""
    named = [(place, text_of(cell).strip().casefold()) for place, cell in enumerate(row) if not is_blank(cell)]
    again = sum(any(len(other) > place and text_of(other[place]).strip().casefold() == text for other in below) for place, text in named)
    return len(below) > 3 and again >= max(2, len(named) * 0.3)


def _last_filled(row: Sequence[Cell]) -> int:
    return max((place + 1 for place, cell in enumerate(row) if not is_blank(cell)), default=0)
