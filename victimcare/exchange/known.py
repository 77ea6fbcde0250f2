"""What the vault knows already, read once before an import: references, people, rows taken before, what waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from victimcare.casework.cases import Case
from victimcare.casework.contact_points import ContactPoint
from victimcare.casework.identity import Identity
from victimcare.casework.other_references import OtherReference
from victimcare.casework.workers import Worker
from victimcare.exchange.leftovers import LEFT, OPEN, Leftover, LeftoverRow, leftovers, newest_batch
from victimcare.exchange.people import Person, person
from victimcare.exchange.rows_seen import RowsSeen, rows_seen
from victimcare.justice.investigations import Investigation, crime_references
from victimcare.referrals.partners import partner_ids
from victimcare.referrals.referrals import Referral
from victimcare.store.session import VaultSession


@dataclass(slots=True, repr=False)
class Known:
    """A snapshot. `cases`: every reference of a case, folded -> case. `bare_investigations`: made for an arrest, nothing else known.

    `unclear_investigations`: references that two or more investigations have, folded; they are not among `investigations`.
    """

    cases: dict[str, UUID] = field(default_factory=dict)
    investigations: dict[str, UUID] = field(default_factory=dict)
    bare_investigations: set[UUID] = field(default_factory=set)
    unclear_investigations: set[str] = field(default_factory=set)
    workers: dict[str, UUID] = field(default_factory=dict)
    partners: dict[str, UUID] = field(default_factory=dict)
    referral_numbers: dict[UUID, int] = field(default_factory=dict)
    received: dict[UUID, object] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    seen: RowsSeen = field(default_factory=RowsSeen)
    waiting: dict[str, list[LeftoverRow]] = field(default_factory=dict)
    newest_batch: UUID | None = None

    @property
    def listed_investigations(self) -> set[str]:
        """References of investigations of which more is known than that an arrest names them."""
        return {reference for reference, row in self.investigations.items() if row not in self.bare_investigations}


def folded_reference(text: str) -> str:
    """A reference without case and blanks: offices type the same number in several ways."""
    return "".join(text.split()).casefold()


def known_in_vault(session: VaultSession) -> Known:
    """Read what an import must know. Needs a reading of all names (`Reading.names()`): raises ReadNotNoted without."""
    known = Known(newest_batch=newest_batch(session))
    _cases(session, known)
    _investigations(session, known)
    known.workers = _pairs(session.execute(select(Worker.name, Worker.id)))
    known.partners = partner_ids(session)
    numbers = select(Referral.case_id, func.max(Referral.number)).group_by(Referral.case_id)
    known.referral_numbers = _pairs(session.execute(numbers))
    known.seen = rows_seen(session)
    waiting: dict[str, list[LeftoverRow]] = defaultdict(list)
    if session.scalar(select(func.count()).select_from(Leftover)):
        for status in (OPEN, LEFT):
            for row in leftovers(session, status=status):
                if row.is_row:
                    waiting[row.stamp].append(row)
    known.waiting = dict(waiting)
    return known


def _cases(session: VaultSession, known: Known) -> None:
    for row, reference, received in session.execute(select(Case.id, Case.reference, Case.received_on)):
        known.cases[folded_reference(reference)] = row
        known.received[row] = received
    systems = select(OtherReference.id, OtherReference.case_id).where(OtherReference.system == "OFFICE")
    owners = _pairs(session.execute(systems))
    if owners:
        for row, texts in session.sealed_where(select(OtherReference.id).where(OtherReference.system == "OFFICE")).items():
            known.cases.setdefault(folded_reference(texts.get("value", "")), owners[row])
    known.cases.pop("", None)
    known.people = _people(session)


def _investigations(session: VaultSession, known: Known) -> None:
    for row, reference in crime_references(session).items():
        if known.investigations.setdefault(folded_reference(reference), row) != row:
            known.unclear_investigations.add(folded_reference(reference))
    for reference in known.unclear_investigations:
        del known.investigations[reference]
    bare = select(Investigation.id).where(Investigation.source == "UNKNOWN", Investigation.received_on.is_(None), Investigation.outcome_code.is_(None))
    known.bare_investigations = set(session.scalars(bare))


def _people(session: VaultSession) -> list[Person]:
    newest: dict[UUID, UUID] = {}
    for row, case in session.execute(select(Identity.id, Identity.case_id).order_by(Identity.id)):
        newest[case] = row
    if not newest:
        return []
    texts = session.sealed_where(select(Identity.id))
    owners = _pairs(session.execute(select(ContactPoint.id, ContactPoint.case_id).where(ContactPoint.kind == "PHONE")))
    phones: dict[UUID, list[str]] = defaultdict(list)
    if owners:
        for row, point in session.sealed_where(select(ContactPoint.id).where(ContactPoint.kind == "PHONE")).items():
            phones[owners[row]].append(point.get("value", ""))
    return [
        person(
            str(case),
            parts.get("name_used", "") or f"{parts.get('given_names', '')} {parts.get('family_name', '')}",
            parts.get("date_of_birth", ""),
            phones[case],
        )
        for case, row in newest.items()
        if (parts := texts.get(row))
    ]


def _pairs(rows: Iterable[Any]) -> dict[Any, Any]:
    return {first: second for first, second in rows}  # noqa: C416 (rows of a query are no pairs to a type checker)
