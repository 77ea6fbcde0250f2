"""Text that a spreadsheet would take for a formula, kept as text. The one place that knows the rule; it can be undone exactly.

Rule: a cell whose text begins with = + - @ (also their full-width forms), a tab or a line break gets one apostrophe before it. So does one that
begins with apostrophes before such a sign, and so taking one apostrophe away always gives the text as it was. A plain signed number stays.
Only files without cell types (CSV) need it: in XLSX a text cell is a text cell.
"""

from __future__ import annotations

import re

_LIVE = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_KEPT = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]\d+([.,]\d+)?( ?%)?")


def as_plain_text(text: str) -> str:
    """`text` as it may stand in a CSV cell without ever being computed."""
    return f"'{text}" if _LIVE.match(text) and not _NUMBER.fullmatch(text) else text


def from_plain_text(cell: str) -> str:
    """The text that `as_plain_text` was given."""
    return cell[1:] if _KEPT.match(cell) else cell
