"""Suspended channels in the stream of a case: when one was suspended and why, and what the review came to."""

from __future__ import annotations

from collections.abc import Iterator

from victimcare.casework.suspensions import channel_plural
from victimcare.overview.case_file import CaseFile
from victimcare.overview.entry import Entry, moment, plain_words
from victimcare.reference.codelists import label


def suspension_entries(file: CaseFile) -> Iterator[Entry]:
    """The entries of suspensions and their reviews, in no order."""
    for row in file.suspensions:
        what, by = channel_plural(row.channel), file.names.get(row.made_by, "")
        why = f"{label('contact_outcome', row.reason).lower()}, not to be used before a review"
        yield Entry(
            row.made_at, True, "PLAN", "caution", f"{what} suspended", ", ".join(filter(None, (why, f"logged by {by}" if by else ""))), (), row.id, row.id
        )
        if row.review_id is None or row.reviewed_on is None or row.reviewed_at is None or row.result is None or row.reviewed_by is None:
            continue
        at, has_time = moment(row.reviewed_on, row.reviewed_at)
        by = file.names.get(row.reviewed_by, "")
        headline = f"{what} reviewed: {label('channel_review', row.result).lower()}"
        yield Entry(at, has_time, "PLAN", "safe", headline, f"by {by}" if by else "", plain_words(row.words), row.review_id, row.id)
