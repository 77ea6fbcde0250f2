"""How sensitive an entry is, for the disclosure officer: said after it was made, the newest counts. Only ever added to."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


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
