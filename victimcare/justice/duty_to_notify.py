"""Duty to Notify: a report about an adult who does not want to be referred. It may not identify them without consent (MSA 2015 s52(3)).

Named only where the person co-operates with public authorities. Why they did not want to be referred is kept as codes; their words
stay sealed with the stage.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.justice.nrm import record_nrm
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.record import Record, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

STAGE, YES, NO = "DTN_SENT", "YES", "NO"


class NotifyRefused(Refused):
    """A notification that does not say what it must."""


class NrmRefusalReason(Record):
    """One reason why the person did not want to be referred: a code of `nrm_refusal_reason`. `event_id`: the stage DTN_SENT."""

    __tablename__ = "nrm_refusal_reason"
    __write_right__ = Right.CASEWORK
    __append_only__ = True

    case_id: Mapped[UUID] = link("case")
    event_id: Mapped[UUID] = link("nrm_event")
    reason: Mapped[str]


def notify(session: VaultSession, *, case_id: UUID, on: date, co_operates: str | None, reasons: Collection[str], words: str = "") -> UUID:
    """Record that a Duty to Notify was sent, and why the person did not want to be referred. Gives the id of the stage.

    `co_operates`: YES or NO. Raises NotifyRefused (not answered, or no reason), UnknownCode, DateRefused, AdultsOnly, TextRefused.
    """
    if co_operates not in (YES, NO):
        raise NotifyRefused("It must be answered whether the person co-operates with public authorities: only then may they be named.", "Choose yes or no.")
    if not reasons:
        raise NotifyRefused("The form asks why the person did not want to be referred.", "Tick what they said; not said is an answer.")
    for reason in reasons:
        known("nrm_refusal_reason", reason)
    event_id = record_nrm(session, case_id=case_id, stage=STAGE, on=on, words=words, co_operates=co_operates)
    for reason in dict.fromkeys(reasons):
        session.add(NrmRefusalReason(case_id=case_id, event_id=event_id, reason=reason))
    return event_id


def refusal_reasons_of(session: VaultSession, case_id: UUID) -> dict[UUID, tuple[str, ...]]:
    """Stage -> why the person did not want to be referred, of one case: one query, codes alone."""
    found: dict[UUID, tuple[str, ...]] = {}
    query = select(NrmRefusalReason.event_id, NrmRefusalReason.reason).where(NrmRefusalReason.case_id == case_id).order_by(NrmRefusalReason.id)
    for event_id, reason in session.execute(query):
        found[event_id] = (*found.get(event_id, ()), reason)
    return found
