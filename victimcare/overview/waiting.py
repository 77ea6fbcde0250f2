"""What waits: for a partner's answer, for ours, or for somebody to finish what they began."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from victimcare.casework.cases import Case
from victimcare.casework.drafts import Draft
from victimcare.exchange.leftovers import OPEN, Leftover
from victimcare.overview.lines import COUNTED, Group, Line, Question, rules
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import ago, short_day
from victimcare.referrals.consent import Consent
from victimcare.referrals.listing import ReferralRow, referrals_waiting, shut_waiting
from victimcare.referrals.partners import Partner
from victimcare.referrals.referrals import Referral
from victimcare.store.clock import day_of
from victimcare.store.rights import Right

FORMS = {
    "put_off": "why a line of Today is put off",
    "cover": "who covers for whom",
    "contact": "a contact",
    "correct": "a correction of a contact",
    "withdraw": "why an entry is withdrawn",
    "barrier": "a barrier",
    "barrier_step": "a step for a barrier",
    "safeguarding": "a request to another state",
    "safeguarding_answer": "an answer from another state",
    "stance": "a stance",
    "plan": "a safe-contact plan",
    "channel_review": "a review of how to reach somebody safely",
    "number": "a number or address",
    "number_end": "the end of a number or address",
    "person": "facts of the person",
    "justice": "an NRM stage or an offence",
    "answer": "an answer from a partner",
    "deadline": "what came of a deadline",
    "deadline_off": "why a deadline does not apply",
    "entitlement": "rights under the Victims' Code",
    "document": "documents to keep",
    "email": "an e-mail as a contact",
    "offer": "support that was offered",
    "offered_list": "who gets the list of support offered",
    "risk": "a review of the risk",
    "measure": "a step of a special measure",
    "notify_sheet": "who gets a Duty to Notify",
    "investigation": "an investigation",
    "appointment": "an appointment",
    "appointment_outcome": "how an appointment went",
    "task": "a task",
    "task_step": "what came of a task",
    "around": "somebody around the person",
    "link": "a link to another case",
    "link_step": "a change of a link",
    "hand_over": "why a case is handed over",
    "close": "why a case is closed",
    "reopen": "why a case is reopened",
    "restrict": "who can read a case",
    "retention": "a retention review",
    "merge": "a link of two cases of one person",
    "part": "why two cases are read apart",
    "erase": "why a case is erased",
    "decide": "an answer to a request",
    "case_file": "a case file on paper",
    "sheet": "a hand-over sheet",
    "what_we_hold": "what we hold, on paper",
    "schedule": "a disclosure schedule",
    "sensitivity": "how sensitive an entry is",
    "import mapping": "the columns of a register",
    "investigation case": "a case that belongs to an investigation",
    "arrest": "an arrest",
    "prosecution": "a charge",
    "outcome": "how a charge ended",
    "crime outcome": "the outcome of an investigation",
    "new case": "a new case",
    "activity": "an activity",
    "office task": "a task of the office",
    "office task done": "what came of a task of the office",
    "danger steps": "the office's steps for danger",
    "partner": "a new partner",
    "partner_change": "a change of a partner",
}
"""What somebody began to write, by the form's name without the id of the row it is about."""


def referral_lines(question: Question) -> list[Line]:
    """Referrals nobody answered, and those where the partner waits for us; longest overdue first."""
    limit = None if question.limit is None else question.limit + COUNTED
    if not question.is_own:
        question.unopened.extend(shut_waiting(question.session, *question.cases))
    rows = referrals_waiting(question.session, *question.cases, limit=limit)
    return question.cut(Group.WAITING, [_referral(row, question.today) for row in rows])


def unsent_lines(question: Question) -> list[Line]:
    """Referrals that were begun and not sent."""
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, Referral.id, Referral.status, Referral.made_at, Partner.name)
        .join(Referral, Referral.case_id == Case.id)
        .join(Partner, Partner.id == Referral.partner_id)
        .where(Referral.status.in_(("DRAFT", "AWAITING_CONSENT")), *question.cases)
        .order_by(Referral.id)
    )

    def line(row: Any) -> Line:
        on = day_of(row.made_at)
        why = f"{label('referral_status', row.status).lower()}, begun {ago(on, question.today)}"
        return Line("REFERRAL_DRAFT", Group.WAITING, row.case_id, row.reference, f"Finish the referral to {row.name}", why, on, "referral", row.id)

    return question.lines(Group.WAITING, query, line)


def leftover_lines(question: Question) -> list[Line]:
    """One line for the cells and rows an import could not take and nobody has looked at."""
    count = question.session.scalar(select(func.count()).select_from(Leftover).where(Leftover.status == OPEN)) or 0
    if not count or not question.session.may(Right.CASEWORK):
        return []
    what = "Mend what an import could not take"
    return [Line("LEFTOVERS", Group.WAITING, None, "", what, f"{count} open: nothing of them is lost", None, "leftovers", count=count)]


def draft_lines(question: Question) -> list[Line]:
    """What the member who is signed in began to write and did not save; those of others are nobody's business, cover or not."""
    if not question.is_own:
        return []
    query = (
        select(Draft.case_id, Draft.id, Draft.form, Draft.made_at, Case.reference, Case.is_restricted)
        .outerjoin(Case, Case.id == Draft.case_id)
        .where(Draft.member_id == question.session.member.id)
        .order_by(Draft.id)
    )

    def line(row: Any) -> Line:
        on = day_of(row.made_at)
        form, about = _form(row.form)
        what = f"Finish or throw away: {FORMS.get(form, 'what you began to write')}"
        why, place = f"begun {ago(on, question.today)}, kept sealed, not saved", "draft" if row.case_id else f"draft.{form}"
        return Line("DRAFT", Group.TODAY, row.case_id, row.reference or "", what, why, on, place, about or row.id)

    return question.lines(Group.TODAY, query, line)


def consent_lines(question: Question) -> list[Line]:
    """Consent that runs out in the next days: asking again takes a conversation."""
    today = question.today
    newer = aliased(Consent)
    replaced = (
        select(newer.id)
        .where(newer.case_id == Consent.case_id, newer.partner_id == Consent.partner_id, newer.scope == Consent.scope, newer.id > Consent.id)
        .correlate(Consent)
        .exists()
    )
    soon = today + timedelta(days=rules()["consent_ends_within_days"])
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, Consent.id, Consent.ends_on, Partner.name)
        .join(Consent, Consent.case_id == Case.id)
        .join(Partner, Partner.id == Consent.partner_id)
        .where(Consent.state == "GIVEN", Consent.ends_on.between(today, soon), ~replaced, *question.cases)
        .order_by(Consent.ends_on, Consent.id)
    )

    def line(row: Any) -> Line:
        why = f"consent for {row.name} ends {short_day(row.ends_on, today)}"
        return Line("CONSENT", Group.TODAY, row.case_id, row.reference, "Ask again for consent", why, row.ends_on, "case", row.id)

    return question.lines(Group.TODAY, query, line)


def _form(name: str) -> tuple[str, UUID | None]:
    """A form's name without the id of the row it is about, and that id."""
    form, _, about = name.rpartition(" ")
    try:
        return form, UUID(about)
    except ValueError:
        return name, None


def _referral(row: ReferralRow, today: date) -> Line:
    services = ", ".join(label("referral_service", code) for code in row.services)
    what = f"{row.partner}: {services}" if services else row.partner
    sent = row.sent_on or today
    if not row.is_unanswered():
        on = row.status_on or sent
        return Line("REFERRAL_ASKED_MORE", Group.WAITING, row.case_id, row.reference, what, f"asked for more {ago(on, today)}", on, "referral", row.id)
    due = ""
    if row.answer_by is not None:
        due = f", answer {'was due' if row.is_late(today) else 'asked for by'} {short_day(row.answer_by, today)}"
    return Line("REFERRAL_UNANSWERED", Group.WAITING, row.case_id, row.reference, what, f"sent {ago(sent, today)}, no answer{due}", sent, "referral", row.id)
