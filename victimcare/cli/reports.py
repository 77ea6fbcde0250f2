"""The command `summarise`: a statement that leaves the office."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from victimcare.cli.console import DONE, Console, add_command
from victimcare.reference.periods import parse_period
from victimcare.summaries.release_files import release_statement
from victimcare.summaries.reports import report_names
from victimcare.summaries.statement import headline_figures


def add(commands: Any) -> None:
    """Add `summarise`."""
    parser = add_command(commands, "summarise", _summarise, "Write an anonymised statement, and enter it in the register of releases.")
    parser.add_argument("report", metavar="REPORT", help=", ".join(report_names()))
    parser.add_argument("--period", default=None, metavar="P", help="2016, 2016/17, 2016-Q3, 2016-05 or 2017-01-01..2017-09-30 (default: the newest year)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder for the files")
    parser.add_argument("--threshold", type=int, default=10, metavar="N", help="counts of people under N are not published (5 to 20, default 10)")
    parser.add_argument("--format", default="pdf,csv,xlsx,json", metavar="LIST", help="pdf, csv, xlsx, json; several with commas")
    parser.add_argument("--to", default=None, metavar="WHO", help="the organisation it goes to (default: the report's own)")


def _summarise(console: Console) -> int:
    arguments = console.arguments
    period = parse_period(arguments.period) if arguments.period is not None else None
    formats = tuple(one.strip().lower() for one in arguments.format.split(",") if one.strip())
    with console.vault() as vault:
        released = release_statement(
            vault, arguments.report, arguments.out, formats=formats, period=period, threshold=arguments.threshold, recipient=arguments.to
        )
        with vault.reading() as session:
            figures = headline_figures(session)
    console.answer(report=arguments.report, files=[str(path) for path in released.paths], figures=figures)
    for path in released.paths:
        console.say(f"Wrote {path}")
    return DONE
