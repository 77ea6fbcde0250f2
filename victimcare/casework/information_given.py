"""What the person or the worker was told or shown before a step, such as the right to review before a retraction. Only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.dates import possible_day
from victimcare.casework.opening import Sealed, columns, fitting, opened, text_of
from victimcare.reference.codelists import known
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

RIGHT_TO_REVIEW, SUPPORT_GOES_ON = "RIGHT_TO_REVIEW", "SUPPORT_GOES_ON"


class InformationGiven(Record):
    """`code` of `information_given` shown on a day. `language`, `understood` (YES, NO, UNKNOWN): of the person, if it was for them."""

    __tablename__ = "information_given"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __withdrawable__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    code: Mapped[str]
    language: Mapped[str | None] = mapped_column(default=None)
    understood: Mapped[str | None] = mapped_column(default=None)
    words = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class InformationRow:
    """What was given; `words` "" when not opened."""

    id: UUID
    on: date
    code: str
    language: str | None
    understood: str | None
    made_at: datetime
    made_by: UUID
    words: str


def record_information(
    session: VaultSession, *, case_id: UUID, on: date, code: str, language: str | None = None, understood: str | None = None, words: str = ""
) -> UUID:
    """Log that something was told or shown on that day. Call it only for what really was. Raises UnknownCode, DateRefused, TextRefused."""
    known("information_given", code)
    if language is not None:
        known("language", language)
    if understood is not None:
        known("yes_no", understood)
    possible_day(on, today=session.today)
    given = InformationGiven(case_id=case_id, on=on, code=code, language=language, understood=understood)
    if words:
        given.words = fitting(words)
    session.add(given)
    return given.id


def information_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[InformationRow, ...]:
    """What was told or shown in one case, newest first."""
    wanted = columns(InformationGiven, InformationRow.__slots__[:-1])
    here = select(*wanted).where(InformationGiven.case_id == case_id, standing(InformationGiven, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(InformationGiven.on.desc(), InformationGiven.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(InformationRow(**row, words=text_of(texts, row["id"], "words")) for row in rows)
