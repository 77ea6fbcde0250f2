"""Retention: how long a file is kept, when that is looked at, and whether a legal hold forbids erasing it. The newest review counts.

A review's day never deletes anything: it puts a line on Today for a person to decide. Periods and what blocks erasing stand in the
code list `retention_category`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.dates import not_before
from victimcare.casework.opening import Sealed, columns, needed, opened, text_of
from victimcare.reference.codelists import codelist, known
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

_MONTHS, _LAST_SAFE_DAY = 12, 28


class Held(Refused):
    """The file must not be erased: a legal hold, or a category that forbids it."""

    def __init__(self) -> None:
        super().__init__("This case must not be erased: it is held.", "Look at its retention review. Only a new review without a hold lets it be erased.")


class RetentionReview(Record):
    """One review. `category`: a code of `retention_category`. `hold`: whether the file must not be erased, whatever its age."""

    __tablename__ = "retention_review"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    category: Mapped[str]
    hold: Mapped[bool]
    review_on: Mapped[date | None] = mapped_column(default=None, index=True)
    why = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class RetentionRow:
    """One review; `why` "" when not opened."""

    id: UUID
    on: date
    category: str
    hold: bool
    review_on: date | None
    made_at: datetime
    made_by: UUID
    why: str

    @property
    def is_held(self) -> bool:
        """Whether the file must not be erased."""
        return self.hold or _blocks(self.category)


def review_retention(session: VaultSession, *, case_id: UUID, category: str, hold: bool, review_on: date | None, why: str) -> UUID:
    """Write down a review of today. `why` is needed: it is what stands when somebody asks why a file was kept or let go.

    Raises UnknownCode, TextRefused, DateRefused for a next review before today.
    """
    known("retention_category", category)
    if review_on is not None:
        not_before(review_on, session.today)
    review = RetentionReview(case_id=case_id, on=session.today, category=category, hold=hold, review_on=review_on)
    review.why = needed(why, "a reason for keeping it so")
    session.add(review)
    return review.id


def next_review(category: str, since: date) -> date | None:
    """When a file of that category is looked at again, counted from `since` (the last contact, or today); None where policy says it."""
    months = codelist("retention_category").value(category).fields.get("review_after_months")
    if months is None:
        return None
    years, month = divmod(since.month - 1 + months, _MONTHS)
    return date(since.year + years, month + 1, min(since.day, _LAST_SAFE_DAY))


def refuse_if_held(session: VaultSession, case_id: UUID) -> None:
    """Raises Held where the newest review forbids erasing."""
    newest = session.execute(
        select(RetentionReview.hold, RetentionReview.category).where(RetentionReview.case_id == case_id).order_by(RetentionReview.id.desc()).limit(1)
    ).one_or_none()
    if newest is not None and (newest.hold or _blocks(newest.category)):
        raise Held


def retention_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[RetentionRow, ...]:
    """The reviews of a case, newest first; the first counts."""
    wanted = columns(RetentionReview, RetentionRow.__slots__[:-1])
    rows = session.execute(select(*wanted).where(RetentionReview.case_id == case_id).order_by(RetentionReview.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(RetentionRow(**row, why=text_of(texts, row["id"], "why")) for row in rows)


def _blocks(category: str) -> bool:
    found = codelist("retention_category")
    return found.known(category) and bool(found.value(category).fields.get("blocks_erasing"))
