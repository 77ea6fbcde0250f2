"""Which cases a case may belong together with: those of the same investigation that are not linked yet."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from victimcare.casework.case_links import CaseLink
from victimcare.casework.cases import Case
from victimcare.justice.investigations import InvestigationCase
from victimcare.store.session import VaultSession

SAME_INVESTIGATION = "SAME_INVESTIGATION"


def linkable(session: VaultSession, case_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """(case, reference) of others of the same investigation that one may open and that are not linked so yet; coded facts alone, one query."""
    mine, theirs = aliased(InvestigationCase), aliased(InvestigationCase)
    either = or_((CaseLink.case_id == case_id) & (CaseLink.other_case_id == Case.id), (CaseLink.other_case_id == case_id) & (CaseLink.case_id == Case.id))
    linked = select(CaseLink.id).where(either, CaseLink.kind == SAME_INVESTIGATION, CaseLink.ended_on.is_(None)).exists()
    query = (
        select(Case.id, Case.reference, Case.is_restricted)
        .join(theirs, theirs.case_id == Case.id)
        .join(mine, mine.investigation_id == theirs.investigation_id)
        .where(mine.case_id == case_id, Case.id != case_id, ~linked)
        .distinct()
        .order_by(Case.reference)
    )
    return tuple((row.id, row.reference) for row in session.execute(query) if not row.is_restricted or session.can_open(row.id))
