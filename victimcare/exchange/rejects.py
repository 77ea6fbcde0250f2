"""The rows and cells an import could not take, as a file in clear: only where the user asks for it, since it holds names."""

from __future__ import annotations

from pathlib import Path

from victimcare.exchange.plan import ImportPlan
from victimcare.exchange.register_import import rejected
from victimcare.paper.csv_text import csv_bytes

HEADINGS = ("File", "Sheet", "Row", "Column", "Value", "Reason")


def write_rejects(plan: ImportPlan, path: Path) -> int:
    """Write the file; returns how many lines it has. Nothing in it is live in a spreadsheet."""
    rows = [(one["file"], one["sheet"], one["row"], one["column"], one["value"], one["reason"]) for one in rejected(plan)]
    path.write_bytes(csv_bytes(HEADINGS, rows))
    return len(rows)
