"""The safe-contact plan: how the person may be reached, what must not be said, who must not know. It stands above every number.

Each check or change with the person is a new version and the newest counts. Hours are coded, so that lists can say
"safe until 16:00" without opening anything; words are sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from victimcare.casework.case_now import CHUNK, recompute
from victimcare.casework.dates import possible_day
from victimcare.casework.merging import files_together
from victimcare.casework.opening import Sealed, columns, fitting, opened, texts_of
from victimcare.casework.safe_hours import EVERY_DAY, NO, WHOLE_DAY, HoursRefused, SafeHours, possible_hours, usable_hours
from victimcare.casework.suspensions import standing_suspensions
from victimcare.reference.codelists import known, label
from victimcare.reference.languages import language_label
from victimcare.store.errors import Conflict
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

TEXTS = (
    "summary", "must_not_know", "may_be_told", "code_word", "danger_word", "cover_story", "voicemail", "withhold_number", "alternative",
    "interpreter_language", "interpreter_dialect", "interpreter_gender", "interpreter_rules",
)  # fmt: skip
"""What code list `safe_contact_field` names, but the hours, the day of the check and "safe to write here", which belongs to an address."""

_CODES = {"withhold_number": "yes_no", "interpreter_gender": "gender"}
NEVER_A_COMPANION = "Never a companion of the person."
"""Of every interpreter (First Responder Toolkit, April 2026)."""


class SafeContactPlan(Record):
    """One version of the plan. `checked_on`: the day it was gone through with the person, None for never (an imported register).

    `code_word`: it is safe to talk; `danger_word`: it is not. `withhold_number`: YES, NO or "" for not asked. `alternative`: who else,
    and who they are to the person (their number is a contact point). `interpreter_language`: ISO 639; `interpreter_gender`: a code of `gender`.
    """

    __tablename__ = "safe_contact_plan"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    checked_on: Mapped[date | None] = mapped_column(default=None)
    imported: Mapped[bool] = mapped_column(default=False)
    summary = SealedText()
    must_not_know = SealedText()
    may_be_told = SealedText()
    code_word = SealedText()
    danger_word = SealedText()
    cover_story = SealedText()
    voicemail = SealedText()
    withhold_number = SealedText()
    alternative = SealedText()
    interpreter_language = SealedText()
    interpreter_dialect = SealedText()
    interpreter_gender = SealedText()
    interpreter_rules = SealedText()


class SafeChannel(Record):
    """Hours for one channel of one version. `weekdays`: bit 0 Monday to bit 6 Sunday; minutes of the day, the end not included."""

    __tablename__ = "safe_channel"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    plan_id: Mapped[UUID] = link("safe_contact_plan")
    channel: Mapped[str]
    is_safe: Mapped[str]
    weekdays: Mapped[int] = mapped_column(default=EVERY_DAY)
    from_minute: Mapped[int] = mapped_column(default=0)
    to_minute: Mapped[int] = mapped_column(default=WHOLE_DAY)
    may_leave_message: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """A version of the plan with its hours; texts "" when not opened. Hours are answered by `safe_hours.safe_now(plan.hours, ...)`."""

    id: UUID
    checked_on: date | None
    imported: bool
    made_at: datetime
    made_by: UUID
    hours: tuple[SafeHours, ...]
    summary: str
    must_not_know: str
    may_be_told: str
    code_word: str
    danger_word: str
    cover_story: str
    voicemail: str
    withhold_number: str
    alternative: str
    interpreter_language: str
    interpreter_dialect: str
    interpreter_gender: str
    interpreter_rules: str

    def is_same(self, other: Plan) -> bool:
        """Whether both say the same, whoever made them and whenever they were checked."""
        return self.hours == other.hours and all(getattr(self, field) == getattr(other, field) for field in TEXTS)


def record_plan(
    session: VaultSession, *, case_id: UUID, hours: Sequence[SafeHours] = (), checked_on: date | None = None, imported: bool = False, **texts: str
) -> UUID:
    """Record the plan as agreed with the person on `checked_on`. `texts`: any of TEXTS.

    Raises UnknownCode, DateRefused, TextRefused, HoursRefused (hours that cannot be; no way left at all, unless `imported`).
    """
    if checked_on is not None:
        possible_day(checked_on, today=session.today)
    for row in hours:
        known("contact_channel", row.channel)
        known("safe", row.is_safe)
        possible_hours(row)
    if not imported and all(row.is_safe == NO for row in hours):
        raise HoursRefused("The plan leaves no way to reach the person.", "Add a way that is safe, or one to ask about first.")
    plan = SafeContactPlan(case_id=case_id, checked_on=checked_on, imported=imported)
    for field, value in texts.items():
        if field not in TEXTS:
            raise TypeError("not a text of the plan")
        if value and field in _CODES:
            known(_CODES[field], value)
        if value:
            setattr(plan, field, fitting(value))
    session.add(plan)
    for row in dict.fromkeys(hours):
        session.add(SafeChannel(case_id=case_id, plan_id=plan.id, **{name: getattr(row, name) for name in SafeHours.__slots__}))
    return plan.id


def check_plan(session: VaultSession, *, case_id: UUID, on: date) -> UUID:
    """The plan was gone through with the person and holds: the same again as a new version. Raises DateRefused, HoursRefused."""
    plan = plan_of_person(session, case_id)
    if plan is None:
        raise HoursRefused("There is no plan to check.", "Record how the person may be reached.")
    return record_plan(session, case_id=case_id, hours=plan.hours, checked_on=on, **{field: getattr(plan, field) for field in TEXTS})


def plan_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> Plan | None:
    """The plan that counts now; None when none was made."""
    found = _plans(session, _versions(case_id).limit(1), sealed)
    return found[0] if found else None


def plan_of_person(session: VaultSession, case_id: UUID) -> Plan | None:
    """The newest plan of all files of the person that are read as one with this case and may be opened."""
    files = (file for file in files_together(session).get(case_id, (case_id,)) if session.can_open(file))
    return max((plan for file in files if (plan := plan_of(session, file)) is not None), key=lambda plan: plan.id, default=None)


def refuse_newer_plan(session: VaultSession, case_id: UUID, seen: UUID | None) -> None:
    """Raises Conflict where the plan that counts is not the one that was `seen` (None: there was none)."""
    now = plan_of_person(session, case_id)
    if (now.id if now else None) != seen:
        raise Conflict(SafeContactPlan.__tablename__, seen, 0, 1)


def plans_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[Plan, ...]:
    """Every version, newest first."""
    return _plans(session, _versions(case_id), sealed)


def interpreter_words(plan: Plan) -> str:
    """ "Vietnamese, northern dialect, female. Not from her town"; "" where nothing was agreed."""
    gender = label("gender", plan.interpreter_gender).lower() if plan.interpreter_gender else ""
    language = language_label(plan.interpreter_language) if plan.interpreter_language else ""
    wanted = ", ".join(filter(None, (language, plan.interpreter_dialect, gender)))
    return ". ".join(filter(None, (wanted, plan.interpreter_rules.rstrip("."))))


def hours_of(session: VaultSession, case_ids: Collection[UUID]) -> dict[UUID, tuple[SafeHours, ...]]:
    """Case -> the hours of its newest plan, with NO for suspended channels; coded facts alone, a few queries for 500 cases.

    Of files of a person that are read as one the newest plan of all counts, as on the case page.
    """
    together = files_together(session)
    agreed = _newest_hours(session, list({file for one in case_ids for file in together.get(one, (one,))}))
    suspended = standing_suspensions(session, set(case_ids))
    found: dict[UUID, tuple[SafeHours, ...]] = {}
    for case_id in case_ids:
        plans = [agreed[file] for file in together.get(case_id, (case_id,)) if file in agreed]
        hours = max(plans, key=itemgetter(0))[1] if plans else ()
        if plans or case_id in suspended:
            found[case_id] = usable_hours(hours, [one.channel for one in suspended.get(case_id, ())])
    return found


def _newest_hours(session: VaultSession, ids: list[UUID]) -> dict[UUID, tuple[UUID, tuple[SafeHours, ...]]]:
    """Case -> its newest plan and what it agrees."""
    newer = aliased(SafeContactPlan)
    is_older = select(newer.id).where(newer.case_id == SafeContactPlan.case_id, newer.id > SafeContactPlan.id).exists()
    found: dict[UUID, tuple[UUID, tuple[SafeHours, ...]]] = {}
    wanted = (SafeChannel.case_id, SafeChannel.plan_id, *columns(SafeChannel, SafeHours.__slots__))
    for start in range(0, len(ids), CHUNK):
        newest = select(SafeContactPlan.id).where(SafeContactPlan.case_id.in_(ids[start : start + CHUNK]), ~is_older)
        for case_id, plan_id, *row in session.execute(select(*wanted).where(SafeChannel.plan_id.in_(newest)).order_by(SafeChannel.id)):
            found[case_id] = (plan_id, (*found.get(case_id, (plan_id, ()))[1], SafeHours(*row)))
    return found


def _versions(case_id: UUID) -> Select[Any]:
    wanted = columns(SafeContactPlan, Plan.__slots__[:5])
    return select(*wanted).where(SafeContactPlan.case_id == case_id).order_by(SafeContactPlan.id.desc())


def _plans(session: VaultSession, versions: Select[Any], sealed: Sealed | None) -> tuple[Plan, ...]:
    rows = session.execute(versions).mappings().all()
    ids = [row["id"] for row in rows]
    hours: dict[UUID, tuple[SafeHours, ...]] = {}
    agreed = (SafeChannel.plan_id, *columns(SafeChannel, SafeHours.__slots__))
    for plan_id, *row in session.execute(select(*agreed).where(SafeChannel.plan_id.in_(ids)).order_by(SafeChannel.id)):
        hours[plan_id] = (*hours.get(plan_id, ()), SafeHours(*row))
    texts = opened(session, ids, sealed)
    return tuple(Plan(**row, hours=hours.get(row["id"], ()), **texts_of(texts, row["id"], TEXTS)) for row in rows)
