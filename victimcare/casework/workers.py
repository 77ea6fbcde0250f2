"""Workers: who is responsible for a case, by collar number or label, whether or not they sign in here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.opening import needed
from victimcare.refused import Refused
from victimcare.store.record import Record
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

LONGEST_NAME = 60


class WorkerRefused(Refused):
    """A worker's label that cannot be taken."""


class Worker(Record):
    """One worker. `name` is coded: never the name of a person supported."""

    __tablename__ = "worker"
    __write_right__ = Right.CASEWORK

    name: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[UUID | None] = mapped_column(default=None, index=True)


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A worker as lists show them; `member_id` is None for who does not sign in."""

    id: UUID
    name: str
    member_id: UUID | None


def record_worker(session: VaultSession, *, name: str, member_id: UUID | None = None) -> UUID:
    """A new worker. Raises WorkerRefused for a label that is too long; the same label twice is refused at the end of the transaction."""
    label = needed(name, "a collar number or a label for the worker")
    if len(label) > LONGEST_NAME:
        raise WorkerRefused(f"A worker's label has at most {LONGEST_NAME} characters.", "Use the collar number.")
    worker = Worker(name=label, member_id=member_id)
    session.add(worker)
    return worker.id


def worker_named(session: VaultSession, name: str) -> UUID:
    """The worker with that label, made if there is none yet."""
    found = session.scalar(select(Worker.id).where(Worker.name == name.strip()))
    return found if found is not None else record_worker(session, name=name)


def my_worker(session: VaultSession) -> UUID:
    """The worker who is signed in, made (or joined to the label of the same name) at the first use."""
    return worker_for(session, session.member.id, session.member.name)


def worker_for(session: VaultSession, member_id: UUID, name: str) -> UUID:
    """The worker who signs in as that member, made (or joined to the label of the same name) at the first use."""
    found = session.scalar(select(Worker.id).where(Worker.member_id == member_id))
    if found is not None:
        return found
    worker = session.scalar(select(Worker).where(Worker.name == name, Worker.member_id.is_(None)))
    if worker is None:
        return record_worker(session, name=name, member_id=member_id)
    worker.member_id = member_id
    return worker.id


def workers(session: VaultSession) -> tuple[WorkerRow, ...]:
    """Every worker, by label."""
    found = session.execute(select(Worker.id, Worker.name, Worker.member_id).order_by(Worker.name))
    return tuple(WorkerRow(*row) for row in found)


def worker_of_member(session: VaultSession, member_id: UUID) -> UUID | None:
    """The worker who signs in as `member_id`."""
    return session.scalar(select(Worker.id).where(Worker.member_id == member_id))
