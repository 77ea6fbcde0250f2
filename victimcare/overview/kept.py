"""What a file as a whole waits for: retention reviews that have come, and requests a supervisor has not answered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from victimcare.casework.approvals import ASKED, Approval
from victimcare.casework.cases import OPEN, Case
from victimcare.casework.merging import leads
from victimcare.casework.retention import RetentionReview
from victimcare.overview.lines import Group, Line, Question, days
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import ago, short_day
from victimcare.store.clock import day_of
from victimcare.store.rights import Right


def retention_lines(question: Question) -> list[Line]:
    """Files, open or closed, whose newest retention review asks to be looked at again; one query, narrowed by its index."""
    today, newer = question.today, aliased(RetentionReview)
    replaced = select(newer.id).where(newer.case_id == RetentionReview.case_id, newer.id > RetentionReview.id).exists()
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, RetentionReview.id, RetentionReview.category, RetentionReview.review_on)
        .join(RetentionReview, RetentionReview.case_id == Case.id)
        .where(RetentionReview.review_on <= today, ~replaced, leads(Case.id), *_open_or_not(question))
        .order_by(RetentionReview.review_on, RetentionReview.id)
    )

    def line(row: Any) -> Line:
        late = (today - row.review_on).days
        due = f"due {short_day(row.review_on, today)}, {days(late)} late" if late else "due today"
        why = f"{due}; kept as: {label('retention_category', row.category)}"
        return Line("RETENTION", Group.TODAY, row.case_id, row.reference, "Decide whether the file is kept", why, row.review_on, "case", row.id)

    return question.lines(Group.TODAY, query, line)


def approval_lines(question: Question) -> list[Line]:
    """For a supervisor: requests nobody has answered, oldest first, of whatever case."""
    if not question.session.may(Right.SUPERVISE):
        return []
    query = (
        select(Case.id.label("case_id"), Case.reference, Case.is_restricted, Approval.id, Approval.kind, Approval.made_at)
        .join(Approval, Approval.case_id == Case.id)
        .where(Approval.status == ASKED)
        .order_by(Approval.id)
    )

    def line(row: Any) -> Line:
        on = day_of(row.made_at)
        what = f"Answer a request: {label('approval_kind', row.kind).lower()}"
        return Line("APPROVAL", Group.WAITING, row.case_id, row.reference, what, f"asked {ago(on, question.today)}, no answer", on, "case", row.id)

    return question.lines(Group.WAITING, query, line)


def _open_or_not(question: Question) -> list[Any]:
    """The cases asked about, closed ones too: a file is kept after it is closed."""
    is_open = (Case.status == OPEN).compare
    return [condition for condition in question.cases if not is_open(condition)]
