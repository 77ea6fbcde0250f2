"""Whether a person is to be treated as a child: somebody said they may be under 18, or their date of birth says so.

A person who may be a victim and may be under 18 is presumed to be under 18 until their age is assessed (Modern Slavery Act 2015,
s51). So "may be" counts as a child, also against an age somebody gave; only a recorded NO with no such date of birth ends it.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from victimcare.casework.cases import Case
from victimcare.casework.identity import birth_date
from victimcare.reference.ages import age_on
from victimcare.store.session import VaultSession

STATUTE = "Modern Slavery Act 2015, s51"
ADULT_FROM = 18


def is_child(may_be_under_18: str | None, born_on: date | None, today: date) -> bool:
    """Whether somebody is treated as a child today. `may_be_under_18`: YES, NO or None (nobody said).

    >>> is_child("YES", None, date(2026, 11, 24)), is_child("NO", date(2008, 11, 25), date(2026, 11, 24))
    (True, True)
    """
    age = age_on(born_on, today) if born_on is not None else None
    return may_be_under_18 == "YES" or (age is not None and age < ADULT_FROM)


def is_child_in(session: VaultSession, case_id: UUID) -> bool:
    """The same of a case, whose date of birth is opened only where the coded fact does not decide it. For use in a transaction."""
    may_be = session.scalar(select(Case.may_be_under_18).where(Case.id == case_id))
    return may_be == "YES" or is_child(may_be, birth_date(session, case_id), session.today)
