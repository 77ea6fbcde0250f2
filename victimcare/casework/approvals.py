"""Approvals: what a supervisor must say yes to before it leaves the office or a file is opened wider."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class Approval(Record):
    """One request. `kind`: a code of `approval_kind`. `about_id`: the row it is about. `status`: ASKED, GIVEN, REFUSED or TAKEN_BACK."""

    __tablename__ = "approval"
    __write_right__ = Right.CASEWORK

    case_id: Mapped[UUID | None] = link("case", optional=True)
    kind: Mapped[str]
    about_id: Mapped[UUID | None] = mapped_column(default=None, index=True)
    status: Mapped[str] = mapped_column(default="ASKED", index=True)
    decided_by: Mapped[UUID | None] = mapped_column(default=None)
    decided_on: Mapped[date | None] = mapped_column(default=None)
    why = SealedText()
    answer = SealedText()
