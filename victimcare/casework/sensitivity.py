"""How sensitive an entry is, for the disclosure officer: said after it was made, the newest counts. Only ever added to.

An entry nobody has said anything of is ORDINARY. The description is what a schedule lists in the entry's place, so it holds nothing
of what the entry says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.opening import Sealed, columns, fitting, opened, text_of
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.reading import class_of
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.tables import AuditRow

ORDINARY = "ORDINARY"


class EntryUnknown(Refused):
    """No entry of a case has this id."""

    def __init__(self) -> None:
        super().__init__("That entry is not here.", "Choose an entry of the stream, then press U again.")


class EntrySensitivity(Record):
    """`code` of `record_sensitivity` for the row `row_id` of table `owner`."""

    __tablename__ = "entry_sensitivity"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    owner: Mapped[str]
    row_id: Mapped[UUID] = mapped_column(index=True)
    code: Mapped[str]
    description = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class SensitivityRow:
    """What was said of the entry `row_id`; `description` "" when not opened."""

    id: UUID
    row_id: UUID
    code: str
    made_at: datetime
    made_by: UUID
    description: str


def mark_sensitivity(session: VaultSession, *, row_id: UUID, code: str, description: str = "") -> UUID:
    """Say how sensitive the row `row_id` of a case is, and how a schedule describes it. Raises UnknownCode, EntryUnknown, TextRefused."""
    known("record_sensitivity", code)
    owner = session.scalar(select(AuditRow.owner).where(AuditRow.row == row_id).limit(1)) or ""
    kind = class_of(owner)
    record = session.get(kind, row_id) if kind is not None and issubclass(kind, Record) else None
    case_id: UUID | None = getattr(record, "case_id", None)
    if case_id is None:
        raise EntryUnknown
    row = EntrySensitivity(case_id=case_id, owner=owner, row_id=row_id, code=code)
    words = fitting(description)
    if words:
        row.description = words
    session.add(row)
    return row.id


def sensitivities_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[SensitivityRow, ...]:
    """What was said of the entries of a case, newest first: the first of an entry counts."""
    wanted = columns(EntrySensitivity, SensitivityRow.__slots__[:-1])
    rows = session.execute(select(*wanted).where(EntrySensitivity.case_id == case_id).order_by(EntrySensitivity.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(SensitivityRow(**row, description=text_of(texts, row["id"], "description")) for row in rows)
