"""What the values of a column look like, whatever stands above them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from victimcare.exchange.cells import Cell, is_blank, text_of
from victimcare.exchange.clock_times import Moment
from victimcare.exchange.date_order import ColumnOrder, Order, column_order
from victimcare.exchange.dates import moment_of
from victimcare.exchange.offences_said import offence_said
from victimcare.reference.languages import language_for
from victimcare.reference.wording import code_for

DELIMITERS = (";", "|", "\n", " / ", ",", "/", " + ", " & ")
_PHONE = re.compile(r"\(?\+?[\d\s()./-]{8,22}(?:\s*(?:x|ext\.?)\s*\d+)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_MOST_WORDINGS = 60
_FIRST_WORDINGS = 12
_FLAGGED = {"COUNTY_LINES": "CRIMINAL", "CSE": "SEXUAL"}
"""A flag is only said of this type of exploitation (code list `exploitation_type`, flags): the code is written ``CRIMINAL:COUNTY_LINES``."""
_SOME = 300
_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Look:
    """Shares are of the filled cells, 0 to 1. `counts`: wordings as typed, outer blanks cut, with how many rows hold each."""

    filled: int
    counts: Counter[str]
    order: ColumnOrder
    dates: float
    with_time: float
    times: float
    numbers: float
    whole: tuple[int, int] | None
    phones: float
    emails: float
    digits: float
    letters: float
    length: float
    days: tuple[date, ...]
    """Some days of the column in order, for how far they spread."""

    @property
    def distinct(self) -> int:
        return len(self.counts)

    @property
    def unique(self) -> float:
        return len(self.counts) / self.filled if self.filled else 0.0


def look_at(cells: Iterable[Cell]) -> Look:
    """One pass over a column. Shares are measured on some hundred filled cells spread over it; order and counts on all."""
    filled = [cell for cell in cells if not is_blank(cell)]
    texts = [text_of(cell).strip() for cell in filled]
    step = max(1, len(filled) // _SOME)
    some, said = filled[::step], texts[::step]
    total = max(1, len(some))
    moments = [_moment(cell) for cell in some]
    dates = sum(bool(moment.on) or "day" in moment.reason for moment in moments) / total
    counts = Counter(texts)
    days = sorted(moment.on for moment in moments if moment.on)
    numbers = [int(float(text.replace(",", "."))) for text in said if _NUMBER.fullmatch(text)]
    return Look(
        filled=len(filled),
        counts=counts,
        order=column_order(filled) if dates > 0.2 else ColumnOrder(None, 0, 0, 0),
        dates=dates,
        with_time=sum(bool(moment.on and moment.at) for moment in moments) / total,
        times=sum(_is_time(cell, text, moment) for cell, text, moment in zip(some, said, moments, strict=True)) / total,
        numbers=len(numbers) / total,
        whole=(min(numbers), max(numbers)) if numbers else None,
        phones=sum(_is_phone(text) for text in said) / total,
        emails=sum(bool(_EMAIL.fullmatch(text)) for text in said) / total,
        digits=sum(any(character.isdigit() for character in text) for text in said) / total,
        letters=sum(any(character.isalpha() for character in text) for text in said) / total,
        length=sum(map(len, said)) / total,
        days=tuple(days),
    )


def _moment(cell: Cell) -> Moment:
    if isinstance(cell, str) and (len(cell) > 60 or not any(character.isdigit() for character in cell)):
        return Moment()
    return moment_of(cell, column_order([cell]).order or Order.DAY_FIRST)


def _is_time(cell: Cell, text: str, moment: Moment) -> bool:
    if isinstance(cell, time) and not isinstance(cell, datetime):
        return True
    return (moment.at is not None and moment.on is None) or bool(re.fullmatch(r"([01]?\d|2[0-3])[.]?[0-5]\d", text) and len(text) >= 4)


def _is_phone(text: str) -> bool:
    first = re.split(r"\s*[;/,|\n]\s*|\s+or\s+", text)[0]
    count = sum(character.isdigit() for character in first)
    return 9 <= count <= 15 and bool(_PHONE.fullmatch(first)) and moment_of(first, Order.DAY_FIRST).on is None


@cache
def _code(codelist: str, wording: str) -> str | None:
    match = language_for(wording) if codelist == "language" else code_for(codelist, wording)
    if match is None and codelist == "exploitation_type":
        flag = code_for("exploitation_type.flags", wording)
        return f"{_FLAGGED[flag.code]}:{flag.code}" if flag and flag.code in _FLAGGED else None
    if match is None and codelist == "offence":
        return offence_said(wording)
    return match.code if match else None


def code_of(codelist: str, wording: str) -> str | None:
    """The code a wording stands for, or None. Remembered: a register says the same few things thousands of times."""
    return _code(codelist, wording) if len(wording) <= 200 else None


def is_exact(codelist: str, wording: str) -> bool:
    """Whether the whole wording is one the list knows, not only a part of it or something spelled like it."""
    if code_of(codelist, wording) is None:
        return False
    match = language_for(wording) if codelist == "language" else code_for(codelist, wording)
    return match is None or match.how in ("code", "label", "wording")


def is_in_part(codelist: str, wording: str) -> bool:
    """Whether the code was told from some of the words only, or in spite of their spelling: the words must be kept."""
    match = code_for(codelist, wording) if codelist != "language" else language_for(wording)
    return match is not None and match.how in ("part", "spelling")


def split(wording: str, delimiter: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values; blanks cut, empty parts left out."""
    if not delimiter:
        return (wording.strip(),) if wording.strip() else ()
    return tuple(part.strip() for part in wording.split(delimiter) if part.strip())


def code_share(codelist: str, look: Look, *, is_several: bool) -> tuple[float, str]:
    """Share of filled rows whose wordings have a code, and the delimiter that makes it largest ("" for none).

    Measured on the commonest wordings: a few first, more only if those fit.
    """
    share, delimiter = 0.0, ""
    for most in (_FIRST_WORDINGS, _MOST_WORDINGS):
        share, delimiter = _share_of(codelist, look.counts.most_common(most), is_several)
        if share < 0.34 or len(look.counts) <= most:
            break
    return share, delimiter


def _share_of(codelist: str, wordings: list[tuple[str, int]], is_several: bool) -> tuple[float, str]:
    rows = max(1, sum(count for _, count in wordings))
    best, chosen = sum(count for wording, count in wordings if _whole(codelist, wording, is_several)) / rows, ""
    for delimiter in DELIMITERS if is_several else ():
        if any(delimiter in wording for wording, _ in wordings):
            share = sum(count * _known_parts(codelist, wording, delimiter) for wording, count in wordings) / rows
            if share > best + 0.002:
                best, chosen = share, delimiter
    return best, chosen


def _whole(codelist: str, wording: str, is_several: bool) -> bool:
    """Whether the cell is one value. Where several may stand, a wording with a delimiter in it must be known as it is."""
    if is_several and any(delimiter in wording for delimiter in DELIMITERS):
        return is_exact(codelist, wording)
    return code_of(codelist, wording) is not None


def _known_parts(codelist: str, wording: str, delimiter: str) -> float:
    if delimiter in wording and delimiter in (",", "/", " / ") and is_exact(codelist, wording):
        return 1.0
    parts = split(wording, delimiter)
    return sum(bool(code_of(codelist, part)) for part in parts) / len(parts) if parts else 0.0


def shape_of(wording: str) -> str:
    """A reference's outline: ``MSKU/2015/00001`` is ``A/9/9``."""
    return re.sub(r"[^\W\d]+", "A", re.sub(r"\d+", "9", wording))


def shape_share(look: Look) -> float:
    """Share of the column that has its commonest outline."""
    some: Sequence[str] = list(look.counts)[:500]
    shapes = Counter(shape_of(wording) for wording in some)
    return shapes.most_common(1)[0][1] / len(some) if some else 0.0
