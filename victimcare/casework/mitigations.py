"""Mitigations: what is done about barriers. One may answer several; each step of it is dated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.barriers import Barrier
from victimcare.casework.case_now import recompute
from victimcare.casework.dates import NOT_ASKED, possible_day
from victimcare.casework.identity import known_birth
from victimcare.casework.opening import Sealed, columns, fitting, opened, text_of
from victimcare.reference.codelists import codelist, known
from victimcare.reference.mitigation_pairs import Pair, general_pairs, pairs_of
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

ENDED = ("REFUSED", "ENDED")


class MitigationRefused(Refused):
    """A change a mitigation cannot take."""


class Mitigation(Record):
    """One thing asked for, offered or done. `on`: the day of its present status. `result`: whether it helped, once that is known.

    `began_status` and `began_on`: its first step, which stays; None in rows older than these columns. Later steps: `mitigation_changes`.
    """

    __tablename__ = "mitigation"
    __write_right__ = Right.CASEWORK
    __withdrawable__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    code: Mapped[str] = mapped_column(index=True)
    status: Mapped[str]
    on: Mapped[date]
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    result: Mapped[str | None] = mapped_column(default=None)
    began_status: Mapped[str | None] = mapped_column(default=None)
    began_on: Mapped[date | None] = mapped_column(default=None)
    detail = SealedText()


class MitigationBarrier(Record):
    """That a mitigation answers a barrier of the same case."""

    __tablename__ = "mitigation_barrier"
    __write_right__ = Right.CASEWORK

    case_id: Mapped[UUID] = link("case")
    mitigation_id: Mapped[UUID] = link("mitigation")
    barrier_id: Mapped[UUID] = link("barrier")


@dataclass(frozen=True, slots=True, repr=False)
class MitigationRow:
    """A mitigation and the barriers it answers; `detail` "" when not opened."""

    id: UUID
    version: int
    code: str
    status: str
    on: date
    worker_id: UUID | None
    result: str | None
    began_status: str | None
    began_on: date | None
    made_at: datetime
    made_by: UUID
    barrier_ids: tuple[UUID, ...]
    detail: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mitigation that fits a barrier: what it is, why it fits, and on whose word."""

    code: str
    label: str
    definition: str
    why: str
    sources: tuple[str, ...]


def record_mitigation(
    session: VaultSession,
    *,
    case_id: UUID,
    code: str,
    on: date,
    status: str = "OFFERED",
    barrier_ids: Collection[UUID] = (),
    worker_id: UUID | None = None,
    detail: str = "",
    born_on: date | None = NOT_ASKED,
) -> UUID:
    """Record what was asked for, offered or done, and for which barriers of the case. Raises UnknownCode, DateRefused, TextRefused, MitigationRefused."""
    known("mitigation", code)
    known("mitigation_status", status)
    possible_day(on, today=session.today, born_on=known_birth(session, case_id, born_on))
    answered = list(dict.fromkeys(barrier_ids))
    _of_this_case(session, case_id, answered)
    mitigation = Mitigation(case_id=case_id, code=code, status=status, on=on, worker_id=worker_id, began_status=status, began_on=on)
    if detail:
        mitigation.detail = fitting(detail)
    session.add(mitigation)
    for barrier_id in answered:
        session.add(MitigationBarrier(case_id=case_id, mitigation_id=mitigation.id, barrier_id=barrier_id))
    return mitigation.id


def answer_barrier(session: VaultSession, *, mitigation_id: UUID, barrier_id: UUID) -> UUID:
    """Say that a mitigation also answers that barrier. Raises MitigationRefused when they are of two cases or joined already."""
    mitigation = session.get(Mitigation, mitigation_id)
    joined = select(MitigationBarrier.id).where(MitigationBarrier.mitigation_id == mitigation_id, MitigationBarrier.barrier_id == barrier_id)
    if mitigation is None or session.scalar(joined) is not None:
        raise MitigationRefused("The mitigation is joined to that barrier already, or is not here.", "Look at the barrier again.")
    _of_this_case(session, mitigation.case_id, [barrier_id])
    link_row = MitigationBarrier(case_id=mitigation.case_id, mitigation_id=mitigation_id, barrier_id=barrier_id)
    session.add(link_row)
    return link_row.id


def mitigations_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[MitigationRow, ...]:
    """The mitigations of one case, newest step first."""
    wanted = columns(Mitigation, MitigationRow.__slots__[:-2])
    here = select(*wanted).where(Mitigation.case_id == case_id, standing(Mitigation, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(Mitigation.on.desc(), Mitigation.id.desc())).mappings().all()
    joined: dict[UUID, tuple[UUID, ...]] = {}
    links = select(MitigationBarrier.mitigation_id, MitigationBarrier.barrier_id).where(MitigationBarrier.case_id == case_id).order_by(MitigationBarrier.id)
    for mitigation_id, barrier_id in session.execute(links):
        joined[mitigation_id] = (*joined.get(mitigation_id, ()), barrier_id)
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(MitigationRow(**row, barrier_ids=joined.get(row["id"], ()), detail=text_of(texts, row["id"], "detail")) for row in rows)


def suggestions(barrier: str, *, besides: Collection[str] = ()) -> tuple[Suggestion, ...]:
    """The mitigations that fit a barrier, in their order, without those in `besides`. Empty: none is listed. Raises UnknownCode."""
    return tuple(_suggestion(pair) for pair in pairs_of(barrier) if pair.mitigation not in besides)


def general_suggestions(*, besides: Collection[str] = ()) -> tuple[Suggestion, ...]:
    """The mitigations that may help with any barrier, without those in `besides`."""
    return tuple(_suggestion(pair) for pair in general_pairs() if pair.mitigation not in besides)


def _of_this_case(session: VaultSession, case_id: UUID, barrier_ids: list[UUID]) -> None:
    """Raises MitigationRefused unless all of `barrier_ids` are barriers of the case."""
    if not barrier_ids:
        return
    here = session.scalar(select(func.count()).select_from(Barrier).where(Barrier.id.in_(barrier_ids), Barrier.case_id == case_id))
    if here != len(barrier_ids):
        raise MitigationRefused("A mitigation answers barriers of its own case.", "Choose among the barriers of this case.")


def _suggestion(pair: Pair) -> Suggestion:
    value = codelist("mitigation").value(pair.mitigation)
    return Suggestion(value.code, value.label, value.definition, pair.why, pair.sources)
