"""What is still open in a case, by kind, for who is about to close it: coded facts alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from victimcare.casework.appointments import Appointment
from victimcare.casework.barriers import Barrier
from victimcare.casework.case_now import STANDING, under_way
from victimcare.casework.deadlines import Deadline, is_open
from victimcare.casework.merging import parts_of
from victimcare.referrals.referrals import Referral
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing


@dataclass(frozen=True, slots=True)
class StillOpen:
    """How many of one kind are open; `one` and `many` are its words."""

    count: int
    one: str
    many: str

    def words(self) -> str:
        """Such as "2 barriers"."""
        return f"{self.count} {self.one if self.count == 1 else self.many}"


def still_open(session: VaultSession, case_id: UUID) -> tuple[StillOpen, ...]:
    """What is open in a case and the files read as part of it; kinds with nothing open are left out. One query a kind."""
    planned = (Appointment.status == "PLANNED", standing(Appointment))
    stand = (Barrier.status.in_(STANDING), Barrier.code != "NONE", standing(Barrier))
    kinds: tuple[tuple[Any, tuple[ColumnElement[bool], ...], str, str], ...] = (
        (Deadline, (is_open(),), "deadline", "deadlines"),
        (Referral, (Referral.status.in_(under_way()),), "referral under way", "referrals under way"),
        (Appointment, planned, "appointment planned", "appointments planned"),
        (Barrier, stand, "barrier", "barriers"),
    )
    parts = parts_of(session, case_id)
    found = []
    for kind, conditions, one, many in kinds:
        count = session.scalar(select(func.count()).select_from(kind).where(kind.case_id.in_(parts), *conditions)) or 0
        if count:
            found.append(StillOpen(count, one, many))
    return tuple(found)
