"""What is so now about each case: the columns lists sort by, recomputed from records whenever a case is written to.

Never incremented: after each write the touched cases are worked out anew by query, and `case_now_differences` works out
all of them, for `verify`. A case that others are read as part of (`merged`) says what is so of all of them together; a part says
what is so of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Date, ForeignKey, Index, Select, String, column, delete, func, insert, or_, select, table
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.reference.codelists import codelist
from victimcare.reference.deadline_rules import milestones
from victimcare.resources import resource_json
from victimcare.store.clock import day_of
from victimcare.store.record import Derived
from victimcare.store.session import VaultSession
from victimcare.store.types import Id, Instant

BEFORE_ALL = datetime(1, 1, 2, tzinfo=UTC)
CHUNK = 500  # ids a query: well under what either engine takes as parameters
STANDING = ("OPEN", "RETURNED", "MITIGATING")  # a barrier that still stands in the way
NEXT_STEP, BARRIER_REVIEW, REFERRAL_ANSWER, DEADLINE = "NEXT_STEP", "BARRIER_REVIEW", "REFERRAL_ANSWER", "DEADLINE"
MILESTONE = "MILESTONE"  # an open deadline that is only a day to know of: never late
RISK_REVIEW = "RISK_REVIEW"
APPOINTMENT, TASK = "APPOINTMENT", "TASK"
SAFEGUARDING_ANSWER = "SAFEGUARDING_ANSWER"


class CaseNow(Derived):
    """One row a case. Days are the office's. `attempts_since`: tries without an answer since the person was last reached."""

    __tablename__ = "case_now"
    __table_args__ = (Index("ix_case_now_last_achieved_on", "last_achieved_on"), Index("ix_case_now_next_due_on", "next_due_on"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", deferrable=True, initially="DEFERRED"), primary_key=True)
    last_achieved_on: Mapped[date | None] = mapped_column(default=None)
    last_attempt_on: Mapped[date | None] = mapped_column(default=None)
    attempts_since: Mapped[int] = mapped_column(default=0)
    stance: Mapped[str | None] = mapped_column(default=None)
    stance_on: Mapped[date | None] = mapped_column(default=None)
    open_barriers: Mapped[int] = mapped_column(default=0)
    open_referrals: Mapped[int] = mapped_column(default=0)
    plan_checked_on: Mapped[date | None] = mapped_column(default=None)
    next_due_on: Mapped[date | None] = mapped_column(default=None)
    next_due_kind: Mapped[str | None] = mapped_column(default=None)


FACTS = tuple(name for name in CaseNow.__table__.columns.keys() if name != "case_id")  # noqa: SIM118 (not a dict)


@dataclass(frozen=True, slots=True)
class CaseNowDifference:
    """A column of a case's row that is not what the records say; `column` is "row" when the row itself is missing or too many."""

    case_id: UUID
    column: str


# The records are named by their tables: their modules name this one, and referrals live above this package.
_case = table("case", column("id", Id), column("status", String))
_merged = table("merged", column("case_id", Id), column("into_case_id", Id), column("until_on", Date))
_contact = table(
    "contact", column("id", Id), column("case_id", Id), column("at", Instant), column("direction", String), column("person_contacted", String),
    column("outcome", String), column("is_achieved", Boolean), column("next_on", Date), column("corrects_id", Id),
)  # fmt: skip
_stance = table("stance_event", column("id", Id), column("case_id", Id), column("on", Date), column("code", String))
_barrier = table("barrier", column("id", Id), column("case_id", Id), column("code", String), column("status", String), column("review_on", Date))
_withdrawn = table("withdrawn", column("row_id", Id))
_plan = table("safe_contact_plan", column("id", Id), column("case_id", Id), column("checked_on", Date))
_referral = table("referral", column("id", Id), column("case_id", Id), column("status", String), column("answer_by", Date))
_deadline = table("deadline", column("id", Id), column("case_id", Id), column("rule", String), column("due_on", Date), column("about_id", Id))
_deadline_outcome = table("deadline_outcome", column("deadline_id", Id))
_safeguarding = table(
    "safeguarding_request", column("id", Id), column("case_id", Id), column("mitigation_id", Id), column("asked_on", Date), column("answered_on", Date)
)
_appointment = table("appointment", column("id", Id), column("case_id", Id), column("at", Instant), column("status", String))
_task = table("task", column("id", Id), column("case_id", Id), column("due_on", Date), column("status", String))
_risk_review = table("risk_review", column("id", Id), column("case_id", Id), column("on", Date), column("review_on", Date))


def recompute(session: VaultSession, case_ids: Iterable[UUID]) -> None:
    """Work out the rows of `case_ids` anew, and of cases they are read as part of. The flush calls it before commit with the cases written to."""
    ids = list(case_ids)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        ids += set(session.scalars(select(_merged.c.into_case_id).where(_merged.c.case_id.in_(part)))) - set(ids)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        rows = _rows(session, part)
        with session.derived():
            session.execute(delete(CaseNow).where(CaseNow.case_id.in_(part)))
            if rows:
                session.execute(insert(CaseNow), list(rows.values()))


def case_now_differences(session: VaultSession) -> tuple[CaseNowDifference, ...]:
    """Every value that is not what the records say, by case. Nothing is changed; `recompute` mends."""
    kept = {row["case_id"]: dict(row) for row in session.execute(select(*CaseNow.__table__.columns)).mappings()}
    cases = list(session.scalars(select(_case.c.id)))
    wrong = []
    for start in range(0, len(cases), CHUNK):
        for case_id, right in _rows(session, cases[start : start + CHUNK]).items():
            row = kept.pop(case_id, None)
            if row is None:
                wrong.append(CaseNowDifference(case_id, "row"))
            else:
                wrong.extend(CaseNowDifference(case_id, name) for name in FACTS if row[name] != right[name])
    wrong.extend(CaseNowDifference(case_id, "row") for case_id in kept)
    return tuple(wrong)


def _rows(session: VaultSession, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The row of each case as the records say; one query more where others are read as part of any of them."""
    rows = _apart(session, ids)
    standing = select(_merged.c.case_id, _merged.c.into_case_id).where(_merged.c.into_case_id.in_(ids), _merged.c.until_on.is_(None))
    parts: dict[UUID, UUID] = dict(session.execute(standing).all())
    if parts:
        of_parts = _apart(session, list(parts))
        for case_id in set(parts.values()) & rows.keys():
            theirs = [row for part, row in of_parts.items() if parts[part] == case_id]
            rows[case_id] = _together(session, rows[case_id], theirs)
    return rows


def _together(session: VaultSession, row: dict[str, Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The row of a case that `parts` are read as part of: what is so of all of them. A few queries: few people are ever merged."""
    every = [row, *parts]
    ids = [one["case_id"] for one in every]
    stance = max(every, key=lambda one: one["stance_on"] or date.min)
    due_on, due_kind = _due_together(session, ids) if session.scalar(select(_case.c.status).where(_case.c.id == row["case_id"])) == "OPEN" else (None, None)
    reached = select(func.max(_contact.c.at, type_=Instant())).where(*_live(ids), _contact.c.is_achieved).scalar_subquery()
    tries = select(func.count(), func.max(_contact.c.at, type_=Instant())).where(*_live(ids), *_tried(), _contact.c.at > func.coalesce(reached, BEFORE_ALL))
    count, last = session.execute(tries).one()
    return {
        **row,
        "last_achieved_on": max((one["last_achieved_on"] for one in every if one["last_achieved_on"]), default=None),
        "attempts_since": count,
        "last_attempt_on": day_of(last) if last is not None else None,
        "stance": stance["stance"],
        "stance_on": stance["stance_on"],
        "open_barriers": sum(one["open_barriers"] for one in every),
        "open_referrals": sum(one["open_referrals"] for one in every),
        "plan_checked_on": session.scalar(select(_plan.c.checked_on).where(_plan.c.case_id.in_(ids)).order_by(_plan.c.id.desc()).limit(1)),
        "next_due_on": due_on,
        "next_due_kind": due_kind,
    }


def _due_together(session: VaultSession, ids: Sequence[UUID]) -> tuple[date | None, str | None]:
    """What is due first for one person: of contacts and risk reviews the newest in any of the files counts."""
    step = select(_contact.c.next_on).where(*_live(ids)).order_by(_contact.c.at.desc(), _contact.c.id.desc()).limit(1)
    review = select(_risk_review.c.review_on).where(_risk_review.c.case_id.in_(ids), _stands(_risk_review))
    newest = review.order_by(_risk_review.c.on.desc(), _risk_review.c.id.desc()).limit(1)
    found = [(on, kind) for _, on, kind in _due(session, ids) if kind not in (NEXT_STEP, RISK_REVIEW)]
    found += [(on, kind) for query, kind in ((step, NEXT_STEP), (newest, RISK_REVIEW)) if (on := session.scalar(query)) is not None]
    return min(found, default=(None, None))


def _apart(session: VaultSession, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """What each case's own records say."""
    status = dict(session.execute(select(_case.c.id, _case.c.status).where(_case.c.id.in_(ids))).all())
    rows: dict[UUID, dict[str, Any]] = {
        case_id: {"case_id": case_id, **dict.fromkeys(FACTS), "attempts_since": 0, "open_barriers": 0, "open_referrals": 0} for case_id in status
    }
    for case_id, values in (*_reached(session, ids), *_standing(session, ids), *_newest(session, ids)):
        if case_id in rows:
            rows[case_id].update(values)
    for case_id, on, kind in _due(session, ids):
        row = rows.get(case_id)
        if row is not None and status[case_id] == "OPEN" and (row["next_due_on"] is None or (on, kind) < (row["next_due_on"], row["next_due_kind"])):
            row["next_due_on"], row["next_due_kind"] = on, kind
    return rows


def _stands(source: Any) -> ColumnElement[bool]:
    """That a row of `source` was not withdrawn."""
    return ~select(_withdrawn.c.row_id).where(_withdrawn.c.row_id == source.c.id).exists()


def _live(ids: Sequence[UUID]) -> tuple[ColumnElement[bool], ...]:
    """Contacts of `ids` that were not withdrawn and that no later entry corrects."""
    later = _contact.alias("later")
    corrected = select(later.c.id).where(later.c.corrects_id == _contact.c.id, _stands(later)).exists()
    return _contact.c.case_id.in_(ids), ~corrected, _stands(_contact)


def _tried() -> tuple[ColumnElement[bool], ...]:
    """Contacts that are tries: outbound, to the person, not called off by the office, without an answer."""
    return (
        ~_contact.c.is_achieved,
        _contact.c.direction == "OUTBOUND",
        _contact.c.person_contacted == "VICTIM",
        _contact.c.outcome != "CANCELLED_US",
    )


def _reached(session: VaultSession, ids: Sequence[UUID]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """When each person was last reached, and the tries since: outbound, to the person, not called off by the office."""
    at = func.max(_contact.c.at, type_=Instant())
    last = select(_contact.c.case_id, at.label("at")).where(*_live(ids), _contact.c.is_achieved).group_by(_contact.c.case_id).subquery("last")
    achieved: dict[UUID, datetime] = dict(session.execute(select(last.c.case_id, last.c.at)).all())
    tries = (
        select(_contact.c.case_id, func.count(), at)
        .outerjoin(last, last.c.case_id == _contact.c.case_id)
        .where(*_live(ids), *_tried(), or_(last.c.at.is_(None), _contact.c.at > last.c.at))
        .group_by(_contact.c.case_id)
    )
    for case_id, when in achieved.items():
        yield case_id, {"last_achieved_on": day_of(when)}
    for case_id, count, when in session.execute(tries):
        yield case_id, {"attempts_since": count, "last_attempt_on": day_of(when)}


def _standing(session: VaultSession, ids: Sequence[UUID]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """How many barriers and referrals are open. NONE is the answer "asked, there is none", not a barrier."""
    barriers = select(_barrier.c.case_id, func.count()).where(
        _barrier.c.case_id.in_(ids), _barrier.c.status.in_(STANDING), _barrier.c.code != "NONE", _stands(_barrier)
    )
    for case_id, count in session.execute(barriers.group_by(_barrier.c.case_id)):
        yield case_id, {"open_barriers": count}
    referrals = select(_referral.c.case_id, func.count()).where(_referral.c.case_id.in_(ids), _referral.c.status.in_(under_way()))
    for case_id, count in session.execute(referrals.group_by(_referral.c.case_id)):
        yield case_id, {"open_referrals": count}


def _newest(session: VaultSession, ids: Sequence[UUID]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """The stance on the latest day, and when the newest plan was checked."""
    for case_id, code, on in session.execute(
        _first(_stance, ids, (_stance.c.on.desc(), _stance.c.id.desc()), _stance.c.code, _stance.c.on, extra=(_stands(_stance),))
    ):
        yield case_id, {"stance": code, "stance_on": on}
    for case_id, checked_on in session.execute(_first(_plan, ids, (_plan.c.id.desc(),), _plan.c.checked_on)):
        yield case_id, {"plan_checked_on": checked_on}


def _due(session: VaultSession, ids: Sequence[UUID]) -> Iterator[tuple[UUID, date, str]]:
    """What is planned or owed: the newest contact's next step, reviews of standing barriers and of the risk, answers partners owe, open deadlines."""
    newest = _first(_contact, ids, (_contact.c.at.desc(), _contact.c.id.desc()), _contact.c.next_on, extra=_live(ids)[1:])
    reviewed = _first(_risk_review, ids, (_risk_review.c.on.desc(), _risk_review.c.id.desc()), _risk_review.c.review_on, extra=(_stands(_risk_review),))
    for query, kind in ((newest, NEXT_STEP), (reviewed, RISK_REVIEW)):
        for case_id, on in session.execute(query):
            if on is not None:
                yield case_id, on, kind
    for source, due, states, kind in (
        (_barrier, _barrier.c.review_on, STANDING, BARRIER_REVIEW),
        (_referral, _referral.c.answer_by, awaited(), REFERRAL_ANSWER),
        (_task, _task.c.due_on, ("OPEN",), TASK),
    ):
        waits = (source.c.case_id.in_(ids), source.c.status.in_(states), due.is_not(None), _stands(source))
        for case_id, on in session.execute(select(source.c.case_id, func.min(due, type_=Date())).where(*waits).group_by(source.c.case_id)):
            yield case_id, on, kind
    settled = select(_deadline_outcome.c.deadline_id).where(_deadline_outcome.c.deadline_id == _deadline.c.id).exists()
    void = select(_withdrawn.c.row_id).where(_withdrawn.c.row_id == _deadline.c.about_id).exists()
    owed = select(_deadline.c.case_id, _deadline.c.rule, func.min(_deadline.c.due_on, type_=Date())).where(_deadline.c.case_id.in_(ids), ~settled, ~void)
    for case_id, rule, on in session.execute(owed.group_by(_deadline.c.case_id, _deadline.c.rule)):
        yield case_id, on, MILESTONE if rule in milestones() else DEADLINE
    planned = (_appointment.c.case_id.in_(ids), _appointment.c.status == "PLANNED", _stands(_appointment))
    soonest = select(_appointment.c.case_id, func.min(_appointment.c.at, type_=Instant())).where(*planned)
    for case_id, at in session.execute(soonest.group_by(_appointment.c.case_id)):
        yield case_id, day_of(at), APPOINTMENT
    for case_id, on in session.execute(_asked_abroad(ids)):
        yield case_id, safeguarding_due(on), SAFEGUARDING_ANSWER


def _asked_abroad(ids: Sequence[UUID]) -> Select[Any]:
    """Each case with the day of its oldest safeguarding request to another state that nobody answered."""
    gone = select(_withdrawn.c.row_id).where(_withdrawn.c.row_id == _safeguarding.c.mitigation_id).exists()
    waits = (_safeguarding.c.case_id.in_(ids), _safeguarding.c.answered_on.is_(None), _stands(_safeguarding), ~gone)
    return select(_safeguarding.c.case_id, func.min(_safeguarding.c.asked_on, type_=Date())).where(*waits).group_by(_safeguarding.c.case_id)


def safeguarding_due(asked_on: date) -> date:
    """The day from which an unanswered request to another state is asked after again."""
    return asked_on + timedelta(days=resource_json("rules/today.json")["safeguarding_answer_days"])


def _first(source: Any, ids: Sequence[UUID], order: tuple[Any, ...], *wanted: ColumnElement[Any], extra: tuple[Any, ...] = ()) -> Select[Any]:
    """The first row of each case in `order`: its case and what is `wanted`."""
    place = func.row_number().over(partition_by=source.c.case_id, order_by=order).label("place")
    ranked = select(source.c.case_id, *wanted, place).where(source.c.case_id.in_(ids), *extra).subquery("ranked")
    return select(ranked.c.case_id, *(ranked.c[str(item.key)] for item in wanted)).where(ranked.c.place == 1)


def under_way() -> tuple[str, ...]:
    """The referral states that still lead somewhere, once something has been done about sending: not drafts, not ended ones."""
    return tuple(state for state in codelist("referral_status").extra["transitions"] if state != "DRAFT")


def awaited() -> tuple[str, ...]:
    """The referral states in which the partner still owes an answer: it could yet say yes, no, or not now."""
    after = codelist("referral_status").extra["transitions"]
    return tuple(state for state, next_states in after.items() if {"ACCEPTED", "DECLINED", "WAITING_LIST"} <= set(next_states))
