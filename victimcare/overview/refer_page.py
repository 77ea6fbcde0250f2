"""The Refer page: partners with how well each fits, consent for each, and what of the case could go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from victimcare.casework.case_list import case_head
from victimcare.casework.case_row import CaseRow
from victimcare.casework.safe_contact import hours_of
from victimcare.casework.under_18 import is_child_in
from victimcare.justice.investigations import investigations_of
from victimcare.justice.nrm import nrm_of
from victimcare.overview.due import safe_words
from victimcare.reference.codelists import codelist, label
from victimcare.reference.dates_text import day_text
from victimcare.referrals.consent import ConsentRow, consents_of
from victimcare.referrals.facts import CaseUnknown
from victimcare.referrals.fit import Fit, Fits, PersonFacts, ages_in, fits
from victimcare.referrals.partners import Criteria, PartnerRow, criteria, partners
from victimcare.referrals.sharing import Asked, Field, scope, shareable, usual_ticks
from victimcare.store.session import VaultSession


@dataclass(frozen=True, slots=True)
class Choice:
    """A partner, how well it fits and why, whom it says it takes, and the consent for it, None where nobody asked."""

    partner: PartnerRow
    fit: Fit
    criteria: Criteria | None
    consent: ConsentRow | None


@dataclass(frozen=True, slots=True, repr=False)
class ReferPage:
    """What the page shows. `choices`: best fit first. `asked`: what was asked for, with what the case knows filled in.

    `is_child`: the person may be under 18: an NRM referral needs no consent.
    """

    head: CaseRow
    safe_now: str
    choices: tuple[Choice, ...]
    fields: tuple[Field, ...]
    usual: dict[str, str]
    asked: Asked
    is_child: bool


def refer_page(session: VaultSession, asked: Asked, *, also_exceptional: bool = False) -> ReferPage:
    """Everything the page needs for what is chosen so far. Needs `Reading.case(case_id)`. Raises CaseUnknown.

    Stance plays no part in which partners are shown, nor in their order. Recipients a supervisor must decide on are
    left out unless asked for, or chosen already.
    """
    head = case_head(session, asked.case_id)
    if head is None:
        raise CaseUnknown
    known = replace(asked, nrm=_nrm(session, asked.case_id), crime_reference=_crime_reference(session, asked.case_id))
    fields = shareable(session, known)
    hours = hours_of(session, [asked.case_id]).get(asked.case_id, ())
    choices, child = _choices(session, head, asked, also_exceptional), is_child_in(session, asked.case_id)
    return ReferPage(head, safe_words(hours, session.now), choices, fields, usual_ticks(fields), known, child)


def _choices(session: VaultSession, head: CaseRow, asked: Asked, also_exceptional: bool) -> tuple[Choice, ...]:
    youngest, oldest = ages_in(head.age_band)
    facts = PersonFacts(gender=head.gender, age_from=youngest, age_to=oldest, services=asked.services)
    consents = {row.partner_id: row for row in consents_of(session, asked.case_id) if row.scope == scope()}
    rows = (row for row in partners(session, also_exceptional=True) if also_exceptional or not row.is_exceptional or row.id == asked.partner_id)
    choices = (Choice(row, fits(row, facts), criteria(row.code), consents.get(row.id)) for row in rows)
    # Among those that fit alike, in the order of the directory's list: the houses this office was made for stand first.
    listed = {code: place for place, code in enumerate(codelist("referral_partner").codes)}
    return tuple(sorted(choices, key=lambda choice: (list(Fits).index(choice.fit.fits), listed.get(choice.partner.code, len(listed)))))


def _nrm(session: VaultSession, case_id: UUID) -> str:
    stages = nrm_of(session, case_id)
    return f"{label('nrm_stage', stages[0].stage)} ({day_text(stages[0].on)})" if stages else ""


def _crime_reference(session: VaultSession, case_id: UUID) -> str:
    matters = [row.id for row in investigations_of(session, case_id)]
    texts = session.sealed(matters) if matters else {}
    return "; ".join(text for one in matters if (text := texts.get(one, {}).get("crime_reference", "")))
