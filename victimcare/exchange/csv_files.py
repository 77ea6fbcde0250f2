"""Text in columns: any delimiter, quoting and encoding an office's program writes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from victimcare.exchange.cells import (
    Check,
    FileEmpty,
    FileHasNulBytes,
    FileNotATable,
    Grid,
    QuoteNotClosed,
    TextNotReadable,
    go_on,
)
from victimcare.exchange.code_pages import likeliest

DELIMITERS = (",", ";", "\t", "|", "^", "~", ":")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
LONGEST_CELL = 1_000_000
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_csv(data: bytes, *, file: str, check: Check = go_on) -> Grid:
    """The rows of a text file. Raises a `FileRefused` that says what is wrong with the text, and what `check` raises."""
    if not data.strip():
        raise FileEmpty("The file is empty.", "Choose the file that holds the register.")
    text = decoded(data)
    text, declared = _without_separator_line(text)
    delimiter = declared or delimiter_of(text)
    return Grid(file, "", _records(text, delimiter, check))


def decoded(data: bytes) -> str:
    """The text of `data`: by its mark, else UTF-16 by its look, else UTF-8, else the likeliest office code page."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding).replace("\x00", "") if encoding != "utf-8-sig" else _without_nul(_strictly(data, encoding))
    if b"\x00" in data:
        return _utf16_without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _by_likeness(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TextNotReadable(
            f"The file says it is {encoding.upper()}, but from byte {error.start} on it is not.",
            "Save it again as CSV UTF-8 or as XLSX.",
        ) from None


def _without_nul(text: str) -> str:
    count = text.count("\x00")
    if count:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise FileHasNulBytes(
            f"The file holds {count} zero bytes, the first in line {line}: it was damaged or is no text.",
            "Save it again from the program it came from, as CSV UTF-8 or XLSX.",
        )
    return text


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 without a mark has a zero in nearly every other byte of Latin text; anything else with zeros is damage."""
    sample = data[:20_000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > half * 0.4 and even < half * 0.05:
        return _without_nul(_strictly(data, "utf-16-le"))
    if even > half * 0.4 and odd < half * 0.05:
        return _without_nul(_strictly(data, "utf-16-be"))
    return _without_nul(data.decode("latin-1"))


def _by_likeness(data: bytes) -> str:
    encoding = likeliest(data)
    if encoding is None:
        raise TextNotReadable("The letters of the file fit no encoding an office uses.", "Save it again as CSV UTF-8 or as XLSX.")
    return _without_nul(_strictly(data, encoding))


def _without_separator_line(text: str) -> tuple[str, str]:
    """Excel's own first line ``sep=;`` names the delimiter and is not shown as a row."""
    first, _, rest = text.partition("\n")
    line = first.strip().strip('"')
    if line.lower().startswith("sep=") and len(line) == 5:
        return rest, line[4]
    return text, ""


def delimiter_of(text: str) -> str:
    """The delimiter that cuts most rows into the same number of cells. One column alone needs none: then it is a comma.

    Raises FileNotATable if the text looks like no table at all.
    """
    head = text[:200_000]
    if len(_CONTROL.findall(head)) > len(head) * 0.02:
        raise FileNotATable("The file is neither text in columns nor a workbook.", "Choose a CSV or XLSX file.")
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        if delimiter not in head:
            continue
        widths = Counter(len(row) for row in _sample(head, delimiter) if row)
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            continue
        width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = count / sum(widths.values()) + min(width, 40) / 1_000
        if delimiter == ":":  # stands in times and notes: only when nothing else cuts
            score /= 3
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sample(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) >= 200:
                break
    except csv.Error:
        return rows
    return rows


def _records(text: str, delimiter: str, check: Check) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        while some := list(islice(reader, 2_000)):
            check()
            rows += some
    except csv.Error:
        raise _not_closed(len(rows) + 1) from None
    if rows and _swallowed(rows[-1], delimiter, rows):
        raise _not_closed(len(rows))
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise FileEmpty("The file has no rows.", "Choose the file that holds the register.")
    return rows


def _swallowed(last: list[str], delimiter: str, rows: list[list[str]]) -> bool:
    """Whether the last record ate rows after a quotation mark that never closes."""
    width = len(rows[0])
    return any(cell.count("\n") >= 2 and cell.count(delimiter) >= 2 * max(1, width - 1) for cell in last)


def _not_closed(row: int) -> QuoteNotClosed:
    return QuoteNotClosed(
        f"A quotation mark that opens in row {row} never closes, so the rows after it cannot be told apart.",
        "Close or remove that quotation mark, or save the file again as XLSX.",
    )
