"""The life of the file itself in the stream of a case: handed over, closed, restricted, merged, kept, disclosed, and what a supervisor was asked."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from victimcare.casework.approvals import ASKED, ApprovalRow
from victimcare.casework.case_events import CLOSED, HANDED_OVER, MERGED, CaseEventRow
from victimcare.overview.case_file import CaseFile
from victimcare.overview.entry import Entry, moment
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text

KIND = "FILE"
ICONS = {HANDED_OVER: "person", CLOSED: "folder", "REOPENED": "folder", "RESTRICTED": "lock", "UNRESTRICTED": "unlock", "UNMERGED": "link"}
ANSWERS = {"GIVEN": "allowed", "REFUSED": "refused", "TAKEN_BACK": "taken back", ASKED: "asked"}


def file_entries(file: CaseFile) -> Iterator[Entry]:
    """The entries of the file's own life, in no order."""
    for step in file.case_events:
        if step.kind != MERGED:  # the link itself says it, with the reason
            yield _step(step, file)
    for link in file.merges:
        at, has_time = moment(link.from_on, link.made_at)
        headline = f"Read as one with {link.other}" if link.other else "Read as one with another file"
        told = ("this file leads" if link.into_case_id == file.case_id else "the other file leads", _by(file, link.made_by), "the entries stay where they are")
        yield Entry(at, has_time, KIND, "link", headline, _told(*told), _why(link.why), link.id, link.id)
    for review in file.retention:
        at, has_time = moment(review.on, review.made_at)
        told = (
            "must not be erased" if review.is_held else "",
            f"next review {day_text(review.review_on)}" if review.review_on else "no day for the next review",
            _by(file, review.made_by),
        )
        headline = f"Retention: {label('retention_category', review.category)}"
        yield Entry(at, has_time, KIND, "hourglass", headline, _told(*told), _why(review.why), review.id, review.id)
    for row in file.disclosures:
        at, has_time = moment(row.on, row.made_at)
        to = row.recipient or (label("agency", row.to) if row.to else "the person")
        parts = (*((("What went", "; ".join(row.fields)),) if row.fields else ()), *_why(row.why))
        yield Entry(at, has_time, KIND, "printer", f"{label('disclosure_kind', row.kind)}: for {to}", _told(_by(file, row.made_by)), parts, row.id, row.id)
    for request in file.approvals:
        yield from _request(request, file)


def _step(step: CaseEventRow, file: CaseFile) -> Entry:
    at, has_time = moment(step.on, step.made_at)
    to = f" to {file.names.get(step.worker_id, 'another worker')}" if step.worker_id else " to nobody" if step.kind == HANDED_OVER else ""
    headline = f"{label('case_event_kind', step.kind)}{to}"
    reason = label("case_close_reason", step.reason).lower() if step.reason else ""
    icon = ICONS.get(step.kind, "folder")
    return Entry(at, has_time, KIND, icon, headline, _told(reason, _by(file, step.made_by)), _why(step.why), step.id, step.id)


def _request(row: ApprovalRow, file: CaseFile) -> Iterator[Entry]:
    what = label("approval_kind", row.kind)
    yield Entry(row.made_at, True, KIND, "key", f"Asked a supervisor: {what.lower()}", _told(_by(file, row.made_by)), _why(row.why), row.id, row.id)
    if row.status != ASKED and row.decided_on is not None:
        at, has_time = moment(row.decided_on, row.made_at)
        by = _by(file, row.decided_by) if row.decided_by else ""
        yield Entry(at, has_time, KIND, "key", f"{what}: {ANSWERS[row.status]}", by, _why(row.answer), row.id, row.id)


def _by(file: CaseFile, who: UUID) -> str:
    by = file.names.get(who, "")
    return f"by {by}" if by else ""


def _told(*words: str) -> str:
    return ", ".join(filter(None, words))


def _why(words: str) -> tuple[tuple[str, str], ...]:
    return (("Why", words),) if words else ()
