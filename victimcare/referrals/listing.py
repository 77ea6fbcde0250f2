"""Referrals as screens list them: of one case, of the office, and those a partner has not answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from victimcare.casework.case_now import under_way
from victimcare.casework.cases import Case
from victimcare.casework.opening import Sealed, columns, opened, text_of
from victimcare.casework.suspensions import Suspended, standing_suspensions
from victimcare.casework.workers import Worker
from victimcare.referrals.partners import Partner
from victimcare.referrals.referrals import DRAFT, SENT, Referral, ReferralEvent, ReferralService
from victimcare.store.session import VaultSession

ASKED_MORE, AWAITING_CONSENT = "INFO_REQUESTED", "AWAITING_CONSENT"
WAITING = (SENT, ASKED_MORE)
"""Nobody has answered, or the partner waits for us."""


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral. `services`: their codes. `status_on`: the day of the newest event. Names of people are never here.

    `suspended`: while it is open, the ways to reach the person that are suspended now: the partner must be told.
    """

    id: UUID
    version: int
    case_id: UUID
    reference: str
    number: int
    partner_id: UUID
    partner: str
    worker: str | None
    status: str
    status_on: date | None
    sent_on: date | None
    sent_how: str | None
    wanted_from: date | None
    answer_by: date | None
    imported: bool
    services: tuple[str, ...]
    suspended: tuple[Suspended, ...] = ()

    def is_unanswered(self) -> bool:
        """Sent, and nothing came back."""
        return self.status == SENT

    def suspended_words(self, today: date) -> str:
        """Such as "Calls suspended since 24 Nov 09:12: tell the partner"; "" where nothing is."""
        since = [one.since(today) for one in self.suspended]
        told = "; ".join(words if at == 0 else words[:1].lower() + words[1:] for at, words in enumerate(since))
        return f"{told}: {'the form will say so' if self.status in (DRAFT, AWAITING_CONSENT) else 'tell the partner'}" if told else ""

    def is_late(self, today: date) -> bool:
        """Whether the day by which the partner was asked to answer has passed without an answer."""
        return self.is_unanswered() and self.answer_by is not None and self.answer_by < today


@dataclass(frozen=True, slots=True, repr=False)
class EventRow:
    """One step in a referral's life; `words` "" when not opened."""

    id: UUID
    referral_id: UUID
    on: date
    status: str
    decline_reason: str | None
    made_at: datetime
    made_by: UUID
    words: str


@dataclass(frozen=True, slots=True)
class ToTell:
    """A recipient who holds something the person no longer wants them to have."""

    referral_id: UUID
    number: int
    partner: str
    sent_on: date


def referrals_of(session: VaultSession, case_id: UUID) -> tuple[ReferralRow, ...]:
    """The referrals of one case, newest first."""
    return _rows(session, _lines().where(Referral.case_id == case_id).order_by(Referral.number.desc()))


def referral_list(session: VaultSession, *, only_open: bool = False, limit: int | None = None) -> tuple[ReferralRow, ...]:
    """The referrals of the office, newest first; those of restricted cases the member cannot open are left out."""
    query = _lines().order_by(Referral.sent_on.desc(), Referral.id.desc())
    if only_open:
        query = query.where(Referral.status.in_(under_way()))
    return _rows(session, query.limit(limit) if limit else query)


def referrals_waiting(session: VaultSession, *conditions: ColumnElement[bool], limit: int | None = None) -> tuple[ReferralRow, ...]:
    """Sent from here and not answered, or answered with a question to us; longest overdue first.

    `conditions`: further ones on `Case`. Referrals from a register are left out: what became of them is in the register.
    """
    query = _lines().where(*_waiting(), *conditions)
    query = query.order_by(Referral.answer_by, Referral.id)
    return _rows(session, query.limit(limit) if limit else query)


def shut_waiting(session: VaultSession, *conditions: ColumnElement[bool]) -> tuple[UUID, ...]:
    """The cases, once a referral, of `referrals_waiting` that are restricted and that the member cannot open."""
    query = select(Referral.case_id).join(Case, Case.id == Referral.case_id).where(Case.is_restricted, *_waiting(), *conditions)
    return tuple(case_id for case_id in session.scalars(query) if not session.can_open(case_id))


def count_waiting(session: VaultSession) -> int:
    """How many `referrals_waiting` would give, without their lines."""
    waiting = select(Case.id, Case.is_restricted, func.count()).join(Referral, Referral.case_id == Case.id).where(*_waiting())
    cases = session.execute(waiting.group_by(Case.id, Case.is_restricted))
    return sum(number for case_id, is_restricted, number in cases if not is_restricted or session.can_open(case_id))


def _waiting() -> tuple[ColumnElement[bool], ...]:
    return Referral.status.in_(WAITING), Referral.imported.is_(False), Case.status == "OPEN"


def events_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[EventRow, ...]:
    """Every step of every referral of one case, newest first."""
    wanted = columns(ReferralEvent, EventRow.__slots__[:-1])
    rows = session.execute(select(*wanted).where(ReferralEvent.case_id == case_id).order_by(ReferralEvent.on.desc(), ReferralEvent.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(EventRow(**row, words=text_of(texts, row["id"], "words")) for row in rows)


def to_tell(session: VaultSession, *, case_id: UUID, partner_id: UUID) -> tuple[ToTell, ...]:
    """Whom to tell that consent was withdrawn: every referral that went to that partner, whatever came of it."""
    query = (
        select(Referral.id, Referral.number, Partner.name, Referral.sent_on)
        .join(Partner, Partner.id == Referral.partner_id)
        .where(Referral.case_id == case_id, Referral.partner_id == partner_id)
        .order_by(Referral.number)
    )
    return tuple(ToTell(id, number, partner, sent_on) for id, number, partner, sent_on in session.execute(query) if sent_on is not None)


def _lines() -> Select[*tuple[Any, ...]]:
    services = (
        select(func.aggregate_strings(ReferralService.service, ";")).where(ReferralService.referral_id == Referral.id).correlate(Referral).scalar_subquery()
    )
    newest = select(func.max(ReferralEvent.on)).where(ReferralEvent.referral_id == Referral.id).correlate(Referral).scalar_subquery()
    return (
        select(
            Referral.id,
            Referral.version,
            Referral.case_id,
            Case.reference,
            Referral.number,
            Referral.partner_id,
            Partner.name,
            Worker.name,
            Referral.status,
            newest,
            Referral.sent_on,
            Referral.sent_how,
            Referral.wanted_from,
            Referral.answer_by,
            Referral.imported,
            func.coalesce(services, ""),
            Case.is_restricted,
        )
        .join(Case, Case.id == Referral.case_id)
        .join(Partner, Partner.id == Referral.partner_id)
        .outerjoin(Worker, Worker.id == Case.worker_id)
    )


def _rows(session: VaultSession, query: Select[*tuple[Any, ...]]) -> tuple[ReferralRow, ...]:
    found = []
    suspended = standing_suspensions(session)
    for row in session.execute(query):
        facts: list[Any] = list(row)
        is_restricted, services = facts.pop(), facts.pop()
        if not is_restricted or session.can_open(facts[2]):
            facts.append(tuple(sorted(filter(None, services.split(";")))))
            one = ReferralRow(*facts)
            is_open = one.case_id in suspended and one.status in (DRAFT, *under_way())
            found.append(replace(one, suspended=suspended[one.case_id]) if is_open else one)
    return tuple(found)
