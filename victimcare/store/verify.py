"""`verify`: is everything in the vault what its members signed for, and can all of it still be read.

Each step sees one state of the store and has a connection of its own, since a page that fails spoils its connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from victimcare.refused import Refused
from victimcare.store.engine.triggers import append_only_ddl
from victimcare.store.engine.whole import snapshot, unsound_pages
from victimcare.store.errors import StoreDamaged
from victimcare.store.finding import RESTORE, Counts, Finding, Verification
from victimcare.store.header import Header, read_header
from victimcare.store.keyring import Keyring
from victimcare.store.record import Table
from victimcare.store.schema import append_only_tables
from victimcare.store.session import VaultSession
from victimcare.store.verify_chains import Past, check_entries, check_members, check_rights
from victimcare.store.verify_rows import check_rows

if TYPE_CHECKING:
    from victimcare.store.vault import Vault

Progress = Callable[[str, int, int], None]
_PAGE_REMEDY = "Restore the newest backup, or run `victimcare rescue` to save what can still be read."
_HEADER_REMEDY = "Restore header.json from the newest backup before anybody signs in again."
_MEND = "Write to the case again, or restore the newest backup."


class Difference(Protocol):
    """A value of a derived table that is not what the records say, as `casework.case_now` tells it."""

    @property
    def case_id(self) -> UUID: ...
    @property
    def column(self) -> str: ...


@dataclass(frozen=True, repr=False)
class Subject:
    """A store file to check, and what to check it with."""

    path: Path
    key: bytes
    header: Header
    founding: bytes
    keyring: Keyring


def verify(
    vault: Vault,
    progress: Progress | None = None,
    *,
    derived: Callable[[VaultSession], tuple[Difference, ...]] | None = None,
) -> Verification:
    """Check everything; nothing is changed. Findings stand in the order found: pages, rows, seals, links, chains, members, rights.

    `progress(step, done, of)`. `derived`: recomputes the derived tables (`casework.case_now.case_now_differences`).
    """
    subject = vault.subject()
    try:
        # As it is on disk now: another window may have let somebody in since this one opened.
        subject = replace(subject, header=read_header(vault.folder))
        damaged = not subject.header.is_sealed_with(subject.key)
    except Refused:
        damaged = True
    checked = check_store(subject, progress)
    if damaged:
        checked.findings.insert(0, Finding("header", None, "header", "The header on disk was altered or damaged.", _HEADER_REMEDY))
    if derived is not None and not any(one.kind == "page" for one in checked.findings):
        with vault.reading() as session:
            checked.findings.extend(
                Finding("case_now", one.case_id, "derived", f"Its {one.column} is not what the records say.", _MEND) for one in derived(session)
            )
    return checked


def check_store(subject: Subject, progress: Progress | None = None) -> Verification:
    """`verify` for any store file that its key opens: the vault's own, a backup's, one just rotated."""
    checked, past = Verification(), Past()
    counts = checked.counts
    steps: tuple[tuple[str, str, Callable[[Any], Iterator[Finding]]], ...] = (
        ("members", "member_entry", lambda raw: check_members(raw, subject.header, subject.founding, past, counts)),
        ("rows and seals", "", lambda raw: check_rows(raw, subject.keyring, counts, lambda table: told(f"rows and seals: {table}", 2))),
        ("links", "", _links),
        ("audit", "audit", lambda raw: check_entries(raw, past, counts)),
        ("rights", "audit", lambda raw: check_rights(raw, past)),
        ("append-only", "", _triggers),
    )

    def told(step: str, done: int) -> None:
        if progress is not None:
            progress(step, done, len(steps) + 1)

    told("pages", 0)
    checked.findings.extend(_pages(subject, counts))
    for number, (name, table, step) in enumerate(steps, start=1):
        told(name, number)
        try:
            with snapshot(subject.path, subject.key) as raw:
                # One by one: what was found before a page failed stays found.
                for finding in step(raw):
                    checked.findings.append(finding)
        except StoreDamaged:
            checked.findings.append(Finding(table, None, "page", f"The check of {name} met a page that cannot be read.", _PAGE_REMEDY))
    told("done", len(steps) + 1)
    return checked


def check_pages(subject: Subject) -> Verification:
    """Only whether every page verifies: all that can be said of a store whose tables are those of an older version."""
    checked = Verification()
    checked.findings.extend(_pages(subject, checked.counts))
    return checked


def _pages(subject: Subject, counts: Counts) -> Iterator[Finding]:
    for page, what in unsound_pages(subject.path, subject.key):
        yield Finding("", None, "page", f"Page {page} {what}." if page else f"A page {what}.", _PAGE_REMEDY)
    try:
        with snapshot(subject.path, subject.key) as raw:
            counts.pages = int(raw.execute("PRAGMA page_count").fetchone()[0])
    except StoreDamaged:
        return


def _links(raw: Any) -> Iterator[Finding]:
    for table, rowid, parent, _ in raw.execute("PRAGMA foreign_key_check").fetchall():
        columns = {row[1] for row in raw.execute(f'PRAGMA table_info("{table}")')}
        name = "id" if "id" in columns else "case_id"
        row = raw.execute(f'SELECT "{name}" FROM "{table}" WHERE rowid = ?', (rowid,)).fetchone()
        yield Finding(table, UUID(bytes=row[0]) if row else None, "link", f"It points to a row of {parent} that is not there.", RESTORE)


def _triggers(raw: Any) -> Iterator[Finding]:
    standing = {" ".join(row[0].split()) for row in raw.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
    for name in append_only_tables():
        wanted = append_only_ddl(Table.metadata.tables[name], "sqlite")
        if any(" ".join(statement.split()) not in standing for statement in wanted):
            yield Finding(name, None, "trigger", "What keeps its entries from being changed is missing.", RESTORE)
