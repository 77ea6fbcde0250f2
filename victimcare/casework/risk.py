"""Risk reviews: how great the danger is, of which kinds, and when to look again. Dated, only ever added to; the newest counts.

The level at the head of a case follows the newest review that stands. Where none stands, it is what it was before the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import CHUNK, recompute
from victimcare.casework.cases import Case
from victimcare.casework.dates import not_before, possible_day
from victimcare.casework.identity import birth_date
from victimcare.casework.opening import Sealed, columns, fitting, opened, texts_of
from victimcare.reference.codelists import codelist, known
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

IMMEDIATE, HIGH, NOT_ASSESSED = "IMMEDIATE", "HIGH", "NOT_ASSESSED"
RULE = "RISK_REVIEW"  # of `deadline_rule`: after how many days to look again
TEXTS = ("words", "plan")


def follow(session: VaultSession, case_ids: Iterable[UUID]) -> None:
    """Let the level of each case be that of its newest standing review, then work out what comes next."""
    ids = sorted(case_ids)
    for start in range(0, len(ids), CHUNK):
        _set_levels(session, ids[start : start + CHUNK])
    session.flush()
    recompute(session, ids)


class RiskReview(Record):
    """One review. `level`: a code of `risk_level`. `review_on`: when to look again. `level_before`: what the case said until then."""

    __tablename__ = "risk_review"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __withdrawable__ = True
    __touches__ = staticmethod(follow)

    case_id: Mapped[UUID] = link("case")
    on: Mapped[date]
    level: Mapped[str]
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    review_on: Mapped[date | None] = mapped_column(default=None, index=True)
    level_before: Mapped[str | None] = mapped_column(default=None)
    words = SealedText()
    plan = SealedText()


class RiskReviewType(Record):
    """A kind of danger seen in a review: a code of `risk_level.risk_type`."""

    __tablename__ = "risk_review_type"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    review_id: Mapped[UUID] = link("risk_review")
    type: Mapped[str]


@dataclass(frozen=True, slots=True, repr=False)
class RiskRow:
    """A review with the kinds of danger it saw; texts "" when not opened."""

    id: UUID
    on: date
    level: str
    worker_id: UUID | None
    review_on: date | None
    made_at: datetime
    made_by: UUID
    types: tuple[str, ...]
    words: str
    plan: str


def review_risk(
    session: VaultSession,
    *,
    case_id: UUID,
    on: date,
    level: str,
    types: Collection[str] = (),
    review_on: date | None = None,
    worker_id: UUID | None = None,
    words: str = "",
    plan: str = "",
) -> UUID:
    """Record a review: the case's level follows it if no newer one stands. `types`: codes of `risk_level.risk_type`.

    Raises UnknownCode, DateRefused (a day to come, or looked at again before it), TextRefused.
    """
    known("risk_level", level)
    for kind in types:
        known("risk_level.risk_type", kind)
    possible_day(on, today=session.today, born_on=birth_date(session, case_id))
    if review_on is not None:
        not_before(review_on, on)
    before = session.scalar(select(Case.risk).where(Case.id == case_id))
    review = RiskReview(case_id=case_id, on=on, level=level, worker_id=worker_id, review_on=review_on, level_before=before)
    for name, text in zip(TEXTS, (words, plan), strict=True):
        if text:
            setattr(review, name, fitting(text))
    session.add(review)
    for kind in dict.fromkeys(types):
        session.add(RiskReviewType(case_id=case_id, review_id=review.id, type=kind))
    return review.id


def look_again_on(level: str, on: date) -> date:
    """The day to propose for the next look: sooner where the danger is great. The days are the rule RISK_REVIEW of `deadline_rule`.

    >>> look_again_on("HIGH", date(2026, 11, 24)), look_again_on("LOW", date(2026, 11, 24))
    (datetime.date(2026, 12, 1), datetime.date(2026, 12, 22))
    """
    rule = codelist("deadline_rule").value(RULE).fields
    return on + timedelta(days=rule["enhanced_days"] if level in (IMMEDIATE, HIGH) else rule["days"])


def risk_reviews_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[RiskRow, ...]:
    """The reviews of a case, newest first: two queries."""
    kinds: dict[UUID, list[str]] = {}
    for review_id, kind in session.execute(
        select(RiskReviewType.review_id, RiskReviewType.type).where(RiskReviewType.case_id == case_id).order_by(RiskReviewType.id)
    ):
        kinds.setdefault(review_id, []).append(kind)
    wanted = columns(RiskReview, RiskRow.__slots__[:-3])
    here = select(*wanted).where(RiskReview.case_id == case_id, standing(RiskReview, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(RiskReview.on.desc(), RiskReview.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(RiskRow(**row, types=tuple(kinds.get(row["id"], ())), **texts_of(texts, row["id"], TEXTS)) for row in rows)


def _set_levels(session: VaultSession, ids: list[UUID]) -> None:
    levels: dict[UUID, str | None] = {}
    first = select(RiskReview.case_id, RiskReview.level_before).where(RiskReview.case_id.in_(ids)).order_by(RiskReview.id.desc())
    levels.update((case_id, before) for case_id, before in session.execute(first))
    newest = select(RiskReview.case_id, RiskReview.level).where(RiskReview.case_id.in_(ids), standing(RiskReview))
    levels.update((case_id, level) for case_id, level in session.execute(newest.order_by(RiskReview.on, RiskReview.id)))
    for case in session.scalars(select(Case).where(Case.id.in_(list(levels)))):
        if case.risk != levels[case.id]:
            case.risk = levels[case.id]
