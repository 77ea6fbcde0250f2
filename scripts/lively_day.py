"""What waits today in the pictured office: something in every group of Today, as a worker might find it on a Tuesday afternoon."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from victimcare.casework.appointments import record_appointment
from victimcare.casework.contacts import log_contact
from victimcare.casework.mitigations import Mitigation
from victimcare.casework.risk import review_risk
from victimcare.casework.safeguarding import ask_safeguarding
from victimcare.casework.snoozes import put_off
from victimcare.casework.tasks import add_task
from victimcare.casework.workers import my_worker
from victimcare.store.vault import Vault


def make_day(vault: Vault, clock: Any, now: datetime, cases: dict[str, UUID]) -> None:
    """`clock.now` is set to when each was written; it ends at `now`."""
    clock.now = now - timedelta(days=20)
    with vault.transaction() as session:
        abroad = session.scalars(select(Mitigation.id).where(Mitigation.case_id == cases["Ana"], Mitigation.code == "OVERSEAS_SAFEGUARD")).one()
        ask_safeguarding(
            session, mitigation_id=abroad, country="RO", asked_on=session.today, asked_by="DS Patel", asked_whom="The liaison officer in Bucharest"
        )
    clock.now = now - timedelta(days=6)
    with vault.transaction() as session:
        record_appointment(
            session, case_id=cases["Merita"], at=now.replace(hour=16, minute=30), kind="NEEDS_ASSESSMENT", minutes=60, interpreter="TO_BOOK", language="sq",
            place="At the centre, side door", purpose="What she needs before she moves",
        )  # fmt: skip
        review_risk(
            session,
            case_id=cases["Богдан"],
            on=session.today - timedelta(days=22),
            level="MEDIUM",
            review_on=date(2026, 11, 24),
            words="Lives apart from them now.",
        )
        add_task(session, what="Ask the council about the room", case_id=cases["Favour"], due_on=date(2026, 11, 23), worker_id=my_worker(session))
    clock.now = now - timedelta(hours=3)
    with vault.transaction() as session:
        log_contact(
            session, case_id=cases["Żaneta"], at=clock.now, channel="PHONE", outcome="WRONG_PERSON", worker_id=my_worker(session),
            said="A man answered and asked who we were. Put down without a word.",
        )  # fmt: skip
        put_off(
            session, kind="LEFTOVERS", case_id=None, about_id=None, until=date(2026, 11, 26), last=date(2026, 12, 1), why="With VLO 23, who knows the old register",
        )  # fmt: skip
    clock.now = now
