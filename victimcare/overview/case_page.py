"""The case page: who and is it safe, what is open, the facts, and the stream, read in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from victimcare.casework.barriers import BarrierRow
from victimcare.casework.case_list import case_head
from victimcare.casework.case_row import CaseRow
from victimcare.casework.cases import CaseFacts, case_facts
from victimcare.casework.exploitation import ExploitationRow, exploitation_of
from victimcare.casework.identity import Person, identity_of
from victimcare.casework.mitigations import MitigationRow
from victimcare.casework.offences import Anonymity, OffenceRow, anonymity_of, offences_of
from victimcare.casework.office_rules import PLAN_CHECK, days_of
from victimcare.casework.other_references import OtherReferenceRow, other_references_of
from victimcare.casework.safe_contact import Plan
from victimcare.casework.safe_hours import SafeHours, is_stale, usable_hours
from victimcare.casework.stance import StanceRow
from victimcare.casework.suspensions import Suspended
from victimcare.casework.under_18 import is_child
from victimcare.justice.investigations import InvestigationRow, investigations_of
from victimcare.justice.nrm import NrmRow, NrmState, nrm_state
from victimcare.justice.special_measures import Eligibility, eligibility
from victimcare.overview.case_file import CaseFile
from victimcare.overview.due import safe_words
from victimcare.overview.entry import Entry
from victimcare.overview.together import Files, files_of
from victimcare.referrals.consent import ConsentRow
from victimcare.referrals.facts import CaseUnknown, banner_for
from victimcare.referrals.listing import EventRow, ReferralRow
from victimcare.store.errors import NoKey
from victimcare.store.session import VaultSession

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, repr=False)
class SafeContact:
    """What stands above everything. `plan` None: none was made. `safe_now`: such as "safe until 16:00: text message", "" when not.

    `hours`: what counts now, with NO for suspended channels. `suspended`: one entry a channel, the newest.
    `is_stale`: it must be gone through with the person before a number is shown. `check_by`: the day by which.
    """

    plan: Plan | None
    hours: tuple[SafeHours, ...]
    suspended: tuple[Suspended, ...]
    safe_now: str
    is_stale: bool
    check_by: date | None
    checked_by: str


@dataclass(frozen=True, slots=True, repr=False)
class BarrierCard:
    """A barrier with what is done about it."""

    barrier: BarrierRow
    mitigations: tuple[MitigationRow, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ReferralCard:
    """A referral with its newest event."""

    referral: ReferralRow
    newest: EventRow | None
    is_late: bool


@dataclass(frozen=True, slots=True, repr=False)
class CasePage:
    """Everything the page shows; no number or address: those are read by themselves (`contact_points`).

    `is_child`: may be under 18, and so treated as a child. `parts`: the files read as one (`together`), this one first; `unread`:
    those this reading was not noted for.
    """

    file: CaseFile
    head: CaseRow
    facts: CaseFacts
    person: Person | None
    is_child: bool
    safe_contact: SafeContact
    stream: tuple[Entry, ...]
    parts: dict[UUID, str]
    unread: tuple[UUID, ...]
    barriers: tuple[BarrierCard, ...]
    other_mitigations: tuple[MitigationRow, ...]
    stances: tuple[StanceRow, ...]
    referrals: tuple[ReferralCard, ...]
    consents: tuple[ConsentRow, ...]
    nrm: tuple[NrmRow, ...]
    nrm_state: NrmState
    exploitation: tuple[ExploitationRow, ...]
    offences: tuple[OffenceRow, ...]
    anonymity: Anonymity
    anonymity_words: str
    eligibility: Eligibility
    other_references: tuple[OtherReferenceRow, ...]
    investigations: tuple[InvestigationRow, ...]
    crime_references: tuple[str, ...]
    names: dict[UUID, str]


def case_page(session: VaultSession, case_id: UUID) -> CasePage:
    """Read a case for its page: one query a table, its texts with one. Needs `Reading.case(case_id)`.

    Raises CaseUnknown, NoKey for a case restricted to others, ReadElsewhere for one that is read as part of another.
    """
    head, facts = case_head(session, case_id), case_facts(session, case_id)
    if facts is None:
        raise CaseUnknown
    if head is None:
        raise NoKey
    files = files_of(session, case_id)
    file, parts = files.file, files.parts
    barriers, others = _barriers(file)
    person = identity_of(session, case_id, file.texts)
    child = is_child(facts.may_be_under_18, person.born_on if person else None, session.today)
    return CasePage(
        file=file,
        head=head,
        facts=facts,
        person=person,
        is_child=child,
        safe_contact=_safe_contact(file, session.now, session.today, days_of(session, PLAN_CHECK)),
        stream=files.stream,
        parts=parts,
        unread=files.unread,
        barriers=barriers,
        other_mitigations=others,
        stances=file.stances,
        referrals=_referrals(file, session.today),
        consents=file.consents,
        nrm=file.nrm,
        nrm_state=nrm_state(file.nrm),
        exploitation=_of_parts(parts, lambda part: exploitation_of(session, part, file.texts)),
        other_references=_of_parts(parts, lambda part: other_references_of(session, part, file.texts)),
        names=file.names,
        **_law(session, files, is_child=child),
    )


def _law(session: VaultSession, files: Files, *, is_child: bool) -> dict[str, Any]:
    """The recorded offences, what follows from them, and the police matters, as `CasePage` takes them."""
    offences = _of_parts(files.parts, lambda part: offences_of(session, part))
    investigations = _of_parts(files.parts, lambda part: investigations_of(session, part))
    references = session.sealed([row.id for row in investigations]) if investigations else {}
    codes = [row.code for row in offences]
    return {
        "offences": offences,
        "anonymity": anonymity_of(codes),
        "anonymity_words": banner_for(codes),
        "eligibility": eligibility(codes, files.file.measures, is_child=is_child),
        "investigations": investigations,
        "crime_references": tuple(text for row in investigations if (text := references.get(row.id, {}).get("crime_reference", ""))),
    }


def _of_parts(parts: Iterable[UUID], read: Callable[[UUID], Iterable[Row]]) -> tuple[Row, ...]:
    """What `read` gives of each of the files read as one; a row that belongs to several is there once."""
    return tuple(dict.fromkeys(row for part in parts for row in read(part)))


def _safe_contact(file: CaseFile, now: datetime, today: date, days: int) -> SafeContact:
    plan = file.plans[0] if file.plans else None
    newest = {row.channel: row.suspended() for row in sorted(file.suspensions, key=lambda row: row.id) if row.result is None}
    hours = usable_hours(plan.hours if plan else (), list(newest))
    if plan is None:
        return SafeContact(None, hours, tuple(newest.values()), "", True, None, "")
    check_by = plan.checked_on + timedelta(days=days) if plan.checked_on else None
    stale = is_stale(plan.checked_on, today, days=days)
    return SafeContact(plan, hours, tuple(newest.values()), safe_words(hours, now), stale, check_by, file.names.get(plan.made_by, ""))


def _barriers(file: CaseFile) -> tuple[tuple[BarrierCard, ...], tuple[MitigationRow, ...]]:
    """Each barrier with its mitigations, and the mitigations that answer none."""
    cards = tuple(BarrierCard(row, tuple(one for one in file.mitigations if row.id in one.barrier_ids)) for row in file.barriers)
    return cards, tuple(one for one in file.mitigations if not one.barrier_ids)


def _referrals(file: CaseFile, today: date) -> tuple[ReferralCard, ...]:
    newest: dict[UUID, EventRow] = {}
    for event in file.events:
        newest.setdefault(event.referral_id, event)
    return tuple(ReferralCard(row, newest.get(row.id), row.is_late(today)) for row in file.referrals)
