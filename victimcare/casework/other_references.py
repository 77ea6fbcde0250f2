"""References other systems use for the same person: crime reports, the National Referral Mechanism, the office's old register."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from victimcare.casework.opening import Sealed, needed, opened, text_of
from victimcare.reference.codelists import known
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession


class OtherReference(Record):
    """One reference in another system; its value is sealed."""

    __tablename__ = "other_reference"
    __write_right__ = Right.CASEWORK

    case_id: Mapped[UUID] = link("case")
    system: Mapped[str]
    value = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class OtherReferenceRow:
    """A reference in another system; `value` is "" when it was not opened."""

    id: UUID
    system: str
    value: str


def record_other_reference(session: VaultSession, *, case_id: UUID, system: str, value: str) -> UUID:
    """Record what another system calls this person's case. Raises UnknownCode, TextRefused."""
    known("reference_system", system)
    reference = OtherReference(case_id=case_id, system=system)
    reference.value = needed(value, "a reference")
    session.add(reference)
    return reference.id


def other_references_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[OtherReferenceRow, ...]:
    """Every reference of one case in other systems, oldest first."""
    rows = session.execute(select(OtherReference.id, OtherReference.system).where(OtherReference.case_id == case_id).order_by(OtherReference.id)).all()
    texts = opened(session, [row.id for row in rows], sealed)
    return tuple(OtherReferenceRow(row.id, row.system, text_of(texts, row.id, "value")) for row in rows)
