"""Referrals and their life: a draft, what was sent and when, each answer of the partner an event.

The states and what may follow what are the code list `referral_status`. What went is kept sealed, word for word, and
never changes. A referral's state is that of its newest event.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.case_now import recompute
from victimcare.casework.dates import not_before, possible_day
from victimcare.casework.opening import fitting
from victimcare.reference.codelists import codelist, known
from victimcare.referrals.partners import PartnerRow, partner_row
from victimcare.referrals.sharing import Asked, Package, check_may_go, compose, kept_choice
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

DRAFT, SENT, CANCELLED, DECLINED = "DRAFT", "SENT", "CANCELLED", "DECLINED"


class ReferralUnknown(Refused):
    """No referral has this id."""

    def __init__(self) -> None:
        super().__init__("That referral is not here.", "Open the case again.")


class NotNext(Refused):
    """The state asked for cannot follow the one the referral is in."""

    def __init__(self, now: str, wanted: str) -> None:
        super().__init__(f"A referral that is {now} cannot become {wanted}.", "Choose one of the answers offered, or make a new referral.")
        self.now, self.wanted = now, wanted


class DeclineReasonMissing(Refused):
    """A partner that declines gives a reason."""

    def __init__(self) -> None:
        super().__init__("The partner's reason is missing.", "Choose one; 'Other' if they gave none.")


class PreviewOld(Refused):
    """What would go is not what the worker read in the preview."""

    def __init__(self) -> None:
        super().__init__("The case changed after the preview was made, so nothing was sent.", "Read the new preview, then send.")


class Referral(Record):
    """One referral. `copy`: JSON of exactly what went. `reason`: JSON of what was ticked and why; never sent.

    `number` counts within the case. `sent_how`: PRINTED, PACKAGE or IMPORTED.
    """

    __tablename__ = "referral"
    __write_right__ = Right.CASEWORK
    __touches__ = staticmethod(recompute)
    case_id: Mapped[UUID] = link("case")
    partner_id: Mapped[UUID] = link("partner")
    number: Mapped[int]
    status: Mapped[str] = mapped_column(index=True)
    sent_on: Mapped[date | None] = mapped_column(default=None)
    sent_how: Mapped[str | None] = mapped_column(default=None)
    wanted_from: Mapped[date | None] = mapped_column(default=None)
    consent_id: Mapped[UUID | None] = link("consent", optional=True)
    answer_by: Mapped[date | None] = mapped_column(default=None)
    imported: Mapped[bool] = mapped_column(default=False)
    copy = SealedText()
    reason = SealedText()


class ReferralService(Record):
    """One service asked for."""

    __tablename__ = "referral_service"
    __write_right__ = Right.CASEWORK
    __deletable__ = True
    case_id: Mapped[UUID] = link("case")
    referral_id: Mapped[UUID] = link("referral")
    service: Mapped[str]


class ReferralEvent(Record):
    """One step in a referral's life. `words`: what the partner said."""

    __tablename__ = "referral_event"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    case_id: Mapped[UUID] = link("case")
    referral_id: Mapped[UUID] = link("referral")
    on: Mapped[date]
    status: Mapped[str]
    decline_reason: Mapped[str | None] = mapped_column(default=None)
    words = SealedText()


def draft_referral(session: VaultSession, asked: Asked, *, referral_id: UUID | None = None) -> UUID:
    """Keep what the worker has chosen so far; nothing leaves. `referral_id`: the draft to keep it in, a new one without.

    Raises PartnerUnknown, UnknownCode, NotNext when it was sent already.
    """
    partner = partner_row(session, asked.partner_id)
    referral = _new(session, asked, partner) if referral_id is None else _draft(session, referral_id)
    _take_choice(session, referral, asked)
    if referral_id is None:
        _event(session, referral, DRAFT, session.today)
    return referral.id


def await_consent(session: VaultSession, *, referral_id: UUID) -> None:
    """Say that a draft waits for the person's answer. Raises NotNext."""
    _move(session, _referral(session, referral_id), "AWAITING_CONSENT", session.today)


def preview(session: VaultSession, asked: Asked, *, referral_id: UUID | None = None) -> Package:
    """The very text and fields that would go now. Raises PartnerUnknown, NoKey, ReadNotNoted."""
    number = next_number(session, asked.case_id) if referral_id is None else _referral(session, referral_id).number
    return compose(session, asked, number=number)


def send_printed(session: VaultSession, asked: Asked, *, seen: str, referral_id: UUID | None = None) -> UUID:
    """Send a referral as a printed form: the referral, its event and the frozen copy in one action.

    `seen`: the text of the preview the worker read; what goes is made again here, and must be the same.
    Raises ConsentMissing, ReasonMissing, NotAllowed, PreviewOld, NotNext, PartnerUnknown, UnknownCode.
    """
    partner = partner_row(session, asked.partner_id)
    consent_id = check_may_go(session, asked, partner)
    package = preview(session, asked, referral_id=referral_id)
    if package.text != seen:
        raise PreviewOld
    referral = _new(session, asked, partner) if referral_id is None else _draft(session, referral_id)
    _take_choice(session, referral, asked)
    referral.copy = package.as_json()
    referral.sent_on, referral.sent_how = session.today, "PRINTED"
    referral.consent_id, referral.answer_by = consent_id, package.answer_by
    if referral_id is None:
        _event(session, referral, SENT, session.today)
    else:
        _move(session, referral, SENT, session.today)
    return referral.id


def record_answer(session: VaultSession, *, referral_id: UUID, status: str, on: date | None = None, decline_reason: str | None = None, words: str = "") -> UUID:
    """Record what the partner (or the person) answered, today unless `on` says otherwise.

    Raises NotNext, DeclineReasonMissing, UnknownCode, DateRefused (to come, or before the last event).
    """
    referral = _referral(session, referral_id)
    if status == SENT:
        raise NotNext(referral.status, status)
    if status == DECLINED and decline_reason is None:
        raise DeclineReasonMissing
    return _move(session, referral, status, on or session.today, decline_reason, words)


def cancel_referral(session: VaultSession, *, referral_id: UUID, on: date | None = None, words: str = "") -> UUID:
    """Take a referral back. Raises NotNext, DateRefused."""
    return _move(session, _referral(session, referral_id), CANCELLED, on or session.today, None, words)


def record_past_referral(
    session: VaultSession,
    *,
    case_id: UUID,
    partner_id: UUID,
    services: tuple[str, ...],
    sent_on: date,
    status: str = SENT,
    status_on: date | None = None,
    decline_reason: str | None = None,
    number: int | None = None,
) -> UUID:
    """Take a referral over from a register: what went is not known, so there is no copy and no consent.

    `number`: counts within the case, looked up without. Raises UnknownCode, DateRefused.
    """
    known("referral_status", status)
    possible_day(sent_on, today=session.today)
    referral = Referral(
        case_id=case_id,
        partner_id=partner_id,
        number=next_number(session, case_id) if number is None else number,
        status=status,
        sent_on=sent_on,
        sent_how="IMPORTED",
        imported=True,
    )
    session.add(referral)
    _set_services(session, referral, services)
    _event(session, referral, SENT, sent_on)
    if status != SENT:
        answered_on = max(status_on or sent_on, sent_on)
        _event(session, referral, status, possible_day(answered_on, today=session.today), decline_reason)
    return referral.id


def next_statuses(status: str) -> tuple[str, ...]:
    """What may follow `status`; empty at the end of a life."""
    return tuple(_transitions().get(status, ()))


def next_number(session: VaultSession, case_id: UUID) -> int:
    """The number the next referral of a case gets."""
    return (session.scalar(select(func.max(Referral.number)).where(Referral.case_id == case_id)) or 0) + 1


def frozen_copy(session: VaultSession, referral_id: UUID) -> str:
    """JSON of exactly what went, "" for a draft or an imported one. Raises ReferralUnknown, NoKey, ReadNotNoted."""
    copy: str = _referral(session, referral_id).copy
    return copy


def _new(session: VaultSession, asked: Asked, partner: PartnerRow) -> Referral:
    referral = Referral(case_id=asked.case_id, partner_id=partner.id, number=next_number(session, asked.case_id), status=DRAFT)
    session.add(referral)
    return referral


def _draft(session: VaultSession, referral_id: UUID) -> Referral:
    referral = _referral(session, referral_id)
    if SENT not in next_statuses(referral.status):
        raise NotNext(referral.status, SENT)
    return referral


def _take_choice(session: VaultSession, referral: Referral, asked: Asked) -> None:
    referral.partner_id, referral.wanted_from = asked.partner_id, asked.wanted_from
    referral.reason = kept_choice(asked)
    _set_services(session, referral, asked.services)


def _set_services(session: VaultSession, referral: Referral, services: tuple[str, ...]) -> None:
    have: set[str] = set()
    for row in session.scalars(select(ReferralService).where(ReferralService.referral_id == referral.id)).all():
        if row.service in services:
            have.add(row.service)
        else:
            session.delete(row)
    for service in dict.fromkeys(services):
        known("referral_service", service)
        if service not in have:
            session.add(ReferralService(case_id=referral.case_id, referral_id=referral.id, service=service))


def _move(session: VaultSession, referral: Referral, status: str, on: date, decline_reason: str | None = None, words: str = "") -> UUID:
    known("referral_status", status)
    if status not in next_statuses(referral.status):
        raise NotNext(referral.status, status)
    possible_day(on, today=session.today)
    newest = session.scalar(select(func.max(ReferralEvent.on)).where(ReferralEvent.referral_id == referral.id))
    if newest is not None:
        not_before(on, newest)
    return _event(session, referral, status, on, decline_reason, words)


def _event(session: VaultSession, referral: Referral, status: str, on: date, decline_reason: str | None = None, words: str = "") -> UUID:
    if decline_reason is not None:
        known("referral_decline_reason", decline_reason)
    event = ReferralEvent(case_id=referral.case_id, referral_id=referral.id, on=on, status=status, decline_reason=decline_reason)
    if words:
        event.words = fitting(words)
    session.add(event)
    referral.status = status
    return event.id


def _referral(session: VaultSession, referral_id: UUID) -> Referral:
    referral = session.get(Referral, referral_id)
    if referral is None:
        raise ReferralUnknown
    return referral


def _transitions() -> dict[str, list[str]]:
    transitions: dict[str, list[str]] = codelist("referral_status").extra["transitions"]
    return transitions
