"""Tables nobody understood, and lines above the headings of those that are: kept sealed as they stand, so that the file may be deleted."""

from __future__ import annotations

from collections.abc import Iterator

from victimcare.exchange.cells import is_blank, text_of
from victimcare.exchange.known import Known
from victimcare.exchange.leftovers import SHEET
from victimcare.exchange.plan import ImportPlan, Waiting
from victimcare.exchange.rows import ParsedRow, Problem
from victimcare.exchange.rows_seen import digest_of
from victimcare.exchange.sheets import Row, Sheet

NOT_UNDERSTOOD = "sheet not understood: kept as it stands"
ABOVE = "lines above the headings"
MOST_KEPT = 1_000_000  # characters of one sheet
TOO_LARGE = f"sheet not understood and too large to keep (over {MOST_KEPT:,} characters): keep the file"
_ROWS, _LONG = 200, 50_000  # rows and characters of one leftover, so that a screen can show it


def keep_unknown(plan: ImportPlan, known: Known, sheet: Sheet, *, is_sheet: bool) -> None:
    """Put what of the sheet is no row of a register into the plan: the whole of it where `is_sheet`, else the lines above its headings.

    What an earlier import kept is not kept twice; of a sheet that is understood now it waits no longer.
    """
    if known.seen.digests or is_sheet or sheet.above:
        whole = list(_parts(sheet, [_headings(sheet), *sheet.rows])) if is_sheet or _is_waiting(known) else []
        if not is_sheet:
            plan.mended += [known.waiting[stamp].pop() for stamp, _ in whole if known.waiting.get(stamp)]
            _keep(plan, known, sheet, list(_parts(sheet, sheet.above)), ABOVE)
        elif sum(len(text) for _, cells in whole for text in cells.values()) > MOST_KEPT:
            plan.problems.append(Problem(sheet.file, sheet.name, 0, "", "", TOO_LARGE))
        else:
            plan.problems.append(Problem(sheet.file, sheet.name, 0, "", "", NOT_UNDERSTOOD))
            _keep(plan, known, sheet, [*_parts(sheet, sheet.above), *whole], NOT_UNDERSTOOD)


def _keep(plan: ImportPlan, known: Known, sheet: Sheet, parts: list[tuple[str, dict[str, str]]], reason: str) -> None:
    for stamp, cells in parts:
        if stamp not in known.seen.digests and stamp not in plan.stamps:
            first = int(next(iter(cells)).removeprefix("Row "))
            row = ParsedRow(SHEET, sheet.file, first, "", {}, (), (), "", stamp, cells)
            (plan.aside if reason == ABOVE else plan.waiting).append(Waiting(row, Problem(sheet.file, SHEET, first, sheet.name, "", reason), True))
            plan.stamps.append(stamp)


def _is_waiting(known: Known) -> bool:
    return any(left.sheet == SHEET for rows in known.waiting.values() for left in rows)


def _headings(sheet: Sheet) -> Row:
    first = sheet.rows[0].number if sheet.rows else 1
    return Row(max(1, first - 1), tuple(sheet.headings))


def _parts(sheet: Sheet, rows: list[Row] | tuple[Row, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows in parts that a screen can show: (digest, row -> its cells)."""
    cells: dict[str, str] = {}
    size = 0
    for row in rows:
        text = " | ".join(text_of(cell).strip() for cell in (*row.cells, *row.surplus) if not is_blank(cell))
        if cells and (len(cells) >= _ROWS or size + len(text) > _LONG):
            yield digest_of([sheet.name, cells]), cells
            cells, size = {}, 0
        if text:
            cells[f"Row {row.number}"] = text
            size += len(text)
    if cells:
        yield digest_of([sheet.name, cells]), cells
