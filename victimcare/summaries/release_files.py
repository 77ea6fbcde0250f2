"""Letting a statement out: compute, clear, make the files, enter it in the register, and only then put the files in their place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from victimcare.reference.periods import Period
from victimcare.refused import Refused
from victimcare.store.errors import NotAllowed
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.vault import Vault
from victimcare.summaries.releases import may_release, record_release
from victimcare.summaries.statement import Statement, make_statement
from victimcare.summaries.withhold import DEFAULT_THRESHOLD
from victimcare.summaries.writers import files


class FolderRefused(Refused):
    """The files cannot be put there. Nothing was released."""

    def __init__(self) -> None:
        super().__init__("The statement cannot be written to that folder.", "Choose a folder you may write to, with some room left.")


@dataclass(frozen=True, slots=True)
class Released:
    """What left: the statement and where its files are."""

    statement: Statement
    paths: tuple[Path, ...]


def release_statement(
    vault: Vault,
    report: str,
    folder: Path,
    *,
    formats: tuple[str, ...] = ("pdf", "csv", "xlsx", "json"),
    period: Period | None = None,
    threshold: int = DEFAULT_THRESHOLD,
    recipient: str | None = None,
) -> Released:
    """Write a statement into `folder` and enter it in the register. `recipient`: the report's own unless given.

    The register has it before a file has its name: a statement that left is never missing there. Raises NotAllowed, ReportUnknown,
    ThresholdRefused, NothingRecorded, PeriodWithoutRecords, FormatRefused, UnknownCode, FolderRefused; then there is no file and no entry.
    """
    waiting: dict[Path, Path] = {}
    try:
        with vault.transaction("statement released") as session:
            statement = _registered(session, report, formats, period, threshold, recipient)
            waiting = _written_beside(folder, files(statement, formats))
    except BaseException:
        for part in waiting:
            part.unlink(missing_ok=True)
        raise
    # Renaming within one folder takes no room: what could fail has been done before the entry was committed.
    for part, path in waiting.items():
        os.replace(part, path)
    return Released(statement, tuple(waiting.values()))


def _registered(session: VaultSession, report: str, formats: tuple[str, ...], period: Period | None, threshold: int, recipient: str | None) -> Statement:
    if not may_release(session):
        raise NotAllowed(Right.SUMMARISE)
    statement = make_statement(session, report, period=period, threshold=threshold)
    record_release(
        session,
        report=report,
        period=statement.period_written,
        extracted_at=statement.extracted,
        threshold=statement.threshold,
        recipient=recipient or statement.report.recipient,
        formats=tuple(dict.fromkeys(formats)),
        body=statement.as_json(),
    )
    session.flush()
    return statement


def _written_beside(folder: Path, made: dict[str, bytes]) -> dict[Path, Path]:
    """Each file whole under a name that ends in `.part`: that name -> its own. Raises FolderRefused, leaving none."""
    waiting: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            part = folder / f"{name}.part"
            with part.open("wb") as file:
                waiting[part] = folder / name
                file.write(content)
    except OSError:
        for part in waiting:
            part.unlink(missing_ok=True)
        raise FolderRefused from None
    return waiting
