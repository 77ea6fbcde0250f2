"""What a person agreed to have shared: with whom, for what, until when.

Consent is per recipient and per purpose. It is given, refused, withdrawn, or runs out; each is a new row, the
newest counts. Support does not hang on it, and it does not hang on talking to the police: whoever asks says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.dates import not_before, possible_day
from victimcare.casework.opening import fitting
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession


class ConsentMissing(Refused):
    """Nothing may go to this recipient for this purpose. `state` is a code, NOT_ASKED when nobody asked."""

    def __init__(self, state: str) -> None:
        super().__init__(f"There is no consent in force for this partner and purpose (state: {state}).", "Ask the person and record the answer, then send.")
        self.state = state


class NothingToWithdraw(Refused):
    """Consent was never given to this recipient for this purpose."""

    def __init__(self) -> None:
        super().__init__("No consent is in force for this partner and purpose.", "Record what the person said as a refusal.")


class Consent(Record):
    """One answer of the person about one recipient and one purpose. `explained`: what was said, by whom."""

    __tablename__ = "consent"
    __write_right__ = Right.CASEWORK
    __append_only__ = True
    case_id: Mapped[UUID] = link("case")
    partner_id: Mapped[UUID] = link("partner")
    scope: Mapped[str]
    form: Mapped[str]
    state: Mapped[str]
    on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(default=None)
    language: Mapped[str | None] = mapped_column(default=None)
    interpreter: Mapped[str | None] = mapped_column(default=None)
    told_support_is_not_tied: Mapped[bool]
    explained = SealedText()


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """The newest answer for one recipient and purpose; `state` is EXPIRED once `ends_on` has passed."""

    id: UUID
    partner_id: UUID
    scope: str
    form: str
    state: str
    on: date
    ends_on: date | None
    language: str | None
    interpreter: str | None
    told_support_is_not_tied: bool
    made_at: datetime


def record_consent(
    session: VaultSession,
    *,
    case_id: UUID,
    partner_id: UUID,
    scope: str,
    form: str,
    state: str,
    on: date,
    told_support_is_not_tied: bool,
    ends_on: date | None = None,
    language: str | None = None,
    interpreter: str | None = None,
    explained: str = "",
) -> UUID:
    """Record what the person answered. Raises UnknownCode, DateRefused (in the future, or ended before it began)."""
    for kind, code in (("consent_scope", scope), ("consent_form", form), ("consent_state", state)):
        known(f"consent_basis.{kind}", code)
    possible_day(on, today=session.today)
    if ends_on is not None:
        not_before(ends_on, on)
    consent = Consent(
        case_id=case_id,
        partner_id=partner_id,
        scope=scope,
        form=form,
        state=state,
        on=on,
        ends_on=ends_on,
        language=language,
        interpreter=interpreter,
        told_support_is_not_tied=told_support_is_not_tied,
    )
    if explained:
        consent.explained = fitting(explained)
    session.add(consent)
    return consent.id


def withdraw_consent(session: VaultSession, *, case_id: UUID, partner_id: UUID, scope: str, form: str, on: date, explained: str = "") -> UUID:
    """Record that the person takes their consent back: nothing more goes there for this purpose.

    What went before is not undone: `referrals.to_tell` lists whom to tell. Raises NothingToWithdraw, DateRefused.
    """
    now = consent_now(session, case_id, partner_id, scope)
    if now is None or now.state != "GIVEN":
        raise NothingToWithdraw
    not_before(on, now.on)
    return record_consent(
        session,
        case_id=case_id,
        partner_id=partner_id,
        scope=scope,
        form=form,
        state="WITHDRAWN",
        on=on,
        told_support_is_not_tied=now.told_support_is_not_tied,
        language=now.language,
        interpreter=now.interpreter,
        explained=explained,
    )


def consent_now(session: VaultSession, case_id: UUID, partner_id: UUID, scope: str) -> ConsentRow | None:
    """What holds today for one recipient and purpose; None where nobody asked."""
    rows = [row for row in consents_of(session, case_id) if row.partner_id == partner_id and row.scope == scope]
    return rows[0] if rows else None


def consents_of(session: VaultSession, case_id: UUID) -> tuple[ConsentRow, ...]:
    """What holds today for each recipient and purpose of a case, newest first."""
    newest: dict[tuple[UUID, str], ConsentRow] = {}
    for consent in session.scalars(select(Consent).where(Consent.case_id == case_id).order_by(Consent.on.desc(), Consent.id.desc())):
        newest.setdefault((consent.partner_id, consent.scope), _row(consent, session.today))
    return tuple(newest.values())


def need_consent(session: VaultSession, case_id: UUID, partner_id: UUID, scope: str) -> ConsentRow:
    """The consent that lets something go today. Raises ConsentMissing."""
    now = consent_now(session, case_id, partner_id, scope)
    if now is None or now.state != "GIVEN":
        raise ConsentMissing("NOT_ASKED" if now is None else now.state)
    return now


def _row(consent: Consent, today: date) -> ConsentRow:
    over = consent.state == "GIVEN" and consent.ends_on is not None and consent.ends_on < today
    return ConsentRow(
        id=consent.id,
        partner_id=consent.partner_id,
        scope=consent.scope,
        form=consent.form,
        state="EXPIRED" if over else consent.state,
        on=consent.on,
        ends_on=consent.ends_on,
        language=consent.language,
        interpreter=consent.interpreter,
        told_support_is_not_tied=consent.told_support_is_not_tied,
        made_at=consent.made_at,
    )
