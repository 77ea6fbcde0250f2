"""The Cases screen and the head of a case: coded facts of many cases by one query, sorted and filtered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, literal, select

from victimcare.casework.barriers import Barrier
from victimcare.casework.case_now import STANDING, CaseNow
from victimcare.casework.case_row import FIELDS, CaseRow
from victimcare.casework.cases import Case
from victimcare.casework.exploitation import Exploitation
from victimcare.casework.merging import leads, of_person
from victimcare.casework.workers import Worker
from victimcare.refused import Refused
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing


class OrderRefused(Refused):
    """The list cannot be sorted so."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the list is narrowed to; an empty field narrows nothing.

    `not_reached_since`: no achieved contact on that day or later. `due_by`: something is due on that day or earlier.
    """

    status: str | None = None
    worker_id: UUID | None = None
    source: str | None = None
    nationality: str | None = None
    exploitation: str | None = None
    barrier: str | None = None
    not_reached_since: date | None = None
    due_by: date | None = None
    case_id: UUID | None = None


EVERYTHING = CaseFilter()
_AT_ONCE = 2_000  # rows fetched together

ORDERS: dict[str, Any] = {
    "reference": Case.reference,
    "received_on": Case.received_on,
    "source": Case.source,
    "age_band": Case.age_band,
    "nationality": Case.nationality,
    "worker": Worker.name,
    "last_achieved_on": CaseNow.last_achieved_on,
    "attempts_since": CaseNow.attempts_since,
    "open_barriers": CaseNow.open_barriers,
    "open_referrals": CaseNow.open_referrals,
    "plan_checked_on": CaseNow.plan_checked_on,
    "next_due_on": CaseNow.next_due_on,
}
"""What people may be sorted by. Never stance: nobody is ranked by whether they help a prosecution."""


def case_list(
    session: VaultSession, wanted: CaseFilter = EVERYTHING, *, order: str = "reference", descending: bool = False, limit: int | None = None
) -> tuple[CaseRow, ...]:
    """The cases `wanted`, by one query; restricted cases the user may not open are left out, and so are those read as part of another.

    An empty value sorts first ascending (never reached: oldest), equal ones by reference. Raises OrderRefused for an order that is not in ORDERS.
    """
    if order not in ORDERS:
        raise OrderRefused("The list cannot be sorted by that.", f"Sort by one of {len(ORDERS)} columns: {', '.join(ORDERS)}.")
    column = ORDERS[order]
    query = _narrowed(_lines(), wanted)
    if wanted.case_id is None:  # a head of a case is asked for by its id, whatever it is read as part of
        query = query.where(leads(Case.id))
    direction = (column.is_(None).asc(), column.desc()) if descending else (column.is_(None).desc(), column.asc())
    # Every case has a reference of its own: by that alone the index gives the order, and nothing is held to be sorted.
    query = query.order_by(Case.reference.desc() if descending else Case.reference) if column is Case.reference else query.order_by(*direction, Case.reference)
    if limit is not None:
        query = query.limit(limit)
    session.flush()
    # Straight from the connection: the unit of work has nothing to add to 10,000 rows of coded facts but time.
    read = (_row(row) for part in session.connection().execute(query).partitions(_AT_ONCE) for row in part)
    return tuple(row for row in read if not row.is_restricted or session.can_open(row.id))


def case_head(session: VaultSession, case_id: UUID) -> CaseRow | None:
    """The line of one case; None when it is not here or is restricted to others."""
    found = case_list(session, CaseFilter(case_id=case_id))
    return found[0] if found else None


def _lines() -> Select[Any]:
    kinds = select(func.aggregate_strings(Exploitation.type, ";")).where(Exploitation.case_id == Case.id).correlate(Case).scalar_subquery()
    read = {"worker": Worker.name, "exploitation": func.coalesce(kinds, literal(""))}
    wanted = [read[name] if name in read else getattr(Case if hasattr(Case, name) else CaseNow, name) for name in FIELDS]
    return select(*wanted).join(CaseNow, CaseNow.case_id == Case.id).outerjoin(Worker, Worker.id == Case.worker_id)


def _row(row: Any) -> CaseRow:
    kinds = row[-1]
    if ";" in kinds:  # each once and in order, which neither engine promises of a joined text
        return CaseRow.of(*row[:-1], ";".join(sorted(set(kinds.split(";")))))
    return CaseRow.of(*row)


def _narrowed(query: Select[Any], wanted: CaseFilter) -> Select[Any]:
    for column, value in (
        (Case.id, wanted.case_id),
        (Case.status, wanted.status),
        (Case.worker_id, wanted.worker_id),
        (Case.source, wanted.source),
        (Case.nationality, wanted.nationality),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.exploitation is not None:
        query = query.where(Case.id.in_(select(Exploitation.case_id).where(Exploitation.type == wanted.exploitation)))
    if wanted.barrier is not None:
        stands = (Barrier.code == wanted.barrier, Barrier.status.in_(STANDING), standing(Barrier))
        query = query.where(select(Barrier.id).where(of_person(Barrier.case_id, Case.id), *stands).correlate(Case).exists())
    if wanted.not_reached_since is not None:
        query = query.where(func.coalesce(CaseNow.last_achieved_on, date.min) < wanted.not_reached_since)
    if wanted.due_by is not None:
        query = query.where(CaseNow.next_due_on <= wanted.due_by)
    return query
