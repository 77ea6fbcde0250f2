"""What a file holds before anyone knows what it means: cells, grids, and why a file was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from victimcare.refused import Refused

Cell = str | int | float | bool | date | datetime | time
"""One cell. CSV gives text only; a workbook gives its typed values. An empty cell is ``""``."""


Check = Callable[[], None]
"""Called now and then by whatever takes long: raises where a person asked to stop."""


def go_on() -> None:
    """A `Check` that stops nothing."""


def checked(cells: Iterable[Cell], check: Check) -> Iterator[Cell]:
    """The same cells, with `check` called every few thousand of them."""
    for at, cell in enumerate(cells):
        if at % 5_000 == 0:
            check()
        yield cell


class BareFormula(str):
    """A formula that was saved without its value: shown as it stands, never worked out, never taken for a value."""


class FileRefused(Refused):
    """A file cannot be read as a register; nothing of it was taken."""


class FileMissing(FileRefused):
    """There is no such file or folder, or it may not be read."""


class FileEmpty(FileRefused):
    """There are no rows."""


class FileTooLarge(FileRefused):
    """The file is over the size a register can sensibly have."""


class FileHasNulBytes(FileRefused):
    """The text holds zero bytes: it was damaged, or it is no text."""


class FileNotATable(FileRefused):
    """The file is neither text in columns nor a workbook."""


class TextNotReadable(FileRefused):
    """The encoding of the text cannot be told."""


class WorkbookDamaged(FileRefused):
    """The workbook cannot be opened."""


class WorkbookLocked(FileRefused):
    """The workbook is protected by a password."""


class WorkbookTooBig(FileRefused):
    """Unpacked, the workbook would be far larger than any register (a zip bomb is refused so)."""


class QuoteNotClosed(FileRefused):
    """A quotation mark opens and never closes: rows after it cannot be told apart."""


class NoHeadings(FileRefused):
    """No row of headings was found above the data."""


class HeadingsTwice(FileRefused):
    """Two columns have the same heading."""


@dataclass(frozen=True, slots=True, repr=False)
class Grid:
    """Rows of cells as the file has them. `rows[i]` is row `i + 1` of the file, blank rows included."""

    file: str
    name: str
    rows: Sequence[Sequence[Cell]]


def text_of(cell: Cell) -> str:
    """A cell as an officer would have typed it; whole numbers without a decimal point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d" if cell.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return str(cell)


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
