"""What imports could not take: kept sealed under the office key until someone mends it or says why it is left.

Also the record of each import.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

OPEN, MENDED, LEFT = "OPEN", "MENDED", "LEFT"
SHEET = "sheet"
"""As a kind: rows of a table nobody understood, kept as they stand."""


class ImportBatch(Record):
    """One import: how many rows were read and taken, and from which files."""

    __tablename__ = "import_batch"
    __write_right__ = Right.CASEWORK

    rows_read: Mapped[int]
    rows_taken: Mapped[int]
    files = SealedText()


class Leftover(Record):
    """One cell or row an import could not take. `row_values`: JSON of the whole row; `field` in it is the key of the field meant."""

    __tablename__ = "leftover"
    __write_right__ = Right.CASEWORK

    batch_id: Mapped[UUID] = link("import_batch")
    sheet: Mapped[str]
    row: Mapped[int]
    reason: Mapped[str]
    status: Mapped[str] = mapped_column(default=OPEN, index=True)
    file = SealedText()
    column = SealedText()
    value = SealedText()
    row_values = SealedText()
    why_left = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class LeftoverRow:
    """A leftover as the screen shows it. `is_row`: the whole row waits, not one cell of a row that was taken."""

    id: UUID
    version: int
    sheet: str
    row: int
    reason: str
    status: str
    file: str
    column: str
    value: str
    field: str
    link: str
    stamp: str
    is_row: bool
    cells: dict[str, str]
    values: dict[str, object]
    unread: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import as the list shows it."""

    id: UUID
    rows_read: int
    rows_taken: int
    leftovers: int


def leftovers(session: VaultSession, *, status: str = OPEN) -> tuple[LeftoverRow, ...]:
    """What waits, in the order of the file. Opens office texts: raises ReadNotNoted where the reading was not noted."""
    wanted = select(Leftover).where(Leftover.status == status).order_by(Leftover.batch_id, Leftover.sheet, Leftover.row, Leftover.id)
    texts = session.sealed_where(select(Leftover.id).where(Leftover.status == status))
    return tuple(row_of(row, texts.get(row.id, {})) for row in session.scalars(wanted))


def open_leftovers(session: VaultSession) -> int:
    """How many wait."""
    return session.scalar(select(func.count()).select_from(Leftover).where(Leftover.status == OPEN)) or 0


def batches(session: VaultSession) -> tuple[BatchRow, ...]:
    """The imports, newest first."""
    waiting = select(func.count()).where(Leftover.batch_id == ImportBatch.id, Leftover.status == OPEN).scalar_subquery()
    query = select(ImportBatch.id, ImportBatch.rows_read, ImportBatch.rows_taken, waiting).order_by(ImportBatch.id.desc())
    return tuple(BatchRow(*row) for row in session.execute(query))


def newest_batch(session: VaultSession) -> UUID | None:
    """The last import, to notice another one that ended between a preview and its writing."""
    return session.scalar(select(ImportBatch.id).order_by(ImportBatch.id.desc()).limit(1))


def mark_mended(session: VaultSession, ids: Sequence[UUID]) -> None:
    """Say that these wait no longer: an import took them."""
    for start in range(0, len(ids), 500):
        for row in session.scalars(select(Leftover).where(Leftover.id.in_(ids[start : start + 500]))):
            row.status = MENDED


def row_of(row: Leftover, texts: dict[str, str]) -> LeftoverRow:
    """A leftover with its opened texts."""
    kept = json.loads(texts.get("row_values") or "{}")
    return LeftoverRow(
        id=row.id,
        version=row.version,
        sheet=row.sheet,
        row=row.row,
        reason=row.reason,
        status=row.status,
        file=texts.get("file", ""),
        column=texts.get("column", ""),
        value=texts.get("value", ""),
        field=kept.get("field", ""),
        link=kept.get("link", ""),
        stamp=kept.get("stamp", ""),
        is_row=kept.get("is_row", False),
        cells=kept.get("cells", {}),
        values=kept.get("values", {}),
        unread=tuple((heading, text) for heading, text in kept.get("unread", ())),
    )
