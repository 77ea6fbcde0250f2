"""A table as CSV: RFC 4180, UTF-8 with a byte order mark (spreadsheets then read every script), formula-like text kept as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from victimcare.paper.plain_text import as_plain_text

Cell = str | int | float | date | None


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One header row, then `rows`. Dates are written 2026-11-24, nothing where there is None."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([as_plain_text(heading) for heading in headers])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _written(cell: Cell) -> str | int | float | None:
    if isinstance(cell, str):
        return as_plain_text(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
