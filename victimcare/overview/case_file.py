"""Everything recorded of one case, read with one query a table and all its texts opened with one more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from victimcare.casework.appointments import AppointmentRow, appointments_of
from victimcare.casework.approvals import ApprovalRow, approvals_of
from victimcare.casework.barriers import BarrierRow, ChangeRow, barrier_changes_of, barriers_of
from victimcare.casework.case_events import CaseEventRow, case_events_of
from victimcare.casework.case_links import LinkRow, links_of
from victimcare.casework.contact_points import ContactPointRow, contact_points
from victimcare.casework.contacts import ContactRow, contacts_of
from victimcare.casework.deadlines import DeadlineRow, deadlines_of
from victimcare.casework.disclosures import DisclosureRow, disclosures_of
from victimcare.casework.documents import DocumentRow, documents_of
from victimcare.casework.entitlements import EntitlementRow, entitlements_of
from victimcare.casework.information_given import InformationRow, information_of
from victimcare.casework.merging import MergedRow, merges_of
from victimcare.casework.mitigation_changes import MitigationChangeRow, mitigation_changes_of
from victimcare.casework.mitigations import MitigationRow, mitigations_of
from victimcare.casework.notes import NoteRow, notes_of
from victimcare.casework.offered_support import OfferRow, offers_of
from victimcare.casework.people_around import PersonAroundRow, people_around_of
from victimcare.casework.retention import RetentionRow, retention_of
from victimcare.casework.risk import RiskRow, risk_reviews_of
from victimcare.casework.safe_contact import Plan, plans_of
from victimcare.casework.safeguarding import SafeguardingRow, safeguarding_of
from victimcare.casework.sensitivity import SensitivityRow, sensitivities_of
from victimcare.casework.stance import StanceRow, stances_of
from victimcare.casework.suspensions import SuspensionRow, suspensions_of
from victimcare.casework.tasks import TaskRow, tasks_of
from victimcare.casework.workers import WorkerRow, workers
from victimcare.justice.duty_to_notify import refusal_reasons_of
from victimcare.justice.nrm import NrmRow, nrm_of
from victimcare.justice.special_measures import MeasureRow, measures_of
from victimcare.referrals.consent import ConsentRow, consents_of
from victimcare.referrals.listing import EventRow, ReferralRow, events_of, referrals_of
from victimcare.store.session import VaultSession
from victimcare.store.withdrawn import WithdrawalRow, withdrawals_of

OWNERS = ("barrier_id", "mitigation_id")
"""What a row may be a step of: it goes with it."""


@dataclass(frozen=True, slots=True, repr=False)
class CaseFile:
    """The rows of a case that count, newest first. `texts`: its opened sealed parts. `names`: worker or member id -> label; `workers`: worker id -> label.

    `refusal_reasons`: Duty to Notify -> why the person did not want to be referred. `withdrawals`: entry -> its withdrawal. `withdrawn`: the entries that count no more, as a file of their own; None in that one.
    """

    case_id: UUID
    texts: dict[UUID, dict[str, str]]
    names: dict[UUID, str]
    workers: dict[UUID, str]
    contacts: tuple[ContactRow, ...]
    stances: tuple[StanceRow, ...]
    referrals: tuple[ReferralRow, ...]
    events: tuple[EventRow, ...]
    consents: tuple[ConsentRow, ...]
    barriers: tuple[BarrierRow, ...]
    changes: tuple[ChangeRow, ...]
    mitigations: tuple[MitigationRow, ...]
    mitigation_changes: tuple[MitigationChangeRow, ...]
    safeguarding: tuple[SafeguardingRow, ...]
    information: tuple[InformationRow, ...]
    plans: tuple[Plan, ...]
    points: tuple[ContactPointRow, ...]
    suspensions: tuple[SuspensionRow, ...]
    notes: tuple[NoteRow, ...]
    nrm: tuple[NrmRow, ...]
    deadlines: tuple[DeadlineRow, ...]
    entitlements: tuple[EntitlementRow, ...]
    documents: tuple[DocumentRow, ...]
    appointments: tuple[AppointmentRow, ...]
    tasks: tuple[TaskRow, ...]
    people_around: tuple[PersonAroundRow, ...]
    links: tuple[LinkRow, ...]
    offers: tuple[OfferRow, ...]
    risk_reviews: tuple[RiskRow, ...]
    measures: tuple[MeasureRow, ...]
    refusal_reasons: dict[UUID, tuple[str, ...]]
    case_events: tuple[CaseEventRow, ...]
    merges: tuple[MergedRow, ...]
    retention: tuple[RetentionRow, ...]
    disclosures: tuple[DisclosureRow, ...]
    approvals: tuple[ApprovalRow, ...]
    sensitivities: tuple[SensitivityRow, ...]
    withdrawals: dict[UUID, WithdrawalRow]
    withdrawn: CaseFile | None = None

    def rows(self) -> Iterator[Any]:
        """Every row read, of whatever kind."""
        listed = (getattr(self, field.name) for field in fields(self))
        return (row for rows in listed if isinstance(rows, tuple) for row in rows)

    def row_ids(self) -> frozenset[UUID]:
        """The id of every row read, of whatever kind."""
        return frozenset(row.id for row in self.rows())


WITHDRAWABLE: dict[str, Callable[..., Any]] = {
    "contacts": contacts_of,
    "stances": stances_of,
    "barriers": barriers_of,
    "changes": barrier_changes_of,
    "mitigations": mitigations_of,
    "mitigation_changes": mitigation_changes_of,
    "safeguarding": safeguarding_of,
    "information": information_of,
    "notes": notes_of,
    "nrm": nrm_of,
    "documents": documents_of,
    "appointments": appointments_of,
    "tasks": tasks_of,
    "offers": offers_of,
    "risk_reviews": risk_reviews_of,
    "measures": measures_of,
}
OPENED: dict[str, Callable[..., Any]] = {
    "events": events_of,
    "plans": plans_of,
    "suspensions": suspensions_of,
    "deadlines": deadlines_of,
    "entitlements": entitlements_of,
    "people_around": people_around_of,
    "links": links_of,
    "case_events": case_events_of,
    "merges": merges_of,
    "retention": retention_of,
    "disclosures": disclosures_of,
    "approvals": approvals_of,
    "sensitivities": sensitivities_of,
    "withdrawals": withdrawals_of,
}
CODED: dict[str, Callable[..., Any]] = {
    "referrals": referrals_of,
    "consents": consents_of,
    "points": contact_points,
    "refusal_reasons": refusal_reasons_of,
}
"""Field of the file -> the query that reads it: of entries that can be withdrawn, of others with texts, and of coded facts alone."""


def case_file(session: VaultSession, case_id: UUID) -> CaseFile:
    """Read a case whole. Texts stay "" where the reading was not noted or the key is not held."""
    sealed, everyone = session.sealed_of_case(case_id), workers(session)
    rows = {name: query(session, case_id, sealed, also_withdrawn=True) for name, query in WITHDRAWABLE.items()}
    rows |= {name: query(session, case_id, sealed) for name, query in OPENED.items()}
    rows |= {name: query(session, case_id) for name, query in CODED.items()}
    whole = CaseFile(case_id=case_id, texts=sealed, names=_names(everyone), workers={one.id: one.name for one in everyone}, **rows)
    return _parted(whole) if whole.withdrawals else whole


def _parted(whole: CaseFile) -> CaseFile:
    """What counts, and beside it what was withdrawn; the steps of a withdrawn barrier or mitigation go with it."""
    counts: dict[str, Any] = {}
    gone: dict[str, Any] = {}
    for field in fields(whole):
        rows = getattr(whole, field.name)
        if isinstance(rows, tuple):
            out = {row.id for row in rows if any(id in whole.withdrawals for id in (row.id, *(getattr(row, of, None) for of in OWNERS)))}
            counts[field.name] = tuple(row for row in rows if row.id not in out)
            gone[field.name] = tuple(row for row in rows if row.id in out)
    return replace(whole, **counts, withdrawn=replace(whole, **gone))


def _names(everyone: Iterable[WorkerRow]) -> dict[UUID, str]:
    names: dict[UUID, str] = {}
    for worker in everyone:
        names[worker.id] = worker.name
        if worker.member_id is not None:
            names[worker.member_id] = worker.name
    return names
