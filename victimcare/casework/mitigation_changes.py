"""Each step of a mitigation: asked, offered, agreed, in place, refused, ended, and whether it helped. Only ever added to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right


class MitigationChange(Record):
    """One step. `status`: a code of `mitigation_status`. `result`: HELPED, DID_NOT or NOT_KNOWN. `worker_id`: who saw to it."""

    __tablename__ = "mitigation_change"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    mitigation_id: Mapped[UUID] = link("mitigation")
    on: Mapped[date]
    status: Mapped[str]
    result: Mapped[str | None] = mapped_column(default=None)
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    words = SealedText()
