"""Everything offered to a person, so that a later claim of inducement can be answered. Only ever added to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class OfferedSupport(Record):
    """One offer. `regardless`: YES when it would be given whatever the person's stance; must be answered. `response`: `contact_outcome.response_to_offer`.

    `value_pence`: what it is worth, if known. `paid_by`: an agency code, "" for this office. `told_on`: when the person was last told
    that support does not depend on speaking to the police, and in which `told_language`.
    """

    __tablename__ = "offered_support"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    code: Mapped[str]
    response: Mapped[str]
    regardless: Mapped[str]
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    agency: Mapped[str] = mapped_column(default="")
    value_pence: Mapped[int | None] = mapped_column(default=None)
    paid_by: Mapped[str] = mapped_column(default="")
    told_on: Mapped[date | None] = mapped_column(default=None)
    told_language: Mapped[str | None] = mapped_column(default=None)
    contact_id: Mapped[UUID | None] = link("contact", optional=True)
    detail = SealedText()
    note = SealedText()
