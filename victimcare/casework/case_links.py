"""Linked cases: family, same house, same investigation. The link warns where one must not know of the other."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class CaseLink(Record):
    """That two cases belong together. `kind`: a code of `case_link_kind`. `must_not_know`: neither may learn of the other through us."""

    __tablename__ = "case_link"
    __write_right__ = Right.CASEWORK

    case_id: Mapped[UUID] = link("case")
    other_case_id: Mapped[UUID] = link("case")
    kind: Mapped[str]
    must_not_know: Mapped[bool]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    words = SealedText()
