"""Barriers: what stands between the person and giving evidence. Several at once; none ever vanishes, it is resolved with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import STANDING, recompute
from victimcare.casework.dates import NOT_ASKED, not_before, possible_day
from victimcare.casework.identity import known_birth
from victimcare.casework.opening import Sealed, columns, fitting, opened, text_of
from victimcare.reference.codelists import known, known_or_same
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

OPEN, MITIGATING, RESOLVED, RETURNED = "OPEN", "MITIGATING", "RESOLVED", "RETURNED"
BEHIND = "UNWILLING_EVIDENCE"  # a refusal, not a reason: the screen asks what is behind it


class BarrierRefused(Refused):
    """A change a barrier cannot take."""


class Barrier(Record):
    """One barrier. `on_or_before`: it stood on `since` and may be older. `status`: where its latest change left it."""

    __tablename__ = "barrier"
    __write_right__ = Right.CASEWORK
    __withdrawable__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    code: Mapped[str] = mapped_column(index=True)
    since: Mapped[date]
    on_or_before: Mapped[bool] = mapped_column(default=False)
    strength: Mapped[str] = mapped_column(default="UNKNOWN")
    recorded_from: Mapped[str] = mapped_column(default="WORKER_VIEW")
    status: Mapped[str] = mapped_column(default=OPEN)
    imported: Mapped[bool] = mapped_column(default=False)
    review_on: Mapped[date | None] = mapped_column(default=None, index=True)
    words = SealedText()


def settle(session: VaultSession, case_ids: Iterable[UUID]) -> None:
    """Let each barrier of `case_ids` stand where its newest step left it that counts; where none does, open, as it was recorded.

    Called before commit with the cases whose steps were written or withdrawn.
    """
    cases = list(case_ids)
    newest = dict.fromkeys(session.scalars(select(BarrierChange.barrier_id).where(BarrierChange.case_id.in_(cases))), OPEN)
    counting = select(BarrierChange.barrier_id, BarrierChange.status).where(BarrierChange.case_id.in_(cases), standing(BarrierChange))
    newest |= dict(session.execute(counting.order_by(BarrierChange.on, BarrierChange.id)).all())
    for barrier in session.scalars(select(Barrier).where(Barrier.id.in_(list(newest)))):
        if barrier.status != newest[barrier.id]:
            barrier.status = newest[barrier.id]
    session.flush()
    recompute(session, cases)


class BarrierChange(Record):
    """One step in a barrier's life after it was recorded. One that is withdrawn gives way to the step before it."""

    __tablename__ = "barrier_change"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __withdrawable__ = True
    __touches__ = staticmethod(settle)

    case_id: Mapped[UUID] = link("case")
    barrier_id: Mapped[UUID] = link("barrier")
    on: Mapped[date]
    status: Mapped[str]
    reason: Mapped[str | None] = mapped_column(default=None)
    words = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class BarrierRow:
    """A barrier; `words` "" when not opened."""

    id: UUID
    version: int
    code: str
    since: date
    on_or_before: bool
    strength: str
    recorded_from: str
    status: str
    imported: bool
    review_on: date | None
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class ChangeRow:
    """A step in the life of a barrier of the kind `code`; `words` "" when not opened."""

    id: UUID
    barrier_id: UUID
    on: date
    status: str
    reason: str | None
    made_at: datetime
    made_by: UUID
    code: str
    words: str


def record_barrier(
    session: VaultSession,
    *,
    case_id: UUID,
    code: str,
    since: date,
    on_or_before: bool = False,
    strength: str = "UNKNOWN",
    recorded_from: str = "WORKER_VIEW",
    words: str = "",
    review_on: date | None = None,
    imported: bool = False,
    born_on: date | None = NOT_ASKED,
) -> UUID:
    """Record a barrier. Raises UnknownCode, DateRefused, TextRefused."""
    known("barrier", code)
    known("barrier.strength", strength)
    known("barrier.recorded_from", recorded_from)
    possible_day(since, today=session.today, born_on=known_birth(session, case_id, born_on))
    if review_on is not None:
        not_before(review_on, since)
    barrier = Barrier(
        case_id=case_id,
        code=code,
        since=since,
        on_or_before=on_or_before,
        strength=strength,
        recorded_from=recorded_from,
        imported=imported,
        review_on=review_on,
    )
    if words:
        barrier.words = fitting(words)
    session.add(barrier)
    return barrier.id


def change_barrier(
    session: VaultSession, *, barrier_id: UUID, version: int, on: date, status: str, reason: str | None = None, words: str = "", review_on: date | None = None
) -> UUID:
    """Say how a barrier stands now: eased, accepted, resolved, back again, or the same with something to say. Returns the id of the step.

    One that was resolved and is open again has returned, and says so until its next step. `review_on` replaces the next review.
    Raises UnknownCode, DateRefused (before its last step), Conflict, BarrierRefused (no change; resolved without a reason; a return of what never went).
    """
    known("barrier.status", status)
    possible_day(on, today=session.today)
    barrier = session.get_for_change(Barrier, barrier_id, version=version)
    not_before(on, _last_step(session, barrier))
    status = _from(barrier.status, status)
    if status == barrier.status and not words and review_on == barrier.review_on:
        raise BarrierRefused("The barrier stands so already.", "Choose another state, say something about it, or another day to look again.")
    if status == RESOLVED and reason is None:
        raise BarrierRefused("A barrier is resolved with a reason.", "Say why it no longer stands.")
    if reason is not None:
        known("barrier_end_reason", reason)
        reason = reason if status == RESOLVED else None
    barrier.status, barrier.review_on = status, review_on
    change = BarrierChange(case_id=barrier.case_id, barrier_id=barrier_id, on=on, status=status, reason=reason)
    if words:
        change.words = fitting(words)
    session.add(change)
    return change.id


def resolve_barrier(session: VaultSession, *, barrier_id: UUID, version: int, on: date, reason: str, words: str = "") -> UUID:
    """The barrier no longer stands, and why. Raises as `change_barrier` does."""
    return change_barrier(session, barrier_id=barrier_id, version=version, on=on, status=RESOLVED, reason=reason, words=words)


def judge_barrier(session: VaultSession, *, barrier_id: UUID, version: int, strength: str, recorded_from: str, review_on: date | None) -> UUID:
    """Correct how strong it is, whose view that is and when to look again. Raises UnknownCode, DateRefused, Conflict."""
    barrier = session.get_for_change(Barrier, barrier_id, version=version)
    known_or_same("barrier.strength", strength, barrier.strength)
    known_or_same("barrier.recorded_from", recorded_from, barrier.recorded_from)
    if review_on is not None:
        not_before(review_on, barrier.since)
    barrier.strength, barrier.recorded_from, barrier.review_on = strength, recorded_from, review_on
    return barrier_id


def barriers_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[BarrierRow, ...]:
    """The barriers of one case: those that stand first, then the newest first."""
    wanted = columns(Barrier, BarrierRow.__slots__[:-1])
    here = select(*wanted).where(Barrier.case_id == case_id, standing(Barrier, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(Barrier.since.desc(), Barrier.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    found = (BarrierRow(**row, words=text_of(texts, row["id"], "words")) for row in rows)
    return tuple(sorted(found, key=lambda row: row.status not in STANDING))


def barrier_changes_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[ChangeRow, ...]:
    """Every step of every barrier of one case, newest first."""
    wanted = (*columns(BarrierChange, ChangeRow.__slots__[:-2]), Barrier.code)
    here = select(*wanted).join(Barrier, Barrier.id == BarrierChange.barrier_id)
    here = here.where(BarrierChange.case_id == case_id, standing(BarrierChange, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(BarrierChange.on.desc(), BarrierChange.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(ChangeRow(**row, words=text_of(texts, row["id"], "words")) for row in rows)


def _last_step(session: VaultSession, barrier: Barrier) -> date:
    """The day of the newest step of a barrier; since when it stands where it had none."""
    steps = select(BarrierChange.on).where(BarrierChange.barrier_id == barrier.id, standing(BarrierChange))
    return session.scalar(steps.order_by(BarrierChange.on.desc()).limit(1)) or barrier.since


def _from(before: str, status: str) -> str:
    """`status` as it is said of a barrier that stood at `before`: open again after it was resolved means it has returned. Raises BarrierRefused."""
    if status == OPEN and before in (RESOLVED, RETURNED):
        return RETURNED
    if status == MITIGATING and before == RESOLVED:
        raise BarrierRefused("The barrier was resolved.", "Say first that it has returned; then what eases it.")
    if status == RETURNED and before not in (RESOLVED, RETURNED):
        raise BarrierRefused("Only a barrier that was resolved can return.", "Choose open, eased, accepted or resolved.")
    return status
