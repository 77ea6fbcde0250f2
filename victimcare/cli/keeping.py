"""Commands that keep a vault safe: verify, backup, restore, audit, rescue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from victimcare.casework.case_now import case_now_differences
from victimcare.cli.console import DONE, REFUSED, Console, add_command
from victimcare.paper.csv_text import csv_bytes
from victimcare.store.audit_log import audit_log
from victimcare.store.backup import backup, last_backup
from victimcare.store.errors import HeaderDamaged, StoreDamaged
from victimcare.store.finding import Finding, Verification
from victimcare.store.rescue import rescue
from victimcare.store.restore import restore
from victimcare.store.vault import Vault
from victimcare.store.verify import verify


def add(commands: Any) -> None:
    """Add the commands of this module."""
    add_command(commands, "verify", _verify, "Check everything in the vault and list everything wrong, first first. Changes nothing.")
    parser = add_command(commands, "backup", _backup, "Write a backup, open it again and check it.")
    parser.add_argument("file", type=Path, metavar="FILE", help="where to write it (NAME.vcbackup)")
    parser = add_command(commands, "restore", _restore, "Restore a backup to a new folder, or into the vault it was made from.", vault=False)
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument("vault", type=Path, metavar="VAULT", help="a new folder, or the vault it was made from")
    parser.add_argument("--user", default="", help="who signs in: with the passphrase of the backup's day, or today's")
    parser = add_command(commands, "audit", _audit, "Write the audit as a table: who did what and when. No name of a person supported.")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="a CSV file")
    parser = add_command(commands, "rescue", _rescue, "Read a damaged vault page by page into a new encrypted vault, and list what could not be read.")
    parser.add_argument("out", type=Path, metavar="OUT", help="a new folder for what is saved")


def _verify(console: Console) -> int:
    try:
        with console.vault() as vault:
            checked = _checked(console, vault)
    except (StoreDamaged, HeaderDamaged) as damage:
        # What cannot even be opened is a finding like any other to whoever reads the result.
        kind = "page" if isinstance(damage, StoreDamaged) else "header"
        console.answer(**Verification([Finding("", None, kind, damage.reason, damage.remedy)]).as_json())
        raise
    return _told(console, checked)


def _checked(console: Console, vault: Vault) -> Verification:
    def tell(step: str, done: int, of: int) -> None:
        console.progress(f"{step}: {done}" + (f" of {of}" if of else ""))

    return verify(vault, tell, derived=case_now_differences)


def _told(console: Console, checked: Verification) -> int:
    console.answer(**checked.as_json())
    counts = checked.counts
    console.say(
        f"Checked {counts.pages} pages, {counts.rows} rows, {counts.entries} entries of the audit with {counts.signatures} signatures, "
        f"{counts.seals_opened} seals opened, {counts.seals_without_key} not yours to open, "
        f"{counts.parts_opened} parts of documents opened, {counts.parts_without_key} not yours to open."
    )
    if checked.holds:
        console.say("Everything is as it was signed for.")
        return DONE
    console.say(f"{len(checked.findings)} things are wrong:")
    for one in checked.findings:
        console.say(f"  {one.table} {one.row or ''} {one.kind}: {one.what} {one.remedy}")
    return REFUSED


def _backup(console: Console) -> int:
    with console.vault() as vault:
        made = backup(vault, console.arguments.file, lambda step, done, of: console.progress(step))
        with vault.reading() as session:
            at = last_backup(session)
    console.answer(file=str(made.path), verified_at=at and at.isoformat())
    console.say(f"Wrote {made.path}, opened it again and checked every page, digest and seal.")
    return DONE


def _restore(console: Console) -> int:
    done = restore(console.arguments.file, console.arguments.vault, console.arguments.user, console.passphrase())
    console.answer(vault=str(done.folder), kept=str(done.kept) if done.kept else None, erased_again=done.erased)
    console.say(f"Restored to {done.folder}.")
    if done.kept:
        console.say(f"What was there before is kept in {done.kept}.")
    return DONE


def _audit(console: Console) -> int:
    with console.vault() as vault:
        with vault.reading() as session:
            lines = audit_log(session, vault.membership)
        console.write(
            console.arguments.out,
            csv_bytes(
                ("When", "Who", "Number", "What", "Case", "Rows", "Signed", "Hash"),
                [(one.at.isoformat(), one.who, one.number, one.what, one.case, one.rows, "yes" if one.is_signed else "", one.hash) for one in lines],
            ),
        )
    console.answer(file=str(console.arguments.out), entries=len(lines))
    console.say(f"Wrote {len(lines)} entries to {console.arguments.out}.")
    return DONE


def _rescue(console: Console) -> int:
    arguments = console.arguments
    saved = rescue(arguments.vault, arguments.user, console.passphrase(), arguments.out)
    console.answer(
        vault=str(saved.folder),
        saved=saved.saved,
        pages_lost=saved.pages_lost,
        gaps=saved.gaps,
        loose=saved.loose,
        unplaced=saved.unplaced,
        listed=saved.is_listed,
        proved=saved.is_proved,
        whole=saved.is_whole,
    )
    console.say(f"Saved {sum(saved.saved.values())} rows to {saved.folder}: the same users and passphrases open it.")
    if saved.is_whole:
        console.say("Nothing was lost.")
    else:
        console.say("Run `victimcare verify` on the new vault: it proves every row, and names those that were lost or altered.")
    if not saved.is_proved:
        console.say("  the file's first bytes are lost, so no page could be proved by itself: a damaged one may have been taken for a sound one")
    if not saved.is_listed:
        console.say("  the list of tables was lost or damaged, and was put together from what is left of it and from this program's own")
    for table, count in saved.loose.items():
        console.say(f"  {table}: {count} rows were found on pages that nothing led to any more, and saved")
    if saved.unplaced:
        console.say(f"  {saved.unplaced} pages of rows were left out: it cannot be told to which table they belong")
    for page in saved.pages_lost:
        console.say(f"  page {page} could not be read")
    for table, count in saved.gaps.items():
        console.say(f"  {table}: {count} stretches of rows could not be read")
    return DONE
