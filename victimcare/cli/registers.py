"""The command `import`: a register in, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from victimcare.cli.console import DONE, Console, FileNotWritable, add_command
from victimcare.exchange.mapping_file import load_mapping
from victimcare.exchange.preview import Preview, preview
from victimcare.exchange.register_import import as_json, carry_out, planned
from victimcare.exchange.rejects import write_rejects
from victimcare.store.reading import Reading
from victimcare.store.vault import Vault


def add(commands: Any) -> None:
    """Add `import`."""
    parser = add_command(commands, "import", _import, "Bring a register in: all files of one command are one import, done whole or not at all.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="CSV or XLSX files, or a folder of them")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="which column is what, as kept from an earlier import (JSON)")
    parser.add_argument("--dry-run", action="store_true", help="show what would happen; change nothing")
    parser.add_argument("--rejects", type=Path, metavar="FILE", help="also write what could not be taken to FILE, in clear: it will hold names")


def _import(console: Console) -> int:
    arguments = console.arguments
    kept = load_mapping(arguments.mapping) if arguments.mapping else ()
    with console.vault() as vault:
        with vault.reading(Reading.names()) as session:
            seen = preview(session, arguments.paths, kept=kept)
        created = planned(seen.plan)
        if not arguments.dry_run:
            with vault.transaction("import") as session:
                created = carry_out(session, seen.plan, seen.known, progress=lambda what, done, total: _tell(console, what, done, total))
        console.answer(**as_json(seen.plan, created), dry_run=arguments.dry_run)
        _say(console, seen, created)
        if arguments.rejects is not None:
            _write_rejects(console, vault, seen)
    return DONE


def _tell(console: Console, what: str, done: int, total: int) -> None:
    if done % 1000 == 0 or done == total:
        console.progress(f"{what}: {done} of {total}")


def _say(console: Console, seen: Preview, created: Counter[str]) -> None:
    plan = seen.plan
    verb = "Would take" if console.arguments.dry_run else "Took"
    console.say(f"{verb} {plan.rows_taken} of {plan.rows_read} rows. {plan.again} were here already.")
    for kind, count in sorted(created.items()):
        console.say(f"  {kind}: {count}")
    if plan.problems:
        console.say(f"{len(plan.problems)} cells or rows could not be taken as they are; they are kept in the vault (Import, Leftovers):")
        # Where it stands, never what it says: a terminal keeps what it shows.
        for one in plan.problems[:50]:
            console.say(f"  {one.file}, {one.sheet}, row {one.row}, {one.column or 'whole row'}: {one.reason}")
        if len(plan.problems) > 50:
            console.say(f"  and {len(plan.problems) - 50} more; --json lists all.")
    if plan.duplicates:
        console.say(f"{len(plan.duplicates)} rows may be about a person who is there already; nothing was merged. --json lists them.")


def _write_rejects(console: Console, vault: Vault, seen: Preview) -> None:
    """A file in clear, only because it was asked for; that it was written is in the audit."""
    if not vault.store.is_read_only:
        vault.sign_for("rejected rows written to a file")
    try:
        count = write_rejects(seen.plan, console.arguments.rejects)
    except OSError:
        raise FileNotWritable from None
    console.answer(rejects=str(console.arguments.rejects))
    console.say(f"Wrote {count} lines in clear. The file holds names: delete it when you are done.")
