"""A case opened by hand: the person, their language and the first way to reach them safely, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from victimcare.casework.cases import open_case
from victimcare.casework.contact_points import record_contact_point
from victimcare.casework.identity import possible_birth, record_identity
from victimcare.casework.opening import needed
from victimcare.casework.safe_contact import record_plan
from victimcare.casework.safe_hours import SafeHours
from victimcare.casework.workers import my_worker
from victimcare.reference.ages import age_on, band_of, group_of
from victimcare.store.session import VaultSession


def new_case(
    session: VaultSession,
    *,
    received_on: date,
    source: str,
    name_used: str,
    language: str | None,
    hours: Sequence[SafeHours],
    summary: str = "",
    must_not_know: str = "",
    phone: str = "",
    family_name: str = "",
    name_as_we_write_it: str = "",
    born_on: date | None = None,
    worker_id: UUID | None = None,
    **facts: Any,
) -> UUID:
    """Open a case for somebody new; everything else may come later. Returns the case.

    `hours`, `summary`, `must_not_know`: the first safe-contact plan, taken as checked with the person on the day of entry.
    `worker_id`: None for who is signed in. `facts`: other columns of the case. The age band is that on `received_on`.
    Raises UnknownCode, DateRefused, TextRefused, HoursRefused.
    """
    needed(name_used, "a name to use, even one made up with the person")
    possible_birth(born_on, received_on)
    if born_on is not None:
        facts.setdefault("age_band", band_of(age_on(born_on, received_on)))
        facts.setdefault("age_group", group_of(facts["age_band"]))
    worker = worker_id or my_worker(session)
    case_id = open_case(session, received_on=received_on, source=source, language=language, worker_id=worker, **facts)
    record_identity(session, case_id=case_id, name_used=name_used, family_name=family_name, name_as_we_write_it=name_as_we_write_it, born_on=born_on)
    record_plan(session, case_id=case_id, hours=hours, checked_on=session.today, summary=summary, must_not_know=must_not_know)
    if phone.strip():
        record_contact_point(session, case_id=case_id, kind="PHONE", value=phone)
    return case_id
