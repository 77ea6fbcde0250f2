"""Files of one person that are read as one: what the leading file and its parts hold, in one order; nothing is moved.

A part that is restricted to others is left out, for who may not read it, as if it were not there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from victimcare.casework.cases import Case
from victimcare.casework.merging import into_of, parts_of
from victimcare.overview.case_file import CaseFile, case_file
from victimcare.overview.entry import Entry
from victimcare.overview.timeline import stream_of
from victimcare.refused import Refused
from victimcare.store.clock import day_of
from victimcare.store.session import VaultSession

Read = Callable[[VaultSession, UUID], CaseFile]


class ReadElsewhere(Refused):
    """The case is read as part of another: `into` is the file that leads."""

    def __init__(self, reference: str, into: UUID) -> None:
        super().__init__(f"{reference} is the same person as this case and is read as part of it.", "Its entries are marked; the link can be ended from More.")
        self.into = into


@dataclass(frozen=True, slots=True, repr=False)
class Files:
    """`file`: all that is read as one. `stream`: its entries, newest first, those of a part marked. `parts`: case -> reference, the leading one first.

    `unread`: parts this reading was not noted for; their texts are missing.
    """

    file: CaseFile
    stream: tuple[Entry, ...]
    parts: dict[UUID, str]
    unread: tuple[UUID, ...]


def files_of(session: VaultSession, case_id: UUID, read: Read = case_file) -> Files:
    """Read a case with its parts. Raises ReadElsewhere for a case that is itself a part of one the user may read."""
    into = into_of(session, case_id)
    if into is not None and session.can_open(into):
        raise ReadElsewhere(_references(session, (case_id,))[case_id], into)
    own = read(session, case_id)
    ids = tuple(part for part in parts_of(session, case_id) if part == case_id or session.can_open(part))
    if len(ids) == 1:
        return Files(own, stream_of(own), {case_id: ""}, ())
    references = _references(session, ids)
    others = {part: read(session, part) for part in ids[1:]}
    theirs = [_marked(entry, references[part]) for part, file in others.items() for entry in stream_of(file)]
    links = {row.id for file in others.values() for row in file.merges}  # a part tells its link with the reason
    stream = [*(entry for entry in stream_of(own) if entry.id not in links), *theirs]
    return Files(
        file=_joined([own, *others.values()]),
        stream=tuple(sorted(stream, key=lambda entry: (entry.at, entry.id), reverse=True)),
        parts={part: references[part] for part in ids},
        unread=tuple(part for part in ids[1:] if not session.allowed.may_open("contact", part)),
    )


def _marked(entry: Entry, reference: str) -> Entry:
    return replace(entry, muted=f"{entry.muted}, in {reference}" if entry.muted else f"in {reference}")


def _joined(files: Sequence[CaseFile]) -> CaseFile:
    """The rows of several files as those of the first."""
    joined: dict[str, Any] = {}
    for field in fields(CaseFile):
        values = [getattr(file, field.name) for file in files]
        if isinstance(values[0], tuple):
            once = {row.id: row for rows in values for row in rows}
            joined[field.name] = tuple(sorted(once.values(), key=_newest, reverse=True))
        elif isinstance(values[0], dict):
            joined[field.name] = {key: value for part in values for key, value in part.items()}
    withdrawn = [file.withdrawn for file in files if file.withdrawn is not None]
    return replace(files[0], **joined, withdrawn=_joined(withdrawn) if withdrawn else None)


def _newest(row: Any) -> tuple[date, UUID]:
    """By the day something happened, where the row has one, then by when it was written."""
    on = getattr(row, "at", None) or getattr(row, "on", None) or getattr(row, "since", None)
    return (day_of(on) if isinstance(on, datetime) else on or date.min), row.id


def _references(session: VaultSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    return dict(session.execute(select(Case.id, Case.reference).where(Case.id.in_(ids))).all())
