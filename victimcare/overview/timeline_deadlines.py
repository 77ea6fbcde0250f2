"""Deadlines in the stream of a case: what started one, what came of it, and changes of the person's rights under the Victims' Code."""

from __future__ import annotations

from collections.abc import Iterator

from victimcare.casework.deadlines import DeadlineRow, OutcomeRow
from victimcare.casework.entitlements import STANDARD
from victimcare.overview.case_file import CaseFile
from victimcare.overview.entry import Entry, moment, start
from victimcare.reference.codelists import label
from victimcare.reference.dates_text import day_text

RESULT_WORDS = {"MET": "done in time", "LATE": "done late", "NOT_APPLICABLE": "does not apply"}
UNDERSTOOD_WORDS = {"YES": "understood", "NO": "not understood", "UNKNOWN": "not known whether understood"}


def deadline_entries(file: CaseFile) -> Iterator[Entry]:
    """The entries of deadlines and entitlement, in no order."""
    for row in file.deadlines:
        yield _owed(row)
        if row.outcome is not None:
            yield _settled(row, row.outcome, file)
    for change in file.entitlements:
        by = file.names.get(change.made_by, "")
        at, has_time = moment(change.on, change.made_at)
        headline = "Victims' Code: standard rights" if change.level == STANDARD else "Victims' Code: enhanced rights"
        parts = (("Why", change.why),) if change.why else ()
        yield Entry(at, has_time, "DEADLINE", "flag", headline, f"by {by}" if by else "", parts, change.id, change.id)


def _owed(row: DeadlineRow) -> Entry:
    rule = row.version()
    told = f"due {day_text(row.due_on)}, {rule.period(enhanced=row.is_enhanced)}; owed by: {rule.duty_holder}"
    told += "; not owed, what started it was withdrawn" if row.is_void and row.outcome is None else ""
    return Entry(start(row.event_on), False, "DEADLINE", "flag", rule.trigger, f"{rule.label[:1].lower()}{rule.label[1:]}, {told}", (), row.id, row.id)


def _settled(row: DeadlineRow, outcome: OutcomeRow, file: CaseFile) -> Entry:
    by = file.names.get(outcome.made_by, "")
    told = (
        label("deadline_reason", outcome.reason).lower() if outcome.reason else "",
        f"due {day_text(row.due_on)}" if outcome.result == "LATE" else "",
        label("contact_channel", outcome.channel).lower() if outcome.channel else "",
        f"in {label('language', outcome.language)}" if outcome.language else "",
        UNDERSTOOD_WORDS.get(outcome.understood or "", ""),
        f"by {by}" if by else "",
    )
    texts = (("Told", outcome.told), ("Understood", outcome.understood_words), ("Why", outcome.why))
    at, has_time = moment(outcome.on, outcome.made_at)
    headline = f"{row.version().label}: {RESULT_WORDS[outcome.result]}"
    return Entry(at, has_time, "DEADLINE", "tick", headline, ", ".join(filter(None, told)), tuple(part for part in texts if part[1]), outcome.id, row.id)
