"""Safeguarding requests to another state: who asked whom, when, the answer, and whether asking raised the risk.

Asking may itself raise the risk; the warning and the safe ways stand in `reference/mitigation_pairs.py`. One that nobody
answered for `safeguarding_answer_days` (`resources/rules/today.json`) waits on Today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.casework.dates import not_before, possible_day
from victimcare.casework.mitigation_changes import change_mitigation
from victimcare.casework.mitigations import Mitigation
from victimcare.casework.opening import Sealed, columns, fitting, opened, texts_of
from victimcare.reference.codelists import codelist, known
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import standing

OVERSEAS = "OVERSEAS_SAFEGUARD"
NOWHERE = ("XXA", "ZZ")  # codes of a nationality that name no state one could ask
TEXTS = ("asked_by", "asked_whom", "answer_words")


class SafeguardingRefused(Refused):
    """A request to another state that cannot stand so."""


class SafeguardingRequest(Record):
    """One request, a step of a mitigation. `country`: ISO 3166-1 alpha-2. `answer`: a code of `safeguarding_answer`. `raised_risk`: YES, NO or UNKNOWN."""

    __tablename__ = "safeguarding_request"
    __write_right__ = Right.CASEWORK
    __withdrawable__ = True
    __touches__ = staticmethod(recompute)

    case_id: Mapped[UUID] = link("case")
    mitigation_id: Mapped[UUID] = link("mitigation")
    asked_on: Mapped[date]
    country: Mapped[str]
    answered_on: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[str | None] = mapped_column(default=None)
    raised_risk: Mapped[str | None] = mapped_column(default=None)
    asked_by = SealedText()
    asked_whom = SealedText()
    answer_words = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class SafeguardingRow:
    """A request; `answered_on` None while it waits. Texts "" when not opened."""

    id: UUID
    version: int
    mitigation_id: UUID
    asked_on: date
    country: str
    answered_on: date | None
    answer: str | None
    raised_risk: str | None
    made_at: datetime
    made_by: UUID
    asked_by: str
    asked_whom: str
    answer_words: str


def ask_safeguarding(session: VaultSession, *, mitigation_id: UUID, country: str, asked_on: date, asked_by: str = "", asked_whom: str = "") -> UUID:
    """Record that another state was asked to look after somebody's family. A mitigation only offered or agreed so far is asked for from that day.

    Raises UnknownCode, DateRefused, TextRefused, SafeguardingRefused (another kind of mitigation, no state).
    """
    session.flush()  # the mitigation may be of this very transaction
    mitigation = session.get(Mitigation, mitigation_id)
    if mitigation is None or mitigation.code != OVERSEAS:
        raise SafeguardingRefused("A request to another state belongs to the safeguarding of family overseas.", "Record that mitigation first.")
    if known("nationality", country) in NOWHERE:
        raise SafeguardingRefused("That is no state one could ask.", "Choose the country whose authorities were asked.")
    possible_day(asked_on, today=session.today)
    request = SafeguardingRequest(case_id=mitigation.case_id, mitigation_id=mitigation_id, asked_on=asked_on, country=country)
    for name, text in (("asked_by", asked_by), ("asked_whom", asked_whom)):
        if text:
            setattr(request, name, fitting(text))
    session.add(request)
    if mitigation.status == "OFFERED" and asked_on >= mitigation.on:
        change_mitigation(session, mitigation_id=mitigation_id, version=mitigation.version, on=asked_on, status="ASKED")
    return request.id


def answer_safeguarding(
    session: VaultSession, *, request_id: UUID, version: int, answered_on: date, answer: str, raised_risk: str = "UNKNOWN", words: str = ""
) -> UUID:
    """Record what came back, once, and let the mitigation take the step that follows from it.

    Raises UnknownCode, DateRefused, Conflict, TextRefused, SafeguardingRefused (answered already).
    """
    status = codelist("safeguarding_answer").value(answer).fields["mitigation_status"]
    known("yes_no", raised_risk)
    possible_day(answered_on, today=session.today)
    request = session.get_for_change(SafeguardingRequest, request_id, version=version)
    if request.answer is not None:
        raise SafeguardingRefused("That request was answered already.", "Record a new request, or what came later as a step of the mitigation.")
    not_before(answered_on, request.asked_on)
    request.answered_on, request.answer, request.raised_risk = answered_on, answer, raised_risk
    if words:
        request.answer_words = fitting(words)
    mitigation = session.get(Mitigation, request.mitigation_id)
    if mitigation is not None and mitigation.status != status and answered_on >= mitigation.on:
        change_mitigation(session, mitigation_id=mitigation.id, version=mitigation.version, on=answered_on, status=status)
    return request_id


def safeguarding_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None, *, also_withdrawn: bool = False) -> tuple[SafeguardingRow, ...]:
    """The requests to other states in one case, newest first."""
    wanted = columns(SafeguardingRequest, SafeguardingRow.__slots__[: -len(TEXTS)])
    here = select(*wanted).where(SafeguardingRequest.case_id == case_id, standing(SafeguardingRequest, also_withdrawn=also_withdrawn))
    rows = session.execute(here.order_by(SafeguardingRequest.asked_on.desc(), SafeguardingRequest.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(SafeguardingRow(**row, **texts_of(texts, row["id"], TEXTS)) for row in rows)
