"""Deadlines: what the Victims' Code, the NRM and others set days for. The rule and the day of the event fix the day it is due.

A deadline and what came of it are only ever added to: what is met stays as it was recorded, since the log may be evidence
(Victims and Prisoners Act 2024, s5). The days are data: `reference/deadline_rules.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.casework.dates import not_before, possible_day
from victimcare.casework.entitlements import has_enhanced_rights
from victimcare.casework.opening import Sealed, columns, fitting, opened, texts_of
from victimcare.reference.codelists import codelist, known
from victimcare.reference.deadline_rules import DeadlineRule, followed_by, rule_on, rule_shown
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import Withdrawn

MET, LATE, NOT_APPLICABLE = "MET", "LATE", "NOT_APPLICABLE"
TEXTS = ("told", "understood_words", "why")


class DeadlineSettled(Refused):
    """Something came of the deadline already, and that stays as it was recorded."""

    def __init__(self) -> None:
        super().__init__(
            "What came of this deadline is recorded already, and stays.", "Log a contact for what came after, or record a new deadline for a new event."
        )


class DeadlineThere(Refused):
    """The same deadline is open already."""

    def __init__(self) -> None:
        super().__init__("A deadline by this rule for an event on that day is open already.", "Mark that one met, or check the day of the event.")


class ReasonNeeded(Refused):
    """A deadline met late, or one that does not apply, without why."""

    def __init__(self, what: str) -> None:
        super().__init__(f"There must be a reason why it {what}.", "Choose the reason that comes nearest; the words can say more.")


class Deadline(Record):
    """One thing owed by a day. `rule`: a code of `deadline_rule`. `event_on`: the day of its trigger. `is_enhanced`: by which period.

    `about_id`: the arrest, prosecution, NRM event or earlier deadline that triggered it, if one is recorded.
    """

    __tablename__ = "deadline"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    rule: Mapped[str]
    event_on: Mapped[date]
    is_enhanced: Mapped[bool]
    due_on: Mapped[date] = mapped_column(index=True)
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    about_id: Mapped[UUID | None] = mapped_column(default=None, index=True)


class DeadlineOutcome(Record):
    """What came of a deadline, once: `result` MET, LATE or NOT_APPLICABLE. `on`: the day it was done or decided.

    `channel`, `language`, `understood` (YES, NO, UNKNOWN): how the person was told. `reason`: why late or not applicable (`deadline_reason`).
    """

    __tablename__ = "deadline_outcome"
    __table_args__ = (UniqueConstraint("deadline_id"),)
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    deadline_id: Mapped[UUID] = link("deadline")
    on: Mapped[date]
    result: Mapped[str]
    reason: Mapped[str | None] = mapped_column(default=None)
    channel: Mapped[str | None] = mapped_column(default=None)
    language: Mapped[str | None] = mapped_column(default=None)
    understood: Mapped[str | None] = mapped_column(default=None)
    contact_id: Mapped[UUID | None] = link("contact", optional=True)
    told = SealedText()
    understood_words = SealedText()
    why = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class OutcomeRow:
    """What came of a deadline; texts "" when not opened."""

    id: UUID
    on: date
    result: str
    reason: str | None
    channel: str | None
    language: str | None
    understood: str | None
    contact_id: UUID | None
    made_at: datetime
    made_by: UUID
    told: str
    understood_words: str
    why: str


@dataclass(frozen=True, slots=True, repr=False)
class DeadlineRow:
    """A deadline with what came of it, None while nothing has. `is_void`: what started it was withdrawn, so that nothing is owed."""

    id: UUID
    rule: str
    event_on: date
    is_enhanced: bool
    due_on: date
    about_id: UUID | None
    made_at: datetime
    made_by: UUID
    is_void: bool
    outcome: OutcomeRow | None

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.outcome is None and not self.is_void

    def version(self) -> DeadlineRule:
        """The version of the rule that counts for its event; readable also where the list no longer has it."""
        return rule_shown(self.rule, self.event_on)


def record_deadline(
    session: VaultSession,
    *,
    case_id: UUID,
    rule: str,
    event_on: date,
    is_enhanced: bool | None = None,
    worker_id: UUID | None = None,
    about_id: UUID | None = None,
) -> UUID:
    """Record that something is owed since `event_on`. `is_enhanced` left out: by the person's rights on that day.

    Said twice about the same row it changes nothing, and the deadline there is given. Raises UnknownCode, NoRuleThen, DateRefused,
    DeadlineThere where the same is open without such a row.
    """
    version = rule_on(rule, event_on)
    possible_day(event_on, today=session.today)
    same = select(Deadline.id).where(Deadline.case_id == case_id, Deadline.rule == rule)
    if about_id is not None:
        # An event that comes again, such as the result after a retrial, is owed again once the first was told.
        there = session.scalar(same.where(Deadline.about_id == about_id, or_(Deadline.event_on == event_on, is_open())).limit(1))
        if there is not None:
            return there
    elif session.scalar(same.where(Deadline.event_on == event_on, is_open())) is not None:
        raise DeadlineThere
    enhanced = has_enhanced_rights(session, case_id, event_on) if is_enhanced is None else is_enhanced
    due = version.due_on(event_on, enhanced=enhanced)
    deadline = Deadline(case_id=case_id, rule=rule, event_on=event_on, is_enhanced=enhanced, due_on=due, worker_id=worker_id, about_id=about_id)
    session.add(deadline)
    return deadline.id


def meet_deadline(
    session: VaultSession,
    *,
    deadline_id: UUID,
    on: date,
    reason: str | None = None,
    channel: str | None = None,
    language: str | None = None,
    understood: str | None = None,
    contact_id: UUID | None = None,
    told: str = "",
    understood_words: str = "",
    why: str = "",
) -> UUID:
    """Record that it was done on a day: MET, or LATE after the day it was due, with a reason. What follows from it is recorded too.

    `told`, `understood_words`: what the person was told and what they made of it, in words. `contact_id`: the contact it was in.
    Raises ReasonNeeded, DeadlineSettled, UnknownCode, DateRefused for a day to come or before the event, TextRefused.
    """
    deadline = _open(session, deadline_id)
    possible_day(on, today=session.today)
    result, why_late = _result(deadline, on, reason)
    _known_how(channel, language, understood)
    outcome = DeadlineOutcome(
        case_id=deadline.case_id,
        deadline_id=deadline_id,
        on=on,
        result=result,
        reason=why_late,
        channel=channel,
        language=language,
        understood=understood,
        contact_id=contact_id,
    )
    _write(outcome, told=told, understood_words=understood_words, why=why)
    session.add(outcome)
    for next_rule in followed_by(deadline.rule):
        record_deadline(session, case_id=deadline.case_id, rule=next_rule, event_on=on, about_id=deadline_id)
    return outcome.id


def set_not_applicable(session: VaultSession, *, deadline_id: UUID, reason: str | None, why: str = "", on: date | None = None) -> UUID:
    """Record that a deadline does not apply, also one recorded in error. Raises ReasonNeeded, DeadlineSettled, UnknownCode, DateRefused, TextRefused."""
    deadline = _open(session, deadline_id)
    if reason is None:
        raise ReasonNeeded("does not apply")
    day = possible_day(on or session.today, today=session.today)
    outcome = DeadlineOutcome(case_id=deadline.case_id, deadline_id=deadline_id, on=day, result=NOT_APPLICABLE, reason=_reason(reason, NOT_APPLICABLE))
    _write(outcome, why=why)
    session.add(outcome)
    return outcome.id


def is_open() -> Any:
    """The condition on Deadline that it is still owed: nothing came of it yet, and what started it was not withdrawn."""
    return ~select(DeadlineOutcome.id).where(DeadlineOutcome.deadline_id == Deadline.id).correlate(Deadline).exists() & ~_is_void()


def _is_void() -> ColumnElement[bool]:
    return select(Withdrawn.id).where(Withdrawn.row_id == Deadline.about_id).correlate(Deadline).exists()


def reasons_for(result: str) -> tuple[tuple[str, str], ...]:
    """(code, words) of the reasons for LATE or NOT_APPLICABLE."""
    return tuple((value.code, value.label) for value in codelist("deadline_reason").values if value.fields["for"] == result)


def deadlines_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[DeadlineRow, ...]:
    """The deadlines of a case with what came of each, newest due first: one query."""
    mine = [name for name in DeadlineRow.__slots__ if name not in {"is_void", "outcome"}]
    its = [name for name in OutcomeRow.__slots__ if name not in TEXTS]
    rows = session.execute(
        select(*columns(Deadline, mine), _is_void().label("is_void"), *columns(DeadlineOutcome, its))
        .outerjoin(DeadlineOutcome, DeadlineOutcome.deadline_id == Deadline.id)
        .where(Deadline.case_id == case_id)
        .order_by(Deadline.due_on.desc(), Deadline.id.desc())
    ).all()
    at = len(mine) + 1
    texts = opened(session, [row[at] for row in rows if row[at] is not None], sealed)
    return tuple(DeadlineRow(**dict(zip(mine, row, strict=False)), is_void=row.is_void, outcome=_outcome_row(row[at:], texts)) for row in rows)


def _outcome_row(values: Sequence[Any], texts: Sealed) -> OutcomeRow | None:
    return None if values[0] is None else OutcomeRow(*values, **texts_of(texts, values[0], TEXTS))


def _open(session: VaultSession, deadline_id: UUID) -> Deadline:
    deadline = session.get(Deadline, deadline_id)
    assert deadline is not None, "a deadline that is here"
    if session.scalar(select(DeadlineOutcome.id).where(DeadlineOutcome.deadline_id == deadline_id)) is not None:
        raise DeadlineSettled
    return deadline


def _result(deadline: Deadline, on: date, reason: str | None) -> tuple[str, str | None]:
    """MET, or LATE with why; a reason for being late counts for nothing where it was not."""
    rule = rule_shown(deadline.rule, deadline.event_on)
    if rule.days:  # a notice due the same day may be given before
        not_before(on, deadline.event_on)
    if not rule.is_late(deadline.due_on, on):
        return MET, None
    if reason is None:
        raise ReasonNeeded("was late")
    return LATE, _reason(reason, LATE)


def _known_how(channel: str | None, language: str | None, understood: str | None) -> None:
    for name, code in (("contact_channel", channel), ("language", language), ("yes_no", understood)):
        if code is not None:
            known(name, code)


def _reason(code: str | None, result: str) -> str:
    return known("deadline_reason", code if code in dict(reasons_for(result)) else "")


def _write(outcome: DeadlineOutcome, **texts: str) -> None:
    for name, text in texts.items():
        if text:
            setattr(outcome, name, fitting(text))
