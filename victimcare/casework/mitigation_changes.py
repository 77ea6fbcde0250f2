"""Each step of a mitigation: asked, offered, agreed, in place, refused, ended, and whether it helped. Only ever added to.

The first step stands in the mitigation itself, with the newest; a step that is withdrawn gives way to the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.dates import not_before, possible_day
from victimcare.casework.mitigations import Mitigation, MitigationRefused
from victimcare.casework.opening import Sealed, columns, fitting, opened, text_of
from victimcare.reference.codelists import known
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing


def settle(session: VaultSession, case_ids: Iterable[UUID]) -> None:
    """Let each mitigation of `case_ids` say its newest step that counts. Called before commit with the cases whose steps were written or withdrawn."""
    cases = list(case_ids)
    newest: dict[UUID, MitigationChange | None] = {}
    for change in session.scalars(select(MitigationChange).where(MitigationChange.case_id.in_(cases)).order_by(MitigationChange.id)):
        newest.setdefault(change.mitigation_id, None)
    counting = select(MitigationChange).where(MitigationChange.case_id.in_(cases), standing(MitigationChange))
    for change in session.scalars(counting.order_by(MitigationChange.on, MitigationChange.id)):
        newest[change.mitigation_id] = change
    for mitigation in session.scalars(select(Mitigation).where(Mitigation.id.in_(list(newest)))):
        step = newest[mitigation.id]
        if step is not None:
            now = (step.status, step.on, step.result, step.worker_id or mitigation.worker_id)
        else:
            now = (mitigation.began_status or mitigation.status, mitigation.began_on or mitigation.on, None, mitigation.worker_id)
        if now != (mitigation.status, mitigation.on, mitigation.result, mitigation.worker_id):
            mitigation.status, mitigation.on, mitigation.result, mitigation.worker_id = now


class MitigationChange(Record):
    """One step. `status`: a code of `mitigation_status`. `result`: HELPED, DID_NOT or NOT_KNOWN. `worker_id`: who saw to it."""

    __tablename__ = "mitigation_change"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    __withdrawable__ = True
    __touches__ = staticmethod(settle)

    case_id: Mapped[UUID] = link("case")
    mitigation_id: Mapped[UUID] = link("mitigation")
    on: Mapped[date]
    status: Mapped[str]
    result: Mapped[str | None] = mapped_column(default=None)
    worker_id: Mapped[UUID | None] = link("worker", optional=True)
    words = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class MitigationChangeRow:
    """A step after the first of the mitigation `code`; `words` "" when not opened."""

    id: UUID
    mitigation_id: UUID
    on: date
    status: str
    result: str | None
    worker_id: UUID | None
    made_at: datetime
    made_by: UUID
    code: str
    words: str


def change_mitigation(
    session: VaultSession,
    *,
    mitigation_id: UUID,
    version: int,
    on: date,
    status: str,
    result: str | None = None,
    worker_id: UUID | None = None,
    words: str = "",
) -> UUID:
    """Say how far it has come and, once known, whether it helped. Returns the id of the step.

    Raises UnknownCode, DateRefused (before its last step), Conflict, TextRefused, MitigationRefused (nothing new).
    """
    known("mitigation_status", status)
    if result is not None:
        known("mitigation_status.result", result)
    possible_day(on, today=session.today)
    mitigation = session.get_for_change(Mitigation, mitigation_id, version=version)
    not_before(on, mitigation.on)
    if (status, result) == (mitigation.status, mitigation.result) and not words:
        raise MitigationRefused("It stands so already.", "Choose another step, say whether it helped, or add words.")
    step = MitigationChange(case_id=mitigation.case_id, mitigation_id=mitigation_id, on=on, status=status, result=result, worker_id=worker_id)
    if words:
        step.words = fitting(words)
    session.add(step)
    mitigation.status, mitigation.on, mitigation.result = status, on, result
    if worker_id is not None:
        mitigation.worker_id = worker_id
    return step.id


def mitigation_changes_of(
    session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False
) -> tuple[MitigationChangeRow, ...]:
    """Every step after the first of every mitigation of one case, newest first."""
    wanted = (*columns(MitigationChange, MitigationChangeRow.__slots__[:-2]), Mitigation.code)
    here = (
        select(*wanted)
        .join(Mitigation, Mitigation.id == MitigationChange.mitigation_id)
        .where(MitigationChange.case_id == case_id, standing(MitigationChange, also_withdrawn=also_withdrawn))
    )
    rows = session.execute(here.order_by(MitigationChange.on.desc(), MitigationChange.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(MitigationChangeRow(**row, words=text_of(texts, row["id"], "words")) for row in rows)
