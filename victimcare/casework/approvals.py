"""Approvals: what a supervisor must say yes to before it leaves the office or a file is opened wider, shut or erased.

Whoever may not do it asks, with a reason; a supervisor answers yes or no, with a reason. A yes to an exceptional recipient lets that
referral go; a yes to the others tells the supervisor's own next step, which only the supervisor can take.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from victimcare.casework.opening import Sealed, columns, needed, opened, text_of
from victimcare.reference.codelists import known
from victimcare.refused import Refused
from victimcare.store.errors import NotAllowed
from victimcare.store.record import Record, SealedText, link
from victimcare.store.rights import Right
from victimcare.store.session import VaultSession

RESTRICT, UNRESTRICT, ERASE, RECIPIENT = "RESTRICT", "UNRESTRICT", "ERASE", "EXCEPTIONAL_RECIPIENT"
ASKED, GIVEN, REFUSED, TAKEN_BACK = "ASKED", "GIVEN", "REFUSED", "TAKEN_BACK"


class ApprovalRefused(Refused):
    """A request that cannot be made or answered so."""


class Approval(Record):
    """One request. `kind`: a code of `approval_kind`. `about_id`: the row it is about. `status`: ASKED, GIVEN, REFUSED or TAKEN_BACK."""

    __tablename__ = "approval"
    __write_right__ = Right.CASEWORK

    case_id: Mapped[UUID | None] = link("case", optional=True)
    kind: Mapped[str]
    about_id: Mapped[UUID | None] = mapped_column(default=None, index=True)
    status: Mapped[str] = mapped_column(default=ASKED, index=True)
    decided_by: Mapped[UUID | None] = mapped_column(default=None)
    decided_on: Mapped[date | None] = mapped_column(default=None)
    why = SealedText()
    answer = SealedText()


@dataclass(frozen=True, slots=True, repr=False)
class ApprovalRow:
    """One request; texts "" when not opened. `version` goes back with an answer."""

    id: UUID
    version: int
    kind: str
    about_id: UUID | None
    status: str
    decided_by: UUID | None
    decided_on: date | None
    made_at: datetime
    made_by: UUID
    why: str
    answer: str


def ask_approval(session: VaultSession, *, case_id: UUID, kind: str, why: str, about_id: UUID | None = None) -> UUID:
    """Ask a supervisor. Raises UnknownCode, TextRefused without a reason, ApprovalRefused when the same is asked already."""
    known("approval_kind", kind)
    same = (Approval.case_id == case_id, Approval.kind == kind, Approval.status == ASKED)
    about = Approval.about_id.is_(None) if about_id is None else Approval.about_id == about_id
    if session.scalar(select(Approval.id).where(*same, about)) is not None:
        raise ApprovalRefused("A supervisor has been asked for this already.", "Wait for the answer: it will stand in the stream of the case.")
    row = Approval(case_id=case_id, kind=kind, about_id=about_id)
    row.why = needed(why, "a reason for the supervisor")
    session.add(row)
    return row.id


def decide(session: VaultSession, *, approval_id: UUID, version: int, is_given: bool, answer: str) -> UUID:
    """Answer a request. Raises NotAllowed for who is no supervisor, ApprovalRefused when it is answered, TextRefused, Conflict."""
    if not session.may(Right.SUPERVISE):
        raise NotAllowed(Right.SUPERVISE)
    row = session.get_for_change(Approval, approval_id, version=version)
    if row.status != ASKED:
        raise ApprovalRefused("That request has been answered.", "Look at the case again.")
    row.answer = needed(answer, "a reason for the answer")
    row.status, row.decided_by, row.decided_on = GIVEN if is_given else REFUSED, session.member.id, session.today
    return row.id


def take_back(session: VaultSession, *, approval_id: UUID, version: int) -> UUID:
    """Take one's own request back. Raises ApprovalRefused when it is answered or another's, Conflict."""
    row = session.get_for_change(Approval, approval_id, version=version)
    if row.status != ASKED or row.made_by != session.member.id:
        raise ApprovalRefused("That request cannot be taken back.", "Look at the case again: it was answered, or another asked for it.")
    row.status, row.decided_by, row.decided_on = TAKEN_BACK, session.member.id, session.today
    return row.id


def is_approved(session: VaultSession, *, case_id: UUID, kind: str, about_id: UUID) -> bool:
    """Whether the newest request for `about_id` was given."""
    query = select(Approval.status).where(Approval.case_id == case_id, Approval.kind == kind, Approval.about_id == about_id, Approval.status != TAKEN_BACK)
    return session.scalar(query.order_by(Approval.id.desc()).limit(1)) == GIVEN


def approvals_of(session: VaultSession, case_id: UUID, sealed: Sealed | None = None) -> tuple[ApprovalRow, ...]:
    """The requests of a case, newest first."""
    wanted = columns(Approval, ApprovalRow.__slots__[:-2])
    rows = session.execute(select(*wanted).where(Approval.case_id == case_id).order_by(Approval.id.desc())).mappings().all()
    texts = opened(session, [row["id"] for row in rows], sealed)
    return tuple(ApprovalRow(**row, why=text_of(texts, row["id"], "why"), answer=text_of(texts, row["id"], "answer")) for row in rows)
